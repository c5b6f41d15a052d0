import type { SignedInAccount } from '#client/store/settings.ts';
import { setting } from '#client/store/settings.ts';
import { useLive } from './use-live.ts';

/** Who is signed in, known without a network; undefined when nobody is. */
export function useAccount(): SignedInAccount | undefined {
  return useLive(setting('account'));
}
