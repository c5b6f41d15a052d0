import type { Entry, Header } from './pmtiles.ts';
import { decodeDirectory, decodeHeader, FIRST_READ, GZIP, HEADER_LENGTH, MVT, tileIdOf } from './pmtiles.ts';
import { Malformed } from './varint.ts';

/** Why an archive is not let in. `damaged`: cut off, or it says of itself what cannot be. */
export type ArchiveFault = 'not_an_archive' | 'not_vector_tiles' | 'unknown_compression' | 'damaged';

export type Checked =
  | { readonly kind: 'ok'; readonly header: Header }
  | { readonly kind: 'refused'; readonly fault: ArchiveFault; readonly detail: string };

export interface ArchiveBytes {
  readonly size: number;
  /** Fewer bytes than asked for at the end. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** @throws when the result would be longer than `limit` */
  unzip(bytes: Uint8Array, limit: number): Promise<Uint8Array>;
}

/** What no honest archive of an area exceeds. */
const MOST_ENTRIES = 4_000_000;
const LONGEST_DIRECTORY = 16 * 1024 * 1024;
const LONGEST_TILE = 4 * 1024 * 1024;
const DEEPEST = 3;
const LAST_ZOOM = 22;

/**
 * Whether an archive may be read by a program that believes what it reads: every part lies within the file, every directory
 * is in order and ends, every tile lies among the tiles. What is in the tiles is looked at when they are drawn.
 */
export async function checkArchive(bytes: ArchiveBytes): Promise<Checked> {
  try {
    const first = await bytes.read(0, HEADER_LENGTH);
    if (first.length < HEADER_LENGTH) return refused('not_an_archive', 'shorter than a header');
    let header: Header;
    try {
      header = decodeHeader(first);
    } catch (error) {
      return refused('not_an_archive', detailOf(error));
    }
    if (header.tileType !== MVT) return refused('not_vector_tiles', `tile type ${header.tileType}`);
    if (header.internalCompression !== GZIP || header.tileCompression !== GZIP) {
      return refused('unknown_compression', `${header.internalCompression}, ${header.tileCompression}`);
    }
    checkHeader(header, bytes.size);
    await checkDirectories(header, bytes);
    return { kind: 'ok', header };
  } catch (error) {
    return refused('damaged', detailOf(error));
  }
}

function refused(fault: ArchiveFault, detail: string): Checked {
  return { kind: 'refused', fault, detail };
}

function detailOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unreadable';
}

function checkHeader(header: Header, size: number): void {
  const { rootOffset, rootLength, metadataOffset, metadataLength, leavesOffset, leavesLength } = header;
  const { tilesOffset, tilesLength, minZoom, maxZoom, bounds } = header;
  const parts = [
    ['the root directory', rootOffset, rootLength],
    ['the metadata', metadataOffset, metadataLength],
    ['the leaf directories', leavesOffset, leavesLength],
    ['the tiles', tilesOffset, tilesLength],
  ] as const;
  for (const [name, offset, length] of parts) {
    if (offset + length > size) throw new Malformed(`${name} would end at byte ${offset + length} of ${size}`);
  }
  // Readers ask for both at once and look no further.
  if (rootLength === 0 || rootOffset + rootLength > FIRST_READ) throw new Malformed('the root directory is misplaced');
  if (minZoom > maxZoom || maxZoom > LAST_ZOOM) throw new Malformed(`zooms ${minZoom} to ${maxZoom}`);
  const [south, west, north, east] = bounds;
  if (!(south < north && west < east && south >= -90 && north <= 90 && west >= -180 && east <= 180)) {
    throw new Malformed(`an area from ${south}, ${west} to ${north}, ${east}`);
  }
}

async function checkDirectories(header: Header, bytes: ArchiveBytes): Promise<void> {
  const beyond = tileIdOf(header.maxZoom + 1, 0, 0);
  const seen = new Set<number>();
  let count = 0;
  const walk = async (offset: number, length: number, depth: number): Promise<void> => {
    const packed = await bytes.read(offset, length);
    const entries = decodeDirectory(await bytes.unzip(packed, LONGEST_DIRECTORY));
    count += entries.length;
    if (count > MOST_ENTRIES) throw new Malformed('more tiles than an area has');
    for (const entry of entries) {
      if (entry.tileId >= beyond) throw new Malformed('a tile beyond the last zoom');
      if (entry.runLength > 0) checkTile(entry, header, beyond);
      else await follow(entry, depth);
    }
  };
  const follow = async ({ offset, length }: Entry, depth: number): Promise<void> => {
    if (depth === DEEPEST || seen.has(offset)) throw new Malformed('directories that lead in a circle');
    if (length === 0 || offset + length > header.leavesLength) throw new Malformed('a leaf directory lies elsewhere');
    seen.add(offset);
    await walk(header.leavesOffset + offset, length, depth + 1);
  };
  await walk(header.rootOffset, header.rootLength, 0);
}

function checkTile({ tileId, offset, length, runLength }: Entry, header: Header, beyond: number): void {
  if (length === 0 || length > LONGEST_TILE) throw new Malformed(`a tile of ${length} bytes`);
  if (offset + length > header.tilesLength) throw new Malformed('a tile lies outside of the tiles');
  if (tileId + runLength > beyond) throw new Malformed('tiles beyond the last zoom');
}
