import type { Key } from './keys.ts';
import { compareKeys, keyAt } from './keys.ts';
import type { Entry, MemoryTransaction, TableName } from './memory-file.ts';
import { tables } from './memory-file.ts';

/** Runs one operation in the transaction that it belongs to, or in one of its own. */
export type Within = <T>(name: TableName, operation: (tx: MemoryTransaction) => T) => Promise<T>;
type Test = (value: never) => boolean;

/** Dexie's collection, as far as the store uses it. */
export class MemoryCollection {
  readonly #within: Within;
  readonly #name: TableName;
  readonly #path: string;
  readonly #tests: readonly ((key: Key) => boolean)[];
  readonly #filters: readonly Test[];
  readonly #limit: number;

  constructor(
    within: Within,
    name: TableName,
    path: string,
    tests: readonly ((key: Key) => boolean)[],
    filters: readonly Test[] = [],
    limit = Number.POSITIVE_INFINITY,
  ) {
    [this.#within, this.#name, this.#path] = [within, name, path];
    [this.#tests, this.#filters, this.#limit] = [tests, filters, limit];
  }

  filter(test: Test): MemoryCollection {
    return this.#like([...this.#filters, test], this.#limit);
  }

  limit(count: number): MemoryCollection {
    return this.#like(this.#filters, count);
  }

  toArray(): Promise<unknown[]> {
    return this.#within(this.#name, (tx) => this.#found(tx).map((entry) => entry.value));
  }

  primaryKeys(): Promise<Key[]> {
    return this.#within(this.#name, (tx) => this.#found(tx).map((entry) => entry.key));
  }

  count(): Promise<number> {
    return this.#within(this.#name, (tx) => this.#found(tx).length);
  }

  modify(change: ((value: never) => void) | object): Promise<number> {
    return this.#within(this.#name, (tx) => {
      const found = this.#found(tx);
      for (const { value } of found) {
        const copy = structuredClone(value);
        if (typeof change === 'function') change(copy as never);
        else Object.assign(copy as object, change);
        tx.put(this.#name, copy, false);
      }
      return found.length;
    });
  }

  delete(): Promise<number> {
    return this.#within(this.#name, (tx) => {
      const found = this.#found(tx);
      for (const { key } of found) tx.delete(this.#name, key);
      return found.length;
    });
  }

  #like(filters: readonly Test[], limit: number): MemoryCollection {
    return new MemoryCollection(this.#within, this.#name, this.#path, this.#tests, filters, limit);
  }

  #found(tx: MemoryTransaction): Entry[] {
    const found: { at: Key; entry: Entry }[] = [];
    for (const entry of tx.data(this.#name).values()) {
      const at = keyAt(this.#path, entry.value);
      if (this.#tests.every((test) => test(at)) && this.#filters.every((test) => test(entry.value as never)))
        found.push({ at, entry });
    }
    found.sort((a, b) => compareKeys(a.at, b.at) || compareKeys(a.entry.key, b.entry.key));
    return found.slice(0, this.#limit).map(({ entry }) => entry);
  }
}

class MemoryWhere {
  readonly #among: (test: (key: Key) => boolean) => MemoryCollection;

  constructor(among: (test: (key: Key) => boolean) => MemoryCollection) {
    this.#among = among;
  }

  equals(key: Key): MemoryCollection {
    return this.#among((at) => compareKeys(at, key) === 0);
  }

  /** Keys, or a list of them. */
  anyOf(...given: readonly [readonly Key[]] | readonly Key[]): MemoryCollection {
    const keys = (given.length === 1 && Array.isArray(given[0]) ? given[0] : given) as readonly Key[];
    return this.#among((at) => keys.some((key) => compareKeys(at, key) === 0));
  }

  startsWith(start: string): MemoryCollection {
    return this.#among((at) => typeof at === 'string' && at.startsWith(start));
  }

  startsWithAnyOf(starts: readonly string[]): MemoryCollection {
    return this.#among((at) => typeof at === 'string' && starts.some((start) => at.startsWith(start)));
  }

  /** The lower bound belongs to it, the upper does not. */
  between(from: Key, to: Key): MemoryCollection {
    return this.#among((at) => compareKeys(at, from) >= 0 && compareKeys(at, to) < 0);
  }
}

/** Dexie's table, as far as the store uses it. */
export class MemoryTable {
  readonly name: TableName;
  readonly #within: Within;

  constructor(within: Within, name: TableName) {
    this.#within = within;
    this.name = name;
  }

  where(path: string): MemoryWhere {
    if (!tables[this.name].includes(path)) throw new Error(`${this.name} has no index ${path}`);
    return new MemoryWhere((test) => new MemoryCollection(this.#within, this.name, path, [test]));
  }

  filter(test: Test): MemoryCollection {
    return this.#all().filter(test);
  }

  toCollection(): MemoryCollection {
    return this.#all();
  }

  toArray(): Promise<unknown[]> {
    return this.#all().toArray();
  }

  count(): Promise<number> {
    return this.#all().count();
  }

  get(key: Key): Promise<unknown> {
    return this.#within(this.name, (tx) => tx.data(this.name).get(JSON.stringify(key))?.value);
  }

  bulkGet(keys: readonly Key[]): Promise<unknown[]> {
    return this.#within(this.name, (tx) => keys.map((key) => tx.data(this.name).get(JSON.stringify(key))?.value));
  }

  put(value: unknown): Promise<Key> {
    return this.#within(this.name, (tx) => tx.put(this.name, value, false));
  }

  add(value: unknown): Promise<Key> {
    return this.#within(this.name, (tx) => tx.put(this.name, value, true));
  }

  bulkPut(values: readonly unknown[]): Promise<void> {
    return this.#within(this.name, (tx) => values.forEach((value) => tx.put(this.name, value, false)));
  }

  bulkAdd(values: readonly unknown[]): Promise<void> {
    return this.#within(this.name, (tx) => values.forEach((value) => tx.put(this.name, value, true)));
  }

  delete(key: Key): Promise<void> {
    return this.#within(this.name, (tx) => tx.delete(this.name, key));
  }

  bulkDelete(keys: readonly Key[]): Promise<void> {
    return this.#within(this.name, (tx) => keys.forEach((key) => tx.delete(this.name, key)));
  }

  update(key: Key, change: object): Promise<number> {
    return this.#within(this.name, (tx) => {
      const old = tx.data(this.name).get(JSON.stringify(key));
      if (!old) return 0;
      tx.put(this.name, { ...(old.value as object), ...change }, false);
      return 1;
    });
  }

  #all(): MemoryCollection {
    return new MemoryCollection(this.#within, this.name, tables[this.name][0], []);
  }
}
