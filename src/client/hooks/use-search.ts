import { startTransition, useDeferredValue, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { Found } from '#domain/found.ts';
import { foundByIndex, foundInCards } from '#domain/found.ts';
import { QuickSearch } from '#client/store/search-text.ts';
import { searchOf } from './search-client.ts';
import { useProgramme } from './use-programme.ts';

export interface SearchView {
  /** Undefined when nothing is asked, or nothing is found yet. */
  readonly found: Found | undefined;
  /** False while the full texts are not in the index yet: until then titles, places and organisers are searched. */
  readonly ready: boolean;
}

const quick = new QuickSearch();

/** Searches what the device keeps of an edition. The answer to the previous query stays until the next one is there. */
export function useSearch(editionId: string | undefined, query: string): SearchView {
  const client = useMemo(() => (editionId ? searchOf(editionId) : undefined), [editionId]);
  const { cards, state } = useProgramme(editionId);
  const listed = state === 'ready' || cards.length > 0;
  const wanted = query.trim();
  const revision = useSyncExternalStore(client?.onRevision ?? never, client?.revision ?? none);
  const ready = revision > 0;
  const [found, setFound] = useState<Found>();

  useEffect(() => {
    // Indexing is heavy and nobody waits for it: it begins once the list is on the screen.
    if (client && listed) client.start();
  }, [client, listed]);

  useEffect(() => {
    if (!client || revision === 0 || !wanted) return;
    let left = false;
    void client.search(wanted).then((answer) => {
      // Drawn beside the next key, never in its way.
      if (!left) startTransition(() => setFound(foundByIndex(answer)));
    });
    return () => {
      left = true;
    };
  }, [client, revision, wanted]);

  const asked = useDeferredValue(wanted);
  const titles = useMemo(
    () => (ready || !asked ? undefined : foundInCards(quick.search(cards, asked), asked)),
    [ready, asked, cards],
  );
  if (!wanted) return { found: undefined, ready };
  if (!ready) return { found: titles, ready };
  // The worker answers within a frame or two: going through the titles here would block the key that was typed.
  return { found, ready };
}

const never = (): (() => void) => () => undefined;
const none = (): number => 0;
