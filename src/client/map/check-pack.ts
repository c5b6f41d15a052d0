import { checkArchive } from '#interop/pmtiles-check.ts';
import { unzip } from './unzip.ts';

/** Whether a map that has come can be drawn from without harm. */
export async function checkPack(blob: Blob): Promise<boolean> {
  const checked = await checkArchive({
    size: blob.size,
    read: async (offset, length) => new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()),
    unzip: (bytes, limit) => unzip(new Uint8Array(bytes), limit),
  });
  return checked.kind === 'ok';
}
