import { expect, test } from 'vitest';
import { directionTo, distanceBetween } from '#domain/bearing.ts';

const montpellier = { lat: 43.6085, lon: 3.8795 };

test('a degree of latitude is 111 km, and a place is at no distance from itself', () => {
  expect(distanceBetween({ lat: 43, lon: 3 }, { lat: 44, lon: 3 })).toBeCloseTo(111_195, -2);
  expect(distanceBetween(montpellier, montpellier)).toBe(0);
  expect(distanceBetween({ lat: 0, lon: 179.9 }, { lat: 0, lon: -179.9 })).toBeCloseTo(22_239, -2);
});

test('directions are those of the compass, the nearest of eight', () => {
  const to = (lat: number, lon: number) =>
    directionTo(montpellier, { lat: montpellier.lat + lat, lon: montpellier.lon + lon });
  expect([to(1, 0), to(0, 1), to(-1, 0), to(0, -1)]).toEqual(['n', 'e', 's', 'w']);
  expect([to(0.01, 0.0138), to(-0.01, 0.0138), to(-0.01, -0.0138), to(0.01, -0.0138)]).toEqual([
    'ne',
    'se',
    'sw',
    'nw',
  ]);
});
