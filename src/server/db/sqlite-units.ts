import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { Kysely } from 'kysely';
import type { Heads } from '#protocol/hints.ts';
import type { Schema } from './schema.ts';
import type { SqliteConnection } from './sqlite.ts';
import { sqliteDialect } from './sqlite.ts';
import { classified, isTransient, TransientError } from './transient.ts';
import type { Outcome, Tx, Units, Work } from './units.ts';
import { Commits, oneOf, PendingLog } from './units.ts';

/** Works in one transaction: beyond about a hundred the cost of a commit no longer shows. */
const BATCH = 100;
/** Milliseconds to wait for another process's write before giving up. */
const PATIENCE = 8000;

interface Call {
  readonly works: readonly Work<unknown>[];
  readonly answer: (outcomes: Outcome<unknown>[]) => void;
}

/**
 * Group commit: the calls that come while a transaction is being written share the next one, so that one write to the disk
 * serves them all; a savepoint each keeps them apart.
 */
export class SqliteUnits implements Units {
  readonly #connection: SqliteConnection;
  readonly #db: Kysely<Schema>;
  readonly #commits = new Commits();
  readonly #queue: Call[] = [];
  #working = false;
  #loop: Promise<void> = Promise.resolve();

  /** @param connection the process's only one that writes */
  constructor(connection: SqliteConnection) {
    this.#connection = connection;
    this.#db = new Kysely<Schema>({ dialect: sqliteDialect(() => connection, 1) });
  }

  run<T>(works: readonly Work<T>[]): Promise<Outcome<T>[]> {
    return new Promise((resolve) => {
      this.#queue.push({ works, answer: resolve as Call['answer'] });
      if (!this.#working) this.#loop = this.#work();
    });
  }

  one<T>(work: Work<T>): Promise<{ value: T; heads: Heads }> {
    return oneOf((works) => this.run(works), work);
  }

  onCommit(listener: (heads: Heads) => void): () => void {
    return this.#commits.on(listener);
  }

  /** Ends what is queued, then lets go of the file. */
  async close(): Promise<void> {
    while (this.#working) await this.#loop;
    await this.#db.destroy();
    if (this.#connection.handle.isOpen) this.#connection.handle.close();
  }

  async #work(): Promise<void> {
    this.#working = true;
    // One turn of the event loop first, so that requests that have arrived together are taken together.
    await nextTurn();
    while (this.#queue.length > 0) {
      const calls: Call[] = [];
      for (let works = 0; works < BATCH && this.#queue.length > 0; works += calls.at(-1)!.works.length) {
        calls.push(this.#queue.shift()!);
      }
      const heads = await this.#transaction(calls);
      this.#commits.tell(heads);
      await nextTurn();
    }
    // At once after the queue was seen empty: a call that comes later begins anew.
    this.#working = false;
  }

  async #transaction(calls: readonly Call[]): Promise<Heads> {
    const { handle } = this.#connection;
    const log = new PendingLog();
    const tx = this.#tx(log);
    try {
      await this.#begin();
      const outcomes: Outcome<unknown>[][] = [];
      const heads: Heads = {};
      for (const call of calls) {
        const mine: Outcome<unknown>[] = [];
        for (const work of call.works) mine.push(await this.#attempt(tx, work, heads));
        outcomes.push(mine);
      }
      this.#flush(log, heads);
      handle.exec('commit');
      calls.forEach((call, i) => call.answer(outcomes[i]!));
      return heads;
    } catch (error) {
      if (handle.isTransaction) handle.exec('rollback');
      const failed = {
        ok: false,
        error: isTransient(error) ? classified(error) : new TransientError('not committed', { cause: error }),
      } as const;
      for (const call of calls) call.answer(call.works.map(() => failed));
      return {};
    }
  }

  /** Waits without blocking the process while another one writes. */
  async #begin(): Promise<void> {
    const { handle } = this.#connection;
    for (let waited = 0, pause = 2; ; pause = Math.min(50, pause * 2)) {
      try {
        handle.exec('begin immediate');
        return;
      } catch (error) {
        const busy = ((error as { errcode?: number }).errcode ?? 0) % 256 === 5;
        if (!busy || waited >= PATIENCE) throw error;
      }
      await sleep(pause);
      waited += pause;
    }
  }

  async #attempt(tx: Tx, work: Work<unknown>, heads: Heads): Promise<Outcome<unknown>> {
    try {
      return { ok: true, value: await tx.savepoint(() => work(tx)), heads };
    } catch (error) {
      // Without a transaction left there is nothing to commit for anybody.
      if (!this.#connection.handle.isTransaction) throw error;
      return { ok: false, error: classified(error) };
    }
  }

  #tx(log: PendingLog): Tx {
    const { handle } = this.#connection;
    let depth = 0;
    return {
      db: this.#db,
      kind: 'sqlite',
      log: (scope, kind, id, value) => log.add(scope, kind, id, value),
      savepoint: async (work) => {
        const name = `s${depth++}`;
        const mark = log.mark();
        this.#connection.prepare(`savepoint ${name}`).statement.run();
        try {
          const value = await work();
          this.#connection.prepare(`release ${name}`).statement.run();
          return value;
        } catch (error) {
          log.backTo(mark);
          if (handle.isTransaction) handle.exec(`rollback to ${name}; release ${name}`);
          throw error;
        } finally {
          depth--;
        }
      },
    };
  }

  /** SQLite has one writer at a time, so the write lock itself orders the log as the commits. */
  #flush(log: PendingLog, heads: Heads): void {
    const raise = this.#connection.prepare(
      `insert into scope_head (scope, epoch, head) values (?, (select value from meta where key = 'epoch'), ?)
       on conflict (scope) do update set head = scope_head.head + excluded.head returning epoch, head`,
    ).statement;
    const put = this.#connection.prepare(
      'insert into change (scope, cursor, kind, item_id, value) values (?, ?, ?, ?, ?)',
    ).statement;
    for (const [scope, changes] of log.byScope()) {
      const { epoch, head } = raise.get(scope, changes.length) as { epoch: string; head: number };
      let cursor = head - changes.length;
      for (const change of changes) put.run(scope, ++cursor, change.kind, change.id, change.value);
      heads[scope] = { epoch, cursor: head };
    }
  }
}
