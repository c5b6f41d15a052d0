import { VectorTile } from '@mapbox/vector-tile';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { PbfReader, PbfWriter } from 'pbf';
import { describe, expect, test } from 'vitest';
import { Malformed } from '#interop/varint.ts';
import { readVectorTile } from '#interop/vector-tile.ts';
import { readerOf } from '../../support/archives.ts';

const decoder = new TextDecoder();
const read = (bytes: Uint8Array) =>
  readVectorTile(
    bytes,
    4096,
    (x, y) => ({ x, y }),
    (text) => decoder.decode(text),
  );

const pack = readerOf(readFileSync(new URL('../../../src/server/sample/packs/le-mans.pmtiles', import.meta.url)));

async function tiles(): Promise<Uint8Array[]> {
  const { minZoom, maxZoom, centerLat, centerLon } = await pack.getHeader();
  const found: Uint8Array[] = [];
  for (let z = minZoom; z <= maxZoom; z++) {
    const side = 2 ** z;
    const x = Math.floor(((centerLon + 180) / 360) * side);
    const sine = Math.sin((centerLat * Math.PI) / 180);
    const y = Math.floor((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * side);
    const tile = await pack.getZxy(z, x, y);
    if (tile) found.push(new Uint8Array(tile.data));
  }
  return found;
}

test('every tile of a real pack says what the usual reader says', async () => {
  const all = await tiles();
  expect(all.length).toBeGreaterThan(5);
  for (const bytes of all) {
    const ours = read(bytes);
    const theirs = new VectorTile(new PbfReader(bytes)).layers;
    expect([...ours.keys()]).toEqual(Object.keys(theirs));
    for (const [name, features] of ours) {
      const layer = theirs[name]!;
      expect(features).toHaveLength(layer.length);
      features.forEach((feature, i) => {
        const other = layer.feature(i);
        expect(feature.props).toEqual({ ...other.properties });
        expect(feature.geomType).toBe(other.type);
        expect(feature.geom).toEqual(other.loadGeometry().map((line) => line.map(({ x, y }) => ({ x, y }))));
        const [minX, minY, maxX, maxY] = other.bbox();
        expect(feature.bbox).toEqual({ minX, minY, maxX, maxY });
      });
    }
  }
});

/** A tile of one layer with one feature whose geometry is given as it stands. */
function tileOf(
  geometry: readonly number[],
  more: (layer: PbfWriter) => void = () => undefined,
  extent = 4096,
): Uint8Array {
  const tile = new PbfWriter();
  tile.writeMessage(
    3,
    (_, layer) => {
      layer.writeStringField(1, 'roads');
      layer.writeMessage(
        2,
        (__, feature) => {
          feature.writeVarintField(3, 2);
          feature.writePackedVarint(4, [...geometry]);
        },
        undefined,
      );
      more(layer);
      layer.writeVarintField(5, extent);
      layer.writeVarintField(15, 2);
    },
    undefined,
  );
  return tile.finish();
}

const moveTo = (count: number): number => count * 8 + 1;
const lineTo = (count: number): number => count * 8 + 2;
const close = (count: number): number => count * 8 + 7;

describe('a hostile tile is refused at once', () => {
  test.each<[string, Uint8Array]>([
    ['a line of 500 million points in four bytes', tileOf([moveTo(1), 2, 2, lineTo(500_000_000), 2, 2])],
    ['a point far outside of its tile', tileOf([moveTo(1), 2_000_000, 2])],
    ['an unknown command', tileOf([8 + 5, 2, 2])],
    ['a shape without a point', tileOf([close(1)])],
    ['an extent of one', tileOf([moveTo(1), 2, 2], undefined, 1)],
    ['an extent of a billion', tileOf([moveTo(1), 2, 2], undefined, 10 ** 9)],
    ['a layer longer than the tile', Uint8Array.from([0x1a, 0xff, 0xff, 0xff, 0x0f, 1])],
    ['a number without end', new Uint8Array(40).fill(0xff)],
    ['a field of no known type', Uint8Array.from([0x1f, 1])],
  ])('%s', (_, bytes) => {
    const started = process.cpuUsage().user;
    expect(() => read(bytes)).toThrow(Malformed);
    expect(process.cpuUsage().user - started).toBeLessThan(500_000);
  });

  test('too many layers, features, values and points', () => {
    const layers = Buffer.concat(Array.from({ length: 80 }, () => tileOf([moveTo(1), 2, 2])));
    // The same name again and again is one layer; another name each is not.
    expect(read(layers).size).toBe(1);
    const many = new PbfWriter();
    for (let i = 0; i < 80; i++) {
      many.writeMessage(3, (name, layer) => layer.writeStringField(1, name), `l${i}`);
    }
    expect(() => read(many.finish())).toThrow(/too many layers/);
    const features = tileOf([moveTo(1), 2, 2], (layer) => {
      for (let i = 0; i < 60_001; i++) layer.writeBytesField(2, new Uint8Array());
    });
    expect(() => read(features)).toThrow(/too many features/);
    const values = tileOf([moveTo(1), 2, 2], (layer) => {
      for (let i = 0; i < 60_001; i++) layer.writeStringField(3, 'k');
    });
    expect(() => read(values)).toThrow(/too many values/);
    const points = tileOf([moveTo(1), 2, 2, lineTo(600_000), ...Array.from({ length: 1_200_000 }, () => 0)]);
    expect(() => read(points)).toThrow(/too many points/);
  });

  test('a ring closed half a billion times is closed once', () => {
    const [feature] = read(tileOf([moveTo(1), 2, 2, lineTo(2), 10, 0, 0, 10, close(500_000_000)])).get('roads')!;
    expect(feature!.geom).toEqual([
      [
        { x: 1, y: 1 },
        { x: 6, y: 1 },
        { x: 6, y: 6 },
        { x: 1, y: 1 },
      ],
    ]);
  });

  test('a name of a megabyte is left out, and a key that would change every object', () => {
    const bytes = new PbfWriter();
    bytes.writeMessage(
      3,
      (_, layer) => {
        layer.writeStringField(1, 'places');
        layer.writeMessage(
          2,
          (__, feature) => {
            feature.writePackedVarint(2, [0, 0, 1, 1]);
            feature.writeVarintField(3, 1);
            feature.writePackedVarint(4, [moveTo(1), 2, 2]);
          },
          undefined,
        );
        layer.writeStringField(3, 'name');
        layer.writeStringField(3, '__proto__');
        for (const text of ['x'.repeat(1_000_000), 'y']) {
          layer.writeMessage(4, (value, message) => message.writeStringField(1, value), text);
        }
      },
      undefined,
    );
    const [feature] = read(bytes.finish()).get('places')!;
    expect(feature!.props).toEqual({});
    expect(Object.getPrototypeOf(feature!.props)).toBe(Object.prototype);
  });

  test('a real tile with any of its bytes changed is read or refused, never worse', async () => {
    const real = (await tiles()).at(-1)!;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(real.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 }),
        (changes) => {
          const bytes = Uint8Array.from(real);
          for (const [at, value] of changes) bytes[at] = value;
          try {
            read(bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(Malformed);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
