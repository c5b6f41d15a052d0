import Dexie from 'dexie';
import type { CheckInArgs } from '#protocol/check-in.ts';
import type { Scope } from '#protocol/scope.ts';
import { isPublicScope, scopeParameter } from '#protocol/scope.ts';
import type { Manifest } from '#protocol/snapshot.ts';
import { PROTOCOL, PROTOCOL_HEADER } from '#protocol/version.ts';
import type { TicketKey } from '#protocol/ticket-key.ts';
import { readPublicKey, verifyTicket } from '#client/platform/signatures.ts';
import { judgeText } from '#client/screens/door/judge.ts';
import { EscaleDatabase } from '#client/store/database.ts';
import { enqueue } from '#client/store/outbox.ts';
import { addDeviceReplica } from '#client/store/replicas.ts';
import { Roster, RosterIndex } from '#client/store/roster-index.ts';
import { readRosterPages } from '#client/store/scopes.ts';
import { Api } from '#client/sync/api.ts';
import { loadMissing } from '#client/sync/load.ts';
import { pull } from '#client/sync/pull.ts';
import { pushAll } from '#client/sync/push.ts';

/** What the benchmarks call inside a real browser, on the server's own origin. Times are milliseconds. */
export interface Bench {
  load(scopes: Scope[], bearer?: string): Promise<number>;
  fetchAndParse(scopes: Scope[], bearer?: string): Promise<number>;
  fetchAndPutRows(scopes: Scope[], bearer?: string): Promise<number>;
  /** Opens a device that stays for the next calls, and loads scopes into it. */
  keep(scopes: Scope[], bearer: string): Promise<number>;
  /** What happened since, onto that device. */
  catchUp(scope: Scope, bearer: string): Promise<{ took: number; items: number }>;
  /** Arrivals as a door without a network keeps them, each written durably. */
  queue(deviceId: string, secret: string, checkIns: CheckInArgs[]): Promise<void>;
  /** Sends them to the last answer. */
  send(): Promise<number>;
  /** The same mutations as one body, written durably by a server that does nothing else. */
  post(address: string): Promise<number>;
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
    const query = scopes.slice(at, at + 32).map(scopeParameter);
    const { manifests } = (await get(`/snapshots?${query.join('&')}`)) as { manifests: Manifest[] };
    for (const { scope, pages } of manifests) for (const { hash } of pages) tasks.push({ scope, hash });
  }
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < tasks.length) {
      const { scope, hash } = tasks[next++]!;
      await take((await get(`/snapshots/pages/${hash}?${scopeParameter(scope)}`)) as unknown[]);
    }
  };
  await Promise.all(Array.from({ length: 6 }, lane));
}

let kept: EscaleDatabase | undefined;
function device(): EscaleDatabase {
  return (kept ??= new EscaleDatabase(freshName()));
}

async function keep(scopes: Scope[], bearer: string): Promise<number> {
  await device().open();
  const started = performance.now();
  const trouble = await loadMissing(device(), new Api(), audience(scopes, bearer), scopes);
  if (trouble) throw new Error(`the load ended with ${trouble.kind}`);
  return performance.now() - started;
}

async function catchUp(scope: Scope, bearer: string): Promise<{ took: number; items: number }> {
  const before = await device().scopes.get(scope);
  const started = performance.now();
  const { trouble, reload } = await pull(device(), new Api(), audience([scope], bearer), [scope]);
  const took = performance.now() - started;
  const after = await device().scopes.get(scope);
  if (trouble || reload.length > 0 || !before || !after) throw new Error('the delta did not come');
  const items = (row: typeof after): number => row.pages.reduce((sum, page) => sum + page.items, 0);
  return { took, items: items(after) - items(before) };
}

async function queue(deviceId: string, secret: string, checkIns: CheckInArgs[]): Promise<void> {
  await device().open();
  await addDeviceReplica(device(), deviceId, secret);
  await Promise.all(checkIns.map((args) => enqueue(device(), deviceId, 'check-in', args)));
}

async function send(): Promise<number> {
  const started = performance.now();
  const trouble = await pushAll(device(), new Api());
  const took = performance.now() - started;
  const rows = await device().outbox.toArray();
  if (trouble || rows.some((row) => row.state !== 'answered')) throw new Error('not everything was taken');
  return took;
}

async function post(address: string): Promise<number> {
  const rows = await device().outbox.toArray();
  const body = JSON.stringify(
    rows.map(({ seq, mutationId, name, args, clientAt }) => ({ seq, mutationId, name, args, clientAt })),
  );
  const started = performance.now();
  const answer = await fetch(address, { method: 'POST', body });
  if (!answer.ok) throw new Error('the floor took nothing');
  await answer.text();
  return performance.now() - started;
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
  roster.takeAll(await readRosterPages(db, scope, names));
  const index = new RosterIndex(roster, roster.eventOf());
  const event = index.event;
  if (!event) throw new Error('the roster has no event');
  const known = new Map(keys.map((key) => [key.keyId, readPublicKey(key.publicKey)!]));
  const ports = {
    eventId: event.id,
    rules: index.rules,
    exit: false,
    seatsLeft: () => 0,
    isWhole: () => Promise.resolve(false),
    roster: {
      event,
      byTicket: (id: string) => index.byTicket(id),
      byRegistration: (id: string) => index.byRegistration(id),
      byShortCode: (code: string) => index.byShortCode(code),
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

const bench: Bench = { load, fetchAndParse, fetchAndPutRows, keep, catchUp, queue, send, post, verdicts };
Object.assign(globalThis, { bench });
