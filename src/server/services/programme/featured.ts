import type { Featured, FeaturedEvent, FeaturedPlace } from '#domain/featured.ts';
import { featuredId, mayFeature } from '#domain/featured.ts';
import type { Uuid } from '#domain/ids.ts';
import type { FeaturedEdit } from '#protocol/content.ts';
import type { Tx } from '../../db/units.ts';
import type { Account } from '../people/accounts.ts';
import { note } from '../desk/audit.ts';
import { later, locked, write } from './content.ts';
import type { Context } from '../context.ts';
import { ProblemError } from '../problem-error.ts';

/**
 * Chooses what stands first on a page, whole and in its order; what comes in and what goes is kept in the trails of the events. What is
 * cancelled or taken out of the programme later is shown no longer, and nobody need come by for that.
 * @throws ProblemError `forbidden`, `edited_elsewhere`; `not_found` for an event that is not published there
 */
export async function editFeatured(
  ctx: Context,
  who: Account,
  editionId: string,
  place: FeaturedPlace,
  { events, basedOn }: FeaturedEdit,
): Promise<Featured> {
  if (!mayFeature(who, place)) throw new ProblemError('forbidden');
  const { value } = await ctx.db.units.one(async (tx) => {
    const stored = await locked<Featured>(tx, 'featured', featuredId(editionId, place));
    if (stored?.updatedAt !== basedOn) throw new ProblemError('edited_elsewhere');
    const before = new Set((stored?.events ?? []).map((one) => one.eventId));
    const after = new Set(events.map((one) => one.eventId));
    // What stood there may stay, though it was taken out of the programme meanwhile.
    await requirePublished(
      tx,
      editionId,
      place,
      [...after].filter((id) => !before.has(id)),
    );
    const item = await save(ctx, tx, { editionId, place, events }, stored);
    for (const eventId of after) {
      if (!before.has(eventId)) await note(ctx, tx, who, { kind: 'featured', eventId, about: place });
    }
    for (const eventId of before) {
      if (!after.has(eventId)) await note(ctx, tx, who, { kind: 'unfeatured', eventId, about: place });
    }
    return item;
  });
  return value;
}

/** Puts there what the sample features, where nobody has chosen anything yet. */
export async function featureSample(
  ctx: Context,
  editionId: string,
  place: FeaturedPlace,
  eventIds: readonly Uuid[],
): Promise<void> {
  await ctx.db.units.one(async (tx) => {
    if (await locked<Featured>(tx, 'featured', featuredId(editionId, place))) return;
    await save(ctx, tx, { editionId, place, events: eventIds.map((eventId) => ({ eventId })) }, undefined);
  });
}

async function save(
  ctx: Context,
  tx: Tx,
  { editionId, place, events }: { editionId: string; place: FeaturedPlace; events: readonly FeaturedEvent[] },
  before: Featured | undefined,
): Promise<Featured> {
  const id = featuredId(editionId, place);
  const item: Featured = { id, editionId, place, events, updatedAt: later(ctx, before?.updatedAt) };
  await write(ctx, tx, 'featured', item);
  return item;
}

async function requirePublished(tx: Tx, editionId: string, place: FeaturedPlace, ids: readonly Uuid[]): Promise<void> {
  if (ids.length === 0) return;
  const rows = await tx.db
    .selectFrom('event')
    .select('id')
    .where('id', 'in', ids)
    .where('edition_id', '=', editionId)
    .where('withdrawn_at', 'is', null)
    .$if(place !== 'home', (q) => q.where('region', '=', place))
    .execute();
  if (rows.length < ids.length) throw new ProblemError('not_found', 'an event is not in that part of the programme');
}
