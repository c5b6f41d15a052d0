import { distanceBetween } from './bearing.ts';
import type { EventCard } from './event-card.ts';
import type { Position } from './programme.ts';

type Point = Pick<Position, 'lat' | 'lon'>;

/** How far around somebody a list may reach, in kilometres. */
export const radii = [2, 5, 10, 25, 50, 100, 200] as const;
export type Radius = (typeof radii)[number];

/** A reach that brings fewer than this is too small to choose from. */
const ENOUGH = 8;

/** Metres to the nearest of an event's places; undefined for what is nowhere on a map. */
export function distanceTo(card: Pick<EventCard, 'venues'>, from: Point): number | undefined {
  let least: number | undefined;
  for (const { position } of card.venues) {
    const distance = distanceBetween(from, position);
    if (least === undefined || distance < least) least = distance;
  }
  return least;
}

/** The smallest reach with something to choose from, else the smallest with anything at all, else the largest. */
export function radiusFor(distances: Iterable<number>): Radius {
  const counts = radii.map(() => 0);
  for (const distance of distances) {
    for (const [i, radius] of radii.entries()) if (distance <= radius * 1000) counts[i]!++;
  }
  const enough = counts.findIndex((count) => count >= ENOUGH);
  const any = counts.findIndex((count) => count > 0);
  return radii[enough >= 0 ? enough : any >= 0 ? any : radii.length - 1]!;
}

/** The towns of a programme with the middle of their places, in no order. */
export function townsOf(cards: readonly Pick<EventCard, 'venues'>[]): { readonly name: string; readonly at: Point }[] {
  const towns = new Map<string, { lat: number; lon: number; n: number }>();
  for (const { venues } of cards) {
    for (const { city, position } of venues) {
      if (city === undefined) continue;
      const town = towns.get(city) ?? { lat: 0, lon: 0, n: 0 };
      towns.set(city, { lat: town.lat + position.lat, lon: town.lon + position.lon, n: town.n + 1 });
    }
  }
  return [...towns].map(([name, { lat, lon, n }]) => ({ name, at: { lat: lat / n, lon: lon / n } }));
}
