import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { CompiledQuery } from 'kysely';
import type { Heads } from '#protocol/hints.ts';
import type { Schema } from './schema.ts';
import { classified, isConflict, isTransient, TransientError } from './transient.ts';
import type { Outcome, Tx, Units, Work } from './units.ts';
import { Commits, oneOf, PendingLog } from './units.ts';

/** Tries of a transaction that meets a deadlock or a serialisation failure. */
const TRIES = 5;
/** The channel on which processes tell one another their heads. */
export const HEADS_CHANNEL = 'escale_heads';
/** A notification holds 8,000 bytes. */
const HEADS_A_NOTIFICATION = 30;

/** A transaction of its own for each call; several processes at once are kept apart by row locks. */
export class PostgresUnits implements Units {
  readonly #pool: Kysely<Schema>;
  readonly #commits = new Commits();

  constructor(pool: Kysely<Schema>) {
    this.#pool = pool;
  }

  async run<T>(works: readonly Work<T>[]): Promise<Outcome<T>[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        const { outcomes, heads } = await this.#pool.connection().execute((db) => this.#transaction(db, works));
        this.#commits.tell(heads);
        return outcomes;
      } catch (error) {
        if (isConflict(error) && attempt < TRIES) {
          await sleep(Math.random() * 20 * attempt);
          continue;
        }
        const failure = isTransient(error) ? classified(error) : new TransientError('not committed', { cause: error });
        return works.map(() => ({ ok: false, error: failure }));
      }
    }
  }

  one<T>(work: Work<T>): Promise<{ value: T; heads: Heads }> {
    return oneOf((works) => this.run(works), work);
  }

  onCommit(listener: (heads: Heads) => void): () => void {
    return this.#commits.on(listener);
  }

  async #transaction<T>(
    db: Kysely<Schema>,
    works: readonly Work<T>[],
  ): Promise<{ outcomes: Outcome<T>[]; heads: Heads }> {
    const log = new PendingLog();
    const tx = this.#tx(db, log);
    await exec(db, 'begin');
    try {
      const heads: Heads = {};
      const outcomes: Outcome<T>[] = [];
      for (const work of works) {
        try {
          // A work alone in its transaction needs no savepoint, and two round trips less.
          const value = works.length === 1 ? await work(tx) : await tx.savepoint(() => work(tx));
          outcomes.push({ ok: true, value, heads });
        } catch (error) {
          if (isTransient(error)) throw error;
          outcomes.push({ ok: false, error });
        }
      }
      if (outcomes.every((outcome) => !outcome.ok)) {
        await exec(db, 'rollback');
        return { outcomes, heads };
      }
      await flush(db, log, heads);
      const [committed] = await exec(db, 'commit');
      if (committed?.command === 'ROLLBACK') throw new TransientError('the transaction was aborted');
      return { outcomes, heads };
    } catch (error) {
      await exec(db, 'rollback').catch(() => undefined);
      throw error;
    }
  }

  #tx(db: Kysely<Schema>, log: PendingLog): Tx {
    let depth = 0;
    return {
      db,
      kind: 'postgres',
      log: (scope, kind, id, value) => log.add(scope, kind, id, value),
      savepoint: async (work) => {
        const name = `s${depth++}`;
        const mark = log.mark();
        await exec(db, `savepoint ${name}`);
        try {
          const value = await work();
          await exec(db, `release savepoint ${name}`);
          return value;
        } catch (error) {
          log.backTo(mark);
          if (!isTransient(error)) await exec(db, `rollback to savepoint ${name}`);
          throw error;
        } finally {
          depth--;
        }
      },
    };
  }
}

/** Raises the heads in the scopes' order and holds their rows until the commit, so that log order is commit order (C1). */
async function flush(db: Kysely<Schema>, log: PendingLog, heads: Heads): Promise<void> {
  const scopes = log.byScope();
  if (scopes.length === 0) return;
  const raised = await db.executeQuery<{ scope: string; epoch: string; head: number }>(
    CompiledQuery.raw(
      `insert into scope_head (scope, epoch, head)
       select s.scope, (select value from meta where key = 'epoch'), s.n
       from unnest($1::text[], $2::bigint[]) with ordinality as s (scope, n, place) order by s.place
       on conflict (scope) do update set head = scope_head.head + excluded.head
       returning scope, epoch, head`,
      [scopes.map(([scope]) => scope), scopes.map(([, changes]) => changes.length)],
    ),
  );
  for (const { scope, epoch, head } of raised.rows) heads[scope] = { epoch, cursor: head };
  const rows = scopes.flatMap(([scope, changes]) =>
    changes.map((change, i) => ({ ...change, cursor: heads[scope]!.cursor - changes.length + 1 + i })),
  );
  for (let from = 0; from < rows.length; from += 1000) {
    const part = rows.slice(from, from + 1000);
    await db.executeQuery(
      CompiledQuery.raw(
        `insert into change (scope, cursor, kind, item_id, value)
         select * from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[])`,
        [
          part.map((r) => r.scope),
          part.map((r) => r.cursor),
          part.map((r) => r.kind),
          part.map((r) => r.id),
          part.map((r) => r.value),
        ],
      ),
    );
  }
  const told = Object.entries(heads);
  for (let from = 0; from < told.length; from += HEADS_A_NOTIFICATION) {
    const part = JSON.stringify(Object.fromEntries(told.slice(from, from + HEADS_A_NOTIFICATION)));
    await db.executeQuery(CompiledQuery.raw('select pg_notify($1, $2)', [HEADS_CHANNEL, part]));
  }
}

async function exec(db: Kysely<Schema>, text: string): Promise<readonly { command?: string }[]> {
  return (await db.executeQuery<{ command?: string }>(CompiledQuery.raw(text))).rows;
}
