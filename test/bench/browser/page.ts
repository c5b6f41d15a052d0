import Dexie from 'dexie';
import type { Scope } from '#protocol/scope.ts';
import { isPublicScope } from '#protocol/scope.ts';
import type { Manifest } from '#protocol/snapshot.ts';
import { PROTOCOL, PROTOCOL_HEADER } from '#protocol/version.ts';
import type { TicketKey } from '#protocol/ticket-key.ts';
import { readPublicKey, verifyTicket } from '#client/platform/signatures.ts';
import { judgeText } from '#client/screens/door/judge.ts';
import { EscaleDatabase } from '#client/store/database.ts';
import { Roster, RosterIndex } from '#client/store/roster-index.ts';
import { readRosterPacks } from '#client/store/scopes.ts';
import { Api } from '#client/sync/api.ts';
import { loadMissing } from '#client/sync/load.ts';

/** What the benchmarks call inside a real browser, on the server's own origin. Times are milliseconds. */
export interface Bench {
  load(scopes: Scope[], bearer?: string): Promise<number>;
  fetchAndParse(scopes: Scope[], bearer?: string): Promise<number>;
  fetchAndPutRows(scopes: Scope[], bearer?: string): Promise<number>;
  verdicts(
    scope: Scope,
    bearer: string,
    keys: TicketKey[],
    tickets: string[],
  ): Promise<{ times: number[]; admitted: number }>;
}

const audience = (scopes: Scope[], bearer?: string) => ({ scopes, ...(bearer === undefined ? {} : { bearer }) });
let databases = 0;
const freshName = (): string => `bench-${Date.now()}-${databases++}`;

/** The app's own first load, to the last durable write. */
async function load(scopes: Scope[], bearer?: string): Promise<number> {
  const db = new EscaleDatabase(freshName());
  await db.open();
  const started = performance.now();
  const trouble = await loadMissing(db, new Api(), audience(scopes, bearer), scopes);
  const took = performance.now() - started;
  if (trouble) throw new Error(`the load ended with ${trouble.kind}`);
  const kept = await db.scopes.bulkGet(scopes);
  if (kept.some((row) => !row)) throw new Error('a scope was not kept');
  await db.delete();
  return took;
}

/** The same pages, fetched six at a time and parsed; nothing is kept. */
async function fetchAndParse(scopes: Scope[], bearer?: string): Promise<number> {
  const started = performance.now();
  await eachPage(scopes, bearer, () => Promise.resolve());
  return performance.now() - started;
}

/** The same pages, fetched, parsed and put as rows into Dexie with two indexes. */
async function fetchAndPutRows(scopes: Scope[], bearer?: string): Promise<number> {
  const db = new Dexie(freshName());
  db.version(1).stores({ items: 'id, value.state, value.lastName' });
  await db.open();
  const started = performance.now();
  await eachPage(scopes, bearer, async (items) => void (await db.table('items').bulkPut(items)));
  const took = performance.now() - started;
  await db.delete();
  return took;
}

async function eachPage(
  scopes: Scope[],
  bearer: string | undefined,
  take: (items: unknown[]) => Promise<void>,
): Promise<void> {
  const get = async (path: string): Promise<unknown> => {
    const headers = {
      [PROTOCOL_HEADER]: String(PROTOCOL),
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
    };
    const answer = await fetch(`/api/v1${path}`, { headers, cache: 'no-store' });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer.json();
  };
  const tasks: { scope: Scope; hash: string }[] = [];
  for (let at = 0; at < scopes.length; at += 32) {
    const query = scopes.slice(at, at + 32).map((scope) => `scope=${encodeURIComponent(scope)}`);
    const { manifests } = (await get(`/snapshots?${query.join('&')}`)) as { manifests: Manifest[] };
    for (const { scope, pages } of manifests) for (const { hash } of pages) tasks.push({ scope, hash });
  }
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < tasks.length) {
      const { scope, hash } = tasks[next++]!;
      await take((await get(`/snapshots/pages/${hash}?scope=${encodeURIComponent(scope)}`)) as unknown[]);
    }
  };
  await Promise.all(Array.from({ length: 6 }, lane));
}

/** Loads a roster and judges every ticket as the door does, from its text to the verdict. */
async function verdicts(
  scope: Scope,
  bearer: string,
  keys: TicketKey[],
  tickets: string[],
): Promise<{ times: number[]; admitted: number }> {
  if (isPublicScope(scope)) throw new Error('a roster is not public');
  const db = new EscaleDatabase(freshName());
  await db.open();
  const trouble = await loadMissing(db, new Api(), audience([scope], bearer), [scope]);
  const row = await db.scopes.get(scope);
  if (trouble || !row) throw new Error('the roster did not come');
  const roster = new Roster();
  const names = row.pages.map((page) => page.name);
  roster.takeAll(await readRosterPacks(db, scope, names));
  const index = new RosterIndex(roster, roster.eventOf());
  const event = index.event;
  if (!event) throw new Error('the roster has no event');
  const known = new Map(keys.map((key) => [key.keyId, readPublicKey(key.publicKey)!]));
  const ports = {
    eventId: event.id,
    roster: {
      event,
      byTicket: (id: string) => index.byTicket(id),
      byShortCode: (code: string) => [index.byShortCode(code)].filter((entry) => entry !== undefined),
      checkIns: (id: string) => index.checkIns(id),
      isRevoked: (id: string) => index.isRevoked(id),
    },
    verify: (keyId: string, body: Uint8Array<ArrayBuffer>, signature: Uint8Array<ArrayBuffer>) => {
      const key = known.get(keyId);
      return key ? verifyTicket(body, signature, key) : Promise.resolve(false);
    },
    now: () => Date.now(),
  };
  const times: number[] = [];
  let admitted = 0;
  for (const ticket of tickets) {
    const started = performance.now();
    const judgement = await judgeText(ticket, 'camera', ports);
    times.push(performance.now() - started);
    if (judgement.kind === 'scanned' && judgement.finding.verdict === 'admitted') admitted++;
  }
  await db.delete();
  return { times, admitted };
}

const bench: Bench = { load, fetchAndParse, fetchAndPutRows, verdicts };
Object.assign(globalThis, { bench });
