import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';
import { PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Order } from '../oracle/committed.ts';
import { orderOf } from '../oracle/committed.ts';
import { Actor } from '../scheduler.ts';
import type { MachineHost } from './machine.ts';

/** int8 and numeric as numbers, as the product reads them. */
const NUMBERS = new Set([20, 1700]);

/** One life of the server's process on PostgreSQL: every statement waits for its turn, and what is under way is known. */
export class PostgresLife {
  readonly actor: Actor;
  readonly host: MachineHost;
  readonly pool: pg.Pool;
  readonly ended = Promise.withResolvers<void>();
  /** Backends whose statement has not been answered. */
  readonly underWay = new Set<number>();
  /** Resolves at the next answer. */
  answer = Promise.withResolvers<void>();
  dead = false;
  /** The clock while it writes, in one transaction or in several at once. */
  writing: number | undefined;
  readonly #open = new Set<Transaction>();
  left = Number.POSITIVE_INFINITY;
  after = false;
  readonly #terminate: (pids: readonly number[]) => Promise<void>;
  readonly #pids = new Set<number>();
  readonly #commits: () => number;
  readonly #committed: (order: readonly Order[]) => Promise<void>;
  /** Something that must end before it is quiet: a process's end, a connection's beginning. */
  readonly endings = new Set<Promise<unknown>>();

  constructor(
    name: string,
    host: MachineHost,
    url: string,
    commits: () => number,
    committed: (order: readonly Order[]) => Promise<void>,
    terminate: (pids: readonly number[]) => Promise<void>,
  ) {
    this.actor = new Actor(name, host.now);
    this.host = host;
    this.#commits = commits;
    this.#committed = committed;
    this.#terminate = terminate;
    this.pool = new pg.Pool({
      connectionString: url,
      max: 60,
      idleTimeoutMillis: 0,
      types: {
        getTypeParser: ((oid: number, format?: 'text') =>
          NUMBERS.has(oid) ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
      },
    });
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  dialect(): PostgresDialect {
    const { pool } = this;
    const watch = (driver: Driver): Driver => this.#watched(driver);
    return new (class extends PostgresDialect {
      override createDriver(): Driver {
        return watch(super.createDriver());
      }
    })({ pool });
  }

  async execute<R>(connection: DatabaseConnection, state: Transaction, query: CompiledQuery): Promise<QueryResult<R>> {
    await this.host.turn(this.actor, query.sql);
    if (this.dead) return never();
    this.left -= 1;
    if (this.left <= 0 && !this.after) {
      this.die();
      return never();
    }
    this.underWay.add(state.pid);
    try {
      const result = await connection.executeQuery<R>(query);
      if (query.sql === 'begin') {
        [state.order, state.since] = [[], this.#commits()];
        this.#open.add(state);
        this.writing ??= this.host.now();
      }
      const order = orderOf(query.sql, query.parameters);
      if (order) state.order?.push(order.kind === 'results' ? { ...order, since: state.since } : order);
      follow(state, query.sql);
      if (query.sql === 'commit' && state.order) {
        await this.#committed(state.order);
        state.order = undefined;
      }
      if (query.sql === 'commit' || query.sql === 'rollback') {
        this.#open.delete(state);
        if (this.#open.size === 0) this.writing = undefined;
      }
      if (this.left <= 0 && this.after) this.die();
      return this.dead ? never() : result;
    } finally {
      this.underWay.delete(state.pid);
      this.answer.resolve();
      this.answer = Promise.withResolvers();
    }
  }

  die(): void {
    if (this.dead) return;
    this.dead = true;
    const end = this.#terminate([...this.#pids]).then(() => this.ended.resolve());
    this.endings.add(end);
    void end.then(() => this.endings.delete(end));
    this.underWay.clear();
    this.pool.end().catch(() => undefined);
  }

  #watched(driver: Driver): Driver {
    const known = new WeakMap<DatabaseConnection, Watched>();
    const acquire = async (): Promise<DatabaseConnection> => {
      const real = await driver.acquireConnection();
      const had = known.get(real);
      if (had) return had;
      const { rows } = await real.executeQuery<{ pid: number }>(raw('select pg_backend_pid() as pid'));
      this.#pids.add(rows[0]!.pid);
      const made = new Watched(real, this, { pid: rows[0]!.pid, order: undefined, since: 0, marks: [] });
      known.set(real, made);
      return made;
    };
    return {
      init: () => driver.init(),
      acquireConnection: () => {
        const acquired = acquire();
        this.endings.add(acquired);
        const done = (): void => void this.endings.delete(acquired);
        void acquired.then(done, done);
        return acquired;
      },
      beginTransaction: (connection, settings) => driver.beginTransaction(connection, settings),
      commitTransaction: (connection) => driver.commitTransaction(connection),
      rollbackTransaction: (connection) => driver.rollbackTransaction(connection),
      releaseConnection: (connection) => driver.releaseConnection((connection as Watched).real),
      destroy: () => driver.destroy(),
    };
  }
}

interface Transaction {
  readonly pid: number;
  order: Order[] | undefined;
  since: number;
  readonly marks: number[];
}

/** A connection whose statements its process's life goes through. */
class Watched implements DatabaseConnection {
  readonly real: DatabaseConnection;
  readonly #life: PostgresLife;
  readonly #state: Transaction;

  constructor(real: DatabaseConnection, life: PostgresLife, state: Transaction) {
    [this.real, this.#life, this.#state] = [real, life, state];
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return this.#life.execute<R>(this.real, this.#state, query);
  }

  // oxlint-disable-next-line require-yield
  async *streamQuery(): AsyncIterableIterator<never> {
    throw new Error('nothing streams');
  }
}

function follow({ order, marks }: Transaction, sql: string): void {
  if (!order) return;
  if (sql.startsWith('savepoint')) marks.push(order.length);
  else if (sql.startsWith('release')) marks.pop();
  else if (sql.startsWith('rollback to')) order.length = marks.pop() ?? 0;
  else if (sql === 'commit' || sql === 'rollback') marks.length = 0;
}

function raw(sql: string): CompiledQuery {
  return { sql, parameters: [], query: { kind: 'RawNode' }, queryId: { queryId: sql } } as unknown as CompiledQuery;
}

function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}
