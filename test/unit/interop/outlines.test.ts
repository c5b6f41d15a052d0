import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { departments, regions } from '#domain/regions.ts';
import { piecesOf, readOutlines } from '#interop/outlines.ts';

const text = readFileSync(new URL('../../../src/interop/outlines/outlines.topo', import.meta.url), 'utf8');
const outlines = readOutlines(text);

test('the outlines take at most 40 KB gzip', () => {
  expect(gzipSync(text).length).toBeLessThanOrEqual(40 * 1024);
});

test('every region and département has its outline, overseas too, and none is empty', () => {
  expect(outlines.regions.map((o) => o.id).toSorted()).toEqual(regions.map((r) => r.code).toSorted());
  expect(outlines.departments.map((o) => o.id).toSorted()).toEqual(departments.map((d) => d.code).toSorted());
  for (const outline of [...outlines.regions, ...outlines.departments]) {
    const rings = piecesOf(outline).flat();
    expect(Math.max(...rings.map((ring) => ring.length)), outline.id).toBeGreaterThanOrEqual(20);
  }
});

test('each département lies in its region', () => {
  const regionOf = new Map(departments.map((d) => [d.code, d.region]));
  for (const outline of outlines.departments) expect(outline.properties.region).toBe(regionOf.get(outline.id));
});
