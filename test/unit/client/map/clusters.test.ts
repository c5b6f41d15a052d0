import { expect, test } from 'vitest';
import type { EventCard } from '#domain/event-card.ts';
import { clusterPlaces } from '#client/map/clusters.ts';
import { placesOf } from '#client/map/places.ts';

function card(id: string, ...venues: EventCard['venues']): EventCard {
  return {
    id,
    slug: id,
    editionId: '2026',
    region: '76',
    title: { fr: id },
    format: 'talk',
    themes: [],
    audiences: [],
    accessibility: [],
    attendanceMode: 'on_site',
    status: 'scheduled',
    slots: [],
    venues,
    tour: false,
  };
}
const at = (lat: number, lon: number, name = 'Lieu') => ({ name, position: { lat, lon } });

test('events at one spot are one place, and an event with two venues is at both, once each', () => {
  const places = placesOf([
    card('a', at(43.6, 3.9), at(43.7, 3.9)),
    card('b', at(43.6000001, 3.9), at(43.6, 3.9)),
    card('c'),
  ]);
  expect(places.map((place) => place.cards.map((c) => c.id))).toEqual([['a', 'b'], ['a']]);
});

test('near places are one group from far and several from near, and none is lost', () => {
  const places = placesOf([card('a', at(43.61, 3.87)), card('b', at(43.63, 3.9)), card('c', at(48.85, 2.35))]);
  const far = clusterPlaces(places, 5);
  expect(far.map((cluster) => cluster.places.length)).toEqual([2, 1]);
  expect(far[0]!.lat).toBeCloseTo(43.62);
  expect(clusterPlaces(places, 12)).toHaveLength(3);
});

test('ten thousand places are grouped fast enough to be done at each zoom', () => {
  const places = placesOf(
    Array.from({ length: 10_000 }, (_, i) =>
      card(String(i), at(42 + ((i * 7919) % 8000) / 1000, -4 + ((i * 104_729) % 12_000) / 1000)),
    ),
  );
  for (const zoom of [5, 9, 12]) {
    const clusters = clusterPlaces(places, zoom);
    expect(clusters.reduce((sum, cluster) => sum + cluster.places.length, 0)).toBe(places.length);
    expect(new Set(clusters.map((cluster) => cluster.id)).size).toBe(clusters.length);
  }
});

test('no two groups lie on each other, so that each can be met with a finger', () => {
  const places = placesOf(
    Array.from({ length: 400 }, (_, i) =>
      card(String(i), at(42 + ((i * 7919) % 8000) / 1000, -4 + ((i * 104_729) % 12_000) / 1000)),
    ),
  );
  const zoom = 5;
  const onScreen = clusterPlaces(places, zoom).map(({ lat, lon }) => {
    const sine = Math.sin((lat * Math.PI) / 180);
    const world = 256 * 2 ** zoom;
    return [(lon / 360) * world, (Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * world] as const;
  });
  const apart = onScreen.flatMap(([x, y], i) =>
    onScreen.slice(i + 1).map((other) => Math.max(Math.abs(x - other[0]), Math.abs(y - other[1]))),
  );
  expect(Math.min(...apart)).toBeGreaterThan(35);
});
