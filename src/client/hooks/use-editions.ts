import { useEffect } from 'react';
import type { Edition } from '#domain/programme.ts';
import { openEdition } from '#client/store/choices.ts';
import { editions as live } from '#client/store/directory-view.ts';
import { Cell } from '#client/store/live.ts';
import { frontPage } from './front-page.ts';
import { useLive } from './use-live.ts';

const KEY = 'escale.edition';

/** The edition that `?edition=` names, kept for the session of this tab; the address counts before the session. */
const chosen = new Cell<string | undefined>(readChoice());

function readChoice(): string | undefined {
  const named = new URLSearchParams(location.search).get('edition');
  try {
    if (named) sessionStorage.setItem(KEY, named);
    return named ?? sessionStorage.getItem(KEY) ?? undefined;
  } catch {
    // Storage may be refused altogether; the address still works.
    return named ?? undefined;
  }
}

/** Shows another edition in this tab; undefined goes back to the current one. */
export function chooseEdition(id: string | undefined): void {
  try {
    if (id) sessionStorage.setItem(KEY, id);
    else sessionStorage.removeItem(KEY);
  } catch {
    // As above: then the choice lasts until the page is left.
  }
  chosen.set(id);
}

export interface EditionsView {
  readonly editions: readonly Edition[];
  /** The one that the person chose, else the one that is current; before the store has any, the one that was shown last. */
  readonly current: Edition | undefined;
  /** The address names an edition that the device does not know (yet): the current one stands in for it. */
  readonly unknown: boolean;
  /** False until the device's store was read. */
  readonly loaded: boolean;
}

export function useEditions(): EditionsView {
  const { editions, loaded } = useLive(live);
  const wanted = useLive(chosen);
  const named = new URLSearchParams(location.search).get('edition');
  useEffect(() => {
    if (named) chooseEdition(named);
  }, [named]);
  const found = wanted ? editions.find((e) => e.id === wanted) : undefined;
  // On a first visit the store has none until they have come over the network.
  const early = editions.length > 0 ? undefined : frontPage()?.edition;
  const current =
    found ?? editions.find((e) => e.current) ?? editions[0] ?? (wanted && early?.id !== wanted ? undefined : early);
  const opened = found && !found.current ? found.id : undefined;
  useEffect(() => {
    if (opened) void openEdition(opened);
  }, [opened]);
  const unknown = loaded && editions.length > 0 && !!named && !editions.some((e) => e.id === named);
  return { editions, current, unknown, loaded };
}
