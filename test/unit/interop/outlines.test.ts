import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { departments, regions } from '#domain/regions.ts';
import { piecesOf, readCommunes, readOutlines } from '#interop/outlines.ts';

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

describe('communes', () => {
  const folder = new URL('../../../src/interop/outlines/communes/', import.meta.url);
  const files = readdirSync(folder).map((name) => [name.replace('.topo', ''), name] as const);

  test.each(files)('of %s take at most 22 KB gzip, and lie in their département', (code, name) => {
    const file = readFileSync(new URL(name, folder), 'utf8');
    expect(gzipSync(file).length).toBeLessThanOrEqual(22 * 1024);
    const { borders, names } = readCommunes(file);
    expect(names.length).toBeGreaterThan(100);
    expect(borders.length).toBeGreaterThan(names.length);
    const rings = piecesOf(outlines.departments.find((one) => one.id === code)!).flat(2);
    const [lons, lats] = [rings.map(([lon]) => lon), rings.map(([, lat]) => lat)];
    // The two are simplified apart.
    const slack = 0.02;
    for (const [lon, lat] of [...borders.flat(), ...names.map((one) => [one.lon, one.lat] as const)]) {
      expect(lon).toBeGreaterThan(Math.min(...lons) - slack);
      expect(lon).toBeLessThan(Math.max(...lons) + slack);
      expect(lat).toBeGreaterThan(Math.min(...lats) - slack);
      expect(lat).toBeLessThan(Math.max(...lats) + slack);
    }
  });

  test('have their names where they are', () => {
    const { names } = readCommunes(readFileSync(new URL('34.topo', folder), 'utf8'));
    const found = names.find((one) => one.name === 'Montpellier')!;
    expect(Math.hypot(found.lat - 43.61, found.lon - 3.87)).toBeLessThan(0.05);
  });
});
