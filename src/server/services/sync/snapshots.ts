import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Kysely } from 'kysely';
import type { Scope } from '#protocol/scope.ts';
import type { Manifest } from '#protocol/snapshot.ts';
import { PAGE_SIZE } from '#protocol/snapshot.ts';
import type { ScopeHead } from '../../db/heads.ts';
import { epochOf, headsOf } from '../../db/heads.ts';
import type { Schema } from '../../db/schema.ts';
import type { Context } from '../context.ts';
import type { Identity } from '../people/identity.ts';
import { mayRead } from '../people/identity.ts';

/** A snapshot is made anew once the log has gone on by this many changes, or by a tenth of its items if that is more. */
const STALE_CHANGES = 200;
/** Milliseconds for which a page that no manifest names any more can still be fetched: a slow first load goes on. */
const GRACE = 3_600_000;
/** Rows read at a time. */
const ROWS = 2000;

const zipped = promisify(gzip);
const squeezed = promisify(brotliCompress);
/** As quick as gzip and a sixth smaller on a programme; more would take a hundred times longer. */
const QUALITY = 5;

export interface SnapshotSizes {
  /** Uncompressed characters of a page, about. */
  readonly snapshotPage: number;
  /** Changes after which a snapshot is made anew. */
  readonly staleChanges: number;
}

const SIZES: SnapshotSizes = { snapshotPage: PAGE_SIZE, staleChanges: STALE_CHANGES };

/** A manifest for each scope that the identity may read; the others are left out (L2). */
export async function manifests(
  ctx: Context,
  who: Identity,
  scopes: readonly Scope[],
  sizes: SnapshotSizes = SIZES,
): Promise<Manifest[]> {
  const granted = [...new Set(scopes)].filter((scope) => mayRead(who, scope));
  const heads = await headsOf(ctx.db.read, granted);
  const epoch = heads.size < granted.length ? await epochOf(ctx.db.read) : '';
  const found: Manifest[] = [];
  for (const scope of granted) {
    const head = heads.get(scope);
    found.push(head ? await manifestOf(ctx, scope, head, sizes) : { scope, epoch, cursor: 0, pages: [] });
  }
  return found;
}

/** A page of a snapshot: its text in UTF-8, compressed. Never changes under its hash. */
export interface SnapshotPage {
  readonly hash: string;
  readonly gzip: Uint8Array;
  readonly brotli?: Uint8Array;
}

/** Undefined when the page is no longer kept (410 `snapshot_stale`) or the identity may not read the scope. */
export async function page(ctx: Context, who: Identity, scope: Scope, hash: string): Promise<SnapshotPage | undefined> {
  if (!mayRead(who, scope)) return undefined;
  const row = await ctx.db.read
    .selectFrom('snapshot_page')
    .select(['body', 'brotli'])
    .where('scope', '=', scope)
    .where('hash', '=', hash)
    .executeTakeFirst();
  return row && { hash, gzip: row.body, ...(row.brotli ? { brotli: row.brotli } : {}) };
}

async function manifestOf(ctx: Context, scope: Scope, head: ScopeHead, sizes: SnapshotSizes): Promise<Manifest> {
  const kept = await ctx.db.read.selectFrom('snapshot').selectAll().where('scope', '=', scope).executeTakeFirst();
  if (kept) {
    const pages = JSON.parse(kept.pages) as Manifest['pages'];
    const items = pages.reduce((sum, one) => sum + one.items, 0);
    const fresh = head.head - kept.cursor <= Math.max(sizes.staleChanges, items / 10);
    if (fresh && kept.epoch === head.epoch && kept.cursor >= head.floor) {
      return { scope, epoch: kept.epoch, cursor: kept.cursor, pages };
    }
  }
  return building(ctx, scope, sizes);
}

/** Snapshots being made by this process: many phones at one door ask at the same moment. */
const underWay = new WeakMap<object, Map<Scope, Promise<Manifest>>>();

function building(ctx: Context, scope: Scope, sizes: SnapshotSizes): Promise<Manifest> {
  let mine = underWay.get(ctx.db);
  if (!mine) underWay.set(ctx.db, (mine = new Map()));
  const scopes = mine;
  let made = scopes.get(scope);
  if (!made) {
    made = build(ctx, scope, sizes).finally(() => scopes.delete(scope));
    scopes.set(scope, made);
  }
  return made;
}

interface BuiltPage {
  readonly hash: string;
  readonly items: number;
  readonly bytes: number;
  readonly gzip: Uint8Array;
  readonly brotli: Uint8Array;
}

async function build(ctx: Context, scope: Scope, sizes: SnapshotSizes): Promise<Manifest> {
  const { head, pages } = await ctx.db.read
    .transaction()
    .setAccessMode('read only')
    .setIsolationLevel('repeatable read')
    .execute(async (db) => {
      const at = (await headsOf(db, [scope])).get(scope)!;
      return { head: at, pages: await pagesOf(db, scope, sizes.snapshotPage) };
    });
  const named = pages.map(({ hash, items, bytes }) => ({ hash, items, bytes }));
  const now = ctx.clock();
  await ctx.db.units.one(async (tx) => {
    const before = await tx.db.selectFrom('snapshot').select('pages').where('scope', '=', scope).executeTakeFirst();
    // The pages that are named no more have their grace from now on.
    const old = before ? (JSON.parse(before.pages) as Manifest['pages']).map((one) => one.hash) : [];
    for (let from = 0; from < old.length; from += 500) {
      await tx.db
        .updateTable('snapshot_page')
        .set({ named_at: now })
        .where('scope', '=', scope)
        .where('hash', 'in', old.slice(from, from + 500))
        .execute();
    }
    for (const { hash, gzip: body, brotli } of pages) {
      await tx.db
        .insertInto('snapshot_page')
        .values({ scope, hash, body, brotli, named_at: now })
        .onConflict((c) => c.columns(['scope', 'hash']).doUpdateSet({ named_at: now }))
        .execute();
    }
    await tx.db
      .deleteFrom('snapshot_page')
      .where('scope', '=', scope)
      .where('named_at', '<', now - GRACE)
      .execute();
    const row = { epoch: head.epoch, cursor: head.head, pages: JSON.stringify(named), made_at: now };
    await tx.db
      .insertInto('snapshot')
      .values({ scope, ...row })
      .onConflict((c) => c.column('scope').doUpdateSet(row))
      .execute();
  });
  return { scope, epoch: head.epoch, cursor: head.head, pages: named };
}

/** The state that the transaction sees, in pages ordered by kind and id. Values are taken over as they are stored, not parsed. */
async function pagesOf(db: Kysely<Schema>, scope: Scope, pageSize: number): Promise<BuiltPage[]> {
  const pages: Promise<BuiltPage>[] = [];
  let items: string[] = [];
  let size = 0;
  const close = (): void => {
    if (items.length > 0) pages.push(pageFrom(items));
    items = [];
    size = 0;
  };
  let last: ItemRow | undefined;
  const put = (row: ItemRow): void => {
    if (row.value === null) return;
    const text = `{"kind":${JSON.stringify(row.kind)},"id":${JSON.stringify(row.item_id)},"value":${row.value}}`;
    items.push(text);
    size += text.length + 1;
    if (size >= pageSize) close();
  };
  for (;;) {
    const rows = await itemsAfter(db, scope, last);
    for (const row of rows) {
      // Of several rows of one item the one with the highest cursor, the last to come, is its state.
      if (last && (last.kind !== row.kind || last.item_id !== row.item_id)) put(last);
      last = row;
    }
    // Compressed on other threads, and no more of the text in memory at once than these rows.
    await Promise.all(pages);
    if (rows.length < ROWS) break;
  }
  if (last) put(last);
  close();
  return Promise.all(pages);
}

interface ItemRow {
  readonly kind: string;
  readonly item_id: string;
  readonly cursor: number;
  readonly value: string | null;
}

function itemsAfter(db: Kysely<Schema>, scope: Scope, after: ItemRow | undefined): Promise<ItemRow[]> {
  let query = db
    .selectFrom('change')
    .select(['kind', 'item_id', 'cursor', 'value'])
    .where('scope', '=', scope)
    .orderBy('kind')
    .orderBy('item_id')
    .orderBy('cursor')
    .limit(ROWS);
  if (after) {
    const { kind, item_id, cursor } = after;
    query = query.where((e) => e(e.refTuple('kind', 'item_id', 'cursor'), '>', e.tuple(kind, item_id, cursor)));
  }
  return query.execute();
}

async function pageFrom(items: readonly string[]): Promise<BuiltPage> {
  const text = Buffer.from(`[${items.join(',')}]`);
  const hash = createHash('sha256').update(text).digest('hex');
  const params = { [constants.BROTLI_PARAM_QUALITY]: QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: text.length };
  const [inGzip, brotli] = await Promise.all([zipped(text), squeezed(text, { params })]);
  return { hash, items: items.length, bytes: text.length, gzip: inGzip, brotli };
}
