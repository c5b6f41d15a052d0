import type { Uuid } from './ids.ts';
import type { ProgrammeEvent } from './programme.ts';

/** Stars, from one to five. */
export const RATINGS = [1, 2, 3, 4, 5] as const;

/** What somebody thought of a walk: one for each person and tour, changed as often as they like. Nobody's name goes with it. */
export interface TourRating {
  /** The event that the tour belongs to. */
  readonly eventId: Uuid;
  readonly rating: number;
  readonly remark?: string;
  /** How many of the stops they saw. */
  readonly seen?: number;
  /** ISO 8601, the server's time. */
  readonly at: string;
}

/** Whether there is a tour to rate; the event stays rateable after it is over. */
export function decideRating(event: ProgrammeEvent | undefined): 'accepted' | 'event_unknown' | 'tour_unknown' {
  if (!event) return 'event_unknown';
  return event.tour ? 'accepted' : 'tour_unknown';
}

/** The mean of ratings, to one decimal; undefined of none. */
export function averageOf(ratings: readonly number[]): number | undefined {
  if (ratings.length === 0) return undefined;
  return Math.round((ratings.reduce((sum, one) => sum + one, 0) / ratings.length) * 10) / 10;
}
