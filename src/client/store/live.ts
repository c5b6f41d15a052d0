import type { Subscription } from 'dexie';
import { liveQuery } from 'dexie';

/** A value that React reads with `useSyncExternalStore`: the same object until it changes. */
export interface Live<T> {
  subscribe(listener: () => void): () => void;
  get(): T;
}

/** A live value that its owner sets. */
export class Cell<T> implements Live<T> {
  private value: T;
  private readonly listeners = new Set<() => void>();

  constructor(value: T) {
    this.value = value;
  }

  get = (): T => this.value;

  set = (value: T): void => {
    if (Object.is(value, this.value)) return;
    this.value = value;
    for (const listener of this.listeners) listener();
  };

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  get watched(): boolean {
    return this.listeners.size > 0;
  }
}

let held: Promise<unknown> | undefined;

/** What is read from now on waits, once, for something that must not be held up by it: the first page's paint. */
export function holdReads(until: Promise<unknown>): void {
  held = until.finally(() => {
    held = undefined;
  });
}

/** Reads now, or once what holds reading is over. */
export function afterHold(read: () => void): void {
  if (held) void held.finally(read);
  else read();
}

/**
 * A query that runs again whenever what it read changes, in this tab, another one or the service worker, for as long as
 * somebody listens. Its last value stays, so that a screen that comes back does not begin with an empty flash.
 */
export function live<T>(query: () => Promise<T>, initial: T): Live<T> {
  const cell = new Cell(initial);
  let stop: (() => void) | undefined;
  return {
    get: cell.get,
    subscribe: (listener) => {
      const leave = cell.subscribe(listener);
      stop ??= watch(query, cell.set);
      return () => {
        leave();
        // A screen that changes gives its listener up and takes another: only a quiet moment ends the query.
        setTimeout(() => {
          if (cell.watched) return;
          stop?.();
          stop = undefined;
        }, 1000);
      };
    },
  };
}

/** Live values by key; of those that nobody listens to only the latest few are remembered. */
export function liveFamily<T>(make: (key: string) => Live<T>, remembered = 32): (key: string) => Live<T> {
  const family = new Map<string, Live<T>>();
  return (key) => {
    const known = family.get(key);
    const value = known ?? make(key);
    if (known) family.delete(key);
    family.set(key, value);
    const oldest = family.keys().next().value;
    if (family.size > remembered && oldest !== undefined) family.delete(oldest);
    return value;
  };
}

/** Runs a query now and after every change of what it read; one that fails runs again after a second. */
export function watch<T>(query: () => Promise<T>, next: (value: T) => void): () => void {
  let subscription: Subscription | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const start = (): void => {
    // Async by its own keyword: only then does Dexie follow it over its awaits, and see all that it reads.
    subscription = liveQuery(async () => query()).subscribe({
      next,
      error: () => {
        timer = setTimeout(start, 1000);
      },
    });
  };
  let left = false;
  afterHold(() => {
    if (!left) start();
  });
  return () => {
    left = true;
    clearTimeout(timer);
    subscription?.unsubscribe();
  };
}
