import { useEffect } from 'react';
import type { Edition } from '#domain/programme.ts';
import { openEdition } from '#client/store/choices.ts';
import { editions as live } from '#client/store/directory-view.ts';
import { useLive } from './use-live.ts';

export interface EditionView {
  /** Undefined as long as the device's store is read, and when there is none of that id. */
  readonly edition: Edition | undefined;
  /** All of them, whether there is one of that id or not. */
  readonly editions: readonly Edition[];
  /** The device's store was read. */
  readonly loaded: boolean;
}

/** The edition that an address names, without making it the one that this tab shows. It is kept from then on, as one that was opened. */
export function useEdition(id: string | undefined): EditionView {
  const { editions, loaded } = useLive(live);
  const edition = editions.find((one) => one.id === id);
  const opened = edition && !edition.current ? edition.id : undefined;
  useEffect(() => {
    if (opened) void openEdition(opened);
  }, [opened]);
  return { edition, editions, loaded };
}
