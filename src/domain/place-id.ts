import type { Position } from './programme.ts';

/** Names a point on the map, to about a metre: two venues at one address are one place. As addresses have it (`/carte?lieu=`). */
export function placeIdOf({ lat, lon }: Position): string {
  return `${lat.toFixed(5)},${lon.toFixed(5)}`;
}
