import { PMTiles } from 'pmtiles';
import type { ArchiveBytes } from '#interop/pmtiles-check.ts';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const unzip = promisify(gunzip);

/** An archive in memory, as the `pmtiles` package reads it. */
export function readerOf(bytes: Uint8Array): PMTiles {
  return new PMTiles({
    getKey: () => 'test',
    getBytes: async (offset, length) => ({ data: Uint8Array.from(bytes.subarray(offset, offset + length)).buffer }),
  });
}

/** An archive in memory, as our own check looks at it. */
export function bytesOf(bytes: Uint8Array): ArchiveBytes {
  return {
    size: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
    unzip: (packed, limit) => unzip(packed, { maxOutputLength: limit }),
  };
}
