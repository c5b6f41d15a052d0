import { crc32, deflateSync, inflateSync } from 'node:zlib';
import type { ColourPicture, GreyPicture } from '#client/platform/scanner-picture.ts';

/** Channels of a pixel, by the colour type of the format. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** The pixels of a PNG file (ISO/IEC 15948), not interlaced, of up to eight bits a channel. */
export function readPng(file: Buffer): ColourPicture {
  const chunks = chunksOf(file);
  const header = chunks.find(({ name }) => name === 'IHDR')!.data;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, type] = [header[8]!, header[9]!];
  const channels = CHANNELS[type];
  if (channels === undefined || depth > 8 || header[12] !== 0) throw new Error('a kind of PNG that is not read here');
  const packed = Buffer.concat(chunks.filter(({ name }) => name === 'IDAT').map(({ data }) => data));
  const row = Math.ceil((width * channels * depth) / 8);
  const bytes = unfilter(inflateSync(packed), row, height, Math.max(1, (channels * depth) / 8));
  const palette = chunks.find(({ name }) => name === 'PLTE')?.data;
  const data = new Uint8ClampedArray(width * height * 4);
  const sample = (x: number, y: number, channel: number): number => {
    if (depth === 8) return bytes[y * row + x * channels + channel]!;
    const bit = x * depth;
    return (bytes[y * row + (bit >> 3)]! >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
  };
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const first = sample(x, y, 0);
      const grey = depth === 8 ? first : (first * 255) / ((1 << depth) - 1);
      const colour = palette
        ? [...palette.subarray(first * 3, first * 3 + 3)]
        : channels > 2
          ? [first, sample(x, y, 1), sample(x, y, 2)]
          : [grey, grey, grey];
      data.set([...colour, channels % 2 === 0 ? sample(x, y, channels - 1) : 255], (y * width + x) * 4);
    }
  return { width, height, data };
}

function chunksOf(file: Buffer): { name: string; data: Buffer }[] {
  const chunks = [];
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    chunks.push({ name: file.toString('latin1', at + 4, at + 8), data: file.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

/** Each row is written as what differs from the bytes before it, above it, or both. */
function unfilter(raw: Buffer, row: number, height: number, pixel: number): Uint8Array {
  const out = new Uint8Array(row * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (row + 1)]!;
    for (let x = 0; x < row; x++) {
      const at = y * row + x;
      const left = x < pixel ? 0 : out[at - pixel]!;
      const up = y === 0 ? 0 : out[at - row]!;
      const corner = x < pixel || y === 0 ? 0 : out[at - row - pixel]!;
      out[at] = raw[y * (row + 1) + 1 + x]! + [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]!;
    }
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [l, u, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return l <= u && l <= c ? left : u <= c ? up : corner;
}

/** A PNG file of a picture in shades of grey. */
export function writePng({ width, height, luma }: GreyPicture): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) rows.set(luma.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const chunk = (name: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
