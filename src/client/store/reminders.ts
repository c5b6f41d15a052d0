import { database } from './database.ts';
import { live } from './live.ts';
import { readSetting, writeSetting } from './settings.ts';

/** Reminders that are remembered as said: of more than that the oldest are of years ago. */
const KEPT = 500;

/** Keys of what was said, by a notification or in the app and seen; undefined until it is read. */
export const reminded = live<ReadonlySet<string> | undefined>(
  async () => new Set(await readSetting(database(), 'reminded')),
  undefined,
);

/** When each event was noted, by this device's clock; undefined until it is read. */
export const notedAt = live<ReadonlyMap<string, number> | undefined>(
  async () => new Map((await database().favourites.toArray()).map((row) => [row.id, row.at])),
  undefined,
);

/** Marks a reminder as said; false when it was already, in another tab perhaps. */
export async function claimReminder(key: string): Promise<boolean> {
  const db = database();
  return db.transaction('rw', db.settings, async () => {
    const said = (await readSetting(db, 'reminded')) ?? [];
    if (said.includes(key)) return false;
    await writeSetting(db, 'reminded', [...said, key].slice(-KEPT));
    return true;
  });
}
