import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { PbfReader } from 'pbf';
import type { Bounds } from '#domain/bounds.ts';

/** An extract that cannot be read, or that no pack can be made of: one line for the operator. */
export class ExtractRefused extends Error {
  override readonly name = 'ExtractRefused';
}

export type Tags = Readonly<Record<string, string>>;

export interface OsmHeader {
  /** What the extract says it covers. */
  readonly bounds?: Bounds;
  /** Milliseconds: the state of OpenStreetMap that it was taken from. */
  readonly timestamp?: number;
}

export interface OsmMember {
  readonly type: 'node' | 'way' | 'relation';
  readonly ref: number;
  readonly role: string;
}

/** What is wanted of an extract, called in its order; a part that is not wanted is not decoded. */
export interface OsmVisitor {
  /** Degrees. */
  readonly node?: (id: number, lat: number, lon: number, tags: Tags) => void;
  readonly way?: (id: number, refs: readonly number[], tags: Tags) => void;
  readonly relation?: (id: number, members: readonly OsmMember[], tags: Tags) => void;
}

/** Limits of the format (OSM wiki, "PBF Format"): a larger one is no extract. */
const MAX_HEADER = 64 * 1024;
const MAX_BLOB = 32 * 1024 * 1024;
const UNDERSTOOD = new Set(['OsmSchema-V0.6', 'DenseNodes']);
const NO_TAGS: Tags = {};
const MEMBER_TYPES = ['node', 'way', 'relation'] as const;

const unzip = promisify(inflate);

/** The library believes every length that it reads; this one goes no further than the bytes that are there. */
class Reader extends PbfReader {
  override readMessage<T>(readField: (tag: number, result: T, pbf: PbfReader) => void, result: T): T {
    const end = this.readVarint() + this.pos;
    if (!(end <= this.length)) throw new RangeError('a message longer than its block');
    return this.readFields(readField, result, end);
  }

  override readPackedEnd(): number {
    const end = super.readPackedEnd();
    if (!(end <= this.length)) throw new RangeError('a list longer than its block');
    return end;
  }
}

/**
 * Reads an extract of OpenStreetMap in the PBF format, block by block.
 * @throws ExtractRefused
 */
export async function readOsm(file: string, visitor: OsmVisitor): Promise<OsmHeader> {
  const handle = await open(file);
  try {
    let header: OsmHeader | undefined;
    for await (const { type, data, at } of blobs(handle)) {
      try {
        if (type === 'OSMHeader') header = readHeader(data);
        else if (type === 'OSMData' && header) readBlock(data, visitor);
      } catch (error) {
        if (error instanceof ExtractRefused) throw error;
        throw new ExtractRefused(`the block at byte ${at} cannot be read`);
      }
    }
    if (!header) throw new ExtractRefused('this is no OpenStreetMap extract (.osm.pbf)');
    return header;
  } finally {
    await handle.close();
  }
}

interface Blob {
  readonly type: string;
  readonly data: Uint8Array;
  /** Where it begins in the file. */
  readonly at: number;
}

async function* blobs(handle: FileHandle): AsyncGenerator<Blob> {
  const { size } = await handle.stat();
  const read = async (at: number, length: number): Promise<Buffer> => {
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await handle.read(buffer, 0, length, at);
    if (bytesRead < length) throw new ExtractRefused(`the file ends in the middle of a block, at byte ${size}`);
    return buffer;
  };
  for (let at = 0; at < size;) {
    const headerLength = (await read(at, 4)).readUInt32BE();
    if (headerLength === 0 || headerLength > MAX_HEADER) {
      throw new ExtractRefused(
        at === 0 ? 'this is no OpenStreetMap extract (.osm.pbf)' : `no block begins at byte ${at}`,
      );
    }
    const { type, length } = readBlobHeader(await read(at + 4, headerLength), at);
    const data = await readBlob(await read(at + 4 + headerLength, length), at);
    yield { type, data, at };
    at += 4 + headerLength + length;
  }
}

function readBlobHeader(bytes: Uint8Array, at: number): { type: string; length: number } {
  const found = { type: '', length: -1 };
  try {
    new Reader(bytes).readFields((tag, into, pbf) => {
      if (tag === 1) into.type = pbf.readString();
      else if (tag === 3) into.length = pbf.readVarint();
    }, found);
  } catch {
    found.length = -1;
  }
  if (found.length < 0 || found.length > MAX_BLOB) throw new ExtractRefused(`no block begins at byte ${at}`);
  return found;
}

async function readBlob(bytes: Uint8Array, at: number): Promise<Uint8Array> {
  const found: { raw?: Uint8Array; zlib?: Uint8Array; other?: true } = {};
  new Reader(bytes).readFields((tag, into, pbf) => {
    if (tag === 1) into.raw = pbf.readBytes();
    else if (tag === 3) into.zlib = pbf.readBytes();
    else if (tag > 3) into.other = true;
  }, found);
  if (found.raw) return found.raw;
  if (!found.zlib) {
    throw new ExtractRefused(
      `the block at byte ${at} is compressed with something else than zlib; osmium cat turns it into zlib`,
    );
  }
  try {
    return await unzip(found.zlib, { maxOutputLength: MAX_BLOB });
  } catch {
    throw new ExtractRefused(`the block at byte ${at} cannot be unpacked`);
  }
}

function readHeader(bytes: Uint8Array): OsmHeader {
  const box = { left: 0, right: 0, top: 0, bottom: 0 };
  const found: { box?: typeof box; timestamp?: number } = {};
  new Reader(bytes).readFields((tag, into, pbf) => {
    if (tag === 1) {
      into.box = pbf.readMessage((field, sides, message) => {
        const side = (['left', 'right', 'top', 'bottom'] as const)[field - 1];
        if (side) sides[side] = message.readSVarint() / 1e9;
      }, box);
    } else if (tag === 4) {
      const feature = pbf.readString();
      if (!UNDERSTOOD.has(feature)) throw new ExtractRefused(`the extract needs ${feature}, which is not understood`);
    } else if (tag === 32) into.timestamp = pbf.readVarint() * 1000;
  }, found);
  const { left, right, top, bottom } = box;
  const bounded = found.box && left < right && bottom < top;
  return {
    ...(bounded ? { bounds: [bottom, left, top, right] as const } : {}),
    ...(found.timestamp ? { timestamp: found.timestamp } : {}),
  };
}

interface Block {
  strings: string[];
  groups: { at: number; end: number }[];
  granularity: number;
  latOffset: number;
  lonOffset: number;
}

function readBlock(bytes: Uint8Array, visitor: OsmVisitor): void {
  const block: Block = { strings: [], groups: [], granularity: 100, latOffset: 0, lonOffset: 0 };
  new Reader(bytes).readFields((tag, into, pbf) => {
    if (tag === 1) {
      pbf.readMessage((field, strings, message) => {
        if (field === 1) strings.push(message.readString());
      }, into.strings);
    } else if (tag === 2) {
      const end = pbf.readVarint() + pbf.pos;
      into.groups.push({ at: pbf.pos, end });
      pbf.pos = end;
    } else if (tag === 17) into.granularity = pbf.readVarint();
    else if (tag === 19) into.latOffset = pbf.readVarint(true);
    else if (tag === 20) into.lonOffset = pbf.readVarint(true);
  }, block);
  // The strings may stand behind the groups that use them.
  for (const { at, end } of block.groups) {
    const pbf = new Reader(bytes);
    pbf.pos = at;
    pbf.readFields(
      (tag) => {
        if (tag === 1 && visitor.node) readNode(pbf, block, visitor.node);
        else if (tag === 2 && visitor.node) readDense(pbf, block, visitor.node);
        else if (tag === 3 && visitor.way) readWay(pbf, block, visitor.way);
        else if (tag === 4 && visitor.relation) readRelation(pbf, block, visitor.relation);
      },
      undefined,
      end,
    );
  }
}

function degrees(block: Block, offset: number, value: number): number {
  return (offset + block.granularity * value) / 1e9;
}

function readNode(pbf: Reader, block: Block, visit: NonNullable<OsmVisitor['node']>): void {
  const found = { id: 0, lat: 0, lon: 0, keys: [] as number[], values: [] as number[] };
  pbf.readMessage((tag, into, message) => {
    if (tag === 1) into.id = message.readSVarint();
    else if (tag === 2) message.readPackedVarint(into.keys);
    else if (tag === 3) message.readPackedVarint(into.values);
    else if (tag === 8) into.lat = message.readSVarint();
    else if (tag === 9) into.lon = message.readSVarint();
  }, found);
  const { id, lat, lon, keys, values } = found;
  visit(id, degrees(block, block.latOffset, lat), degrees(block, block.lonOffset, lon), tagsOf(block, keys, values));
}

function readDense(pbf: Reader, block: Block, visit: NonNullable<OsmVisitor['node']>): void {
  const dense = { ids: [] as number[], lats: [] as number[], lons: [] as number[], tags: [] as number[] };
  pbf.readMessage((tag, into, message) => {
    if (tag === 1) message.readPackedSVarint(into.ids);
    else if (tag === 8) message.readPackedSVarint(into.lats);
    else if (tag === 9) message.readPackedSVarint(into.lons);
    else if (tag === 10) message.readPackedVarint(into.tags);
  }, dense);
  let [id, lat, lon, at] = [0, 0, 0, 0];
  for (let i = 0; i < dense.ids.length; i++) {
    id += dense.ids[i]!;
    lat += dense.lats[i]!;
    lon += dense.lons[i]!;
    // Key and value by turns, a zero after each node's own.
    let tags: Record<string, string> | undefined;
    while (at < dense.tags.length && dense.tags[at] !== 0) {
      tags ??= {};
      tags[block.strings[dense.tags[at]!] ?? ''] = block.strings[dense.tags[at + 1]!] ?? '';
      at += 2;
    }
    at += 1;
    visit(id, degrees(block, block.latOffset, lat), degrees(block, block.lonOffset, lon), tags ?? NO_TAGS);
  }
}

function readWay(pbf: Reader, block: Block, visit: NonNullable<OsmVisitor['way']>): void {
  const found = { id: 0, keys: [] as number[], values: [] as number[], refs: [] as number[] };
  pbf.readMessage((tag, into, message) => {
    if (tag === 1) into.id = message.readVarint();
    else if (tag === 2) message.readPackedVarint(into.keys);
    else if (tag === 3) message.readPackedVarint(into.values);
    else if (tag === 8) message.readPackedSVarint(into.refs);
  }, found);
  visit(found.id, summed(found.refs), tagsOf(block, found.keys, found.values));
}

function readRelation(pbf: Reader, block: Block, visit: NonNullable<OsmVisitor['relation']>): void {
  const found = {
    id: 0,
    keys: [] as number[],
    values: [] as number[],
    roles: [] as number[],
    refs: [] as number[],
    types: [] as number[],
  };
  pbf.readMessage((tag, into, message) => {
    if (tag === 1) into.id = message.readVarint();
    else if (tag === 2) message.readPackedVarint(into.keys);
    else if (tag === 3) message.readPackedVarint(into.values);
    else if (tag === 8) message.readPackedVarint(into.roles);
    else if (tag === 9) message.readPackedSVarint(into.refs);
    else if (tag === 10) message.readPackedVarint(into.types);
  }, found);
  const members = summed(found.refs).map((ref, i) => ({
    ref,
    type: MEMBER_TYPES[found.types[i] ?? 0] ?? 'node',
    role: block.strings[found.roles[i] ?? 0] ?? '',
  }));
  visit(found.id, members, tagsOf(block, found.keys, found.values));
}

/** Each number is kept as its difference to the one before. */
function summed(deltas: readonly number[]): number[] {
  let sum = 0;
  return deltas.map((delta) => (sum += delta));
}

function tagsOf(block: Block, keys: readonly number[], values: readonly number[]): Tags {
  if (keys.length === 0) return NO_TAGS;
  return Object.fromEntries(keys.map((key, i) => [block.strings[key] ?? '', block.strings[values[i]!] ?? '']));
}
