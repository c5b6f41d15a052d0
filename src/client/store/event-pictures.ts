import type { EscaleDatabase } from './database.ts';
import { database } from './database.ts';
import { isFull } from './full-disk.ts';
import { live } from './live.ts';
import type { EventPictureRow } from './picture-rows.ts';

/**
 * Pictures of published events that this device has. They can all be had again: nothing else ever gives way to them, and without one
 * its event shows the pattern drawn from its id.
 */

/** Bytes that they take at most, all of them together. */
export const MAX_EVENT_PICTURES = 20_000_000;

/** How long one stays that was seen once and belongs to nothing that is kept, milliseconds. */
const SEEN_FOR = 30 * 86_400_000;
/** A use is written down once in that time: a list that scrolls must not write at every line. */
const USE_GRAIN = 86_400_000;

type Rank = EventPictureRow['rank'];

/** What gives way to what: seen once, in a region that is kept, in the person's agenda. */
const RANKS: readonly Rank[] = ['seen', 'kept', 'followed'];

export interface EventPictures {
  readonly count: number;
  readonly bytes: number;
  /** Of those, the ones of events in the person's agenda. */
  readonly followed: number;
}

/** Undefined until the store was read. */
export const eventPictures = live<EventPictures | undefined>(async () => countPictures(database()), undefined);

export async function countPictures(db: EscaleDatabase): Promise<EventPictures> {
  const rows = await db.eventPictures.toArray();
  return {
    count: rows.length,
    bytes: rows.reduce((sum, row) => sum + row.bytes, 0),
    followed: rows.filter((row) => row.rank === 'followed').length,
  };
}

/** A picture for whoever shows it: one that was chosen here and is not sent yet, or one that came. */
export async function pictureToShow(db: EscaleDatabase, sha256: string, now: number): Promise<Blob | undefined> {
  const row = await db.eventPictures.get(sha256);
  if (!row) return (await db.pictures.get(sha256))?.blob;
  if (Math.abs(now - row.usedAt) > USE_GRAIN)
    await db.eventPictures.update(sha256, { usedAt: now }).catch(() => undefined);
  return row.blob;
}

/**
 * Keeps a picture when there is room for it: what ranks below it gives way, and among those seen once the one that was not looked at
 * for longest.
 * @returns false when there is none: within the limit, or on the disk
 */
export async function keepEventPicture(
  db: EscaleDatabase,
  picture: { readonly sha256: string; readonly blob: Blob; readonly rank: Rank },
  now: number,
  limit = MAX_EVENT_PICTURES,
): Promise<boolean> {
  const { sha256, blob, rank } = picture;
  const bytes = blob.size;
  try {
    return await db.transaction('rw', db.eventPictures, async () => {
      const others = (await db.eventPictures.toArray()).filter((row) => row.sha256 !== sha256);
      const going = givingWay(others, rank, others.reduce((sum, row) => sum + row.bytes, 0) + bytes - limit);
      if (!going) return false;
      await db.eventPictures.bulkDelete(going);
      await db.eventPictures.put({ sha256, blob, bytes, rank, usedAt: now });
      return true;
    });
  } catch (error) {
    if (isFull(error)) return false;
    throw error;
  }
}

/** Which go so that `over` bytes are saved; undefined when they cannot be. */
function givingWay(rows: readonly EventPictureRow[], rank: Rank, over: number): string[] | undefined {
  const weaker = rows
    .filter((row) => RANKS.indexOf(row.rank) < RANKS.indexOf(rank) || (rank === 'seen' && row.rank === 'seen'))
    .sort((a, b) => RANKS.indexOf(a.rank) - RANKS.indexOf(b.rank) || a.usedAt - b.usedAt);
  const going: string[] = [];
  let left = over;
  for (const row of weaker) {
    if (left <= 0) break;
    going.push(row.sha256);
    left -= row.bytes;
  }
  return left > 0 ? undefined : going;
}

/** Says anew what each is here for; what is for nothing any more and was not seen for long goes. */
export async function rankEventPictures(
  db: EscaleDatabase,
  wanted: ReadonlyMap<string, Rank>,
  now: number,
): Promise<void> {
  await db.transaction('rw', db.eventPictures, async () => {
    for (const row of await db.eventPictures.toArray()) {
      const rank = wanted.get(row.sha256) ?? 'seen';
      if (rank === 'seen' && Math.abs(now - row.usedAt) > SEEN_FOR) await db.eventPictures.delete(row.sha256);
      else if (rank !== row.rank) await db.eventPictures.update(row.sha256, { rank });
    }
  });
}
