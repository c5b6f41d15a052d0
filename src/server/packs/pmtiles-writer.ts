import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Bounds } from '#domain/bounds.ts';
import type { Entry } from '#interop/pmtiles.ts';
import { encodeDirectory, encodeHeader, FIRST_READ, GZIP, HEADER_LENGTH, MVT, tileIdOf } from '#interop/pmtiles.ts';

/** A tile and its bytes, not yet compressed. */
export interface Tile {
  readonly z: number;
  readonly x: number;
  readonly y: number;
  readonly data: Uint8Array;
}

export interface ArchiveInfo {
  readonly bounds: Bounds;
  readonly minZoom: number;
  readonly maxZoom: number;
  /** JSON that describes the archive to other programs. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Entries of the first leaf directory that is tried; more of them are packed into one until the root is short enough. */
const FIRST_LEAF = 4096;

/** Packs vector tiles into a PMTiles archive: equal ones are there once, and a run of equal neighbours is one entry. */
export function writePmtiles(tiles: Iterable<Tile>, info: ArchiveInfo): Uint8Array {
  const sorted = [...tiles]
    .map(({ z, x, y, data }) => ({ tileId: tileIdOf(z, x, y), data }))
    .toSorted((a, b) => a.tileId - b.tileId);
  const parts: Uint8Array[] = [];
  const stored = new Map<string, { offset: number; length: number }>();
  const entries: Entry[] = [];
  let length = 0;
  for (const { tileId, data } of sorted) {
    const hash = createHash('sha256').update(data).digest('base64');
    let place = stored.get(hash);
    if (!place) {
      const packed = gzipSync(data, { level: 9 });
      place = { offset: length, length: packed.length };
      parts.push(packed);
      length += packed.length;
      stored.set(hash, place);
    }
    const last = entries.at(-1);
    if (last && last.offset === place.offset && last.tileId + last.runLength === tileId) {
      entries[entries.length - 1] = { ...last, runLength: last.runLength + 1 };
    } else entries.push({ tileId, ...place, runLength: 1 });
  }
  const { root, leaves } = directories(entries);
  const metadata = gzipSync(JSON.stringify(info.metadata), { level: 9 });
  const header = encodeHeader({
    rootOffset: HEADER_LENGTH,
    rootLength: root.length,
    metadataOffset: HEADER_LENGTH + root.length,
    metadataLength: metadata.length,
    leavesOffset: HEADER_LENGTH + root.length + metadata.length,
    leavesLength: leaves.length,
    tilesOffset: HEADER_LENGTH + root.length + metadata.length + leaves.length,
    tilesLength: length,
    addressed: sorted.length,
    entries: entries.length,
    contents: stored.size,
    clustered: true,
    internalCompression: GZIP,
    tileCompression: GZIP,
    tileType: MVT,
    minZoom: info.minZoom,
    maxZoom: info.maxZoom,
    bounds: info.bounds,
  });
  return Buffer.concat([header, root, metadata, leaves, ...parts]);
}

function directories(entries: readonly Entry[]): { root: Uint8Array; leaves: Uint8Array } {
  const fits = (root: Uint8Array): boolean => HEADER_LENGTH + root.length <= FIRST_READ;
  const alone = gzipSync(encodeDirectory(entries), { level: 9 });
  if (fits(alone)) return { root: alone, leaves: new Uint8Array() };
  for (let size = FIRST_LEAF; ; size *= 2) {
    const pointers: Entry[] = [];
    const leaves: Uint8Array[] = [];
    let offset = 0;
    for (let at = 0; at < entries.length; at += size) {
      const leaf = gzipSync(encodeDirectory(entries.slice(at, at + size)), { level: 9 });
      pointers.push({ tileId: entries[at]!.tileId, offset, length: leaf.length, runLength: 0 });
      leaves.push(leaf);
      offset += leaf.length;
    }
    const root = gzipSync(encodeDirectory(pointers), { level: 9 });
    if (fits(root)) return { root, leaves: Buffer.concat(leaves) };
  }
}
