import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OsmMember, Tags } from '#server/packs/osm-pbf.ts';
import { ExtractRefused, readOsm } from '#server/packs/osm-pbf.ts';
import type { Drawing } from '../../../support/osm-extract.ts';
import { extractOf } from '../../../support/osm-extract.ts';

const LE_MANS = fileURLToPath(new URL('../../../fixtures/le-mans-centre.osm.pbf', import.meta.url));

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'escale-osm-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (bytes: Uint8Array): string => {
  const path = join(folder, 'area.osm.pbf');
  writeFileSync(path, bytes);
  return path;
};

const DRAWING: Drawing = {
  bounds: [48, -4.5, 48.2, -4.3],
  nodes: [
    { id: 10, lat: 48.1, lon: -4.4, tags: { name: 'Œuvre d’Hélène', amenity: 'library' } },
    { id: 7_000_000_001, lat: -12.5, lon: 45.123_456_7 },
    { id: 11, lat: 48.15, lon: -4.35 },
  ],
  ways: [
    { id: 5, refs: [10, 7_000_000_001, 11, 10], tags: { highway: 'footway' } },
    { id: 6, refs: [11, 10] },
  ],
  relations: [
    {
      id: 3,
      members: [
        { type: 1, ref: 5, role: 'outer' },
        { type: 0, ref: 10, role: '' },
        { type: 2, ref: 1, role: 'sub' },
      ],
      tags: { type: 'site' },
    },
  ],
};

interface Seen {
  readonly nodes: [number, number, number, Tags][];
  readonly ways: [number, readonly number[], Tags][];
  readonly relations: [number, readonly OsmMember[], Tags][];
}

async function all(path: string): Promise<Seen & { header: Awaited<ReturnType<typeof readOsm>> }> {
  const seen: Seen = { nodes: [], ways: [], relations: [] };
  const header = await readOsm(path, {
    node: (...args) => seen.nodes.push(args),
    way: (...args) => seen.ways.push(args),
    relation: (...args) => seen.relations.push(args),
  });
  return { ...seen, header };
}

test.each([false, true])('what was drawn is read again, nodes packed or one by one (%s)', async (sparse) => {
  const seen = await all(file(extractOf({ ...DRAWING, sparse })));
  expect(seen.header).toEqual({ bounds: DRAWING.bounds, timestamp: Date.UTC(2026, 10, 20) });
  expect(seen.nodes).toEqual([
    [10, 48.1, -4.4, { name: 'Œuvre d’Hélène', amenity: 'library' }],
    [7_000_000_001, -12.5, 45.123_456_7, {}],
    [11, 48.15, -4.35, {}],
  ]);
  expect(seen.ways).toEqual([
    [5, [10, 7_000_000_001, 11, 10], { highway: 'footway' }],
    [6, [11, 10], {}],
  ]);
  expect(seen.relations[0]![1]).toEqual([
    { type: 'way', ref: 5, role: 'outer' },
    { type: 'node', ref: 10, role: '' },
    { type: 'relation', ref: 1, role: 'sub' },
  ]);
});

test('a real extract is read whole', async () => {
  const { nodes, ways, relations, header } = await all(LE_MANS);
  expect(header.bounds).toEqual([48.009_28, 0.197_68, 48.012_81, 0.205_74]);
  expect([nodes.length, ways.length, relations.length]).toEqual([6260, 892, 68]);
  expect(ways.filter(([, , tags]) => tags['building']).length).toBe(487);
  expect(nodes.find(([, , , tags]) => tags['tourism'] === 'information')).toBeDefined();
  const ids = new Set(nodes.map(([id]) => id));
  expect(ways.flatMap(([, refs]) => refs).filter((ref) => !ids.has(ref))).toEqual([]);
});

describe('refused in one sentence is', () => {
  const good = extractOf(DRAWING);
  test.each<[string, Uint8Array, RegExp]>([
    ['an empty file', new Uint8Array(), /^this is no OpenStreetMap extract/],
    ['a text', Buffer.from('<osm version="0.6"></osm>'), /^this is no OpenStreetMap extract/],
    ['an extract without its header', good.subarray(good.indexOf('OSMData') - 6), /^this is no OpenStreetMap extract/],
    ['a file cut in the middle', good.subarray(0, good.length - 40), /^the file ends in the middle of a block/],
    [
      'a block that was changed',
      Buffer.concat([good.subarray(0, good.length - 30), Buffer.alloc(30)]),
      /^the block at byte \d+ cannot be unpacked/,
    ],
    [
      'what needs more than is understood',
      extractOf({ ...DRAWING, features: ['OsmSchema-V0.6', 'HistoricalInformation'] }),
      /needs HistoricalInformation/,
    ],
    [
      'a block of four gigabytes',
      Buffer.concat([
        good,
        Buffer.from([0, 0, 0, 14, 0x0a, 7, ...Buffer.from('OSMData'), 0x18, 0xff, 0xff, 0xff, 0x7f]),
      ]),
      /^no block begins/,
    ],
  ])('%s', async (_, bytes, message) => {
    const reading = all(file(bytes));
    await expect(reading).rejects.toThrow(ExtractRefused);
    await expect(reading).rejects.toThrow(message);
  });

  test('a list that says it is longer than its block', async () => {
    const bytes = readFileSync(LE_MANS);
    expect(bytes.length).toBe(100_775);
    // A block of our own, stored and not compressed, whose dense nodes claim two gigabytes of ids.
    const lie = [0x12, 10, 0x12, 8, 0x0a, 0xff, 0xff, 0xff, 0xff, 0x07, 2, 2];
    const raw = Buffer.from([0x0a, lie.length, ...lie]);
    const head = Buffer.from([0x0a, 7, ...Buffer.from('OSMData'), 0x18, raw.length]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(head.length);
    await expect(all(file(Buffer.concat([good, length, head, raw])))).rejects.toThrow(
      /^the block at byte \d+ cannot be read/,
    );
  });
});
