import { database } from '#client/store/database.ts';
import type { Settings } from '#client/store/settings.ts';
import { setting, writeSetting } from '#client/store/settings.ts';
import { signal } from '#client/store/signals.ts';
import { useLive } from './use-live.ts';

type Choice = 'language' | 'theme' | 'regions' | 'reminder' | 'installRefused';

/** A choice of the person's and how to change it; undefined while it was never made, and to take it back. */
export function useSetting<K extends Choice>(
  key: K,
): [Settings[K] | undefined, (value: Settings[K] | undefined) => Promise<void>] {
  const value = useLive(setting(key));
  const set = async (next: Settings[K] | undefined): Promise<void> => {
    await writeSetting(database(), key, next);
    if (key === 'regions') signal('wanted');
  };
  return [value, set];
}
