import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { mkdir, mkdtemp, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createGunzip } from 'node:zlib';
import * as v from 'valibot';
import type { Config } from '../../config.ts';
import { migrationsFor } from '../../db/migrations.ts';
import type { Staging } from '../../db/staging.ts';
import { presentIn, stagePostgres, stageSqlite, stamp } from '../../db/staging.ts';
import type { Cell, TableShape } from '../../db/tables.ts';
import { leaveAgain, leftIn } from '../mail/newsletter-left.ts';
import { DATABASE_FILE, FORMAT, isNoContent, LEFT_OUT } from './backup.ts';

/** The backup or what is there stands in the way: one line for the operator. Nothing was changed. */
export class RestoreRefused extends Error {
  override readonly name = 'RestoreRefused';
}

export interface Restored {
  readonly madeAt: string;
  readonly rows: number;
  readonly files: number;
  /**
   * Of those who left the newsletter since, how many the backup still had; undefined when what was there said nothing of it, so that
   * they may be written to again.
   */
  readonly leftAgain: number | undefined;
  /** Where what was there before is now. */
  readonly aside: readonly string[];
}

const name = v.pipe(v.string(), v.regex(/^[a-z_][a-z0-9_]{0,62}$/));
const header = v.object({
  escale: v.literal('backup'),
  format: v.number(),
  madeAt: v.string(),
  migrations: v.pipe(v.array(v.string()), v.minLength(1)),
});
const base64 = v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]*={0,2}$/));
const row = v.array(v.union([v.string(), v.number(), v.null(), v.object({ bytes: base64 })]));
const line = v.union([
  row,
  v.object({ table: name, columns: v.pipe(v.array(name), v.minLength(1)) }),
  // Inside the folder, and nothing hidden there.
  v.object({ file: v.pipe(v.string(), v.maxLength(400), v.regex(/^(?!\.)[^/\\\0]+(\/(?!\.)[^/\\\0]+)*$/)) }),
  v.object({ part: base64 }),
  v.object({ end: v.string(), rows: v.number(), files: v.number() }),
]);

/** Rows handed to the database at a time. */
const ROWS = 500;

/**
 * Puts a backup in the place of what is there. It is read whole, and checked, into a new database and a new folder first; then
 * both are moved into place, and what was there is kept beside. The logs go on under a new epoch, so that devices that know more
 * than the backup load anew and send again what they have not seen answered.
 * @param replace whether what is there may be replaced
 * @throws RestoreRefused
 */
export async function restoreBackup(
  config: Pick<Config, 'dataDir' | 'databaseUrl'>,
  file: string,
  replace: boolean,
): Promise<Restored> {
  const { dataDir, databaseUrl } = config;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const engine = databaseUrl === undefined ? 'sqlite' : 'postgres';
  const address = databaseUrl ?? join(dataDir, DATABASE_FILE);
  // Looked at before anything is opened, so that a wrong name is said at once.
  await (
    await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
      throw new RestoreRefused(`${file}: cannot be read (${error.code ?? 'unknown'})`);
    })
  ).close();
  const present = await presentIn(engine, address);
  if (present === 'in_use') throw new RestoreRefused('a server has the database open: stop it first');
  if (present === 'data' && !replace) {
    throw new RestoreRefused('there is data already: with --replace it is put aside and the backup takes its place');
  }
  const folder = await mkdtemp(join(dataDir, '.restoring-'));
  let staging: Staging | undefined;
  try {
    staging = engine === 'sqlite' ? stageSqlite(address) : await stagePostgres(address);
    const read = await load(file, staging, folder);
    const left = present === 'nothing' ? undefined : await leftIn(engine, address);
    let leftAgain: number | undefined;
    const complete = staging.complete(async (db) => {
      if (left) leftAgain = await leaveAgain(db, left);
    });
    await complete.catch((error: unknown) => {
      throw new RestoreRefused(`${file}: does not hold together (${(error as Error).message})`);
    });
    const aside = [await staging.swap(), await swapFiles(dataDir, folder)];
    return { ...read, leftAgain, aside: aside.filter((place) => place !== undefined) };
  } finally {
    await staging?.drop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function load(file: string, staging: Staging, folder: string): Promise<Omit<Restored, 'aside' | 'leftAgain'>> {
  const hash = createHash('sha256');
  const count = { rows: 0, files: 0 };
  let number = 0;
  let madeAt: string | undefined;
  let shapes: readonly TableShape[] = [];
  let table: TableShape | undefined;
  let rows: Cell[][] = [];
  let handle: FileHandle | undefined;
  let ended = false;
  const refuse = (what: string): never => {
    throw new RestoreRefused(`${file}, line ${number}: ${what}`);
  };
  const flush = async (): Promise<void> => {
    if (!table || rows.length === 0) return;
    await staging.insert(table.name, table.columns, rows).catch((error: unknown) => {
      refuse(`${table!.name} takes no such row (${(error as Error).message})`);
    });
    rows = [];
  };
  const closeFile = async (): Promise<void> => {
    await handle?.sync();
    await handle?.close();
    handle = undefined;
  };
  try {
    for await (const text of readLines(file)) {
      number++;
      if (ended) refuse('there is more after the end');
      const json = parse(text) ?? refuse('not a line of a backup');
      if (madeAt === undefined) {
        const first = v.safeParse(header, json);
        if (!first.success) refuse('this is no backup of Escale');
        else {
          checkVersion(first.output, refuse);
          shapes = await staging.prepare(first.output.migrations.at(-1)!);
          ({ madeAt } = first.output);
        }
        hash.update(text).update('\n');
        continue;
      }
      const parsed = v.safeParse(line, json);
      if (!parsed.success) return refuse('not a line of a backup');
      const one = parsed.output;
      if ('end' in one) {
        await flush();
        if (one.end !== hash.digest('hex') || one.rows !== count.rows || one.files !== count.files) {
          refuse('what is written is not what was backed up: the file is damaged');
        }
        ended = true;
        continue;
      }
      hash.update(text).update('\n');
      if (Array.isArray(one)) {
        if (!table || one.length !== table.columns.length) return refuse('a row of no table');
        count.rows++;
        rows.push(one.map(readCell));
        if (rows.length >= ROWS) await flush();
      } else if ('table' in one) {
        await flush();
        const known = shapes.find((shape) => shape.name === one.table);
        if (!known || LEFT_OUT.includes(one.table) || !one.columns.every((column) => known.columns.includes(column))) {
          return refuse(`there is no such table: ${one.table}`);
        }
        table = { name: one.table, columns: one.columns };
      } else if ('file' in one) {
        await closeFile();
        if (isNoContent(one.file.split('/')[0]!)) refuse(`no file of a backup: ${one.file}`);
        count.files++;
        await mkdir(dirname(join(folder, one.file)), { recursive: true, mode: 0o700 });
        handle = await open(join(folder, one.file), 'wx', 0o600);
      } else {
        if (!handle) return refuse('a part of no file');
        await handle.write(Buffer.from(one.part, 'base64'));
      }
    }
  } catch (error) {
    // Of zlib: a file that ends early, another kind of file, or one with wrong bytes in it.
    if ((error as NodeJS.ErrnoException).code?.startsWith('Z_')) {
      throw new RestoreRefused(`${file}: damaged or no backup of Escale (${(error as Error).message})`);
    }
    throw error;
  } finally {
    await closeFile();
  }
  if (!ended || madeAt === undefined) throw new RestoreRefused(`${file}: ends early; it is not whole`);
  return { madeAt, ...count };
}

/** Characters of a line: far more than a part of a file or the longest event. */
const LONGEST = 50_000_000;

/** Lines end with a line feed alone: the texts in them have line ends of other kinds. */
async function* readLines(file: string): AsyncGenerator<string> {
  const input = createReadStream(file);
  const text = createGunzip();
  input.on('error', (error) => text.destroy(error));
  input.pipe(text);
  text.setEncoding('utf8');
  let begun = '';
  for await (const chunk of text) {
    const lines = (begun + String(chunk)).split('\n');
    begun = lines.pop()!;
    if (begun.length > LONGEST) throw new RestoreRefused(`${file}: no backup of Escale (a line without an end)`);
    yield* lines;
  }
  if (begun !== '') yield begun;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function checkVersion({ format, migrations }: v.InferOutput<typeof header>, refuse: (what: string) => never): void {
  if (format !== FORMAT) refuse(`format ${format} is of a newer Escale`);
  const known = Object.keys(migrationsFor('sqlite')).toSorted();
  const stranger = migrations.find((one) => !known.includes(one));
  if (stranger !== undefined) refuse(`made by another version of Escale, which has ${stranger}`);
  const missing = known.slice(0, known.indexOf(migrations.at(-1)!) + 1).find((one) => !migrations.includes(one));
  if (missing !== undefined) refuse(`made by another version of Escale, which has not ${missing}`);
}

function readCell(cell: v.InferOutput<typeof row>[number]): Cell {
  return cell !== null && typeof cell === 'object' ? Buffer.from(cell.bytes, 'base64') : cell;
}

/** @returns where the files that were there are now */
async function swapFiles(dataDir: string, folder: string): Promise<string | undefined> {
  const old = (await readdir(dataDir)).filter((entry) => !entry.startsWith('.') && !isNoContent(entry));
  const aside = join(dataDir, `replaced-${stamp()}`);
  if (old.length > 0) await mkdir(aside, { mode: 0o700 });
  for (const entry of old) await rename(join(dataDir, entry), join(aside, entry));
  for (const entry of await readdir(folder)) await rename(join(folder, entry), join(dataDir, entry));
  return old.length > 0 ? aside : undefined;
}
