import { distanceBetween } from './bearing.ts';
import type { Instant, Slot } from './dates.ts';
import { slotBounds } from './dates.ts';
import type { Tour, TourStop } from './programme.ts';
import type { TourRoute } from './tour-route.ts';
import { routeOf } from './tour-route.ts';

/** Everything about a tour that following it asks for, reckoned once. */
export interface TourPlan {
  readonly tour: Tour;
  readonly route: TourRoute;
  /** Minutes after the start at which the group is to be at each stop. */
  readonly minutes: readonly number[];
  /** Metres from the line within which one is on it. */
  readonly width: number;
}

/** Metres a second: a group that talks, 4 km/h. */
const PACE = 4 / 3.6;
/** Streets are longer than the straight line between their ends. */
const DETOUR = 1.3;

export function planOf(tour: Tour): TourPlan {
  const route = routeOf(tour);
  const minutes: number[] = [];
  for (const [i, stop] of tour.stops.entries()) {
    const before = i === 0 ? 0 : minutes[i - 1]! + (tour.stops[i - 1]!.dwell ?? 0);
    const way = i === 0 ? 0 : walkingMinutes(wayOf(route, route.stops[i]! - route.stops[i - 1]!));
    minutes.push(stop.after ?? before + Math.round(way));
  }
  // A line that was drawn from memory may run through the next street.
  return { tour, route, minutes, width: tour.approximate ? 70 : 35 };
}

/** Metres on foot for a stretch of the line. */
export function wayOf(route: TourRoute, metres: number): number {
  return route.kind === 'straight' ? metres * DETOUR : metres;
}

export function walkingMinutes(metres: number): number {
  return metres / PACE / 60;
}

/** Metres of the whole walk: what the organiser says, else the line's. */
export function lengthOf(tour: Tour): number {
  if (tour.length !== undefined) return tour.length;
  const route = routeOf(tour);
  return Math.round(wayOf(route, route.length));
}

/**
 * Metres around a stop within which one is there. Wider where positions are inexact, the phone's own or the stop's.
 * @param uncertainty metres, of the phone
 */
export function radiusOf(stop: TourStop, uncertainty: number): number {
  return Math.min(60, Math.max(stop.position.approximate ? 50 : 25, 15 + uncertainty));
}

/** Milliseconds before and after its hours during which a walk is taken for this one of the programme. */
const EARLY = 3_600_000;
const TARDY = 1_800_000;

/** When the walk that is under way was to begin by the programme; undefined when it is somebody's own. */
export function plannedStart(slots: readonly Slot[], now: Instant): Instant | undefined {
  const starts = slots
    .filter((slot) => slot.start !== undefined)
    .map((slot) => slotBounds(slot))
    .filter(({ from, to }) => now >= from - EARLY && now <= to + TARDY)
    .map(({ from }) => from);
  return starts.toSorted((a, b) => Math.abs(a - now) - Math.abs(b - now))[0];
}

/** Whether two stops are one place for who carries a phone. */
export function isSamePlace(a: TourStop, b: TourStop): boolean {
  return distanceBetween(a.position, b.position) < 75;
}
