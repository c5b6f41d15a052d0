import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Heads } from '#protocol/hints.ts';
import type { Scope } from '#protocol/scope.ts';
import { headsOf } from './heads.ts';
import type { Database } from './open.ts';
import { HEADS_CHANNEL } from './postgres-units.ts';

/** Milliseconds between looks at a SQLite file for another process's commits. */
const LOOK = 1000;
const RECONNECT = 2000;

/** Who wants to know of which scopes. */
export interface Watcher {
  scopes(): readonly Scope[];
  tell(heads: Heads): void;
}

/** Tells the watcher of the commits of other processes. Returns what ends it. */
export function watchOthers(db: Database, watcher: Watcher): () => Promise<void> {
  return db.kind === 'sqlite' ? watchFile(db, watcher) : listenTo(db, watcher);
}

/** `data_version` moves when another connection commits: an import beside a running server. */
function watchFile(db: Database, watcher: Watcher): () => Promise<void> {
  const handle = new DatabaseSync(db.address, { readOnly: true, timeout: 2000 });
  const version = handle.prepare('pragma data_version');
  let seen = version.get()?.['data_version'];
  let looking: Promise<void> | undefined;
  const timer = setInterval(() => {
    const scopes = watcher.scopes();
    const now = version.get()?.['data_version'];
    if (now === seen || looking) return;
    seen = now;
    if (scopes.length === 0) return;
    looking = readHeads(db, scopes)
      .then((heads) => watcher.tell(heads))
      .catch(() => undefined)
      .finally(() => (looking = undefined));
  }, LOOK);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await looking;
    handle.close();
  };
}

async function readHeads(db: Database, scopes: readonly Scope[]): Promise<Heads> {
  const heads = await headsOf(db.read, scopes);
  return Object.fromEntries([...heads].map(([scope, { epoch, head }]) => [scope, { epoch, cursor: head }]));
}

/** A connection that listens; when it is lost, what was said meanwhile is read from the heads. */
function listenTo(db: Database, watcher: Watcher): () => Promise<void> {
  const life = new AbortController();
  let client: pg.Client | undefined;
  const connect = async (): Promise<void> => {
    const mine = new pg.Client({ connectionString: db.address });
    const lost = new Promise<void>((resolve) => {
      mine.on('error', () => resolve());
      mine.on('end', () => resolve());
    });
    mine.on('notification', ({ payload }) => payload && watcher.tell(JSON.parse(payload) as Heads));
    await mine.connect();
    client = mine;
    if (life.signal.aborted) return mine.end();
    await mine.query(`listen ${HEADS_CHANNEL}`);
    watcher.tell(await readHeads(db, watcher.scopes()));
    await lost;
  };
  const running = (async () => {
    while (!life.signal.aborted) {
      await connect().catch(() => undefined);
      await sleep(RECONNECT, undefined, { ref: false, signal: life.signal }).catch(() => undefined);
    }
  })();
  return async () => {
    life.abort();
    await client?.end().catch(() => undefined);
    await running;
  };
}
