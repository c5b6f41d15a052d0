import type { SearchAnswer } from '#domain/found.ts';
import type { FromSearch, ToSearch } from '#client/store/search-messages.ts';

/** Searches one edition through the worker. */
export interface SearchClient {
  /** Has the index built, or brought up to date with what the device keeps now. */
  refresh(): void;
  /** How often the index was brought up to date; 0 before it is there. What was found earlier may have changed with it. */
  revision(): number;
  onRevision(listener: () => void): () => void;
  /** Settles for the latest query alone. */
  search(query: string): Promise<SearchAnswer>;
}

let worker: Worker | undefined;
let turns = 0;
const waiting = new Map<number, (answer: SearchAnswer) => void>();
const revisions = new Map<string, number>();
const listeners = new Set<() => void>();
const clients = new Map<string, SearchClient>();

function post(message: ToSearch): void {
  if (!worker) {
    worker = new Worker(new URL('../store/search-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', (event: MessageEvent<FromSearch>) => take(event.data));
  }
  worker.postMessage(message);
}

function take(message: FromSearch): void {
  if (message.kind === 'ready') {
    revisions.set(message.editionId, (revisions.get(message.editionId) ?? 0) + 1);
    for (const listener of listeners) listener();
    return;
  }
  waiting.get(message.turn)?.(message.answer);
  waiting.delete(message.turn);
}

export function searchOf(editionId: string): SearchClient {
  let client = clients.get(editionId);
  if (!client) {
    client = makeClient(editionId);
    clients.set(editionId, client);
  }
  return client;
}

function makeClient(editionId: string): SearchClient {
  let asked = 0;
  return {
    refresh: () => post({ kind: 'read', editionId }),
    revision: () => revisions.get(editionId) ?? 0,
    onRevision: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    search: (query) =>
      new Promise((resolve) => {
        const turn = ++turns;
        // Nobody waits for the answer to what was typed before.
        waiting.delete(asked);
        asked = turn;
        waiting.set(turn, resolve);
        post({ kind: 'search', editionId, turn, query });
      }),
  };
}
