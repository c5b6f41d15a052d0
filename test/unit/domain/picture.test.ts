import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_PICTURE_SIDE, readPicture } from '#domain/picture.ts';

const bytes = (...parts: (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : [...part])));
const be32 = (n: number): number[] => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
const le24 = (n: number): number[] => [n & 255, (n >>> 8) & 255, n >>> 16];

const png = (width: number, height: number): Uint8Array =>
  bytes([0x89], 'PNG\r\n', [0x1a, 0x0a], be32(13), 'IHDR', be32(width), be32(height), [8, 2, 0, 0, 0, 0, 0, 0, 0]);
const vp8x = (width: number, height: number): Uint8Array =>
  bytes('RIFF', be32(0), 'WEBPVP8X', be32(10), [0, 0, 0, 0], le24(width - 1), le24(height - 1));
const jpeg = (width: number, height: number): Uint8Array =>
  bytes(
    [0xff, 0xd8, 0xff, 0xe0, 0, 16],
    'JFIF\0',
    [1, 1, 0, 0, 1, 0, 1, 0, 0, 0xff, 0xff],
    [0xc2, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 0x11, 0],
  );

describe('a picture', () => {
  it('is what its bytes say', () => {
    expect(readPicture(png(640, 480))).toEqual({ type: 'image/png', width: 640, height: 480 });
    expect(readPicture(vp8x(1600, 900))).toEqual({ type: 'image/webp', width: 1600, height: 900 });
    expect(readPicture(jpeg(800, 600))).toEqual({ type: 'image/jpeg', width: 800, height: 600 });
    const lossless = bytes('RIFF', be32(0), 'WEBPVP8L', be32(0), [0x2f], [0x3f, 0xc1, 0x31, 0x00], be32(0), be32(0));
    expect(readPicture(lossless)).toEqual({ type: 'image/webp', width: 320, height: 200 });
    const lossy = bytes('RIFF', be32(0), 'WEBPVP8 ', be32(0), [0, 0, 0, 0x9d, 0x01, 0x2a, 0x40, 0x01, 0xc8, 0x00]);
    expect(readPicture(lossy)).toEqual({ type: 'image/webp', width: 320, height: 200 });
  });

  it('is none with no pixels, or with more than a phone can hold', () => {
    expect(readPicture(png(0, 10))).toBeUndefined();
    expect(readPicture(png(MAX_PICTURE_SIDE + 1, 10))).toBeUndefined();
    expect(readPicture(vp8x(16_000_000, 16_000_000))).toBeUndefined();
  });

  it.each([
    ['a page', bytes('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['a PDF', bytes('%PDF-1.7')],
    ['a GIF', bytes('GIF89a', [1, 0, 1, 0])],
    ['an archive', deflateSync(Buffer.alloc(1000))],
    ['a name alone', bytes([0xff, 0xd8, 0xff])],
    ['markers without an end', bytes([0xff, 0xd8, 0xff, 0xe0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])],
    ['nothing', new Uint8Array()],
  ])('is not %s', (_, file) => {
    expect(readPicture(file)).toBeUndefined();
  });

  it('is read from any bytes without an error or an end that never comes', () => {
    const starts = [[], [0xff, 0xd8, 0xff], [...png(3, 3).subarray(0, 20)], [...vp8x(3, 3).subarray(0, 16)]];
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 200 }), (start, rest) => {
        readPicture(Uint8Array.from([...start, ...rest]));
      }),
    );
  });
});
