import type Dexie from 'dexie';
import { EscaleDatabase } from '#client/store/database.ts';
import type { Key } from './keys.ts';
import { compareKeys, keyAt } from './keys.ts';

export type TableName = Exclude<keyof EscaleDatabase, keyof Dexie>;

/** The primary key path and the indexes of each table, as the product's own store declares them. */
export const tables = Object.fromEntries(
  new EscaleDatabase('declared').tables.map(({ name, schema }) => [
    name,
    [schema.primKey.src, ...schema.indexes.map((index) => index.src)],
  ]),
) as unknown as Readonly<Record<TableName, readonly [string, ...string[]]>>;

export interface Entry {
  readonly key: Key;
  readonly value: unknown;
}

/** A table's entries by the text of their key; never changed once it is part of a file. */
export type Data = ReadonlyMap<string, Entry>;
export type Disk = Readonly<Record<TableName, Data>>;

export type CommitListener = (before: Disk, after: Disk) => void;

/** What a device's store holds, whoever has it open. A transaction puts a whole new state into its place. */
export class MemoryFile {
  disk: Disk;
  onCommit: CommitListener | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(disk?: Disk) {
    this.disk = disk ?? (Object.fromEntries(Object.keys(tables).map((name) => [name, new Map()])) as unknown as Disk);
  }

  /** Waits for the transactions that came before; the returned function lets the next one begin. */
  async enter(): Promise<() => void> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    await before;
    return resolve;
  }

  commit(changed: Partial<Record<TableName, Data>>): void {
    const before = this.disk;
    this.disk = { ...before, ...changed };
    this.onCommit?.(before, this.disk);
  }
}

/** The rows of a table in the order of their keys. */
export function rowsOf<T>(data: Data): T[] {
  return [...data.values()].sort((a, b) => compareKeys(a.key, b.key)).map((entry) => entry.value as T);
}

/** One transaction's view of a file: what it wrote over what is there. */
export class MemoryTransaction {
  readonly #file: MemoryFile;
  readonly #names: ReadonlySet<TableName>;
  readonly #changed = new Map<TableName, Map<string, Entry>>();
  ended = false;

  constructor(file: MemoryFile, names: Iterable<TableName>) {
    this.#file = file;
    this.#names = new Set(names);
  }

  data(name: TableName): Data {
    if (this.ended) throw named('TransactionInactiveError', `${name} after the transaction's end`);
    if (!this.#names.has(name)) throw named('NotFoundError', `${name} is not part of the transaction`);
    return this.#changed.get(name) ?? this.#file.disk[name];
  }

  covers(names: Iterable<TableName>): boolean {
    return [...names].every((name) => this.#names.has(name));
  }

  put(name: TableName, value: unknown, fresh: boolean): Key {
    const key = keyAt(tables[name][0], value);
    const data = this.#writable(name);
    const id = JSON.stringify(key);
    if (fresh && data.has(id)) throw named('ConstraintError', `${name} has ${id} already`);
    data.set(id, { key, value: frozen(structuredClone(value)) });
    return key;
  }

  delete(name: TableName, key: Key): void {
    this.#writable(name).delete(JSON.stringify(key));
  }

  commit(): void {
    this.ended = true;
    if (this.#changed.size > 0) this.#file.commit(Object.fromEntries(this.#changed));
  }

  #writable(name: TableName): Map<string, Entry> {
    const data = this.data(name);
    let mine = this.#changed.get(name);
    if (!mine) this.#changed.set(name, (mine = new Map(data)));
    return mine;
  }
}

function named(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}

/** A row that is read is the row itself, so nobody may write into it. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || value instanceof ArrayBuffer)
    return value;
  for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
}
