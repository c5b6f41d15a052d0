import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { link, open, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Config } from '../../config.ts';
import type { Cell, TablesReader } from '../../db/tables.ts';
import { readTables } from '../../db/tables.ts';

/**
 * A backup is gzipped text, a JSON value a line, the same for both engines:
 * `{"escale": "backup", "format", "madeAt", "migrations"}`; for each table `{"table", "columns"}` and its rows as arrays, bytes as
 * `{"bytes": base64}`; for each file of the data folder `{"file"}` and its parts `{"part": base64}`; last `{"end", "rows",
 * "files"}`, where `end` is the SHA-256 of all lines before it.
 */
export const FORMAT = 1;
export const DATABASE_FILE = 'escale.sqlite';

/** Made again from the rest; and what must not come back: a session that was ended, a code that was used, a sign-in under way. */
export const LEFT_OUT: readonly string[] = [
  'snapshot',
  'snapshot_page',
  'session',
  'sign_in_code',
  'provider_trip',
  'passkey_challenge',
];

/** Bytes of a file in one line. */
const PART = 192 * 1024;

export interface BackupCounts {
  readonly rows: number;
  readonly files: number;
  readonly bytes: number;
}

/** The file cannot be written, or there is nothing to keep: one line for the operator. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused';
}

/**
 * Writes everything that an installation knows into one file, as it is at one moment, while the server goes on.
 * @throws BackupRefused; nothing is left behind then
 */
export async function writeBackup(
  config: Pick<Config, 'dataDir' | 'databaseUrl'>,
  file: string,
  now: number,
): Promise<BackupCounts> {
  if (await exists(file)) throw new BackupRefused(`${file} is there already: a backup never overwrites one`);
  const { databaseUrl, dataDir } = config;
  const address = databaseUrl ?? join(dataDir, DATABASE_FILE);
  if (databaseUrl === undefined && !(await exists(address))) {
    throw new BackupRefused(`there is no database in ${dataDir} (ESCALE_DATA)`);
  }
  const draft = join(dirname(file), `.${process.pid}.escale-backup`);
  const count = { rows: 0, files: 0 };
  try {
    await readTables(databaseUrl === undefined ? 'sqlite' : 'postgres', address, async (reader) => {
      if (reader.migrations.length === 0) throw new BackupRefused('the database is empty');
      await pipeline(
        Readable.from(chunked(hashed(linesOf(reader, dataDir, draft, now, count), count))),
        createGzip(),
        createWriteStream(draft, { mode: 0o600, flags: 'wx' }),
      );
    });
    const handle = await open(draft, 'r+');
    await handle.sync();
    await handle.close();
    // Fails, where renaming would not, when another one was made meanwhile.
    await link(draft, file);
    return { ...count, bytes: (await stat(file)).size };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (['ENOENT', 'EACCES', 'ENOSPC', 'EEXIST', 'EROFS', 'ENOTDIR'].includes(code ?? '')) {
      throw new BackupRefused(`${file}: cannot be written (${code})`);
    }
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function* linesOf(
  reader: TablesReader,
  dataDir: string,
  draft: string,
  now: number,
  count: { rows: number; files: number },
): AsyncGenerator<string> {
  const { migrations } = reader;
  yield JSON.stringify({ escale: 'backup', format: FORMAT, madeAt: new Date(now).toISOString(), migrations });
  for (const table of reader.tables) {
    if (LEFT_OUT.includes(table.name)) continue;
    yield JSON.stringify({ table: table.name, columns: table.columns });
    for await (const row of reader.rows(table)) {
      count.rows++;
      yield JSON.stringify(row.map(written));
    }
  }
  // After the database, so that every key that it speaks of is among them.
  for (const path of await filesOf(dataDir)) {
    if (join(dataDir, path) === draft) continue;
    count.files++;
    yield JSON.stringify({ file: path.split(sep).join('/') });
    for await (const part of createReadStream(join(dataDir, path), { highWaterMark: PART })) {
      yield JSON.stringify({ part: (part as Buffer).toString('base64') });
    }
  }
}

function written(cell: Cell): unknown {
  return cell instanceof Uint8Array ? { bytes: Buffer.from(cell).toString('base64') } : cell;
}

/** Everything in the data folder but the database, what other backups and restorations left, and hidden files. */
async function filesOf(dataDir: string): Promise<string[]> {
  const found: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      const top = folder === dataDir;
      if (entry.name.startsWith('.') || (top && isNoContent(entry.name))) continue;
      if (entry.isDirectory()) await walk(path);
      else if (entry.isFile()) found.push(relative(dataDir, path));
    }
  };
  await walk(dataDir);
  return found.toSorted();
}

export function isNoContent(name: string): boolean {
  return name.startsWith(DATABASE_FILE) || name.startsWith('replaced-') || name.endsWith('.escale');
}

async function* hashed(
  lines: AsyncIterable<string>,
  count: { readonly rows: number; readonly files: number },
): AsyncGenerator<string> {
  const hash = createHash('sha256');
  for await (const line of lines) {
    hash.update(line).update('\n');
    yield line;
  }
  yield JSON.stringify({ end: hash.digest('hex'), rows: count.rows, files: count.files });
}

/** A row is a hundred bytes: handed over one by one, the hand-over would cost more than the row. */
async function* chunked(lines: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let text = '';
  for await (const line of lines) {
    text += `${line}\n`;
    if (text.length < PART) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(text);
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
