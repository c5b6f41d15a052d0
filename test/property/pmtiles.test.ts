import { randomBytes, randomInt } from 'node:crypto';
import fc from 'fast-check';
import { tileIdToZxy, zxyToTileId } from 'pmtiles';
import { expect, test } from 'vitest';
import type { Entry } from '#interop/pmtiles.ts';
import { decodeDirectory, encodeDirectory, tileIdOf } from '#interop/pmtiles.ts';
import { checkArchive } from '#interop/pmtiles-check.ts';
import type { Tile } from '#server/packs/pmtiles-writer.ts';
import { writePmtiles } from '#server/packs/pmtiles-writer.ts';
import { bytesOf, readerOf } from '../support/archives.ts';

/** A tile of any zoom; many of them share their bytes, as the sea's do. */
const tile = fc
  .record({
    z: fc.integer({ min: 0, max: 14 }),
    at: fc.double({ min: 0, max: 0.999999, noNaN: true }),
    x: fc.nat(),
    body: fc.nat(6),
  })
  .map(({ z, at, x, body }): Tile => {
    const side = 2 ** z;
    return {
      z,
      x: x % side,
      y: Math.floor(at * side),
      data: new TextEncoder().encode(`tile ${body}`.repeat(body + 1)),
    };
  });

const info = {
  bounds: [48, 0.1, 48.1, 0.3],
  minZoom: 0,
  maxZoom: 14,
  metadata: { name: 'Une ville', vector_layers: [] },
} as const;

test('what is written is what the pmtiles package reads, tile by tile, and what is not is not there', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(tile, { minLength: 1, maxLength: 120, selector: ({ z, x, y }) => `${z}/${x}/${y}` }),
      async (tiles) => {
        const bytes = writePmtiles(tiles, info);
        const reader = readerOf(bytes);
        const header = await reader.getHeader();
        expect(header).toMatchObject({
          specVersion: 3,
          clustered: true,
          minZoom: 0,
          maxZoom: 14,
          numAddressedTiles: tiles.length,
        });
        expect(header.numTileContents).toBe(new Set(tiles.map(({ data }) => String(data))).size);
        expect(await reader.getMetadata()).toEqual(info.metadata);
        for (const { z, x, y, data } of tiles) {
          const found = await reader.getZxy(z, x, y);
          expect(found && new Uint8Array(found.data)).toEqual(data);
        }
        const taken = new Set(tiles.map(({ z, x, y }) => tileIdOf(z, x, y)));
        const absent = Array.from({ length: 30 }, (_, id) => id).filter((id) => !taken.has(id));
        for (const id of absent) expect(await reader.getZxy(...tileIdToZxy(id))).toBeUndefined();
        expect(await checkArchive(bytesOf(bytes))).toMatchObject({ kind: 'ok' });
      },
    ),
    { numRuns: 60 },
  );
});

test('a country of tiles is reached through leaf directories', async () => {
  const side = 144;
  const tiles = Array.from({ length: side * side }, (_, i): Tile => {
    // Of any length, so that the directory says something of each.
    const data = Uint8Array.from(randomBytes(randomInt(1, 250)));
    return { z: 8, x: i % side, y: Math.floor(i / side), data };
  });
  const bytes = writePmtiles(tiles, { ...info, maxZoom: 8 });
  const reader = readerOf(bytes);
  const header = await reader.getHeader();
  expect(header.leafDirectoryLength).toBeGreaterThan(0);
  expect(header.rootDirectoryOffset + header.rootDirectoryLength).toBeLessThanOrEqual(16_384);
  for (let i = 0; i < tiles.length; i += 97) {
    const { x, y, data } = tiles[i]!;
    const found = await reader.getZxy(8, x, y);
    expect(found && new Uint8Array(found.data)).toEqual(data);
  }
  expect(await checkArchive(bytesOf(bytes))).toMatchObject({ kind: 'ok' });
});

test('tiles are numbered as the pmtiles package numbers them', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 24 }), fc.nat(), fc.nat(), (z, a, b) => {
      const [x, y] = [a % 2 ** z, b % 2 ** z];
      return tileIdOf(z, x, y) === zxyToTileId(z, x, y);
    }),
    { numRuns: 2000 },
  );
});

test('a directory says after decoding what it said before encoding', () => {
  const entries = fc
    .array(
      fc.record({
        gap: fc.integer({ min: 1, max: 1e9 }),
        length: fc.integer({ min: 1, max: 1e6 }),
        runLength: fc.nat(9),
        near: fc.boolean(),
        offset: fc.nat(1e9),
      }),
      {
        minLength: 1,
        maxLength: 60,
      },
    )
    .map((list) => {
      let [tileId, next] = [0, 0];
      return list.map(({ gap, length, runLength, near, offset }): Entry => {
        tileId += gap;
        const at = near ? next : offset;
        next = at + length;
        return { tileId, offset: at, length, runLength };
      });
    });
  fc.assert(
    fc.property(entries, (list) => {
      expect(decodeDirectory(encodeDirectory(list))).toEqual(list);
    }),
  );
});

test('no bytes at all make the check hang or throw: they are refused, with a reason', async () => {
  const honest = writePmtiles(
    [
      { z: 3, x: 1, y: 2, data: new Uint8Array([1, 2, 3]) },
      { z: 4, x: 1, y: 2, data: new Uint8Array(900) },
    ],
    info,
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(honest.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 }),
      fc.nat(honest.length),
      async (changes, cut) => {
        const bytes = Uint8Array.from(honest);
        for (const [at, value] of changes) bytes[at] = value;
        const checked = await checkArchive(bytesOf(cut % 3 === 0 ? bytes.subarray(0, cut) : bytes));
        expect(['ok', 'refused']).toContain(checked.kind);
      },
    ),
    { numRuns: 400 },
  );
});
