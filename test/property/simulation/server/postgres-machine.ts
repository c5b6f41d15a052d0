import { Kysely } from 'kysely';
import pg from 'pg';
import { migrate } from '#server/db/migrate.ts';
import type { Database } from '#server/db/open.ts';
import { openDatabase } from '#server/db/open.ts';
import { PostgresUnits } from '#server/db/postgres-units.ts';
import type { Schema } from '#server/db/schema.ts';
import type { Context } from '#server/services/context.ts';
import { publishTicketKeys } from '#server/services/door/ticket-keys.ts';
import { freshDatabase } from '../../../support/postgres.ts';
import type { Committed } from '../oracle/committed.ts';
import { looks } from '../oracle/committed.ts';
import type { Actor } from '../scheduler.ts';
import { contextOn } from './context.ts';
import type { Machine, MachineHost } from './machine.ts';
import { PostgresLife } from './postgres-life.ts';
import { restored } from './sqlite-machine.ts';

/** In the order in which rows can be put back. */
const TABLES = [
  'meta',
  'edition',
  'event',
  'subject',
  'registration',
  'check_in',
  'replica',
  'mutation_result',
  'scope_head',
  'change',
  'device',
  'enrolment',
  'allotment',
  'door_rules',
  'couriered',
  'door_note',
  'scan',
  'account',
  'event_organiser',
  'proposal',
  'proposal_letter',
];

/** Milliseconds after which it is asked whether a statement waits for a lock. */
const USUAL = 4;

let ground: Promise<{ readonly url: string; readonly witness: pg.Pool }> | undefined;

/** One database for all runs of a process, emptied before each. */
function database(): Promise<{ readonly url: string; readonly witness: pg.Pool }> {
  return (ground ??= (async () => {
    const { url } = await freshDatabase();
    const db = await openDatabase({ databaseUrl: url, dataDir: '' });
    await migrate(db);
    await db.close();
    const witness = new pg.Pool({ connectionString: url, max: 3, idleTimeoutMillis: 0 });
    witness.on('error', () => undefined);
    await witness.query(`alter database ${new URL(url).pathname.slice(1)} set deadlock_timeout = '10ms'`);
    return { url, witness };
  })());
}

/** Lets go of what `PostgresMachine` keeps between runs. */
export async function closeGround(): Promise<void> {
  const { witness } = (await ground) ?? {};
  ground = undefined;
  await witness?.end();
}

/** The server on PostgreSQL: statements are ordered by the scheduler, locks by the database. */
export class PostgresMachine implements Machine {
  readonly kind = 'postgres';
  readonly #host: MachineHost;
  readonly #url: string;
  readonly #witness: pg.Pool;
  #life: PostgresLife | undefined;
  #lives = 0;
  #commits = 0;
  #ctx: Context | undefined;
  #backup: Map<string, string> | undefined;

  private constructor(host: MachineHost, url: string, witness: pg.Pool) {
    [this.#host, this.#url, this.#witness] = [host, url, witness];
  }

  static async make(host: MachineHost, epoch: string): Promise<PostgresMachine> {
    const { url, witness } = await database();
    await witness.query(`truncate ${TABLES.join()}, snapshot, snapshot_page cascade`);
    await witness.query(`insert into meta (key, value) values ('epoch', $1)`, [epoch]);
    return new PostgresMachine(host, url, witness);
  }

  get process(): Actor | undefined {
    return this.#life?.dead === false ? this.#life.actor : undefined;
  }

  get ctx(): Context | undefined {
    return this.process ? this.#ctx : undefined;
  }

  get death(): Promise<void> {
    return this.#life?.ended.promise ?? Promise.resolve();
  }

  async start(): Promise<void> {
    this.#ctx = undefined;
    const life = new PostgresLife(
      `server ${++this.#lives}`,
      this.#host,
      this.#url,
      () => this.#commits,
      async (order) => {
        this.#commits += 1;
        this.#host.committed(await this.look(), order);
      },
      (pids) => this.#terminate(pids),
    );
    this.#life = life;
    const read = new Kysely<Schema>({ dialect: life.dialect() });
    const db: Database = {
      kind: 'postgres',
      read,
      units: new PostgresUnits(read),
      owner: read,
      address: this.#url,
      close: () => Promise.resolve(life.die()),
    };
    const ctx = await contextOn(db, () => life.writing ?? this.#host.now());
    await publishTicketKeys(db, ctx.keys);
    this.#ctx = ctx;
  }

  /** Waits for an answer; false when nothing is under way but what waits for a lock that another statement's turn will free. */
  async settled(): Promise<boolean> {
    const life = this.#life;
    for (;;) {
      if (!life) return false;
      if (life.endings.size > 0) {
        await Promise.allSettled(life.endings);
        return true;
      }
      const before = [...life.underWay];
      if (before.length === 0) return false;
      if (await this.#answered(life)) return true;
      if (await this.#allWait(before)) return false;
    }
  }

  /** Whether an answer comes within the time that one takes that waits for nobody. */
  #answered(life: PostgresLife): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => resolve(false), USUAL);
    void life.answer.promise.then(() => {
      clearTimeout(timer);
      resolve(true);
    });
    return promise;
  }

  killAt(statement: number, after: boolean): void {
    if (!this.#life) return;
    this.#life.left = statement;
    this.#life.after = after;
  }

  kill(): void {
    this.#life?.die();
    this.#ctx = undefined;
  }

  async look(): Promise<Committed> {
    const parts = Object.entries(looks).map(
      ([name, sql]) => `'${name}', (select coalesce(json_agg(x), '[]') from (${sql}) x)`,
    );
    const { rows } = await this.#witness.query<{ all: Committed }>(`select json_build_object(${parts.join()}) as all`);
    return { ...rows[0]!.all, clock: this.#life?.writing ?? this.#host.now() };
  }

  async backUp(): Promise<void> {
    const parts = TABLES.map((name) => `(select coalesce(json_agg(x), '[]')::text from ${name} x) as ${name}`);
    const { rows } = await this.#witness.query<Record<string, string>>(`select ${parts.join()}`);
    this.#backup = new Map(TABLES.map((name) => [name, rows[0]![name]!]));
  }

  async restore(epoch: string): Promise<boolean> {
    if (!this.#backup) return false;
    await this.death;
    await this.#witness.query(`truncate ${TABLES.join()} cascade`);
    for (const [name, text] of this.#backup)
      await this.#witness.query(`insert into ${name} select * from json_populate_recordset(null::${name}, $1)`, [text]);
    for (const statement of restored(epoch)) await this.#witness.query(statement);
    return true;
  }

  tamper(statement: string): void {
    void this.#witness.query(statement);
  }

  async close(): Promise<void> {
    this.kill();
    await this.death;
  }

  /** Each waits for a lock, and not for one another. */
  async #allWait(pids: readonly number[]): Promise<boolean> {
    const { rows } = await this.#witness.query<{ pid: number; by: number[] }>(
      'select pid, pg_blocking_pids(pid) as by from unnest($1::int[]) as pid',
      [pids],
    );
    const by = new Map(rows.map((row) => [row.pid, row.by]));
    const ends = (pid: number, seen: readonly number[]): boolean =>
      !seen.includes(pid) && (by.get(pid) ?? []).every((next) => ends(next, [...seen, pid]));
    return rows.every((row) => row.by.length > 0 && ends(row.pid, []));
  }

  async #terminate(pids: readonly number[]): Promise<void> {
    await this.#witness.query('select pg_terminate_backend(pid) from unnest($1::int[]) as pid', [pids]);
    for (;;) {
      const { rows } = await this.#witness.query('select 1 from pg_stat_activity where pid = any($1::int[])', [pids]);
      if (rows.length === 0) return;
    }
  }
}
