import type { Scope } from '#protocol/scope.ts';
import { scopeParameter } from '#protocol/scope.ts';
import { snapshotResponse } from '#protocol/snapshot.ts';
import type { EscaleDatabase, LoadRow } from '#client/store/database.ts';
import type { ArrivedPage } from '#client/store/scopes.ts';
import { beginLoad, dropLoad, land, missingPages } from '#client/store/scopes.ts';
import { granted, refused, withdrawn } from './access.ts';
import type { Api, Trouble } from './api.ts';
import { troubleOf } from './api.ts';
import type { Audience } from './wanted.ts';

/** Requests at once: what a browser opens to one server over HTTP/1.1. */
const LANES = 6;
/** Characters that are written in one transaction: a strictly durable one costs as much as a megabyte. */
const CHUNK = 2 * 1024 * 1024;
/** Scopes named in one address. */
const NAMED = 32;
const PAGE_DEADLINE = 60_000;

interface Task {
  readonly load: LoadRow;
  readonly name: string;
}

/**
 * Loads what an audience has no base of, page by page (L2). What is cut off goes on where it was, with the same snapshot for
 * as long as the server has its pages.
 */
export async function loadMissing(
  db: EscaleDatabase,
  api: Api,
  audience: Audience,
  scopes: readonly Scope[],
): Promise<Trouble | undefined> {
  // Twice, for a load that had been begun may name pages that the server keeps no more.
  for (let attempt = 0; attempt < 2; attempt++) {
    const begun = await begin(db, api, audience, scopes);
    if ('kind' in begun) return begun;
    const { trouble, stale } = await fetchPages(db, api, audience, begun.loads);
    if (trouble || !stale) return trouble;
  }
  return { kind: 'failing' };
}

async function begin(
  db: EscaleDatabase,
  api: Api,
  audience: Audience,
  scopes: readonly Scope[],
): Promise<{ readonly loads: LoadRow[] } | Trouble> {
  const known = (await db.loads.bulkGet([...scopes])).filter((load) => load !== undefined);
  const unknown = scopes.filter((scope) => !known.some((load) => load.scope === scope));
  const loads = [...known];
  for (let at = 0; at < unknown.length; at += NAMED) {
    const named = unknown.slice(at, at + NAMED);
    const query = named.map(scopeParameter);
    const answer = await api.json({ path: `/snapshots?${query.join('&')}`, bearer: audience.bearer }, snapshotResponse);
    const trouble = troubleOf(answer);
    if (trouble) return trouble;
    if (answer.kind !== 'ok') {
      await refused(db, audience, answer);
      break;
    }
    const wanted = answer.value.manifests.filter((m) => unknown.includes(m.scope));
    if (wanted.length > 0) await granted(db, audience);
    for (const scope of named) if (!wanted.some((m) => m.scope === scope)) await withdrawn(db, audience, scope);
    loads.push(...(await beginLoad(db, wanted)));
  }
  const order = new Map(scopes.map((scope, i) => [scope, i]));
  return { loads: loads.sort((a, b) => (order.get(a.scope) ?? 0) - (order.get(b.scope) ?? 0)) };
}

/** `stale`: the server has some page no more, and its load was forgotten. */
async function fetchPages(
  db: EscaleDatabase,
  api: Api,
  audience: Audience,
  loads: readonly LoadRow[],
): Promise<{ readonly trouble?: Trouble; readonly stale: boolean }> {
  const tasks: Task[] = [];
  for (const load of loads) {
    for (const { name } of await missingPages(db, load)) tasks.push({ load, name });
  }
  const landing = new Landing(db);
  // Loads that are complete already, an empty region's above all.
  await landing.finish(loads.map((load) => load.scope));

  let trouble: Trouble | undefined;
  let stale = false;
  let next = 0;
  const lane = async (): Promise<void> => {
    while (!trouble && next < tasks.length) {
      const { load, name } = tasks[next++]!;
      const page = await fetchPage(api, audience, load.scope, name);
      if (page === 'stale') {
        stale = true;
        await dropLoad(db, load);
      } else if (typeof page === 'object' && 'kind' in page) {
        trouble ??= page;
      } else {
        await landing.add(page);
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  await landing.finish([]);
  return { ...(trouble ? { trouble } : {}), stale };
}

/** Gathers pages into transactions; one at a time, while the next pages are on their way. */
class Landing {
  private readonly db: EscaleDatabase;
  private waiting: ArrivedPage[] = [];
  private size = 0;
  private turn: Promise<void> = Promise.resolve();

  constructor(db: EscaleDatabase) {
    this.db = db;
  }

  async add(page: ArrivedPage): Promise<void> {
    this.waiting.push(page);
    this.size += page.text.length;
    if (this.size >= CHUNK) await this.flush([]);
  }

  finish(scopes: readonly Scope[]): Promise<void> {
    return this.flush(scopes);
  }

  private flush(scopes: readonly Scope[]): Promise<void> {
    const pages = this.waiting;
    this.waiting = [];
    this.size = 0;
    if (pages.length > 0 || scopes.length > 0) {
      this.turn = this.turn.then(() => land(this.db, pages, scopes, Date.now()));
    }
    return this.turn;
  }
}

async function fetchPage(
  api: Api,
  audience: Audience,
  scope: Scope,
  hash: string,
): Promise<ArrivedPage | Trouble | 'stale'> {
  const answer = await api.bytes({
    path: `/snapshots/pages/${hash}?${scopeParameter(scope)}`,
    bearer: audience.bearer,
    deadline: PAGE_DEADLINE,
    cacheable: audience.bearer === undefined,
  });
  const trouble = troubleOf(answer);
  if (trouble) return trouble;
  if (answer.kind !== 'ok') return 'stale';
  // What is not what the manifest promised is no answer of our server's, whoever gave it.
  if ((await hexDigest(answer.value)) !== hash) return { kind: 'unreachable' };
  return { scope, name: hash, text: new TextDecoder().decode(answer.value) };
}

async function hexDigest(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
