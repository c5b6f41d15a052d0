import pg from 'pg';
import type { Engine } from './migrations.ts';
import { pgTypes } from './pg-types.ts';
import { SqliteConnection } from './sqlite.ts';

/** A value as both engines store it. */
export type Cell = string | number | null | Uint8Array;

export interface TableShape {
  readonly name: string;
  readonly columns: readonly string[];
}

/** All tables of a database at one moment, whatever is written meanwhile. */
export interface TablesReader {
  readonly engine: Engine;
  /** The names of the migrations that it has had. */
  readonly migrations: readonly string[];
  /** Those that others refer to first. */
  readonly tables: readonly TableShape[];
  rows(table: TableShape): AsyncIterable<readonly Cell[]>;
}

/** What the migrator keeps for itself. */
const OWN = ['kysely_migration', 'kysely_migration_lock'];
/** Rows of PostgreSQL that are fetched at a time. */
const FETCH = 1000;

/** Reads a database without migrating it. @param address the file, or the address of PostgreSQL */
export async function readTables<T>(
  engine: Engine,
  address: string,
  work: (reader: TablesReader) => Promise<T>,
): Promise<T> {
  return engine === 'sqlite' ? readSqlite(address, work) : readPostgres(address, work);
}

async function readSqlite<T>(file: string, work: (reader: TablesReader) => Promise<T>): Promise<T> {
  const { handle } = new SqliteConnection(file, 10_000);
  try {
    // The first read takes the moment, and the write-ahead log keeps it while others write.
    handle.exec('begin');
    const names = (sql: string): string[] =>
      handle
        .prepare(sql)
        .all()
        .map((row) => String(row['name']));
    const all = names(`select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name`);
    const migrations = all.includes(OWN[0]!) ? names('select name from kysely_migration order by name') : [];
    const mine = all.filter((name) => !OWN.includes(name));
    const tables = mine.map((name) => ({
      name,
      columns: names(`select name from pragma_table_info('${name}') order by cid`),
      needs: names(`select distinct "table" as name from pragma_foreign_key_list('${name}')`),
    }));
    return await work({
      engine: 'sqlite',
      migrations,
      tables: inOrder(tables),
      rows: async function* ({ name, columns }) {
        for (const row of handle.prepare(`select ${quoted(columns)} from "${name}"`).iterate()) {
          yield columns.map((column) => row[column] as Cell);
        }
      },
    });
  } finally {
    handle.close();
  }
}

async function readPostgres<T>(url: string, work: (reader: TablesReader) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, types: pgTypes, connectionTimeoutMillis: 8000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const tables = await postgresTables(client);
    const known = tables.some((table) => table.name === OWN[0]);
    const migrations = known
      ? (await client.query<{ name: string }>('select name from kysely_migration order by name collate "C"')).rows
      : [];
    return await work({
      engine: 'postgres',
      migrations: migrations.map((row) => row.name),
      tables: inOrder(tables.filter((table) => !OWN.includes(table.name))),
      rows: async function* ({ name, columns }) {
        await client.query(`declare rows no scroll cursor for select ${quoted(columns)} from "${name}"`);
        for (;;) {
          const { rows } = await client.query<Cell[]>({ text: `fetch ${FETCH} from rows`, rowMode: 'array' });
          yield* rows;
          if (rows.length < FETCH) break;
        }
        await client.query('close rows');
      },
    });
  } finally {
    await client.end().catch(() => undefined);
  }
}

interface Referring extends TableShape {
  readonly needs: readonly string[];
}

/** The tables of the schema that comes first in the search path, with the migrator's own. */
export async function postgresTables(client: pg.Client): Promise<Referring[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; needs: string[] }>(`
    select c.relname as name,
      array(select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum) as columns,
      array(select distinct r.confrelid::regclass::text from pg_constraint r
        where r.conrelid = c.oid and r.contype = 'f') as needs
    from pg_class c where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace order by c.relname`);
  return rows;
}

/** What is referred to comes before what refers to it. */
function inOrder(tables: readonly Referring[]): TableShape[] {
  const placed = new Set<string>();
  const order: TableShape[] = [];
  let left = [...tables];
  while (left.length > 0) {
    const ready = left.filter((one) => one.needs.every((name) => name === one.name || placed.has(name)));
    if (ready.length === 0) throw new Error(`tables refer to one another: ${left.map((one) => one.name).join(', ')}`);
    for (const { name, columns } of ready) {
      placed.add(name);
      order.push({ name, columns });
    }
    left = left.filter((one) => !placed.has(one.name));
  }
  return order;
}

export function quoted(columns: readonly string[]): string {
  return columns.map((column) => `"${column}"`).join(', ');
}
