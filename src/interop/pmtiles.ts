import { Cursor, Malformed, writeVarint } from './varint.ts';

/**
 * PMTiles, version 3 (https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md): a pyramid of tiles in one file, read by parts.
 *
 *     header (127) │ root directory │ metadata │ leaf directories │ tiles
 *
 * Tiles are numbered along a Hilbert curve, zoom after zoom; a directory lists where each lies, ascending. Written here; read
 * by the `pmtiles` package once `check` has found that nothing in the file can lead it astray.
 */
export const HEADER_LENGTH = 127;
/** Header and root directory together: what a reader asks for first. */
export const FIRST_READ = 16_384;

export const GZIP = 2;
export const MVT = 1;

export interface Header {
  readonly rootOffset: number;
  readonly rootLength: number;
  readonly metadataOffset: number;
  readonly metadataLength: number;
  readonly leavesOffset: number;
  readonly leavesLength: number;
  readonly tilesOffset: number;
  readonly tilesLength: number;
  readonly addressed: number;
  readonly entries: number;
  readonly contents: number;
  readonly clustered: boolean;
  readonly internalCompression: number;
  readonly tileCompression: number;
  readonly tileType: number;
  readonly minZoom: number;
  readonly maxZoom: number;
  /** Degrees: south, west, north, east. */
  readonly bounds: readonly [number, number, number, number];
}

/** `runLength` tiles from `tileId` on are the same `length` bytes at `offset`; 0: a leaf directory instead of a tile. */
export interface Entry {
  readonly tileId: number;
  readonly offset: number;
  readonly length: number;
  readonly runLength: number;
}

const MAGIC = 'PMTiles';
const LENGTHS = [
  'rootOffset',
  'rootLength',
  'metadataOffset',
  'metadataLength',
  'leavesOffset',
  'leavesLength',
  'tilesOffset',
  'tilesLength',
  'addressed',
  'entries',
  'contents',
] as const;

export function encodeHeader(header: Header): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER_LENGTH);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < MAGIC.length; i++) bytes[i] = MAGIC.charCodeAt(i);
  bytes[7] = 3;
  for (const [i, key] of LENGTHS.entries()) view.setBigUint64(8 + i * 8, BigInt(header[key]), true);
  bytes[96] = header.clustered ? 1 : 0;
  bytes[97] = header.internalCompression;
  bytes[98] = header.tileCompression;
  bytes[99] = header.tileType;
  bytes[100] = header.minZoom;
  bytes[101] = header.maxZoom;
  const [south, west, north, east] = header.bounds;
  const degrees = [west, south, east, north];
  for (const [i, value] of degrees.entries()) view.setInt32(102 + i * 4, Math.round(value * 1e7), true);
  bytes[118] = header.minZoom;
  view.setInt32(119, Math.round(((west + east) / 2) * 1e7), true);
  view.setInt32(123, Math.round(((south + north) / 2) * 1e7), true);
  return bytes;
}

/** @throws Malformed */
export function decodeHeader(bytes: Uint8Array): Header {
  const magic = String.fromCharCode(...bytes.subarray(0, MAGIC.length));
  if (bytes.length < HEADER_LENGTH || magic !== MAGIC) throw new Malformed('this is no PMTiles archive');
  if (bytes[7] !== 3) throw new Malformed(`PMTiles version ${bytes[7]}, and only 3 is known`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lengths = LENGTHS.map((key, i) => {
    const value = view.getBigUint64(8 + i * 8, true);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Malformed(`${key} is too large`);
    return [key, Number(value)] as const;
  });
  const [west, south, east, north] = [0, 4, 8, 12].map((at) => view.getInt32(102 + at, true) / 1e7);
  return {
    ...(Object.fromEntries(lengths) as Record<(typeof LENGTHS)[number], number>),
    clustered: bytes[96] === 1,
    internalCompression: bytes[97]!,
    tileCompression: bytes[98]!,
    tileType: bytes[99]!,
    minZoom: bytes[100]!,
    maxZoom: bytes[101]!,
    bounds: [south!, west!, north!, east!],
  };
}

/** Entries in ascending order of their tiles. */
export function encodeDirectory(entries: readonly Entry[]): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  writeVarint(bytes, entries.length);
  let last = 0;
  for (const { tileId } of entries) {
    writeVarint(bytes, tileId - last);
    last = tileId;
  }
  for (const { runLength } of entries) writeVarint(bytes, runLength);
  for (const { length } of entries) writeVarint(bytes, length);
  let next = -1;
  for (const { offset, length } of entries) {
    // Zero: right behind the one before.
    writeVarint(bytes, offset === next ? 0 : offset + 1);
    next = offset + length;
  }
  return Uint8Array.from(bytes);
}

/** @throws Malformed on what no directory can say */
export function decodeDirectory(bytes: Uint8Array): Entry[] {
  const cursor = new Cursor(bytes);
  const count = cursor.varint();
  // Four numbers an entry, a byte each at least.
  if (count === 0 || count > bytes.length / 4) throw new Malformed('a directory of more entries than it has room for');
  const read = (): number[] => Array.from({ length: count }, () => cursor.varint());
  let tileId = 0;
  const ids = read().map((delta, i) => {
    if (i > 0 && delta === 0) throw new Malformed('a directory that is out of order');
    tileId += delta;
    if (tileId > Number.MAX_SAFE_INTEGER) throw new Malformed('a tile that no zoom has');
    return tileId;
  });
  const runs = read();
  const lengths = read();
  let next = 0;
  const entries = read().map((offset, i) => {
    if (offset === 0 && i === 0) throw new Malformed('a directory that begins nowhere');
    const at = offset === 0 ? next : offset - 1;
    next = at + lengths[i]!;
    return { tileId: ids[i]!, offset: at, length: lengths[i]!, runLength: runs[i]! };
  });
  if (cursor.more) throw new Malformed('a directory that goes on behind its end');
  return entries;
}

/** The number of a tile: those of all lower zooms first, then along the Hilbert curve of its own. */
export function tileIdOf(z: number, x: number, y: number): number {
  let id = (4 ** z - 1) / 3;
  let [tx, ty] = [x, y];
  for (let side = 2 ** (z - 1); side >= 1; side /= 2) {
    const rx = Math.floor(tx / side) % 2;
    const ry = Math.floor(ty / side) % 2;
    id += side * side * ((3 * rx) ^ ry);
    if (ry === 0) {
      if (rx === 1) [tx, ty] = [side - 1 - (tx % side), side - 1 - (ty % side)];
      else [tx, ty] = [tx % side, ty % side];
      [tx, ty] = [ty, tx];
    } else [tx, ty] = [tx % side, ty % side];
  }
  return id;
}
