import type { EscaleDatabase } from './database.ts';
import { database, durably } from './database.ts';
import { live, liveFamily } from './live.ts';
import type { PictureRow } from './picture-rows.ts';
import { signal } from './signals.ts';

/** Pictures that somebody has chosen for a proposal: here first, sent when there is a network. */

/** One picture that this device has; `null` when it has not, undefined until the store was read. */
export const pictureOf = liveFamily((sha256) =>
  live<PictureRow | null | undefined>(async () => (await database().pictures.get(sha256)) ?? null, undefined),
);

/** Rejects only when there is no room for it, and then nothing is kept. */
export async function keepPicture(picture: Omit<PictureRow, 'state' | 'keptAt'>): Promise<void> {
  const db = database();
  await durably(() => db.pictures.put({ ...picture, state: 'waiting', keptAt: Date.now() }));
  signal('kept');
  signal('picture');
}

/** Those that the server has not, the oldest first. */
export async function waitingPictures(db: EscaleDatabase): Promise<PictureRow[]> {
  const rows = await db.pictures.where('state').equals('waiting').toArray();
  return rows.sort((a, b) => a.keptAt - b.keptAt);
}

/** What the server has said of one. `sent`: its bytes are there, and here they are no longer needed for long. */
export async function markPicture(db: EscaleDatabase, sha256: string, state: 'sent' | 'refused'): Promise<void> {
  await db.pictures.update(sha256, { state });
}

/** How long one that is on the server stays, milliseconds: as long as somebody may go on looking at their draft without a network. */
const KEPT = 60 * 86_400_000;

export async function dropOldPictures(db: EscaleDatabase, now: number): Promise<void> {
  const rows = await db.pictures.where('state').anyOf('sent', 'refused').toArray();
  await db.pictures.bulkDelete(rows.filter((row) => row.keptAt + KEPT < now).map((row) => row.sha256));
}
