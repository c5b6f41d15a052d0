import { expect, test } from 'vitest';
import { binsOf } from '#client/screens/figures/series.ts';

test('days between are there, with nothing', () => {
  const bins = binsOf([
    { at: '2026-11-29', count: 3 },
    { at: '2026-12-02', count: 1 },
  ]);
  expect(bins.map((bin) => [bin.at, bin.count])).toEqual([
    ['2026-11-29', 3],
    ['2026-11-30', 0],
    ['2026-12-01', 0],
    ['2026-12-02', 1],
  ]);
  expect(binsOf([])).toEqual([]);
});

test('hours between are there, over midnight too', () => {
  const bins = binsOf([
    { at: '2026-11-24T22', count: 2 },
    { at: '2026-11-25T01', count: 1 },
  ]);
  expect(bins.map((bin) => bin.at)).toEqual(['2026-11-24T22', '2026-11-24T23', '2026-11-25T00', '2026-11-25T01']);
  expect(bins.map((bin) => bin.count)).toEqual([2, 0, 0, 1]);
});

test('what takes too long for days is told by weeks, and nobody is lost', () => {
  const points = Array.from({ length: 200 }, (_, at) => ({
    at: new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10),
    count: 1,
  }));
  const bins = binsOf(points);
  expect(bins.length).toBeLessThanOrEqual(92);
  expect(bins[0]).toEqual({ at: '2026-01-01', to: '2026-01-07', count: 7 });
  expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(200);
});
