import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { DatabaseSync as Sqlite } from 'node:sqlite';
import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely';
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';

/** Statements kept prepared on a connection; the least recently used go first. */
const KEPT_STATEMENTS = 400;
/** Milliseconds to wait while another process makes the file. */
const OPENING = 10_000;

/** One connection to the file: write-ahead log, every commit on the disk before it is answered. */
export class SqliteConnection implements DatabaseConnection {
  readonly handle: DatabaseSync;
  readonly #prepared = new Map<string, { statement: StatementSync; reads: boolean }>();

  /** @param timeout milliseconds to wait, blocking, for another process's lock */
  constructor(file: string, timeout: number) {
    this.handle = new Sqlite(file, { timeout: OPENING, enableForeignKeyConstraints: true });
    this.handle.exec(
      'pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 4000; pragma cache_size = -8000',
    );
    this.handle.exec(`pragma busy_timeout = ${timeout}`);
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      return Promise.resolve(this.execute<R>(query.sql, query.parameters));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  execute<R>(text: string, parameters: readonly unknown[]): QueryResult<R> {
    const { statement, reads } = this.prepare(text);
    const values = parameters as never[];
    if (reads) return { rows: statement.all(...values) as R[] };
    const { changes } = statement.run(...values);
    return { rows: [], numAffectedRows: BigInt(changes) };
  }

  prepare(text: string): { statement: StatementSync; reads: boolean } {
    let prepared = this.#prepared.get(text);
    if (prepared) {
      this.#prepared.delete(text);
    } else {
      const statement = this.handle.prepare(text);
      prepared = { statement, reads: statement.columns().length > 0 };
      if (this.#prepared.size >= KEPT_STATEMENTS) this.#prepared.delete(this.#prepared.keys().next().value!);
    }
    this.#prepared.set(text, prepared);
    return prepared;
  }

  // oxlint-disable-next-line require-yield
  async *streamQuery(): AsyncIterableIterator<never> {
    throw new Error('streaming is not offered: page by key');
  }
}

/** Gives a connection to one query or transaction at a time; the others wait in line. */
class SqliteDriver implements Driver {
  readonly #open: () => SqliteConnection;
  readonly #size: number;
  readonly #all: SqliteConnection[] = [];
  readonly #free: SqliteConnection[] = [];
  readonly #waiting: ((connection: SqliteConnection) => void)[] = [];

  constructor(open: () => SqliteConnection, size: number) {
    this.#open = open;
    this.#size = size;
  }

  async init(): Promise<void> {}

  acquireConnection(): Promise<SqliteConnection> {
    const free = this.#free.pop();
    if (free) return Promise.resolve(free);
    if (this.#all.length < this.#size) {
      const connection = this.#open();
      this.#all.push(connection);
      return Promise.resolve(connection);
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    const next = this.#waiting.shift();
    if (next) next(connection as SqliteConnection);
    else this.#free.push(connection as SqliteConnection);
  }

  async beginTransaction(connection: DatabaseConnection, settings: { accessMode?: string }): Promise<void> {
    // A deferred transaction that comes to write after another has written fails at once, whatever the busy timeout.
    (connection as SqliteConnection).handle.exec(settings.accessMode === 'read only' ? 'begin' : 'begin immediate');
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    (connection as SqliteConnection).handle.exec('commit');
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    const { handle } = connection as SqliteConnection;
    // A full disk or a failed write has rolled it back already.
    if (handle.isTransaction) handle.exec('rollback');
  }

  async destroy(): Promise<void> {
    for (const connection of this.#all) connection.handle.close();
  }
}

class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** @param size connections at most, opened when first needed */
export function sqliteDialect(open: () => SqliteConnection, size: number): Dialect {
  return {
    createAdapter: () => new TransactionalAdapter(),
    createDriver: () => new SqliteDriver(open, size),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}
