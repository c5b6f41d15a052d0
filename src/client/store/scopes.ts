import type { Allotment } from '#domain/allotment.ts';
import type { Scope } from '#protocol/scope.ts';
import type { Manifest } from '#protocol/snapshot.ts';
import type { EscaleDatabase, LoadRow, PageRef, PageRow, ScopeRow } from './database.ts';
import { durably, EscaleDatabase as Database } from './database.ts';
import { newId } from './ids.ts';
import { askAnew, settle } from './outbox.ts';
import type { PackItem } from './packs.ts';
import { cardsText, readPage, storageOf } from './packs.ts';
import type { RosterPage } from './roster-packs.ts';
import { itemsOfRoster, readRoster, writeRoster } from './roster-packs.ts';
import { keyRing, seal, unseal } from './vault.ts';

type Keys = ReturnType<typeof keyRing>;

/** Deltas smaller than this are folded into one another once there are so many of them. */
const SMALL = 256 * 1024;
const MANY = 16;

/** Writes down which snapshots are being loaded, so that a load that is cut off goes on with the same one (L2). */
export async function beginLoad(db: EscaleDatabase, manifests: readonly Manifest[]): Promise<LoadRow[]> {
  const startedAt = Date.now();
  const loads = manifests.map(({ scope, epoch, cursor, pages }) => ({
    scope,
    epoch,
    cursor,
    pages: pages.map(({ hash, items, bytes }) => ({ name: hash, items, bytes })),
    startedAt,
  }));
  await db.loads.bulkPut(loads);
  return loads;
}

/** Forgets a load whose pages the server keeps no more; those that came stay for the next, which may name them again. */
export async function dropLoad(db: EscaleDatabase, load: LoadRow): Promise<void> {
  await db.transaction('rw', db.loads, async () => {
    const current = await db.loads.get(load.scope);
    if (current?.startedAt === load.startedAt) await db.loads.delete(load.scope);
  });
}

/** The pages of a load that are not on the device yet. */
export async function missingPages(db: EscaleDatabase, load: LoadRow): Promise<PageRef[]> {
  const keys = load.pages.map((page) => [load.scope, page.name] as [string, string]);
  if (keys.length === 0) return [];
  const there = new Set((await db.pages.where('[scope+name]').anyOf(keys).primaryKeys()).map(([, name]) => name));
  return load.pages.filter((page) => !there.has(page.name));
}

/** A page whose hash was checked, on its way into the store. */
export interface ArrivedPage {
  readonly scope: Scope;
  readonly name: string;
  readonly text: string;
}

/**
 * Stages pages and, in the same transaction, switches in every load that they complete: base, cursor and settled outbox
 * together (A2). What the old base had and the new one has not is removed with it.
 * Throws a RangeError when a text is no page: its load cannot complete.
 * @param scopes whose loads may be complete, beside those of the pages
 */
export async function land(
  db: EscaleDatabase,
  arrived: readonly ArrivedPage[],
  scopes: readonly Scope[],
  now: number,
): Promise<void> {
  const keys = keyRing(db);
  const prepared = await Promise.all(
    arrived.map(async ({ scope, name, text }) => {
      const items = readPage(text);
      if (!items) throw new RangeError(`page ${name} of ${scope} is no page`);
      return prepare(keys, scope, name, items, text);
    }),
  );
  const touched = new Set([...scopes, ...arrived.map((page) => page.scope)]);
  await durably(() =>
    db.transaction('rw', baseTables(db), async () => {
      await endNamed(db, prepared);
      await db.pages.bulkPut(prepared.map((p) => p.page));
      await db.cards.bulkPut(prepared.flatMap((p) => (p.cards ? [p.cards] : [])));
      for (const scope of touched) {
        const load = await db.loads.get(scope);
        if (load && (await missingPages(db, load)).length === 0) await switchIn(db, load, now);
      }
      await settle(db);
    }),
  );
}

/** Everything that takes time or awaits something else than IndexedDB happens here, before the transaction (A2). */
async function prepare(keyOf: Keys, scope: Scope, name: string, items: readonly PackItem[], text: string) {
  const storage = storageOf(scope);
  const page: PageRow = {
    scope,
    name,
    text: storage === 'roster' ? await seal(await keyOf(scope), writeRoster(items)) : text,
  };
  const cards = storage === 'programme' ? { scope, name, text: cardsText(items) } : undefined;
  return { page, cards, ended: storage === 'roster' ? endedIn(items) : [] };
}

function baseTables(db: EscaleDatabase) {
  return [db.scopes, db.loads, db.pages, db.cards, db.items, db.replicas, db.outbox, db.allotments];
}

/** Allotments that the server says are over; none begins again, so that also an old page may say so. */
function endedIn(items: readonly PackItem[]): string[] {
  return items.flatMap(({ kind, id, value }) =>
    kind === 'allotment' && (value as Allotment | undefined)?.ended ? [id] : [],
  );
}

async function endNamed(db: EscaleDatabase, prepared: readonly { readonly ended: readonly string[] }[]): Promise<void> {
  const ids = prepared.flatMap((one) => one.ended);
  if (ids.length > 0) await db.allotments.where('id').anyOf(ids).modify({ state: 'ended' });
}

/**
 * Puts a complete load in the place of the base. A snapshot may be older than what is here already: then it goes below the
 * deltas that came after it and the cursor stays, for cursors only grow within an epoch.
 */
async function switchIn(db: EscaleDatabase, load: LoadRow, now: number): Promise<void> {
  const { scope, epoch } = load;
  const old = await db.scopes.get(scope);
  const ahead = old && !old.void && old.epoch === epoch && old.cursor > load.cursor ? old : undefined;
  await db.loads.delete(scope);
  await askAnew(db, scope, epoch);
  if (storageOf(scope) === 'rows') {
    if (!ahead) {
      await unpack(db, load);
      await db.scopes.put({ scope, epoch, cursor: load.cursor, base: load.cursor, pages: [], syncedAt: now });
    }
    await keepPages(db, scope, []);
    return;
  }
  const later = ahead?.pages.filter((page) => page.upTo !== undefined && page.upTo > load.cursor) ?? [];
  const pages = [...load.pages, ...later];
  await db.scopes.put({ scope, epoch, cursor: ahead?.cursor ?? load.cursor, base: load.cursor, pages, syncedAt: now });
  await keepPages(db, scope, pages);
}

async function unpack(db: EscaleDatabase, load: LoadRow): Promise<void> {
  const { scope } = load;
  const packs = await db.pages.bulkGet(load.pages.map((p) => [scope, p.name] as [string, string]));
  await clearItems(db, scope);
  for (const pack of packs) {
    const items = readPage(pack?.text as string) ?? [];
    await db.items.bulkPut(items.map(({ kind, id, value }) => ({ scope, kind, id, value })));
  }
}

/** The server's log of this scope began anew (L1): what is here still shows until a snapshot takes its place. */
export async function voidBase(db: EscaleDatabase, scope: Scope): Promise<void> {
  await db.transaction('rw', db.scopes, db.loads, async () => {
    const row = await db.scopes.get(scope);
    if (row) await db.scopes.put({ ...row, void: true });
    await db.loads.delete(scope);
  });
}

/** What a complete pull of one scope brought. */
export interface Delta {
  readonly scope: Scope;
  /** Where the pull started: a delta is laid over this and nothing else. */
  readonly from: { readonly epoch: string; readonly cursor: number };
  readonly cursor: number;
  readonly items: readonly PackItem[];
}

/** Lays deltas over their bases, each only if its base is still where the pull began: another tab may have been first. */
export async function applyDeltas(db: EscaleDatabase, deltas: readonly Delta[], now: number): Promise<void> {
  const keys = keyRing(db);
  const prepared = await Promise.all(
    deltas.map(async (delta) => {
      if (delta.items.length === 0 || storageOf(delta.scope) === 'rows') return { delta };
      const text = JSON.stringify(delta.items);
      const name = `+${newId()}`;
      const rows = await prepare(keys, delta.scope, name, delta.items, text);
      return { delta, rows, ref: { name, items: delta.items.length, bytes: text.length, upTo: delta.cursor } };
    }),
  );
  await durably(() =>
    db.transaction('rw', baseTables(db), async () => {
      await endNamed(
        db,
        prepared.flatMap(({ rows }) => (rows ? [rows] : [])),
      );
      for (const { delta, rows, ref } of prepared) {
        const { scope, from, cursor } = delta;
        const base = await db.scopes.get(scope);
        if (!base || base.void || base.epoch !== from.epoch || base.cursor !== from.cursor) continue;
        if (rows) {
          await db.pages.put(rows.page);
          if (rows.cards) await db.cards.put(rows.cards);
        } else {
          await applyRows(db, scope, delta.items);
        }
        await db.scopes.put({ ...base, cursor, pages: ref ? [...base.pages, ref] : base.pages, syncedAt: now });
      }
      await settle(db);
    }),
  );
}

async function applyRows(db: EscaleDatabase, scope: Scope, items: readonly PackItem[]): Promise<void> {
  await db.items.bulkPut(
    items.flatMap(({ kind, id, value }) => (value === undefined ? [] : [{ scope, kind, id, value }])),
  );
  const gone = items.filter((i) => i.value === undefined);
  await db.items.bulkDelete(gone.map(({ kind, id }) => [scope, kind, id] as [string, string, string]));
}

/**
 * Folds the small deltas at the end of a scope into one, so that a launch does not read hundreds of records; like the levels
 * of a log-structured store, each item is written again a few times at most.
 */
export async function fold(db: EscaleDatabase, scope: Scope): Promise<void> {
  const base = await db.scopes.get(scope);
  if (!base) return;
  const start = base.pages.findLastIndex((p) => !p.name.startsWith('+') || p.bytes >= SMALL) + 1;
  const tail = base.pages.slice(start);
  if (tail.length < MANY) return;
  const latest = new Map<string, PackItem>();
  for (const ref of tail) {
    for (const item of await readPackItems(db, scope, ref.name)) latest.set(`${item.kind} ${item.id}`, item);
  }
  const items = [...latest.values()];
  const text = JSON.stringify(items);
  const name = `+${newId()}`;
  const { page, cards } = await prepare(keyRing(db), scope, name, items, text);
  await durably(() =>
    db.transaction('rw', [db.scopes, db.pages, db.cards], async () => {
      const now = await db.scopes.get(scope);
      const same = now && tail.every((ref, i) => now.pages[start + i]?.name === ref.name);
      if (!same) return;
      const upTo = Math.max(...tail.map((ref) => ref.upTo ?? 0));
      const folded = { name, items: items.length, bytes: text.length, upTo };
      const pages = [...now.pages.slice(0, start), folded, ...now.pages.slice(start + tail.length)];
      await db.pages.put(page);
      if (cards) await db.cards.put(cards);
      await db.scopes.put({ ...now, pages });
      const gone = tail.map((ref) => [scope, ref.name] as [string, string]);
      await db.pages.bulkDelete(gone);
      await db.cards.bulkDelete(gone);
    }),
  );
}

/**
 * True once what was laid over weighs more than what it lies over: then a fresh snapshot is the smaller thing to keep.
 * A server makes snapshots anew after a few hundred changes or a tenth of the items; twice that must have passed.
 */
export function isOvergrown(row: ScopeRow): boolean {
  const sum = (of: (page: PageRef) => number, delta: boolean): number =>
    row.pages.reduce((total, page) => (page.name.startsWith('+') === delta ? total + of(page) : total), 0);
  const weight = sum((page) => page.bytes, true);
  const enough = Math.max(400, sum((page) => page.items, false) / 5);
  return (
    weight >
      Math.max(
        sum((page) => page.bytes, false),
        4 * SMALL,
      ) && row.cursor - row.base > enough
  );
}

/** Removes what is kept of a scope; inside the caller's transaction, the outbox is not part of it. */
export async function dropScope(db: EscaleDatabase, scope: Scope): Promise<void> {
  await db.scopes.delete(scope);
  await db.loads.delete(scope);
  await keepPages(db, scope, []);
  await clearItems(db, scope);
}

/** The person keeps it no more, or it is granted no more. */
export async function forgetScope(db: EscaleDatabase, scope: Scope): Promise<void> {
  await db.transaction('rw', [db.scopes, db.loads, db.pages, db.cards, db.items], () => dropScope(db, scope));
}

async function keepPages(db: EscaleDatabase, scope: Scope, pages: readonly PageRef[]): Promise<void> {
  const kept = new Set(pages.map((p) => p.name));
  const [from, to] = Database.under(scope);
  const names = await db.pages.where('[scope+name]').between(from, to).primaryKeys();
  const gone = names.filter(([, name]) => !kept.has(name));
  await db.pages.bulkDelete(gone);
  await db.cards.bulkDelete(gone);
}

async function clearItems(db: EscaleDatabase, scope: Scope): Promise<void> {
  const keys = await db.items
    .where('[scope+kind+id]')
    .between(...Database.underItems(scope))
    .primaryKeys();
  await db.items.bulkDelete(keys);
}

/** The items of one stored page, deciphered where it is sealed. Empty when it is not there any more. */
async function readPackItems(db: EscaleDatabase, scope: Scope, name: string): Promise<readonly PackItem[]> {
  const row = await db.pages.get([scope, name]);
  if (!row) return [];
  if (typeof row.text === 'string') return JSON.parse(row.text) as PackItem[];
  return itemsOfRoster(readRoster(await unseal(await keyRing(db)(scope), row.text)));
}

/** More pages than this are read by their range: one request for all costs less than one each. */
const SINGLY = 8;

/** A stored page of a roster; `delta`: it lies over the pages before it. */
export interface StoredRosterPage {
  readonly delta: boolean;
  readonly page: RosterPage;
}

/** Several stored pages of a roster, in the order of `names`; one that is not there any more is left out. */
export async function readRosterPages(
  db: EscaleDatabase,
  scope: Scope,
  names: readonly string[],
): Promise<StoredRosterPage[]> {
  if (names.length === 0) return [];
  const [held, rows] = await Promise.all([
    db.keys.get(scope),
    names.length > SINGLY
      ? db.pages
          .where('[scope+name]')
          .between(...Database.under(scope))
          .toArray()
      : db.pages.bulkGet(names.map((name) => [scope, name] as [string, string])),
  ]);
  const found = new Map(rows.flatMap((row) => (row ? [[row.name, row.text] as const] : [])));
  const pages = names.map(async (name) => {
    const text = found.get(name);
    if (typeof text !== 'object') return [];
    if (!held) throw new Error(`the key of ${scope} is not there`);
    return [{ delta: name.startsWith('+'), page: readRoster(await unseal(held.key, text)) }];
  });
  return (await Promise.all(pages)).flat();
}
