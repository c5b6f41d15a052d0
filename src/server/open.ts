import { mkdir, open as openFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Config } from './config.ts';
import { OperatorError } from './config.ts';
import { migrate } from './db/migrate.ts';
import type { Database } from './db/open.ts';
import { openDatabase } from './db/open.ts';
import { publishDefaultPages } from './services/programme/content.ts';
import type { Context, Log } from './services/context.ts';
import { openHints } from './services/sync/hints.ts';
import { openVapidKey } from './services/mail/web-push.ts';
import { openTicketKeys, publishTicketKeys } from './services/door/ticket-keys.ts';

export interface OpenContext {
  readonly ctx: Context;
  /** Ends what is under way and lets go of the database. */
  readonly close: () => Promise<void>;
}

/**
 * Opens data folder and database, brings the schema up to date and makes the keys: what the server and every command of the
 * operator start from.
 * @throws OperatorError when folder or database cannot be used
 */
export async function openContext(config: Config, log: Log): Promise<OpenContext> {
  await checkFolder(config.dataDir);
  const db = await reach(config);
  const hints = openHints(db);
  const close = async (): Promise<void> => {
    await hints.close();
    await db.close();
  };
  try {
    const keys = await openTicketKeys(config.dataDir);
    await openVapidKey(config.dataDir);
    await publishTicketKeys(db, keys);
    const ctx: Context = { db, clock: Date.now, config, keys, hints, log };
    await publishDefaultPages(ctx, new Date(ctx.clock()).toISOString());
    return { ctx, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function checkFolder(folder: string): Promise<void> {
  const probe = join(folder, `.writable-${process.pid}`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await (await openFile(probe, 'wx')).close();
    await rm(probe);
  } catch (error) {
    throw new OperatorError(`ESCALE_DATA: the folder ${folder} cannot be written to (${codeOf(error)})`);
  }
}

async function reach(config: Config): Promise<Database> {
  const { databaseUrl, dataDir } = config;
  let db: Database | undefined;
  try {
    db = await openDatabase({ dataDir, ...(databaseUrl === undefined ? {} : { databaseUrl }) });
    // Asked first, for the migrator tries several times and an operator would wait for each.
    await sql`select 1`.execute(db.read);
    await migrate(db);
    return db;
  } catch (error) {
    await db?.close().catch(() => undefined);
    throw new OperatorError(
      databaseUrl === undefined
        ? `ESCALE_DATA: the database ${join(dataDir, 'escale.sqlite')} cannot be opened (${codeOf(error)})`
        : `DATABASE_URL: the database at ${hostOf(databaseUrl)} cannot be used (${codeOf(error)})`,
    );
  }
}

/** Without the password. */
function hostOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = (error as { code?: unknown }).code;
  const message = error.message.split('\n')[0] ?? '';
  return [typeof code === 'string' ? code : '', message].filter((part) => part !== '').join(': ');
}
