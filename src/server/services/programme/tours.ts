import type { TourRating } from '#domain/tour-rating.ts';
import { averageOf, decideRating, RATINGS } from '#domain/tour-rating.ts';
import type { DeskTour, TourEdit, TourRatings } from '#protocol/desk-tour.ts';
import type { Refusal } from '#protocol/push.ts';
import type { RateTour } from '#protocol/rate-tour.ts';
import { personScope } from '#protocol/scope.ts';
import type { Tx } from '../../db/units.ts';
import type { Account } from '../people/accounts.ts';
import type { Context } from '../context.ts';
import { requireEvent } from '../desk/desk.ts';
import { editEvent, eventToEdit, versionOf } from './event-edit.ts';
import { storedEvent } from './events.ts';
import type { Identity } from '../people/identity.ts';
import { ProblemError } from '../problem-error.ts';

/** Keeps what somebody thought of a walk, in the place of what they thought before. */
export async function rateTour(ctx: Context, tx: Tx, who: Identity, args: RateTour): Promise<Refusal | 'applied'> {
  if (who.kind !== 'holder') return 'forbidden';
  const row = await tx.db
    .selectFrom('event')
    .select(['id', 'data'])
    .where('id', '=', args.eventId)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  const decision = decideRating(row && storedEvent(row));
  if (decision !== 'accepted') return decision;
  const at = ctx.clock();
  const { eventId, rating, remark, seen } = args;
  const kept = { rating, remark: remark ?? null, seen: seen ?? null, at };
  await tx.db
    .insertInto('tour_rating')
    .values({ event_id: eventId, holder_id: who.holderId, ...kept })
    .onConflict((c) => c.columns(['event_id', 'holder_id']).doUpdateSet(kept))
    .execute();
  const item: TourRating = { ...args, at: new Date(at).toISOString() };
  tx.log(personScope(who.holderId), 'tour-rating', eventId, item);
  return 'applied';
}

/** Remarks that are shown; the average counts all. */
const SHOWN = 200;

/**
 * What people thought of an event's tour.
 * @throws ProblemError `not_found`; `forbidden` when the account may not run the event
 */
export async function ratingsOf(ctx: Context, account: Account, eventId: string): Promise<TourRatings> {
  await requireEvent(ctx, account, eventId, 'reading');
  const rows = await ctx.db.read
    .selectFrom('tour_rating')
    .select(['rating', 'remark', 'seen', 'at'])
    .where('event_id', '=', eventId)
    .orderBy('at', 'desc')
    .orderBy('holder_id')
    .execute();
  const average = averageOf(rows.map((row) => row.rating));
  return {
    count: rows.length,
    ...(average === undefined ? {} : { average }),
    spread: RATINGS.map((rating) => rows.filter((row) => row.rating === rating).length),
    remarks: rows
      .filter((row) => row.remark !== null)
      .slice(0, SHOWN)
      .map(({ rating, remark, seen, at }) => ({
        rating,
        remark: remark!,
        ...(seen === null ? {} : { seen }),
        at: new Date(at).toISOString(),
      })),
  };
}

/**
 * An event's tour, to be edited.
 * @throws ProblemError `not_found`; `forbidden` when the account may not run the event
 */
export async function readTour(ctx: Context, account: Account, eventId: string): Promise<DeskTour> {
  const { event } = await eventToEdit(ctx, account, eventId, 'reading');
  const position = event.venues.find((venue) => venue.position)?.position;
  return {
    eventId,
    slug: event.slug,
    title: event.title,
    format: event.format,
    ...(position ? { position: { lat: position.lat, lon: position.lon } } : {}),
    ...(event.tour ? { tour: event.tour as NonNullable<DeskTour['tour']> } : {}),
    version: versionOf(event.tour),
  };
}

/**
 * Puts a tour in the place of the one that the editor has seen, and publishes it with its event.
 * @throws ProblemError `not_found`, `forbidden`; `edited_elsewhere` when somebody else has changed the tour meanwhile
 */
export async function saveTour(ctx: Context, account: Account, eventId: string, edit: TourEdit): Promise<DeskTour> {
  await editEvent(ctx, account, eventId, (event) => {
    if (versionOf(event.tour) !== edit.basedOn) throw new ProblemError('edited_elsewhere');
    const { tour: before, ...rest } = event;
    // Its address stays for as long as it has stops: it hangs as a code on walls.
    const tour = edit.tour && { slug: before?.slug ?? event.slug, ...edit.tour };
    return { ...rest, ...(tour ? { tour } : {}) };
  });
  return readTour(ctx, account, eventId);
}
