import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Header } from '#interop/pmtiles.ts';
import { decodeHeader, encodeDirectory, encodeHeader, HEADER_LENGTH, tileIdOf } from '#interop/pmtiles.ts';
import { checkArchive } from '#interop/pmtiles-check.ts';
import { writeVarint } from '#interop/varint.ts';
import { writePmtiles } from '#server/packs/pmtiles-writer.ts';
import { bytesOf } from '../../support/archives.ts';

const honest = writePmtiles(
  [
    { z: 1, x: 0, y: 0, data: new Uint8Array(50) },
    { z: 2, x: 1, y: 1, data: new Uint8Array(70).fill(3) },
  ],
  { bounds: [46, 6, 46.3, 6.2], minZoom: 1, maxZoom: 2, metadata: {} },
);

/** An archive whose header says something else than what is in it. */
function lying(change: Partial<Header>): Uint8Array {
  return Buffer.concat([encodeHeader({ ...decodeHeader(honest), ...change }), honest.subarray(HEADER_LENGTH)]);
}

/** An archive with a root directory of one's own making, its tiles and leaves behind it. */
function withRoot(root: Uint8Array, rest: Uint8Array = new Uint8Array(100), more: Partial<Header> = {}): Uint8Array {
  const packed = gzipSync(root);
  const at = HEADER_LENGTH + packed.length;
  const header = encodeHeader({
    ...decodeHeader(honest),
    rootLength: packed.length,
    metadataOffset: at,
    metadataLength: 0,
    leavesOffset: at,
    leavesLength: 0,
    tilesOffset: at,
    tilesLength: rest.length,
    ...more,
  });
  return Buffer.concat([header, packed, rest]);
}

async function faultOf(bytes: Uint8Array): Promise<string> {
  const checked = await checkArchive(bytesOf(bytes));
  return checked.kind === 'refused' ? `${checked.fault}: ${checked.detail}` : 'ok';
}

test('an honest archive is let in', async () => {
  expect(await faultOf(honest)).toBe('ok');
  expect(await faultOf(lying({}))).toBe('ok');
});

describe('refused is', () => {
  test.each<[string, Uint8Array, RegExp]>([
    ['an empty file', new Uint8Array(), /^not_an_archive/],
    ['a picture', Buffer.from(`\u0089PNG${'x'.repeat(500)}`), /^not_an_archive/],
    ['another version', Uint8Array.from(honest).fill(2, 7, 8), /^not_an_archive: PMTiles version 2/],
    ['an archive cut in the middle', honest.subarray(0, honest.length - 20), /^damaged: the tiles would end/],
    ['an archive of a header alone', honest.subarray(0, HEADER_LENGTH), /^damaged/],
    ['pictures instead of vectors', lying({ tileType: 2 }), /^not_vector_tiles/],
    ['a compression that is not known', lying({ tileCompression: 4 }), /^unknown_compression/],
    ['a root directory beyond the first read', lying({ rootOffset: 20_000, rootLength: 30 }), /^damaged/],
    ['tiles that begin beyond the end', lying({ tilesOffset: 10 ** 12 }), /^damaged: the tiles would end/],
    ['offsets beyond what numbers hold', Uint8Array.from(honest).fill(255, 8, 16), /^not_an_archive: rootOffset/],
    ['zooms that are none', lying({ minZoom: 9, maxZoom: 3 }), /^damaged: zooms 9 to 3/],
    ['a zoom beyond the last', lying({ maxZoom: 200 }), /^damaged: zooms 1 to 200/],
    ['an area that is none', lying({ bounds: [46.3, 6, 46, 6.2] }), /^damaged: an area/],
    ['an area off the globe', lying({ bounds: [46, 6, 120, 6.2] }), /^damaged: an area/],
    [
      'a tile outside of the tiles',
      withRoot(encodeDirectory([{ tileId: 1, offset: 90, length: 50, runLength: 1 }])),
      /outside of the tiles/,
    ],
    [
      'a tile of nothing',
      withRoot(encodeDirectory([{ tileId: 1, offset: 0, length: 0, runLength: 1 }])),
      /a tile of 0 bytes/,
    ],
    [
      'a huge tile',
      withRoot(encodeDirectory([{ tileId: 1, offset: 0, length: 99_000_000, runLength: 1 }])),
      /a tile of 99000000 bytes/,
    ],
    [
      'a run over all zooms',
      withRoot(encodeDirectory([{ tileId: 1, offset: 0, length: 5, runLength: 10 ** 9 }])),
      /beyond the last zoom/,
    ],
    [
      'a tile of a zoom that it does not have',
      withRoot(encodeDirectory([{ tileId: tileIdOf(9, 1, 1), offset: 0, length: 5, runLength: 1 }])),
      /beyond the last zoom/,
    ],
    [
      'a leaf that lies nowhere',
      withRoot(encodeDirectory([{ tileId: 1, offset: 10, length: 50, runLength: 0 }])),
      /a leaf directory lies elsewhere/,
    ],
    ['a directory of a billion entries in ten bytes', withRoot(billion()), /more entries than it has room for/],
    [
      'a directory that goes on behind its end',
      withRoot(Buffer.concat([encodeDirectory([{ tileId: 1, offset: 0, length: 5, runLength: 1 }]), Buffer.from([1])])),
      /goes on behind its end/,
    ],
    ['a directory out of order', withRoot(Uint8Array.from([2, 1, 0, 1, 1, 5, 5, 1, 0])), /out of order/],
    ['a directory that is no gzip', garbled(), /^damaged/],
    ['a directory that unpacks to a hundred megabytes', withRoot(new Uint8Array(100_000_000)), /^damaged/],
  ])('%s', async (_, bytes, fault) => {
    expect(await faultOf(bytes)).toMatch(fault);
  });

  test('a directory that leads to itself', async () => {
    const leaf = gzipSync(encodeDirectory([{ tileId: 1, offset: 0, length: 30, runLength: 0 }]));
    const root = encodeDirectory([{ tileId: 1, offset: 0, length: leaf.length, runLength: 0 }]);
    const bytes = withRoot(root, leaf, { leavesLength: leaf.length, tilesLength: 0 });
    expect(await faultOf(bytes)).toMatch(/lead in a circle|lies elsewhere/);
  });
});

function billion(): Uint8Array {
  const bytes: number[] = [];
  writeVarint(bytes, 10 ** 9);
  return Uint8Array.from([...bytes, 1, 1, 1, 1]);
}

function garbled(): Uint8Array {
  const bytes = Uint8Array.from(honest);
  bytes.fill(7, HEADER_LENGTH, HEADER_LENGTH + 10);
  return bytes;
}
