import type { Instant } from './dates.ts';
import type { Uuid } from './ids.ts';
import { weighFix } from './tour-fixes.ts';
import type { TourPlan } from './tour-plan.ts';
import { walk } from './tour-progress.ts';
import type { StopRecord, TourAnnouncement, TourEvent, TourState, TourStep } from './tour-state.ts';
import { indexOf, scheduleOf } from './tour-view.ts';

/** Milliseconds without any measurement after which the position is lost. */
const SILENCE = 90_000;
/** Minutes late from which it is said, and by which it has grown when it is said again. */
const LATE = 5;

/**
 * Somebody sets out. The first leg leads to the first stop.
 * @param plannedStart when the programme has it begin
 */
export function startTour(plan: TourPlan, at: Instant, plannedStart?: Instant): TourState {
  return {
    startedAt: at,
    ...(plannedStart === undefined ? {} : { plannedStart }),
    phase: 'walking',
    paused: false,
    stop: plan.tour.stops[0]!.id,
    stops: {},
    progress: 0,
    position: 'off',
    fixes: {},
  };
}

/**
 * What an event makes of a tour that is under way. Fixes and ticks never take progress back; every stop is either arrived at or
 * said to be missed, once; only the person's own `back` undoes.
 */
export function followTour(plan: TourPlan, state: TourState, event: TourEvent): TourStep {
  if (state.phase === 'finished' && event.kind !== 'back') return { state, announcements: [] };
  switch (event.kind) {
    case 'fix':
      return onFix(plan, state, event);
    case 'arrived':
      return arriveAt(plan, state, event.stop ?? state.stop, event.by, event.at);
    case 'next':
      return onNext(plan, state, event.at);
    case 'back':
      return onBack(plan, state);
    case 'paused':
      return { state: { ...still(state), paused: true }, announcements: [] };
    case 'resumed':
      return { state: { ...still(state), paused: false }, announcements: [] };
    case 'ended':
      return finish(state, event.at, []);
    case 'position':
      return onPosition(state, event.state);
    case 'tick':
      return onTick(plan, state, event.at);
  }
}

/** A tour taken up again, perhaps after its organiser has changed it: what was seen stays seen, the rest is found anew. */
export function resumeTour(plan: TourPlan, state: TourState): TourState {
  const { tour, route } = plan;
  const known = new Set(tour.stops.map((stop) => stop.id));
  const kept = Object.fromEntries(Object.entries(state.stops).filter(([id]) => known.has(id)));
  const there = known.has(state.stop);
  const first = tour.stops.findIndex((stop) => kept[stop.id] === undefined);
  const index = there ? indexOf(plan, state.stop) : first === -1 ? tour.stops.length - 1 : first;
  const at = route.stops[index]!;
  const floor = index === 0 ? 0 : route.stops[index - 1]!;
  const phase = there || state.phase === 'finished' ? state.phase : first === -1 ? 'at_stop' : 'walking';
  return {
    ...still(state),
    phase,
    stop: tour.stops[index]!.id,
    stops: kept,
    progress: phase === 'walking' ? Math.min(Math.max(state.progress, floor), at) : at,
  };
}

/** Nothing of what goes on for a while outlasts a pause. */
function still(state: TourState): TourState {
  const { near: _, away: __, elsewhere: ___, leap: ____, astray: _____, ...rest } = state;
  return { ...rest, fixes: {} };
}

function onFix(plan: TourPlan, before: TourState, event: Extract<TourEvent, { kind: 'fix' }>): TourStep {
  const { fix, now } = event;
  if (before.paused) return { state: before, announcements: [] };
  const { outcome, state: fixes } = weighFix(before.fixes, fix, now);
  if (outcome === 'stale') return { state: before, announcements: [] };
  const heard = { at: now, accuracy: fix.accuracy };
  if (outcome !== 'taken') return { state: { ...before, fixes, heard }, announcements: [] };
  const found: TourAnnouncement[] = before.position === 'lost' ? [{ kind: 'position_found' }] : [];
  const state: TourState = { ...before, fixes, heard, position: 'on' };
  const { move, ...after } = walk(plan, state, before.fixes.believed, now);
  const walked: TourStep = { state: after.state, announcements: [...found, ...after.announcements] };
  if (move === undefined) return withLateness(plan, walked, now);
  if (move.kind === 'leave') {
    // The way out of the circle was part of the leg: this fix says how much.
    const left = onNext(plan, walked.state, now);
    const out = walk(plan, left.state, undefined, now);
    return joined(joined(walked, left), out.move ? { state: left.state, announcements: [] } : out);
  }
  if (move.kind === 'arrive') return joined(walked, arriveAt(plan, walked.state, move.stop, 'position', now));
  return joined(walked, leapTo(plan, walked.state, move.along, now));
}

function joined(first: TourStep, second: TourStep): TourStep {
  return { state: second.state, announcements: [...first.announcements, ...second.announcements] };
}

/** Everything between the present stop and another one is said to be missed. */
function missUntil(
  plan: TourPlan,
  state: TourState,
  index: number,
  at: Instant,
): { stops: Record<Uuid, StopRecord>; announcements: TourAnnouncement[] } {
  const stops: Record<Uuid, StopRecord> = { ...state.stops };
  const announcements: TourAnnouncement[] = [];
  for (const { id } of plan.tour.stops.slice(indexOf(plan, state.stop), index)) {
    if (stops[id]) continue;
    stops[id] = { at, how: 'missed' };
    announcements.push({ kind: 'missed', stop: id });
  }
  return { stops, announcements };
}

function arriveAt(
  plan: TourPlan,
  state: TourState,
  stop: Uuid,
  by: Exclude<StopRecord['how'], 'missed'>,
  at: Instant,
): TourStep {
  const index = plan.tour.stops.findIndex((one) => one.id === stop);
  const here = indexOf(plan, state.stop);
  if (index === -1) return { state, announcements: [] };
  const record: StopRecord = { at, how: by };
  if (index < here || (index === here && state.phase === 'at_stop')) {
    // Someone went back to what they had left out; where they are in the tour stays.
    if (state.stops[stop] && state.stops[stop].how !== 'missed') return { state, announcements: [] };
    return {
      state: { ...state, stops: { ...state.stops, [stop]: record } },
      announcements: [{ kind: 'arrived', stop, by }],
    };
  }
  const { stops, announcements } = missUntil(plan, state, index, at);
  const { toldLate: _, ...rest } = settled(state);
  return {
    state: {
      ...rest,
      phase: 'at_stop',
      stop,
      stops: { ...stops, [stop]: record },
      progress: Math.max(state.progress, plan.route.stops[index]!),
    },
    announcements: [...announcements, { kind: 'arrived', stop, by }],
  };
}

/** Spells of the leg or stop that is now over; what is believed of the position stays. */
function settled(state: TourState): TourState {
  return { ...still(state), fixes: state.fixes };
}

/** On to the next stop: from the one where one stands, or leaving out the one that is walked to. */
function onNext(plan: TourPlan, state: TourState, at: Instant): TourStep {
  const here = indexOf(plan, state.stop);
  const { stops, announcements } = missUntil(plan, state, here + 1, at);
  const next = plan.tour.stops[here + 1];
  const { toldLate: _, ...rest } = settled(state);
  const progress = Math.max(state.progress, plan.route.stops[here]!);
  if (!next) return finish({ ...rest, stops, progress }, at, announcements);
  return {
    state: { ...rest, phase: 'walking', stop: next.id, stops, progress },
    announcements: [...announcements, { kind: 'leg', stop: next.id }],
  };
}

/** The person's own way back by one step: to the leg before an arrival, to the stop before a leg. */
function onBack(plan: TourPlan, state: TourState): TourStep {
  const here = indexOf(plan, state.stop);
  const { route, tour } = plan;
  const { toldLate: _, endedAt: __, ...rest } = settled(state);
  if (state.phase === 'finished' && !state.stops[state.stop])
    return { state: { ...rest, phase: 'walking' }, announcements: [] };
  if (state.phase === 'finished') return { state: { ...rest, phase: 'at_stop' }, announcements: [] };
  if (state.phase === 'at_stop') {
    const { [state.stop]: ___, ...stops } = state.stops;
    const progress = here === 0 ? 0 : route.stops[here - 1]!;
    return {
      state: { ...rest, phase: 'walking', stops, progress },
      announcements: [{ kind: 'leg', stop: state.stop }],
    };
  }
  const before = tour.stops[here - 1];
  if (!before) return { state, announcements: [] };
  return { state: { ...rest, phase: 'at_stop', stop: before.id, progress: route.stops[here - 1]! }, announcements: [] };
}

/** The fixes have followed the line somewhere further on: what lies between is missed, and said so. */
function leapTo(plan: TourPlan, state: TourState, along: number, at: Instant): TourStep {
  const { route, tour } = plan;
  let index = indexOf(plan, state.stop);
  while (index < tour.stops.length - 1 && route.stops[index]! < along) index += 1;
  const { stops, announcements } = missUntil(plan, state, index, at);
  const { toldLate: _, ...rest } = settled(state);
  const stop = tour.stops[index]!.id;
  return {
    state: { ...rest, stop, stops, progress: Math.max(state.progress, along) },
    announcements: [
      ...(state.astray?.told === undefined ? [] : [{ kind: 'back_on_route' as const }]),
      ...announcements,
      ...(stop === state.stop ? [] : [{ kind: 'leg' as const, stop }]),
    ],
  };
}

function finish(state: TourState, at: Instant, announcements: readonly TourAnnouncement[]): TourStep {
  return {
    state: { ...still(state), phase: 'finished', paused: false, position: 'off', endedAt: at },
    announcements: [...announcements, { kind: 'finished' }],
  };
}

function onPosition(state: TourState, position: 'off' | 'waiting' | 'denied' | 'unavailable'): TourStep {
  // A single failure after it was found is a tunnel, not the end: the clock tells when it is lost.
  if (position === 'unavailable' && (state.position === 'on' || state.position === 'lost'))
    return { state, announcements: [] };
  if (position === 'waiting' && state.position === 'on') return { state, announcements: [] };
  return { state: { ...still(state), position }, announcements: [] };
}

function onTick(plan: TourPlan, state: TourState, at: Instant): TourStep {
  if (state.paused) return { state, announcements: [] };
  const quiet = state.position === 'on' && state.heard !== undefined && at - state.heard.at > SILENCE;
  const step: TourStep = quiet
    ? { state: { ...state, position: 'lost' }, announcements: [{ kind: 'position_lost' }] }
    : { state, announcements: [] };
  return withLateness(plan, step, at);
}

function withLateness(plan: TourPlan, step: TourStep, now: Instant): TourStep {
  const { state } = step;
  const schedule = state.phase === 'walking' ? scheduleOf(plan, state, now) : undefined;
  if (!schedule || schedule.late < (state.toldLate ?? 0) + LATE) return step;
  return {
    state: { ...state, toldLate: schedule.late },
    announcements: [...step.announcements, { kind: 'late', stop: state.stop, minutes: schedule.late }],
  };
}
