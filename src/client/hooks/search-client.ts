import type { FromSearch, ToSearch } from '#client/store/search-messages.ts';

/** Searches one edition through the worker. */
export interface SearchClient {
  /** Builds the index, once. */
  start(): void;
  isReady(): boolean;
  onReady(listener: () => void): () => void;
  /** Event ids, the best first. */
  search(query: string): Promise<readonly string[]>;
}

let worker: Worker | undefined;
let turns = 0;
const waiting = new Map<number, (ids: readonly string[]) => void>();
const ready = new Set<string>();
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
    ready.add(message.editionId);
    for (const listener of listeners) listener();
    return;
  }
  waiting.get(message.turn)?.(message.ids);
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
  let started = false;
  return {
    start: () => {
      if (started) return;
      started = true;
      post({ kind: 'open', editionId });
    },
    isReady: () => ready.has(editionId),
    onReady: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    search: (query) =>
      new Promise((resolve) => {
        const turn = ++turns;
        waiting.set(turn, resolve);
        post({ kind: 'search', editionId, turn, query });
      }),
  };
}
