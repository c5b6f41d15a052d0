import type { MapPack } from '#domain/map-pack.ts';
import { database } from './database.ts';
import { live } from './live.ts';

/** A map that can be drawn. */
export interface KeptPack extends MapPack {
  readonly blob: Blob;
}

/** The maps that can be drawn; undefined until they are read. A blob is a handle: nothing of it is read here. */
export const keptPacks = live<readonly KeptPack[] | undefined>(async () => {
  const db = database();
  const rows = (await db.mapPacks.toArray()).filter((row) => row.state === 'kept');
  const blobs = await db.mapBlobs.bulkGet(rows.map((row) => row.sha256));
  return rows.flatMap((row, i) => {
    const blob = blobs[i]?.blob;
    return blob ? [{ ...row, blob }] : [];
  });
}, undefined);
