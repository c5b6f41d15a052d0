import Dexie from 'dexie';
import type { Bounds } from '#domain/bounds.ts';
import { meet } from '#domain/bounds.ts';
import type { MapPack } from '#domain/map-pack.ts';
import type { EscaleDatabase, MapPackRow, PackTrouble } from './database.ts';
import { database, onFullDisk } from './database.ts';
import { giveUpEventPictures } from './event-picture-room.ts';
import { live } from './live.ts';
import type { Settings } from './settings.ts';
import { readSetting, writeSetting } from './settings.ts';
import { signal } from './signals.ts';

/** The maps that are kept here or on their way, by name. */
export const mapPackRows = live<readonly MapPackRow[]>(async () => {
  const rows = await database().mapPacks.toArray();
  return rows.sort((a, b) => (a.name < b.name ? -1 : 1));
}, []);

/**
 * Asks for a map to be kept. Wanted twice, it stays for the later of the two times.
 * @param keepUntil server's clock, milliseconds; without it, until the person takes it away
 */
export async function wantPack(db: EscaleDatabase, pack: MapPack, keepUntil?: number): Promise<void> {
  await db.transaction('rw', db.mapPacks, db.mapParts, async () => {
    const known = await db.mapPacks.get(pack.sha256);
    const until =
      keepUntil === undefined || (known && known.keepUntil === undefined)
        ? {}
        : { keepUntil: Math.max(keepUntil, known?.keepUntil ?? 0) };
    const now = Date.now();
    const fresh = !known || known.state === 'refused';
    if (fresh) await partsOf(db, pack.sha256).delete();
    const { keepUntil: _, trouble: __, ...kept } = known ?? { keepUntil: 0, trouble: undefined };
    await db.mapPacks.put({
      ...pack,
      state: 'loading',
      received: 0,
      wantedAt: now,
      usedAt: now,
      ...(fresh ? {} : kept),
      ...until,
    });
  });
  signal('pack');
  signal('kept');
}

/** Takes a map away, or gives up one that is on its way. */
export async function dropPack(db: EscaleDatabase, sha256: string): Promise<void> {
  await db.transaction('rw', db.mapPacks, db.mapParts, db.mapBlobs, async () => {
    await db.mapPacks.delete(sha256);
    await db.mapBlobs.delete(sha256);
    await partsOf(db, sha256).delete();
  });
}

/** The part that is to be fetched next; undefined when all are there. */
export async function nextPart(db: EscaleDatabase, sha256: string): Promise<number> {
  const last = await partsOf(db, sha256).last();
  return last ? last.index + 1 : 0;
}

/** @returns false when nobody wants it any more */
export async function putPart(
  db: EscaleDatabase,
  sha256: string,
  index: number,
  data: ArrayBuffer,
  received: number,
): Promise<boolean> {
  return db.transaction('rw', db.mapPacks, db.mapParts, async () => {
    const row = await db.mapPacks.get(sha256);
    if (row?.state !== 'loading') return false;
    await db.mapParts.put({ sha256, index, data });
    const { trouble: _, ...calm } = row;
    await db.mapPacks.put({ ...calm, received });
    return true;
  });
}

export async function readParts(db: EscaleDatabase, sha256: string): Promise<ArrayBuffer[]> {
  return (await partsOf(db, sha256).toArray()).map((part) => part.data);
}

/** What came was found whole and readable: from now on it counts, and an older map of the same area goes. */
export async function keepPack(db: EscaleDatabase, sha256: string, blob: Blob): Promise<void> {
  await db.transaction('rw', db.mapPacks, db.mapParts, db.mapBlobs, async () => {
    const row = await db.mapPacks.get(sha256);
    if (!row) return;
    await db.mapBlobs.put({ sha256, blob });
    await partsOf(db, sha256).delete();
    const { trouble: _, ...calm } = row;
    await db.mapPacks.put({ ...calm, state: 'kept', received: row.bytes });
    const older = await db.mapPacks.filter((other) => other.id === row.id && other.sha256 !== sha256).primaryKeys();
    await db.mapPacks.bulkDelete(older);
    await db.mapBlobs.bulkDelete(older);
    for (const hash of older) await partsOf(db, hash).delete();
  });
}

/** Notes why a map does not come. `final`: it will not come by itself, and what came of it goes. */
export async function troublePack(
  db: EscaleDatabase,
  sha256: string,
  trouble: PackTrouble,
  final: boolean,
): Promise<void> {
  await db.transaction('rw', db.mapPacks, db.mapParts, async () => {
    const row = await db.mapPacks.get(sha256);
    if (!row || (row.trouble === trouble && !final)) return;
    if (final) await partsOf(db, sha256).delete();
    await db.mapPacks.put({ ...row, trouble, ...(final ? { state: 'refused', received: 0 } : {}) });
  });
}

/** A walk that nobody ended is over by then. */
const HELD_FOR = 2 * 86_400_000;

/** Maps under which something goes on: a walk. They are not taken away by themselves. */
export async function holdPacks(db: EscaleDatabase, name: string, bounds: Bounds): Promise<void> {
  await changeHolds(db, (holds) => ({ ...holds, [name]: { bounds, at: Date.now() } }));
}

export async function releasePacks(db: EscaleDatabase, name: string): Promise<void> {
  await changeHolds(db, ({ [name]: _, ...holds }) => holds);
}

type Holds = Settings['packHolds'];

async function changeHolds(db: EscaleDatabase, change: (holds: Holds) => Holds): Promise<void> {
  await db.transaction('rw', db.settings, async () => {
    await writeSetting(db, 'packHolds', change((await readSetting(db, 'packHolds')) ?? {}));
  });
}

async function heldAreas(db: EscaleDatabase): Promise<Bounds[]> {
  const holds = Object.values((await readSetting(db, 'packHolds')) ?? {});
  return holds.filter(({ at }) => Math.abs(Date.now() - at) < HELD_FOR).map(({ bounds }) => bounds);
}

/** Takes away what was kept for an event that is over. @param now server's clock, milliseconds */
export async function dropOverduePacks(db: EscaleDatabase, now: number): Promise<void> {
  const held = await heldAreas(db);
  for (const row of await db.mapPacks.toArray()) {
    const over = row.keepUntil !== undefined && row.keepUntil < now;
    if (over && !held.some((bounds) => meet(bounds, row.bounds))) await dropPack(db, row.sha256);
  }
}

/**
 * Makes room on a full disk (D4): first pictures, which come again by themselves and leave no gap, then maps: what is on its way, and
 * the one that was not looked at for longest. Of a map the person is told.
 * @returns false when there was nothing to take away
 */
export async function giveUpPack(db: EscaleDatabase): Promise<boolean> {
  if (await giveUpEventPictures(db)) return true;
  const held = await heldAreas(db);
  const free = (await db.mapPacks.toArray())
    .filter((row) => row.received > 0 && !held.some((bounds) => meet(bounds, row.bounds)))
    .sort((a, b) => Number(a.state === 'kept') - Number(b.state === 'kept') || a.usedAt - b.usedAt);
  const [first] = free;
  if (!first) return false;
  if (first.state === 'kept') await dropPack(db, first.sha256);
  else await troublePack(db, first.sha256, 'no_space', true);
  const given = (await readSetting(db, 'packsGiven')) ?? [];
  const named = [...given.filter((name) => name !== first.name), first.name];
  // Whoever has no room for the note has the room at least.
  await writeSetting(db, 'packsGiven', named).catch(() => undefined);
  return true;
}

onFullDisk(giveUpPack);

/** Notes that a map was looked at. */
export async function notePackUse(db: EscaleDatabase, sha256: string): Promise<void> {
  await db.mapPacks.update(sha256, { usedAt: Date.now() });
}

function partsOf(db: EscaleDatabase, sha256: string) {
  return db.mapParts.where('[sha256+index]').between([sha256, Dexie.minKey], [sha256, Dexie.maxKey]);
}
