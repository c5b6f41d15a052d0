import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mapPack } from '#protocol/map.ts';
import type { TileFeature } from '#interop/vector-tile.ts';
import { readVectorTile } from '#interop/vector-tile.ts';
import { buildPack } from '#server/packs/build.ts';
import { tileAt } from '#server/packs/tiles.ts';
import { readerOf } from '../../../support/archives.ts';
import type { Drawing } from '../../../support/osm-extract.ts';
import { extractOf } from '../../../support/osm-extract.ts';

const LE_MANS = fileURLToPath(new URL('../../../fixtures/le-mans-centre.osm.pbf', import.meta.url));
const SAMPLE = new URL('../../../../src/server/sample/packs/', import.meta.url);

type Feature = TileFeature<{ x: number; y: number }>;

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'escale-build-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function tileOf(bytes: Uint8Array, z: number, x: number, y: number): Promise<Map<string, Feature[]>> {
  const tile = await readerOf(bytes).getZxy(z, x, y);
  const decoder = new TextDecoder();
  if (!tile) return new Map();
  return readVectorTile(
    new Uint8Array(tile.data),
    4096,
    (px, py) => ({ x: px, y: py }),
    (text) => decoder.decode(text),
  );
}

async function build(drawing: Drawing, ...box: [] | [readonly [number, number, number, number]]) {
  const path = join(folder, 'area.osm.pbf');
  writeFileSync(path, extractOf(drawing));
  const pack = await buildPack(path, 'Une ville', ...box);
  const [south, west, north, east] = pack.bounds;
  const at = (z: number) => tileOf(pack.bytes, z, ...tileAt((south + north) / 2, (west + east) / 2, z));
  return { ...pack, at };
}

/** Square units of a tile that lie within rings, holes taken away. */
function areaOf(features: readonly Feature[]): number {
  let sum = 0;
  for (const { geom } of features) {
    for (const ring of geom) {
      for (let i = 0; i + 1 < ring.length; i++) sum += (ring[i]!.x * ring[i + 1]!.y - ring[i + 1]!.x * ring[i]!.y) / 2;
    }
  }
  return Math.abs(sum) / 4096 ** 2;
}

describe('the pack of a real extract', () => {
  test('is the one that goes with the sample, tile by tile', async () => {
    const { bytes, bounds, tiles } = await buildPack(LE_MANS, 'Le Mans, centre');
    const shipped = readFileSync(new URL('le-mans.pmtiles', SAMPLE));
    const said = v.parse(mapPack, JSON.parse(readFileSync(new URL('le-mans.json', SAMPLE), 'utf8')));
    expect(said.bounds).toEqual(bounds);
    expect(said.bytes).toBe(shipped.length);
    expect(tiles).toBe(12);
    for (let z = said.minZoom; z <= said.maxZoom; z++) {
      const [left, top] = tileAt(bounds[2], bounds[1], z);
      const [right, bottom] = tileAt(bounds[0], bounds[3], z);
      for (let x = left; x <= right; x++) {
        for (let y = top; y <= bottom; y++)
          expect(await tileOf(bytes, z, x, y)).toEqual(await tileOf(shipped, z, x, y));
      }
    }
  });

  test('has the layers and words of the Protomaps basemap, version 4', async () => {
    const { bytes, bounds } = await buildPack(LE_MANS, 'Le Mans');
    const metadata = (await readerOf(bytes).getMetadata()) as {
      version: string;
      attribution: string;
      vector_layers: { id: string }[];
    };
    expect(metadata.version).toMatch(/^4\./);
    expect(metadata.attribution).toContain('openstreetmap.org/copyright');
    const tile = await tileOf(bytes, 15, ...tileAt((bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2, 15));
    const layers = new Set(metadata.vector_layers.map((layer) => layer.id));
    for (const name of tile.keys()) expect(layers).toContain(name);
    const kinds = (layer: string): Set<unknown> =>
      new Set((tile.get(layer) ?? []).map((feature) => feature.props['kind']));
    expect(kinds('earth')).toEqual(new Set(['earth']));
    expect(kinds('buildings')).toEqual(new Set(['building']));
    expect([...kinds('roads')]).toEqual(expect.arrayContaining(['major_road', 'minor_road', 'path', 'rail']));
    expect([...kinds('landuse')]).toEqual(expect.arrayContaining(['grass', 'garden', 'pedestrian']));
    expect(tile.get('roads')!.some((road) => road.props['name'] === 'Avenue de Paderborn')).toBe(true);
    expect(tile.get('pois')!.some((poi) => poi.props['name'] === 'Musée de Tessé')).toBe(true);
  });

  test('grows with the zoom: a town from far, houses from near', async () => {
    const { bytes, bounds } = await buildPack(LE_MANS, 'Le Mans');
    const at = (z: number) => tileOf(bytes, z, ...tileAt((bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2, z));
    expect((await at(10)).has('buildings')).toBe(false);
    expect((await at(14)).get('buildings')!.length).toBeGreaterThan(100);
    expect((await at(10)).get('roads')?.every((road) => road.props['kind'] !== 'path')).toBe(true);
  });
});

/** Four corners of a small area, and a street in its western half. */
const BOUNDS = [47, 1, 47.01, 1.014] as const;
const STREET = [
  { id: 1, lat: 47.001, lon: 1.002 },
  { id: 2, lat: 47.005, lon: 1.002 },
  { id: 3, lat: 47.009, lon: 1.002 },
];
const street = { id: 100, refs: [1, 2, 3], tags: { highway: 'residential', name: 'Rue du Bout' } };

describe('water at the edge of the area', () => {
  test('a lake of which only the shore is there fills the side on which no street is', async () => {
    // A shore from north to south at 1.007; the rest of the lake was cut away with the extract.
    const shore = [
      { id: 10, lat: 47.01, lon: 1.007 },
      { id: 11, lat: 47.005, lon: 1.007 },
      { id: 12, lat: 47, lon: 1.007 },
    ];
    const { at } = await build({
      bounds: BOUNDS,
      nodes: [...STREET, ...shore],
      ways: [street, { id: 101, refs: [10, 11, 12] }],
      relations: [
        {
          id: 1,
          members: [
            { type: 1, ref: 101, role: 'outer' },
            { type: 1, ref: 999, role: 'outer' },
          ],
          tags: { type: 'multipolygon', natural: 'water', water: 'lake', name: 'Lac' },
        },
      ],
    });
    const tile = await at(10);
    const share = areaOf(tile.get('water')!) / areaOf(tile.get('earth')!);
    expect(share).toBeGreaterThan(0.45);
    expect(share).toBeLessThan(0.55);
    const [lake] = tile.get('water')!;
    const [earth] = tile.get('earth')!;
    // The street is in the western half.
    expect(lake!.bbox.minX).toBeGreaterThan((earth!.bbox.minX + earth!.bbox.maxX) / 2 - 2);
  });

  test.each([
    ['north to south', [10, 11, 12], 'west'],
    ['south to north', [12, 11, 10], 'east'],
  ])('the sea lies on the right of a coastline from %s', async (_, refs, side) => {
    const coast = [
      { id: 10, lat: 47.01, lon: 1.007 },
      { id: 11, lat: 47.005, lon: 1.007 },
      { id: 12, lat: 47, lon: 1.007 },
    ];
    const { at } = await build({
      bounds: BOUNDS,
      nodes: coast,
      ways: [{ id: 101, refs, tags: { natural: 'coastline' } }],
    });
    const tile = await at(10);
    const sea = tile.get('water')!.find((feature) => feature.props['kind'] === 'ocean')!;
    const [earth] = tile.get('earth')!;
    const middle = (earth!.bbox.minX + earth!.bbox.maxX) / 2;
    if (side === 'west') expect(sea.bbox.maxX).toBeLessThanOrEqual(middle + 2);
    else expect(sea.bbox.minX).toBeGreaterThanOrEqual(middle - 2);
  });

  test('an island is land in the sea', async () => {
    const corners = [
      [47.003, 1.004],
      [47.003, 1.01],
      [47.007, 1.01],
      [47.007, 1.004],
    ] as const;
    const nodes = corners.map(([lat, lon], i) => ({ id: 20 + i, lat, lon }));
    const { at } = await build({
      bounds: BOUNDS,
      nodes,
      ways: [{ id: 1, refs: [20, 21, 22, 23, 20], tags: { natural: 'coastline' } }],
    });
    const tile = await at(10);
    const share = areaOf(tile.get('water')!) / areaOf(tile.get('earth')!);
    expect(share).toBeGreaterThan(0.75);
    expect(share).toBeLessThan(0.9);
  });
});

test('a courtyard is a hole in its building, and a square is ground that one walks on', async () => {
  const ring = (first: number, lat: number, lon: number, side: number) => [
    { id: first, lat, lon },
    { id: first + 1, lat, lon: lon + side },
    { id: first + 2, lat: lat + side, lon: lon + side },
    { id: first + 3, lat: lat + side, lon },
  ];
  const closed = (first: number): number[] => [first, first + 1, first + 2, first + 3, first];
  const { at } = await build({
    bounds: BOUNDS,
    nodes: [...ring(10, 47.002, 1.002, 0.004), ...ring(20, 47.003, 1.003, 0.002), ...ring(30, 47.007, 1.002, 0.001)],
    ways: [
      { id: 1, refs: closed(10) },
      { id: 2, refs: closed(20) },
      { id: 3, refs: closed(30), tags: { highway: 'pedestrian', area: 'yes', name: 'Place' } },
    ],
    relations: [
      {
        id: 1,
        members: [
          { type: 1, ref: 1, role: 'outer' },
          { type: 1, ref: 2, role: 'inner' },
        ],
        tags: { type: 'multipolygon', building: 'yes' },
      },
    ],
  });
  const tile = await at(14);
  expect(tile.get('buildings')![0]!.geom).toHaveLength(2);
  expect(tile.get('landuse')!.map((feature) => feature.props['kind'])).toEqual(['pedestrian']);
  expect(tile.get('roads')).toBeUndefined();
});

test('a part can be cut out of a larger extract, and what leaves it is followed no farther', async () => {
  const nodes = Array.from({ length: 41 }, (_, i) => ({ id: i + 1, lat: 47.005, lon: 1 + i / 1000 }));
  const way = { id: 1, refs: nodes.map(({ id }) => id), tags: { highway: 'primary', name: 'Route longue' } };
  const box = [47.004, 1.01, 47.006, 1.02] as const;
  const { bounds, at } = await build({ bounds: [47, 1, 47.01, 1.04], nodes, ways: [way] }, box);
  expect(bounds).toEqual(box);
  const roads = (await at(15)).get('roads')!;
  expect(roads).toHaveLength(1);
  const [earth] = (await at(15)).get('earth')!;
  expect(roads[0]!.bbox.maxX - earth!.bbox.maxX).toBeLessThan(400);
});

test('pieces of one street are one line, so that its name has room', async () => {
  const nodes = Array.from({ length: 11 }, (_, i) => ({ id: i + 1, lat: 47.005, lon: 1.002 + i / 1000 }));
  const ways = Array.from({ length: 10 }, (_, i) => ({
    id: i + 1,
    refs: i % 2 === 0 ? [i + 1, i + 2] : [i + 2, i + 1],
    tags: { highway: 'residential', name: 'Rue des Morceaux' },
  }));
  const { at } = await build({ bounds: BOUNDS, nodes, ways });
  const roads = (await at(13)).get('roads')!;
  expect(roads).toHaveLength(1);
  expect(roads[0]!.geom).toHaveLength(1);
});
