import type { Direction } from './bearing.ts';
import { directionTo, distanceBetween } from './bearing.ts';
import type { Instant } from './dates.ts';
import type { TourStop } from './programme.ts';
import type { TourPlan } from './tour-plan.ts';
import { walkingMinutes, wayOf } from './tour-plan.ts';
import type { TourState } from './tour-state.ts';

/** What somebody on a tour wants to know now. */
export interface TourView {
  /** Walked to or stood at. */
  readonly stop: TourStop;
  /** From zero. */
  readonly index: number;
  /** Metres on foot to `stop`, zero at it. */
  readonly metres: number;
  readonly minutes: number;
  /** From the phone, as the crow flies; absent while its position is not known. */
  readonly direction?: Direction;
  readonly schedule?: Schedule;
}

export interface Schedule {
  /** The next stop to be reached, from zero. */
  readonly index: number;
  readonly plannedAt: Instant;
  /** Whole minutes after it at the pace of a group; negative: before. */
  readonly late: number;
}

export function viewOf(plan: TourPlan, state: TourState, now: Instant): TourView {
  const index = indexOf(plan, state.stop);
  const stop = plan.tour.stops[index]!;
  const metres = state.phase === 'walking' ? metresTo(plan, state, index) : 0;
  const believed = state.position === 'on' ? state.fixes.believed : undefined;
  const schedule = scheduleOf(plan, state, now);
  return {
    stop,
    index,
    metres,
    minutes: walkingMinutes(metres),
    ...(believed && state.phase === 'walking' ? { direction: directionTo(believed, stop.position) } : {}),
    ...(schedule ? { schedule } : {}),
  };
}

/** The place of a stop in the tour; the first where it is no longer in it. */
export function indexOf(plan: TourPlan, stop: string): number {
  return Math.max(
    0,
    plan.tour.stops.findIndex((one) => one.id === stop),
  );
}

/** Metres on foot to the stop that is walked to: along the line and from beside it, or straight where there is no line to follow. */
function metresTo(plan: TourPlan, state: TourState, index: number): number {
  const { route, tour } = plan;
  const { believed } = state.fixes;
  const stop = tour.stops[index]!;
  if (believed && (route.kind === 'straight' || index === 0))
    return wayOf({ ...route, kind: 'straight' }, distanceBetween(believed, stop.position));
  const left = wayOf(route, Math.max(0, route.stops[index]! - state.progress));
  return left + (state.astray?.metres ?? 0);
}

/** How the next arrival stands against the programme; undefined where nothing was planned. */
export function scheduleOf(plan: TourPlan, state: TourState, now: Instant): Schedule | undefined {
  if (state.plannedStart === undefined || state.phase === 'finished') return undefined;
  const here = indexOf(plan, state.stop);
  const index = state.phase === 'walking' ? here : here + 1;
  const minutes = plan.minutes[index];
  if (minutes === undefined) return undefined;
  const { route, tour } = plan;
  const plannedAt = state.plannedStart + minutes * 60_000;
  let leaves = now;
  let metres: number;
  if (state.phase === 'walking') {
    metres = metresTo(plan, state, index);
  } else {
    const arrived = state.stops[state.stop]?.at ?? now;
    leaves = Math.max(now, arrived + (tour.stops[here]!.dwell ?? 0) * 60_000);
    metres = wayOf(route, route.stops[index]! - route.stops[here]!);
  }
  const late = (leaves - plannedAt) / 60_000 + walkingMinutes(metres);
  return { index, plannedAt, late: Math.trunc(late) };
}
