import { randomBytes } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { migrateTables, newEpoch } from './migrate.ts';
import { pgTypes } from './pg-types.ts';
import { HEADS_CHANNEL } from './postgres-units.ts';
import type { Schema } from './schema.ts';
import { SqliteConnection, sqliteDialect } from './sqlite.ts';
import type { Cell, TableShape } from './tables.ts';
import { postgresTables, quoted, readTables } from './tables.ts';

/** A new database beside the one in use, filled and then put in its place at once. */
export interface Staging {
  /** Makes the tables as they were after that migration. @returns them */
  prepare(migration: string): Promise<readonly TableShape[]>;
  insert(table: string, columns: readonly string[], rows: readonly (readonly Cell[])[]): Promise<void>;
  /** Brings it up to date under a new epoch. @param then what is done to it last. @throws when something refers to what is not there */
  complete(then: (db: Kysely<Schema>) => Promise<void>): Promise<void>;
  /** Puts it in the place of the other. @returns where that one is now, if it was there */
  swap(): Promise<string | undefined>;
  /** Leaves nothing behind, unless it was put in place. */
  drop(): Promise<void>;
}

/** What is in the way of a new database. */
export type Present = 'nothing' | 'data' | 'in_use';

const FULL_OF = ['event', 'account', 'registration'] as const;
const RUNNING = /^listen/i;

/**
 * Whether a database is empty, and whether a server has it open. One that cannot be read is taken for data.
 */
export async function presentIn(engine: 'sqlite' | 'postgres', address: string): Promise<Present> {
  if (engine === 'sqlite') {
    if (!(await stat(address).catch(() => undefined))) return 'nothing';
    if (inUse(address)) return 'in_use';
  } else if (await isListenedTo(address)) return 'in_use';
  try {
    return await readTables(engine, address, async (reader) => {
      for (const table of reader.tables) {
        if (!(FULL_OF as readonly string[]).includes(table.name)) continue;
        for await (const _ of reader.rows(table)) return 'data';
      }
      return 'nothing';
    });
  } catch (error) {
    // What cannot be read may be why a backup is put back.
    if (engine === 'sqlite') return 'data';
    throw error;
  }
}

/** Nobody can leave the write-ahead log while another has the file open. */
function inUse(file: string): boolean {
  let connection: SqliteConnection | undefined;
  try {
    connection = new SqliteConnection(file, 200);
    connection.handle.exec('pragma journal_mode = delete');
    return false;
  } catch (error) {
    return ((error as { errcode?: number }).errcode ?? 0) % 256 === 5;
  } finally {
    connection?.handle.close();
  }
}

async function isListenedTo(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 8000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ query: string }>(
      'select query from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    return rows.some(({ query }) => RUNNING.test(query) && query.includes(HEADS_CHANNEL));
  } finally {
    await client.end().catch(() => undefined);
  }
}

export function stageSqlite(file: string): Staging {
  const draft = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}`);
  const connection = new SqliteConnection(draft, 10_000);
  const db = new Kysely<Schema>({ dialect: sqliteDialect(() => connection, 1) });
  const { handle } = connection;
  let open = true;
  const close = async (): Promise<void> => {
    if (open) await db.destroy();
    open = false;
  };
  return {
    prepare: async (to) => {
      await migrateTables(db, 'sqlite', { to });
      handle.exec('pragma foreign_keys = off; begin');
      return shapesOf((sql) =>
        handle
          .prepare(sql)
          .all()
          .map((row) => String(row['name'])),
      );
    },
    insert: async (table, columns, rows) => {
      const marks = columns.map(() => '?').join(', ');
      const { statement } = connection.prepare(`insert into "${table}" (${quoted(columns)}) values (${marks})`);
      for (const row of rows) statement.run(...row);
    },
    complete: async (then) => {
      handle.exec('commit');
      const [broken] = handle.prepare('pragma foreign_key_check').all();
      if (broken) throw new Error(`${String(broken['table'])} refers to ${String(broken['parent'])} that is not there`);
      handle.exec('pragma foreign_keys = on');
      await migrateTables(db, 'sqlite');
      await beginAnew(db);
      await then(db);
      handle.exec('pragma journal_mode = delete');
    },
    swap: async () => {
      await close();
      const there = await stat(file).catch(() => undefined);
      const aside = there && `${file}.replaced-${stamp()}`;
      if (aside) {
        for (const end of ['-wal', '-shm', '']) {
          await rename(`${file}${end}`, `${aside}${end}`).catch((error: unknown) => {
            if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
          });
        }
      }
      await rename(draft, file);
      return aside;
    },
    drop: async () => {
      await close();
      for (const end of ['', '-wal', '-shm', '-journal']) await rm(`${draft}${end}`, { force: true });
    },
  };
}

function shapesOf(names: (sql: string) => string[]): TableShape[] {
  return names(`select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'`).map((name) => ({
    name,
    columns: names(`select name from pragma_table_info('${name}')`),
  }));
}

/** Rows of one insertion: PostgreSQL takes 65,535 parameters. */
const PARAMETERS = 30_000;

export async function stagePostgres(url: string): Promise<Staging> {
  const schema = `escale_restore_${randomBytes(6).toString('hex')}`;
  const pool = new pg.Pool({ connectionString: url, max: 2, types: pgTypes, options: `-c search_path=${schema}` });
  pool.on('error', () => undefined);
  const client = new pg.Client({ connectionString: url, types: pgTypes });
  client.on('error', () => undefined);
  await client.connect();
  const home = (await client.query<{ name: string }>('select current_schema() as name')).rows[0]!.name;
  await client.query(`create schema ${schema}`);
  await client.query(`set search_path = ${schema}`);
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  let swapped = false;
  return {
    prepare: async (to) => {
      await migrateTables(db, 'postgres', { to, schema });
      await client.query('begin');
      return postgresTables(client);
    },
    insert: async (table, columns, rows) => {
      const size = Math.max(1, Math.floor(PARAMETERS / columns.length));
      for (let from = 0; from < rows.length; from += size) {
        const part = rows.slice(from, from + size);
        const marks = part.map((_, r) => `(${columns.map((_, c) => `$${r * columns.length + c + 1}`).join(', ')})`);
        await client.query(`insert into "${table}" (${quoted(columns)}) values ${marks.join(', ')}`, part.flat());
      }
    },
    complete: async (then) => {
      await client.query('commit');
      await migrateTables(db, 'postgres', { schema });
      await beginAnew(db);
      await then(db);
    },
    swap: async () => {
      const aside = `escale_replaced_${stamp()}`;
      await client.query('begin');
      await client.query(`set local search_path = "${home}"`);
      const old = await postgresTables(client);
      if (old.length > 0) await client.query(`create schema ${aside}`);
      for (const { name } of old) await client.query(`alter table "${home}"."${name}" set schema ${aside}`);
      await client.query(`set local search_path = ${schema}`);
      const fresh = await postgresTables(client);
      for (const { name } of fresh) await client.query(`alter table ${schema}."${name}" set schema "${home}"`);
      await client.query(`drop schema ${schema}`);
      await client.query('commit');
      swapped = true;
      return old.length > 0 ? `schema ${aside}` : undefined;
    },
    drop: async () => {
      await client.query('rollback').catch(() => undefined);
      if (!swapped) await client.query(`drop schema if exists ${schema} cascade`).catch(() => undefined);
      await client.end().catch(() => undefined);
      await db.destroy();
    },
  };
}

/** The log goes on under another epoch: devices that have seen more load anew, and what they have not had answered comes again. */
async function beginAnew(db: Kysely<Schema>): Promise<void> {
  const { key, value } = newEpoch();
  await db.deleteFrom('meta').where('key', '=', key).execute();
  await db.insertInto('meta').values({ key, value }).execute();
  await db.updateTable('scope_head').set({ epoch: value }).execute();
}

/** To the millisecond: two in a second are two. */
export function stamp(): string {
  return new Date().toISOString().replace(/\D/g, '');
}
