import { directionTo, distanceBetween } from './bearing.ts';
import type { Instant } from './dates.ts';
import type { Uuid } from './ids.ts';
import type { Believed } from './tour-fixes.ts';
import type { TourPlan } from './tour-plan.ts';
import { isSamePlace, radiusOf } from './tour-plan.ts';
import type { LatLon, Snap } from './tour-route.ts';
import { nearestOn, passesNear, placeAt } from './tour-route.ts';
import type { Astray, Spell, TourAnnouncement, TourState } from './tour-state.ts';
import { indexOf } from './tour-view.ts';

/** What a fix leads to beyond its own leg. */
type Move =
  | { readonly kind: 'arrive'; readonly stop: Uuid }
  | { readonly kind: 'leave' }
  | { readonly kind: 'leap'; readonly along: number };

interface Walked {
  readonly state: TourState;
  readonly announcements: readonly TourAnnouncement[];
  readonly move?: Move;
}

/** Metres a second that a walker is looked for ahead of where they were. */
const LOOKED_AHEAD = 2.5;
/** Metres that are always looked ahead. */
const AHEAD = 50;
/** Fixes and milliseconds in a circle that make an arrival: who walks past on the other side of the street has not arrived. */
const DWELL: Spell = { fixes: 2, since: 4000 };
/** Outside of it, that make a departure. */
const GONE: Spell = { fixes: 3, since: 10_000 };
/** Away from the line, before it is said. */
const ASTRAY: Spell = { fixes: 3, since: 8000 };
/** At a later stop, before those between count as missed. */
const ELSEWHERE: Spell = { fixes: 3, since: 60_000 };
/** Fixes that agree on a place further on in the same leg; and beyond the next stop, with the metres that have to be walked there. */
const LEAP_IN_LEG = 3;
const LEAP_OVER = { fixes: 6, metres: 40 };
/** Metres back along the line that are a wrong turn and not a wrong fix. */
const BACKWARDS = 60;
/** Metres ahead at which a line that comes back by the same street may be taken up: its end was cut, or measured short. */
const TURNED_EARLY = 250;

/**
 * Takes what is now believed of the position as a step along the tour.
 * @param before what was believed until now
 */
export function walk(plan: TourPlan, state: TourState, before: Believed | undefined, now: Instant): Walked {
  const here = state.fixes.believed!;
  // Errors between houses last for minutes: many measurements together are not much better than one.
  const uncertainty = Math.max(5, Math.sqrt(here.variance), 0.8 * (state.heard?.accuracy ?? 0));
  const index = indexOf(plan, state.stop);
  if (state.phase === 'at_stop') return leaving(plan, state, index, uncertainty, now);

  const along = plan.route.kind === 'drawn' ? onLine : onStraight;
  const followed = along(plan, state, { here, before, uncertainty, index, now });
  if (followed.move) return followed;
  const arrived = arriving(plan, followed.state, index, uncertainty, now);
  return { ...arrived, announcements: followed.announcements };
}

interface Where {
  readonly here: Believed;
  readonly before: Believed | undefined;
  readonly uncertainty: number;
  readonly index: number;
  readonly now: Instant;
}

/** Where the leg to a stop begins, along the line. */
function legStart(plan: TourPlan, index: number): number {
  return index === 0 ? 0 : plan.route.stops[index - 1]!;
}

/** The line is known: the fix is on it, further on, or beside it. */
function onLine(plan: TourPlan, state: TourState, where: Where): Walked {
  const { route } = plan;
  const { here, before, uncertainty, index } = where;
  const end = route.stops[index]!;
  const width = Math.max(plan.width, 10 + 2 * uncertainty);
  const seconds = before ? (here.at - before.at) / 1000 : Number.POSITIVE_INFINITY;
  const reach = AHEAD + 2 * uncertainty + LOOKED_AHEAD * seconds;
  const expected = state.progress + (before ? distanceBetween(before, here) : 0);
  const passes = passesNear(route, here, width, legStart(plan, index), Math.min(end, state.progress + reach));
  const snap = likeliest(passes, expected, uncertainty);
  if (snap) {
    const turned = state.astray?.how === 'backwards' ? onTheWayBack(plan, state, where, width) : undefined;
    if (turned && isFollowed(turned)) return { state, announcements: [], move: { kind: 'leap', along: turned.along } };
    const { leap: _, ...rest } = state;
    const progress = Math.max(state.progress, snap.along);
    return onRoute({ ...rest, progress, ...(turned ? { leap: turned } : {}) }, here, snap.distance <= 0.7 * width, {
      back: progress - snap.along,
      uncertainty,
      goal: placeAt(route, Math.min(end, progress + 20)),
      now: where.now,
    });
  }
  // Before the first stop one comes from anywhere: nothing is left, and nothing skipped.
  if (index === 0) return { state, announcements: [] };
  const ahead = passesNear(route, here, width, state.progress, route.length)[0];
  const behind = passesNear(route, here, width, 0, legStart(plan, index)).at(-1);
  // Where the way back runs along the way there, who walks back has more likely turned round than skipped a stop.
  if (behind && !(ahead && ahead.along <= end)) {
    const goal = placeAt(route, Math.min(end, state.progress + 20));
    return stray(state, 'backwards', state.progress - behind.along, here, goal, where.now);
  }
  const leap = ahead && leapOf(state.leap, ahead, here.at, uncertainty);
  if (leap) {
    const within = leap.along <= end;
    const sure = within ? leap.fixes >= LEAP_IN_LEG : isFollowed(leap);
    if (sure) return { state, announcements: [], move: { kind: 'leap', along: leap.along } };
    if (within) return { state: { ...state, leap }, announcements: [] };
  }
  const { leap: _, ...rest } = state;
  const back = nearestOn(route, here, state.progress, end);
  return stray({ ...rest, ...(leap ? { leap } : {}) }, 'off', back.distance, here, back, where.now);
}

/**
 * Of the places where the line passes, the one that is near and where one would be by now. Behind is less likely than ahead: at
 * the end of a street that leads there and back, who walks back goes on.
 */
function likeliest(passes: readonly Snap[], expected: number, uncertainty: number): Snap | undefined {
  const cost = ({ distance, along }: Snap): number => {
    const scale = along < expected ? 8 + uncertainty : 25 + 2 * uncertainty;
    return (distance / uncertainty) ** 2 + ((along - expected) / scale) ** 2;
  };
  let best: Snap | undefined;
  for (const snap of passes) if (!best || cost(snap) < cost(best)) best = snap;
  return best;
}

/** A place further on goes on being likely as long as the fixes move along it no faster than anybody walks. */
function leapOf(leap: TourState['leap'], ahead: Snap, at: Instant, uncertainty: number): Leap {
  const { along } = ahead;
  const seconds = leap ? (at - leap.at) / 1000 : 0;
  const agrees = leap && Math.abs(along - leap.along) <= AHEAD + 2 * uncertainty + LOOKED_AHEAD * seconds;
  return agrees ? { ...leap, along, at, fixes: leap.fixes + 1 } : { since: at, at, from: along, along, fixes: 1 };
}

type Leap = NonNullable<TourState['leap']>;

/** Walked along for long enough to be no chance. */
function isFollowed(leap: Leap): boolean {
  return leap.fixes >= LEAP_OVER.fixes && leap.along - leap.from >= LEAP_OVER.metres;
}

/** Who walks back where the leg itself soon comes back by the same street may be on their way. */
function onTheWayBack(
  plan: TourPlan,
  state: TourState,
  { here, index, uncertainty }: Where,
  width: number,
): Leap | undefined {
  const { progress, leap } = state;
  const until = Math.min(plan.route.stops[index]!, progress + 2 * TURNED_EARLY);
  const ahead = passesNear(plan.route, here, width, progress, until).at(-1);
  if (!ahead || ahead.along === until || ahead.along <= progress) return undefined;
  const followed = leapOf(leap, ahead, here.at, uncertainty);
  return followed.from - progress <= TURNED_EARLY ? followed : undefined;
}

/** No line is known, only the stop: one is as far along as the stop is near. */
function onStraight(plan: TourPlan, state: TourState, { here, uncertainty, index, now }: Where): Walked {
  const stop = plan.tour.stops[index]!;
  const end = plan.route.stops[index]!;
  const start = legStart(plan, index);
  const away = distanceBetween(here, stop.position);
  const progress = Math.max(state.progress, end - Math.min(end - start, away));
  const back = index === 0 ? 0 : away - (end - progress);
  return onRoute({ ...state, progress }, here, true, { back, uncertainty, goal: stop.position, now });
}

interface Turned {
  /** Metres behind the furthest place that was reached. */
  readonly back: number;
  readonly uncertainty: number;
  /** Where to go instead. */
  readonly goal: LatLon;
  readonly now: Instant;
}

/** On the line again, or still; unless it is followed the wrong way. */
function onRoute(state: TourState, here: LatLon, surely: boolean, turned: Turned): Walked {
  const { astray } = state;
  const far = Math.max(BACKWARDS, 4 * turned.uncertainty);
  // Who has turned round is told so until they are nearly back.
  if (turned.back > (astray?.how === 'backwards' ? far / 2 : far))
    return stray(state, 'backwards', turned.back, here, turned.goal, turned.now);
  if (!astray || (astray.told !== undefined && astray.how === 'off' && !surely)) return { state, announcements: [] };
  const { astray: _, ...rest } = state;
  return { state: rest, announcements: astray.told === undefined ? [] : [{ kind: 'back_on_route' }] };
}

function stray(state: TourState, how: Astray['how'], metres: number, here: LatLon, goal: LatLon, now: Instant): Walked {
  const { astray } = state;
  const spell = lasting(astray, now);
  const direction = directionTo(here, goal);
  const told = astray?.told;
  // Said again when it has become twice as far.
  const say = reached(spell, ASTRAY, now) && (told === undefined || metres > 2 * Math.max(told, 50));
  const lately = say ? metres : told;
  return {
    state: {
      ...state,
      astray: { ...spell, how, metres, direction, ...(lately === undefined ? {} : { told: lately }) },
    },
    announcements: say ? [{ kind: 'astray', how, metres, direction }] : [],
  };
}

/** The circle of the stop that is walked to, and those of later stops for who took another way. */
function arriving(plan: TourPlan, state: TourState, index: number, uncertainty: number, now: Instant): Walked {
  const here = state.fixes.believed!;
  const { route, tour } = plan;
  const stop = tour.stops[index]!;
  const radius = radiusOf(stop, uncertainty);
  const away = Math.min(distanceBetween(here, stop.position), fromItsFoot(plan, index, here));
  const left = route.stops[index]! - state.progress;
  // A loop's end is where it began: there the way that was walked decides, elsewhere the place alone.
  const before = tour.stops[index - 1];
  const meant = left <= Math.max(80, 2 * radius) || !before || !isSamePlace(before, stop);
  // Once in, a little out is still in.
  if (meant && away <= (state.near ? 1.3 : 1) * radius) {
    const near = lasting(state.near, now);
    const { elsewhere: _, ...rest } = state;
    const there: TourState = { ...rest, near };
    return reached(near, DWELL, now)
      ? { state: there, announcements: [], move: { kind: 'arrive', stop: stop.id } }
      : { state: there, announcements: [] };
  }
  const { near: _, elsewhere, ...rest } = state;
  const other =
    index === 0 || away < 3 * radius || !(state.astray?.how === 'off' || route.kind === 'straight')
      ? undefined
      : tour.stops.slice(index + 1).find((one) => distanceBetween(here, one.position) <= radiusOf(one, uncertainty));
  if (!other) return { state: rest, announcements: [] };
  const spell = lasting(elsewhere?.stop === other.id ? elsewhere : undefined, now);
  const there: TourState = { ...rest, elsewhere: { ...spell, stop: other.id } };
  return reached(spell, ELSEWHERE, now)
    ? { state: there, announcements: [], move: { kind: 'arrive', stop: other.id } }
    : { state: there, announcements: [] };
}

/** A stop that lies off the line, in a yard, is reached where the line is nearest to it. */
function fromItsFoot(plan: TourPlan, index: number, here: LatLon): number {
  const { route, tour } = plan;
  if (route.kind === 'straight') return Number.POSITIVE_INFINITY;
  const foot = placeAt(route, route.stops[index]!);
  return distanceBetween(foot, tour.stops[index]!.position) <= 100
    ? distanceBetween(here, foot)
    : Number.POSITIVE_INFINITY;
}

function leaving(plan: TourPlan, state: TourState, index: number, uncertainty: number, now: Instant): Walked {
  const stop = plan.tour.stops[index]!;
  const here = state.fixes.believed!;
  const away = Math.min(distanceBetween(here, stop.position), fromItsFoot(plan, index, here));
  const { away: before, ...rest } = state;
  const last = index === plan.tour.stops.length - 1;
  if (last || away <= 1.6 * radiusOf(stop, uncertainty) + uncertainty) return { state: rest, announcements: [] };
  const spell = lasting(before, now);
  return {
    state: { ...rest, away: spell },
    announcements: [],
    ...(reached(spell, GONE, now) ? { move: { kind: 'leave' as const } } : {}),
  };
}

function lasting(spell: Spell | undefined, now: Instant): Spell {
  // A clock that was set back begins anew.
  return spell && spell.since <= now ? { since: spell.since, fixes: spell.fixes + 1 } : { since: now, fixes: 1 };
}

/** @param needed its `since` is a length in milliseconds */
function reached(spell: Spell, needed: Spell, now: Instant): boolean {
  return spell.fixes >= needed.fixes && now - spell.since >= needed.since;
}
