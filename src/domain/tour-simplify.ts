import type { LatLon } from './tour-route.ts';

const METRES_A_DEGREE = 111_195;

/**
 * A line with fewer points, none of the old ones more than a tolerance away from it (Douglas and Peucker 1973): a recorded track
 * has a point a second, and a phone carries the tour for months.
 * @param tolerance metres
 */
export function simplified(line: readonly LatLon[], tolerance: number): LatLon[] {
  if (line.length < 3) return [...line];
  const kept = new Uint8Array(line.length);
  kept[0] = kept[line.length - 1] = 1;
  const stretches: [number, number][] = [[0, line.length - 1]];
  for (let stretch = stretches.pop(); stretch; stretch = stretches.pop()) {
    const [from, to] = stretch;
    let [furthest, at] = [tolerance, -1];
    for (let i = from + 1; i < to; i++) {
      const distance = distanceTo(line[i]!, line[from]!, line[to]!);
      if (distance > furthest) [furthest, at] = [distance, i];
    }
    if (at === -1) continue;
    kept[at] = 1;
    stretches.push([from, at], [at, to]);
  }
  return line.filter((_, i) => kept[i] === 1);
}

/** The line with the least tolerance, from three metres on, that leaves at most so many points. */
export function fitted(line: readonly LatLon[], most: number): LatLon[] {
  for (let tolerance = 3; ; tolerance *= 1.5) {
    const fewer = simplified(line, tolerance);
    if (fewer.length <= most) return fewer;
  }
}

/** Metres from a point to the stretch between two others, on a plane around it. */
function distanceTo(point: LatLon, a: LatLon, b: LatLon): number {
  const shrink = Math.cos((point.lat * Math.PI) / 180);
  const x = (p: LatLon): number => (p.lon - point.lon) * shrink * METRES_A_DEGREE;
  const y = (p: LatLon): number => (p.lat - point.lat) * METRES_A_DEGREE;
  const [ax, ay] = [x(a), y(a)];
  const [dx, dy] = [x(b) - ax, y(b) - ay];
  const square = dx * dx + dy * dy;
  const share = square === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / square));
  return Math.hypot(ax + dx * share, ay + dy * share);
}
