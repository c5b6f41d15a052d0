/** What an organiser's picture may be: what every browser shows, small enough to be kept by phones. */
export const PICTURE_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const;
export type PictureType = (typeof PICTURE_TYPES)[number];

export const MAX_PICTURE_BYTES = 600_000;
/** Pixels. */
export const MAX_PICTURE_SIDE = 4096;

/** The SHA-256, in hexadecimal, under which a server of ours has a picture; undefined for a picture of somebody else's. */
export function pictureHash(url: string | undefined): string | undefined {
  return /\/pictures\/([0-9a-f]{64})$/.exec(url ?? '')?.[1];
}

export interface PictureFacts {
  readonly type: PictureType;
  readonly width: number;
  readonly height: number;
}

/**
 * Reads what a file says that it is from its first bytes, and never from its name: type and size in pixels. Undefined for what is
 * no whole header of one of ours, or has more pixels than allowed.
 */
export function readPicture(bytes: Uint8Array): PictureFacts | undefined {
  const facts = readPng(bytes) ?? readWebp(bytes) ?? readJpeg(bytes);
  if (!facts) return undefined;
  const fits = (side: number): boolean => side >= 1 && side <= MAX_PICTURE_SIDE;
  return fits(facts.width) && fits(facts.height) ? facts : undefined;
}

/** PNG, second edition, 5.2 and 11.2.2: the signature, then IHDR. */
function readPng(bytes: Uint8Array): PictureFacts | undefined {
  if (bytes.length < 33 || !has(bytes, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return undefined;
  if (!has(bytes, 12, [0x49, 0x48, 0x44, 0x52])) return undefined;
  const view = viewOf(bytes);
  return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
}

/** RFC 9649: RIFF, then VP8, VP8L or VP8X. */
function readWebp(bytes: Uint8Array): PictureFacts | undefined {
  if (bytes.length < 30 || !has(bytes, 0, [0x52, 0x49, 0x46, 0x46]) || !has(bytes, 8, [0x57, 0x45, 0x42, 0x50])) {
    return undefined;
  }
  const view = viewOf(bytes);
  const type = 'image/webp';
  const kind = String.fromCharCode(...bytes.subarray(12, 16));
  if (kind === 'VP8X') return { type, width: uint24(bytes, 24) + 1, height: uint24(bytes, 27) + 1 };
  if (kind === 'VP8L' && bytes[20] === 0x2f) {
    const packed = view.getUint32(21, true);
    return { type, width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 };
  }
  if (kind === 'VP8 ' && has(bytes, 23, [0x9d, 0x01, 0x2a])) {
    return { type, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
  return undefined;
}

/** ITU T.81, B.1.1.3: from marker to marker up to the frame's header. */
function readJpeg(bytes: Uint8Array): PictureFacts | undefined {
  if (bytes.length < 4 || !has(bytes, 0, [0xff, 0xd8, 0xff])) return undefined;
  const view = viewOf(bytes);
  for (let at = 2; at + 9 < bytes.length;) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    // SOF0 to SOF15, without DHT, JPG and DAC, which lie between them.
    const frame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (frame) return { type: 'image/jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    const length = view.getUint16(at + 2);
    if (length < 2) return undefined;
    at += 2 + length;
  }
  return undefined;
}

function has(bytes: Uint8Array, at: number, expected: readonly number[]): boolean {
  return expected.every((byte, i) => bytes[at + i] === byte);
}

function uint24(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
