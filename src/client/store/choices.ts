import type { Uuid } from '#domain/ids.ts';
import type { RegionCode } from '#domain/programme.ts';
import { database } from './database.ts';
import { keepEdition, readSetting, writeSetting } from './settings.ts';
import { signal } from './signals.ts';

/** What a person chooses for this device alone: no server hears of it, so it needs none of what sends. */

/** Adds an event to the agenda, or takes it out. */
export async function toggleFavourite(id: Uuid): Promise<void> {
  const db = database();
  const added = await db.transaction('rw', db.favourites, async () => {
    if (await db.favourites.get(id)) {
      await db.favourites.delete(id);
      return false;
    }
    await db.favourites.add({ id, at: Date.now() });
    return true;
  });
  if (added) signal('kept');
  signal('followed');
}

/** Adds events to the agenda, whether or not this device has heard of them. */
export async function addFavourites(ids: readonly Uuid[]): Promise<void> {
  const db = database();
  const at = Date.now();
  await db.transaction('rw', db.favourites, async () => {
    for (const id of ids) if (!(await db.favourites.get(id))) await db.favourites.add({ id, at });
  });
  signal('kept');
  signal('followed');
}

/** Chooses what is kept of an edition; undefined: all of it. */
export async function keepRegions(editionId: string, regions: readonly RegionCode[] | undefined): Promise<void> {
  const db = database();
  await db.transaction('rw', db.settings, async () => {
    const { [editionId]: _, ...others } = (await readSetting(db, 'regions')) ?? {};
    await writeSetting(db, 'regions', regions ? { ...others, [editionId]: regions } : others);
  });
  signal('wanted');
}

/** Keeps an edition that the person opened beside the current one. */
export async function openEdition(editionId: string): Promise<void> {
  await keepEdition(database(), editionId);
  signal('wanted');
}

/** Stops keeping an edition that was opened; what the person noted or registered for stays. */
export async function closeEdition(editionId: string): Promise<void> {
  const db = database();
  await db.transaction('rw', db.settings, async () => {
    const kept = (await readSetting(db, 'editions')) ?? [];
    const rest = kept.filter((id) => id !== editionId);
    await writeSetting(db, 'editions', rest);
  });
  signal('wanted');
}
