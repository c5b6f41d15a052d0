import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Engine } from './migrations.ts';
import { pgTypes } from './pg-types.ts';
import { PostgresUnits } from './postgres-units.ts';
import type { Schema } from './schema.ts';
import { SqliteConnection, sqliteDialect } from './sqlite.ts';
import { SqliteUnits } from './sqlite-units.ts';
import type { Units } from './units.ts';

export interface Database {
  readonly kind: Engine;
  /** For reading. A `transaction` in access mode `read only` and isolation `repeatable read` sees one state of everything. */
  readonly read: Kysely<Schema>;
  readonly units: Units;
  /** For the migrator alone. */
  readonly owner: Kysely<Schema>;
  /** SQLite: the file. PostgreSQL: the address. */
  readonly address: string;
  /** Ends what is under way and lets go. */
  close(): Promise<void>;
}

/** Opens the database without migrating it; `address` is a PostgreSQL URL or absent for the file in `dataDir`. */
export async function openDatabase(options: { databaseUrl?: string; dataDir: string }): Promise<Database> {
  if (options.databaseUrl !== undefined) return openPostgres(options.databaseUrl);
  await mkdir(options.dataDir, { recursive: true });
  return openSqlite(join(options.dataDir, 'escale.sqlite'));
}

const SQLITE_READERS = 4;

/** One connection to a file that is open elsewhere already, for a thread that reads and ends. */
export function readSqliteFile(file: string): Kysely<Schema> {
  return new Kysely<Schema>({ dialect: sqliteDialect(() => new SqliteConnection(file, 2000), 1) });
}

function openSqlite(file: string): Database {
  // The writer waits for other processes by itself, without blocking this one.
  const units = new SqliteUnits(new SqliteConnection(file, 0));
  const read = new Kysely<Schema>({ dialect: sqliteDialect(() => new SqliteConnection(file, 2000), SQLITE_READERS) });
  const owner = new Kysely<Schema>({ dialect: sqliteDialect(() => new SqliteConnection(file, 30_000), 1) });
  return {
    kind: 'sqlite',
    read,
    units,
    owner,
    address: file,
    close: async () => {
      await units.close();
      await Promise.all([read.destroy(), owner.destroy()]);
    },
  };
}

function openPostgres(url: string): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: 12,
    connectionTimeoutMillis: 8000,
    options: '-c lock_timeout=8000 -c statement_timeout=60000 -c idle_in_transaction_session_timeout=60000',
    types: pgTypes,
  });
  // An idle connection that the server ends must not end the process; whoever needs one next gets another.
  pool.on('error', () => undefined);
  // One in use says it a second time, to whoever listens; its query has failed and tells the rest.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return {
    kind: 'postgres',
    read: db,
    units: new PostgresUnits(db),
    owner: db,
    address: url,
    close: () => db.destroy(),
  };
}
