import type { Uuid } from '#domain/ids.ts';
import type { RegionCode } from '#domain/programme.ts';
import type { Context } from '../context.ts';

/** Which edition and region a published event is of; undefined when no published event has this slug. */
export async function lookUpEvent(
  ctx: Context,
  slug: string,
): Promise<{ id: Uuid; editionId: string; region: RegionCode } | undefined> {
  const row = await ctx.db.read
    .selectFrom('event')
    .select(['id', 'edition_id', 'region'])
    .where('slug', '=', slug)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return row && { id: row.id, editionId: row.edition_id, region: row.region };
}
