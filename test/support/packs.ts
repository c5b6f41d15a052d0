import { createHash, randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MapPack } from '#domain/map-pack.ts';
import { writePmtiles } from '#server/packs/pmtiles-writer.ts';

export const AREA = [46, 6, 46.3, 6.2] as const;

/** An archive whose tiles hold noise, which no compression makes smaller. */
export function noisyArchive(bytes: number): Uint8Array {
  const tiles = Array.from({ length: Math.ceil(bytes / 300_000) }, (_, i) => ({
    z: 9,
    x: 260 + i,
    y: 180,
    data: Uint8Array.from(randomBytes(Math.min(300_000, bytes))),
  }));
  return writePmtiles(tiles, { bounds: AREA, minZoom: 9, maxZoom: 9, metadata: {} });
}

export function packOf(bytes: Uint8Array, more: Partial<MapPack> = {}): MapPack {
  return {
    id: 'une-ville',
    name: 'Une ville',
    bounds: AREA,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    minZoom: 9,
    maxZoom: 9,
    licence: 'ODbL 1.0',
    attribution: '© OpenStreetMap',
    ...more,
  };
}

/** Lays an archive into a server's folder as if it had been checked: what a careless or hostile operator could do. */
export async function offerUnchecked(
  dataDir: string,
  bytes: Uint8Array,
  more: Partial<MapPack> = {},
): Promise<MapPack> {
  const pack = packOf(bytes, more);
  const folder = join(dataDir, 'packs');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${pack.sha256}.pmtiles`), bytes);
  await writeFile(join(folder, `${pack.id}.json`), JSON.stringify(pack));
  return pack;
}
