import type { Position } from './programme.ts';

/** WGS 84 degrees. Nothing of ours crosses the 180th meridian. */
export type Bounds = readonly [south: number, west: number, north: number, east: number];

type Point = Pick<Position, 'lat' | 'lon'>;

export function isInside([south, west, north, east]: Bounds, { lat, lon }: Point): boolean {
  return lat >= south && lat <= north && lon >= west && lon <= east;
}

/** Whether two areas share a point. */
export function meet(a: Bounds, b: Bounds): boolean {
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}

/** The smallest area with all points in it; undefined without one. */
export function boundsOf(points: readonly Point[]): Bounds | undefined {
  if (points.length === 0) return undefined;
  let [south, west, north, east] = [90, 180, -90, -180];
  for (const { lat, lon } of points) {
    south = Math.min(south, lat);
    north = Math.max(north, lat);
    west = Math.min(west, lon);
    east = Math.max(east, lon);
  }
  return [south, west, north, east];
}
