import { AsyncLocalStorage } from 'node:async_hooks';
import type { EscaleDatabase } from '#client/store/database.ts';
import type { MemoryFile, TableName } from './memory-file.ts';
import { MemoryTransaction, tables } from './memory-file.ts';
import { MemoryTable } from './memory-query.ts';

const running = new AsyncLocalStorage<MemoryTransaction>();

/** Whether the code that runs now is inside a transaction. */
export function insideTransaction(): boolean {
  const tx = running.getStore();
  return tx !== undefined && !tx.ended;
}

/**
 * A connection to a file in memory that answers as `EscaleDatabase` does on IndexedDB, which a test compares. Between two
 * transactions, and nowhere else, other tabs come in or this one dies: `turn` is awaited before each.
 */
class MemoryDatabase {
  readonly #file: MemoryFile;
  readonly #turn: (what: string) => Promise<void>;

  constructor(file: MemoryFile, turn: (what: string) => Promise<void>) {
    this.#file = file;
    this.#turn = turn;
    for (const name of Object.keys(tables) as TableName[]) {
      Object.assign(this, { [name]: new MemoryTable((table, operation) => this.#operate(table, operation), name) });
    }
  }

  async transaction<T>(_mode: string, ...rest: unknown[]): Promise<T> {
    const work = rest.at(-1) as () => Promise<T>;
    const names = (rest.slice(0, -1).flat() as MemoryTable[]).map((table) => table.name);
    const outer = running.getStore();
    if (outer && !outer.ended) {
      if (!outer.covers(names)) throw new Error('a transaction inside another asks for more tables');
      return work();
    }
    await this.#turn(names.join('+'));
    const leave = await this.#file.enter();
    const tx = new MemoryTransaction(this.#file, names);
    try {
      const value = await running.run(tx, work);
      tx.commit();
      return value;
    } finally {
      tx.ended = true;
      leave();
    }
  }

  close(): void {}

  async #operate<T>(name: TableName, operation: (tx: MemoryTransaction) => T): Promise<T> {
    const outer = running.getStore();
    if (outer && !outer.ended) return operation(outer);
    await this.#turn(name);
    const leave = await this.#file.enter();
    try {
      const tx = new MemoryTransaction(this.#file, [name]);
      const value = operation(tx);
      tx.commit();
      return value;
    } finally {
      leave();
    }
  }
}

export function openMemory(file: MemoryFile, turn: (what: string) => Promise<void>): EscaleDatabase {
  return new MemoryDatabase(file, turn) as unknown as EscaleDatabase;
}
