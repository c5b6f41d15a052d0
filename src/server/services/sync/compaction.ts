import { sql } from 'kysely';
import type { Scope } from '#protocol/scope.ts';
import type { Context } from '../context.ts';

/** Changes at the head that are kept whole, so that a pull under way keeps its target. */
const KEPT_CHANGES = 1000;
/** Tombstones below the kept changes beyond which they go too, and with them the devices' right to a delta from there. */
const KEPT_TOMBSTONES = 5000;

/**
 * Drops what the log no longer needs: rows that a later row of the same item replaces, and old tombstones when they are many.
 * It keeps the rule that a pull from any cursor ends where a fresh snapshot is (C2): targets below `compacted` are moved to the
 * head, and cursors below `floor` reset.
 * @returns rows dropped
 */
export async function compact(
  ctx: Context,
  scope: Scope,
  keep = KEPT_CHANGES,
  keepTombstones = KEPT_TOMBSTONES,
): Promise<number> {
  const { value } = await ctx.db.units.one(async (tx) => {
    const query = tx.db.selectFrom('scope_head').selectAll().where('scope', '=', scope);
    const head = await (tx.kind === 'postgres' ? query.forNoKeyUpdate() : query).executeTakeFirst();
    const to = (head?.head ?? 0) - keep;
    if (!head || to <= head.compacted) return 0;
    const superseded = await sql`
      delete from change where scope = ${scope} and cursor <= ${to} and exists (
        select 1 from change as later where later.scope = change.scope and later.kind = change.kind
        and later.item_id = change.item_id and later.cursor > change.cursor and later.cursor <= ${to})`.execute(tx.db);
    const { tombstones, last } = await tx.db
      .selectFrom('change')
      .select((e) => [e.fn.countAll<number>().as('tombstones'), e.fn.max('cursor').as('last')])
      .where('scope', '=', scope)
      .where('cursor', '<=', to)
      .where('value', 'is', null)
      .executeTakeFirstOrThrow();
    let { floor } = head;
    let dropped = Number(superseded.numAffectedRows ?? 0n);
    if (tombstones > keepTombstones) {
      await tx.db
        .deleteFrom('change')
        .where('scope', '=', scope)
        .where('cursor', '<=', to)
        .where('value', 'is', null)
        .execute();
      floor = last;
      dropped += tombstones;
    }
    await tx.db.updateTable('scope_head').set({ compacted: to, floor }).where('scope', '=', scope).execute();
    return dropped;
  });
  return value;
}

/** Compacts every scope whose log has gone on enough since it was last compacted. To be called now and then. */
export async function compactAll(ctx: Context): Promise<number> {
  const scopes = await ctx.db.read
    .selectFrom('scope_head')
    .select('scope')
    .where((e) => e(e('head', '-', e.ref('compacted')), '>', 2 * KEPT_CHANGES))
    .execute();
  let dropped = 0;
  for (const { scope } of scopes) dropped += await compact(ctx, scope);
  return dropped;
}
