import { expect, test } from 'vitest';
import { distanceTo, radiusFor, townsOf } from '#domain/near.ts';

const nantes = { lat: 47.218, lon: -1.5541 };
const angers = { lat: 47.4736, lon: -0.5541 };
const at = (city: string, position: { lat: number; lon: number }) => ({ venues: [{ name: city, city, position }] });

test('an event is as far away as the nearest of its places', () => {
  const both = { venues: [...at('Angers', angers).venues, ...at('Nantes', nantes).venues] };
  expect(distanceTo(both, nantes)).toBe(0);
  expect(distanceTo(at('Angers', angers), nantes)! / 1000).toBeCloseTo(80.5, 0);
  expect(distanceTo({ venues: [] }, nantes)).toBeUndefined();
});

test('the reach is the smallest with something to choose from', () => {
  const many = (n: number, metres: number): number[] => Array.from({ length: n }, () => metres);
  expect(radiusFor(many(8, 1999))).toBe(2);
  expect(radiusFor([...many(7, 100), 24_000])).toBe(25);
  expect(radiusFor([90_000])).toBe(100);
  expect(radiusFor([900_000])).toBe(200);
  expect(radiusFor([])).toBe(200);
});

test('a town is in the middle of its places', () => {
  const towns = townsOf([at('A', { lat: 1, lon: 2 }), at('A', { lat: 3, lon: 4 }), at('B', nantes)]);
  expect(towns).toEqual([
    { name: 'A', at: { lat: 2, lon: 3 } },
    { name: 'B', at: nantes },
  ]);
});
