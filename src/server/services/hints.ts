import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import type { Heads } from '#protocol/hints.ts';
import type { Scope } from '#protocol/scope.ts';
import type { Database } from '../db/open.ts';
import { HEADS_CHANNEL } from '../db/postgres-units.ts';

/** Says that a pull would bring something (D2). */
export interface Hints {
  /** Calls back with the new heads of any of the scopes, whichever process raised them. Returns what ends it. */
  subscribe(scopes: readonly Scope[], listener: (heads: Heads) => void): () => void;
  close(): Promise<void>;
}

/** Milliseconds between looks at a SQLite file for another process's commits. */
const LOOK = 1000;
const RECONNECT = 2000;

export function openHints(db: Database): Hints {
  const board = new Board();
  const stopOwn = db.units.onCommit((heads) => board.tell(heads));
  const stopOthers = db.kind === 'sqlite' ? watchFile(db, board) : listenTo(db, board);
  return {
    subscribe: (scopes, listener) => board.subscribe(scopes, listener),
    close: async () => {
      stopOwn();
      await stopOthers();
    },
  };
}

type Listener = (heads: Heads) => void;

class Board {
  readonly #listeners = new Map<Scope, Set<Listener>>();
  readonly #told = new Map<Scope, number>();

  subscribe(scopes: readonly Scope[], listener: Listener): () => void {
    // One wrapper a subscription, so that the same function subscribed twice is told twice and ended once.
    const mine: Listener = (heads) => listener(heads);
    for (const scope of scopes) {
      const all = this.#listeners.get(scope) ?? new Set();
      this.#listeners.set(scope, all.add(mine));
    }
    return () => {
      for (const scope of scopes) {
        const all = this.#listeners.get(scope);
        all?.delete(mine);
        if (all?.size === 0) {
          this.#listeners.delete(scope);
          this.#told.delete(scope);
        }
      }
    };
  }

  scopes(): Scope[] {
    return [...this.#listeners.keys()];
  }

  tell(heads: Heads): void {
    const news = new Map<Listener, Heads>();
    for (const [scope, head] of Object.entries(heads)) {
      const all = this.#listeners.get(scope);
      if (!all || (this.#told.get(scope) ?? -1) >= head.cursor) continue;
      this.#told.set(scope, head.cursor);
      for (const listener of all) {
        const mine = news.get(listener) ?? {};
        mine[scope] = head;
        news.set(listener, mine);
      }
    }
    for (const [listener, mine] of news) listener(mine);
  }
}

/** `data_version` moves when another connection commits: an import beside a running server. */
function watchFile(db: Database, board: Board): () => Promise<void> {
  const handle = new DatabaseSync(db.address, { readOnly: true, timeout: 2000 });
  const version = handle.prepare('pragma data_version');
  let seen = version.get()?.['data_version'];
  let looking: Promise<void> | undefined;
  const timer = setInterval(() => {
    const scopes = board.scopes();
    const now = version.get()?.['data_version'];
    if (now === seen || looking) return;
    seen = now;
    if (scopes.length === 0) return;
    looking = readHeads(db, scopes)
      .then((heads) => board.tell(heads))
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
  const heads: Heads = {};
  for (let from = 0; from < scopes.length; from += 500) {
    const rows = await db.read
      .selectFrom('scope_head')
      .select(['scope', 'epoch', 'head'])
      .where('scope', 'in', scopes.slice(from, from + 500))
      .execute();
    for (const row of rows) heads[row.scope] = { epoch: row.epoch, cursor: row.head };
  }
  return heads;
}

/** A connection that listens; when it is lost, what was said meanwhile is read from the heads. */
function listenTo(db: Database, board: Board): () => Promise<void> {
  let ended = false;
  let client: pg.Client | undefined;
  const connect = async (): Promise<void> => {
    const mine = new pg.Client({ connectionString: db.address });
    const lost = new Promise<void>((resolve) => {
      mine.on('error', () => resolve());
      mine.on('end', () => resolve());
    });
    mine.on('notification', ({ payload }) => payload && board.tell(JSON.parse(payload) as Heads));
    await mine.connect();
    client = mine;
    await mine.query(`listen ${HEADS_CHANNEL}`);
    board.tell(await readHeads(db, board.scopes()));
    await lost;
  };
  const running = (async () => {
    while (!ended) {
      await connect().catch(() => undefined);
      if (!ended) await sleep(RECONNECT, undefined, { ref: false });
    }
  })();
  return async () => {
    ended = true;
    await client?.end().catch(() => undefined);
    await Promise.race([running, sleep(RECONNECT)]);
  };
}
