import * as v from 'valibot';
import type { TourRating } from '#domain/tour-rating.ts';
import { RATINGS } from '#domain/tour-rating.ts';
import { instantText, uuid } from './primitives.ts';

const stars = v.pipe(v.number(), v.integer(), v.minValue(RATINGS[0]), v.maxValue(RATINGS.at(-1)!));
const remark = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(1000));
const seen = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1000));

/** Says what somebody thought of a walk; the latest stands. Rule: `decideRating`. Made by an attendee's replica. */
export const rateTour = v.object({
  eventId: uuid,
  rating: stars,
  remark: v.exactOptional(remark),
  seen: v.exactOptional(seen),
});
export type RateTour = v.InferOutput<typeof rateTour>;

/** A rating as its holder's scope brings it, under the event's id. */
export const tourRating = v.object({
  ...rateTour.entries,
  remark: v.exactOptional(v.string()),
  at: instantText,
}) satisfies v.GenericSchema<unknown, TourRating>;
