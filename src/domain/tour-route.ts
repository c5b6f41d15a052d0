import { distanceBetween } from './bearing.ts';
import type { Tour } from './programme.ts';

/** WGS 84 degrees. */
export interface LatLon {
  readonly lat: number;
  readonly lon: number;
}

/** The line that a tour follows, with how far along it everything lies. Metres throughout. */
export interface TourRoute {
  /** `straight`: nobody gave a route, and the line from stop to stop leads through walls: it orders, it does not guide. */
  readonly kind: 'drawn' | 'straight';
  readonly points: readonly LatLon[];
  /** Of each point, from the start. */
  readonly at: readonly number[];
  readonly length: number;
  /** Of each stop: where the walker who follows the line is nearest to it, never before the stop that comes first. */
  readonly stops: readonly number[];
}

/** A place on the line, and how far from it the point is that was asked for. */
export interface Snap extends LatLon {
  readonly along: number;
  readonly distance: number;
}

const METRES_A_DEGREE = 111_195;

export function routeOf(tour: Tour): TourRoute {
  const drawn = tour.route !== undefined && tour.route.length > 1;
  const points = drawn ? apart(tour.route) : tour.stops.map(({ position: { lat, lon } }): LatLon => ({ lat, lon }));
  const at = [0];
  for (let i = 1; i < points.length; i++) at.push(at[i - 1]! + distanceBetween(points[i - 1]!, points[i]!));
  const line = { kind: drawn ? ('drawn' as const) : ('straight' as const), points, at, length: at.at(-1)! };
  return { ...line, stops: drawn ? placesOf(line, tour.stops) : at };
}

/** Points that are the same as the one before lead nowhere. */
function apart(route: NonNullable<Tour['route']>): LatLon[] {
  const points = route.map(([lat, lon]): LatLon => ({ lat, lon }));
  return points.filter((p, i) => i === 0 || p.lat !== points[i - 1]!.lat || p.lon !== points[i - 1]!.lon);
}

/** Square metres that it costs when two stops fall together, and the metres below which they do. */
const TOGETHER = { cost: 1, metres: 20 };

/**
 * Where the stops lie on the line, in their order, so that together they are as near to it as the order allows. Where a line
 * passes a stop twice, as a loop does that ends where it began, what comes before and after decides, and then that two stops
 * are two.
 */
function placesOf(line: Omit<TourRoute, 'stops'>, stops: Tour['stops']): number[] {
  const choices = stops.map((stop) => eachSegment(line, stop.position, 0, line.length));
  /** For each stop and choice: the choice of the stop before that leads there at the least sum of squares. */
  const origins: number[][] = [];
  /** For each choice of the stop before: the best of it and those that come earlier. */
  let least: { readonly cost: number; readonly choice: number }[] = [];
  let costs: number[] = [];
  for (const [n, snaps] of choices.entries()) {
    const earlier = choices[n - 1];
    let [apart, upTo] = [-1, -1];
    const reached = snaps.map((snap) => {
      if (!earlier) return { cost: 0, choice: -1 };
      while (apart + 1 < earlier.length && earlier[apart + 1]!.along <= snap.along - TOGETHER.metres) apart += 1;
      while (upTo + 1 < earlier.length && earlier[upTo + 1]!.along <= snap.along) upTo += 1;
      const [far, near] = [least[apart], least[upTo]];
      const together = near && { cost: near.cost + TOGETHER.cost, choice: near.choice };
      if (far && (!together || far.cost <= together.cost)) return far;
      return together ?? { cost: Number.POSITIVE_INFINITY, choice: -1 };
    });
    origins.push(reached.map(({ choice }) => choice));
    costs = reached.map(({ cost }, i) => cost + snaps[i]!.distance ** 2);
    least = [];
    for (const [choice, cost] of costs.entries()) {
      const before = least[choice - 1];
      least.push(before && before.cost <= cost ? before : { cost, choice });
    }
  }
  let chosen = 0;
  // A line that comes back to its last stop ends there.
  for (const [choice, cost] of costs.entries())
    if (stops.length > 1 ? cost <= costs[chosen]! + 1e-6 : cost < costs[chosen]!) chosen = choice;
  const places: number[] = [];
  for (let n = stops.length - 1; n >= 0; n--) {
    places.unshift(choices[n]![chosen]!.along);
    chosen = origins[n]![chosen]!;
  }
  return places;
}

interface SegmentSnap extends Snap {
  /** Which end of its segment, or of the part of it that is looked at, if any. */
  readonly end?: 'first' | 'last';
}

/** The nearest place of each segment between two distances from the start, in order. */
function eachSegment(line: Omit<TourRoute, 'stops'>, to: LatLon, from: number, until: number): SegmentSnap[] {
  const { points, at } = line;
  if (points.length === 1) return [{ ...points[0]!, along: 0, distance: distanceBetween(points[0]!, to) }];
  const snaps: SegmentSnap[] = [];
  // On a plane around the point: exact to centimetres over the length of a walk.
  const shrink = Math.cos((to.lat * Math.PI) / 180) * METRES_A_DEGREE;
  const x = (p: LatLon): number => (((((p.lon - to.lon) % 360) + 540) % 360) - 180) * shrink;
  const y = (p: LatLon): number => (p.lat - to.lat) * METRES_A_DEGREE;
  for (let i = firstAfter(at, from); i < points.length && at[i - 1]! <= until; i++) {
    const [a, b] = [points[i - 1]!, points[i]!];
    const size = at[i]! - at[i - 1]!;
    const [ax, ay] = [x(a), y(a)];
    const [dx, dy] = [x(b) - ax, y(b) - ay];
    const square = dx * dx + dy * dy;
    const free = square === 0 ? 0 : -(ax * dx + ay * dy) / square;
    // The window may begin or end inside of the segment.
    const lowest = size === 0 ? 0 : Math.max(0, (from - at[i - 1]!) / size);
    const highest = size === 0 ? 0 : Math.min(1, (until - at[i - 1]!) / size);
    const share = Math.min(highest, Math.max(lowest, free));
    snaps.push({
      lat: a.lat + (b.lat - a.lat) * share,
      lon: a.lon + (b.lon - a.lon) * share,
      along: at[i - 1]! + size * share,
      distance: Math.hypot(ax + dx * share, ay + dy * share),
      ...(share === lowest ? { end: 'first' } : share === highest ? { end: 'last' } : {}),
    });
  }
  return snaps;
}

/** The index of the first point that lies at or after a distance; never the first point of all. */
function firstAfter(at: readonly number[], distance: number): number {
  let [low, high] = [1, at.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at[middle]! < distance) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The nearest place between two distances from the start. */
export function nearestOn(route: TourRoute, to: LatLon, from = 0, until = route.length): Snap {
  let nearest: Snap | undefined;
  for (const snap of eachSegment(route, to, from, Math.max(from, until)))
    if (!nearest || snap.distance < nearest.distance) nearest = snap;
  return (
    nearest ?? { ...route.points.at(-1)!, along: route.length, distance: distanceBetween(route.points.at(-1)!, to) }
  );
}

/**
 * Where the line passes within a distance, once for each time that it comes near: at a crossing, on the way there and the way
 * back, in each turn of a loop.
 */
export function passesNear(route: TourRoute, to: LatLon, within: number, from = 0, until = route.length): Snap[] {
  const snaps = eachSegment(route, to, from, Math.max(from, until));
  return snaps.filter((snap, i) => {
    if (snap.distance > within) return false;
    // A corner is near if both of its sides lead away from there.
    if (snap.end === 'first') return i === 0;
    return snap.end === undefined || i === snaps.length - 1 || snaps[i + 1]!.end === 'first';
  });
}

/** The place at a distance from the start. */
export function placeAt(route: TourRoute, along: number): LatLon {
  const { points, at } = route;
  if (points.length === 1) return points[0]!;
  const i = firstAfter(at, Math.min(Math.max(along, 0), route.length));
  const [a, b] = [points[i - 1]!, points[i]!];
  const size = at[i]! - at[i - 1]!;
  const share = size === 0 ? 0 : Math.min(1, Math.max(0, (along - at[i - 1]!) / size));
  return { lat: a.lat + (b.lat - a.lat) * share, lon: a.lon + (b.lon - a.lon) * share };
}
