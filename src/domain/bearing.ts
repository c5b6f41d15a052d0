import type { Position } from './programme.ts';

type Point = Pick<Position, 'lat' | 'lon'>;

/** Metres; mean radius of the WGS 84 ellipsoid. */
const EARTH = 6_371_009;

/** Metres between two points along the great circle. */
export function distanceBetween(from: Point, to: Point): number {
  const [a, b] = [radians(from.lat), radians(to.lat)];
  const half = (degrees: number): number => Math.sin(radians(degrees) / 2) ** 2;
  const h = half(to.lat - from.lat) + Math.cos(a) * Math.cos(b) * half(to.lon - from.lon);
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(h)));
}

export const directions = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const;
export type Direction = (typeof directions)[number];

/** The point of the compass in which one starts from a point towards another. */
export function directionTo(from: Point, to: Point): Direction {
  const [a, b, east] = [radians(from.lat), radians(to.lat), radians(to.lon - from.lon)];
  const bearing = Math.atan2(
    Math.sin(east) * Math.cos(b),
    Math.cos(a) * Math.sin(b) - Math.sin(a) * Math.cos(b) * Math.cos(east),
  );
  return directions[(Math.round(bearing / (Math.PI / 4)) + 8) % 8]!;
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
