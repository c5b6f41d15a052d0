/// <reference lib="webworker" />
import type { FromSearch, ToSearch } from './search-messages.ts';
import { SearchIndex } from './search-index.ts';
import { StoredPages } from './stored-pages.ts';

/** Reads the packs from the device's store by itself, so that nothing heavy crosses between threads. */
const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
const stored = new StoredPages();

/** The index of an edition; `behind` as long as something has changed since it was read. */
interface Kept {
  readonly index: SearchIndex;
  behind: boolean;
  reading: boolean;
}
const editions = new Map<string, Kept>();

const say = (message: FromSearch): void => scope.postMessage(message);

function keptOf(editionId: string): Kept {
  let kept = editions.get(editionId);
  if (!kept) editions.set(editionId, (kept = { index: new SearchIndex(), behind: false, reading: false }));
  return kept;
}

/** However often it changed meanwhile, it is read once more and not once for each time. */
async function refresh(editionId: string): Promise<void> {
  const kept = keptOf(editionId);
  kept.behind = true;
  if (kept.reading) return;
  kept.reading = true;
  try {
    while (kept.behind) {
      kept.behind = false;
      await kept.index.refresh(stored, await stored.scopes(editionId));
      say({ kind: 'ready', editionId });
    }
  } catch {
    // The store was closed under it, by an update of the app or by the person: the next change reads it again.
  } finally {
    kept.reading = false;
  }
}

let asked = 0;

scope.addEventListener('message', ({ data }: MessageEvent<ToSearch>) => {
  if (data.kind === 'read') return void refresh(data.editionId);
  const { editionId, turn, query } = data;
  const { index } = keptOf(editionId);
  asked = turn;
  // What was typed meanwhile is in the queue already: then nobody waits for this any more.
  setTimeout(() => {
    if (turn === asked) say({ kind: 'found', editionId, turn, answer: index.search(query) });
  });
});
