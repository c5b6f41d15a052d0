import * as v from 'valibot';
import { uuid } from './primitives.ts';
import { tour } from './programme.ts';

/** A tour as its editor sends it: its address is the server's to give. */
const { slug: _, ...entries } = tour.entries;
export const editedTour = v.object(entries);
export type EditedTour = v.InferOutput<typeof editedTour>;

/** Names the tour that an editor has seen; two of them cannot write over one another unseen. */
const tourVersion = v.pipe(v.string(), v.maxLength(64));

/** `PUT /api/v1/desk/events/{eventId}/tour`: puts a tour in the place of the one that `basedOn` names; null takes it away. */
export const tourEdit = v.object({ tour: v.nullable(editedTour), basedOn: tourVersion });
export type TourEdit = v.InferOutput<typeof tourEdit>;

const localized = v.record(v.string(), v.string());

/** `GET /api/v1/desk/events/{eventId}/tour`: the tour of an event, to be edited. */
export const deskTour = v.object({
  eventId: uuid,
  slug: v.string(),
  title: localized,
  format: v.string(),
  /** Where its map begins when it has no stop yet. */
  position: v.exactOptional(v.object({ lat: v.number(), lon: v.number() })),
  tour: v.exactOptional(tour),
  version: tourVersion,
});
export type DeskTour = v.InferOutput<typeof deskTour>;

/** `GET /api/v1/desk/events/{eventId}/ratings`: what people thought of the tour, latest first, without names. */
export const tourRatings = v.object({
  count: v.number(),
  /** To one decimal; absent of none. */
  average: v.exactOptional(v.number()),
  /** How many gave one star, two, … five. */
  spread: v.array(v.number()),
  /** The latest ones with a remark. */
  remarks: v.array(
    v.object({ rating: v.number(), remark: v.string(), seen: v.exactOptional(v.number()), at: v.string() }),
  ),
});
export type TourRatings = v.InferOutput<typeof tourRatings>;
