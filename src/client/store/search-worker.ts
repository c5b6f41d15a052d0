/// <reference lib="webworker" />
import { EscaleDatabase } from './database.ts';
import { watch } from './live.ts';
import type { FromSearch, ToSearch } from './search-messages.ts';
import { SearchIndex } from './search-index.ts';

/** Reads the packs from the device's store by itself, so that nothing heavy crosses between threads. */
const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
const db = new EscaleDatabase();
const indexes = new Map<string, SearchIndex>();

const say = (message: FromSearch): void => scope.postMessage(message);

function open(editionId: string): SearchIndex {
  const known = indexes.get(editionId);
  if (known) return known;
  const index = new SearchIndex();
  indexes.set(editionId, index);
  let turn: Promise<unknown> = Promise.resolve();
  watch(
    () => db.scopes.where('scope').startsWith(`programme/${editionId}/`).toArray(),
    (rows) => {
      turn = turn
        .then(() => index.refresh(db, rows))
        .then(() => say({ kind: 'ready', editionId }))
        .catch(() => undefined);
    },
  );
  return index;
}

let asked = 0;

scope.addEventListener('message', ({ data }: MessageEvent<ToSearch>) => {
  const index = open(data.editionId);
  if (data.kind === 'open') return;
  const { editionId, turn, query } = data;
  asked = turn;
  // What was typed meanwhile is in the queue already: then nobody waits for this any more.
  setTimeout(() => {
    if (turn === asked) say({ kind: 'found', editionId, turn, answer: index.search(query) });
  });
});
