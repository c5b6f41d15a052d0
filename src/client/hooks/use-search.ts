import { startTransition, useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { Found } from '#domain/found.ts';
import { foundByIndex, foundInCards } from '#domain/found.ts';
import { QuickSearch } from '#client/store/search-text.ts';
import type { SearchClient } from './search-client.ts';
import { searchOf } from './search-client.ts';
import { useProgramme } from './use-programme.ts';

export interface SearchView {
  /** What the list answers: it follows what is typed by the time that the answer takes. */
  readonly query: string;
  /** Undefined when nothing is asked, or nothing is found yet. */
  readonly found: Found | undefined;
  /** Searches for something else; an empty text for nothing. */
  readonly ask: (text: string) => void;
}

interface Answer {
  readonly query: string;
  /** By the index of an edition; the answer to the previous query stays until the next one is there. */
  readonly found?: { readonly by: SearchClient; readonly what: Found } | undefined;
}

/** Once the list stands. */
const PREPARE_MS = 600;

const quick = new QuickSearch();

/**
 * Searches what the device keeps of an edition. A key goes to the worker as it is typed, and its answer is drawn beside the next
 * one, never in its way: what stands between is drawn once and not twice.
 * @param start what is searched for at first
 */
export function useSearch(editionId: string | undefined, start: string): SearchView {
  const client = useMemo(() => (editionId ? searchOf(editionId) : undefined), [editionId]);
  const { cards, state } = useProgramme(editionId);
  const listed = state === 'ready' || cards.length > 0;
  const revision = useSyncExternalStore(client?.onRevision ?? never, client?.revision ?? none);
  // Until the full texts are in the index titles, places and organisers are searched.
  const ready = revision > 0;
  const [answer, setAnswer] = useState<Answer>(() => ({ query: start.trim() }));
  const asked = useRef(answer.query);

  useEffect(() => {
    // Indexing is heavy and nobody waits for it: it begins once the list is on the screen.
    if (client && listed) client.refresh();
  }, [client, listed, cards]);

  useEffect(() => {
    if (ready || !listed) return undefined;
    let left = false;
    // The first letters may come before the index.
    const timer = setTimeout(() => void quick.prepare(cards, () => !left), PREPARE_MS);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [ready, listed, cards]);

  const look = useCallback(() => {
    const query = asked.current;
    if (!query || !ready || !client) {
      startTransition(() => setAnswer((last) => ({ query, found: query ? last.found : undefined })));
      return;
    }
    void client.search(query).then((found) => {
      if (asked.current !== query) return;
      startTransition(() => setAnswer({ query, found: { by: client, what: foundByIndex(found) } }));
    });
  }, [client, ready]);

  const ask = useCallback(
    (text: string) => {
      if (text.trim() === asked.current) return;
      asked.current = text.trim();
      look();
    },
    [look],
  );

  useEffect(() => {
    if (revision > 0 && asked.current) look();
  }, [revision, look]);

  const { query } = answer;
  const found = query && answer.found?.by === client ? answer.found?.what : undefined;
  const titles = useMemo(
    () => (found || !query ? undefined : foundInCards(quick.search(cards, query), query)),
    [found, query, cards],
  );
  return { query, found: found ?? titles, ask };
}

const never = (): (() => void) => () => undefined;
const none = (): number => 0;
