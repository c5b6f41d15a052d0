import type { Position } from './programme.ts';

/** Names a point on the map, to about a metre: two venues at one address are one place. As addresses have it (`/carte?lieu=`). */
export function placeIdOf({ lat, lon }: Position): string {
  return `${lat.toFixed(5)},${lon.toFixed(5)}`;
}

/** Where such a name points to; undefined for what is none, for anyone may have written it into an address. */
export function positionOf(placeId: string): Position | undefined {
  const [, lat, lon] = /^(-?\d{1,2}\.\d{5}),(-?\d{1,3}\.\d{5})$/.exec(placeId) ?? [];
  const position = { lat: Number(lat), lon: Number(lon) };
  return lat && lon && Math.abs(position.lat) <= 85 && Math.abs(position.lon) <= 180 ? position : undefined;
}
