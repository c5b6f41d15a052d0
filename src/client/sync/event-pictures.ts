import { PICTURE_TYPES, pictureHash, readPicture } from '#domain/picture.ts';
import type { EscaleDatabase } from '#client/store/database.ts';
import { keepEventPicture, rankEventPictures } from '#client/store/event-pictures.ts';
import { findEvent } from '#client/store/events.ts';
import { followedIds } from '#client/store/following.ts';
import type { EventPictureRow } from '#client/store/picture-rows.ts';
import { readSetting } from '#client/store/settings.ts';
import { hexDigest } from './packs.ts';

/** Milliseconds until a whole picture must be there. */
const DEADLINE = 30_000;

/**
 * Fetches a picture by its hash.
 * @returns what is no picture of that hash, a captive portal's page for one, is `unreachable`
 */
export async function fetchPicture(sha256: string, origin = ''): Promise<Blob | 'gone' | 'unreachable'> {
  try {
    const response = await fetch(`${origin}/pictures/${sha256}`, {
      redirect: 'error',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(DEADLINE),
    });
    if (response.status === 404 && response.headers.get('content-type')?.startsWith('application/problem+json')) {
      return 'gone';
    }
    return (await soundPicture(response, sha256)) ?? 'unreachable';
  } catch {
    return 'unreachable';
  }
}

/** The picture that an answer brings; undefined when it is not the one that was asked for. */
export async function soundPicture(response: Response, sha256: string): Promise<Blob | undefined> {
  const type = PICTURE_TYPES.find((one) => one === response.headers.get('content-type'));
  if (!response.ok || !type) return undefined;
  const bytes = await response.arrayBuffer();
  if (!readPicture(new Uint8Array(bytes)) || (await hexDigest(bytes)) !== sha256) return undefined;
  return new Blob([bytes], { type });
}

/** The pictures that belong on this device: those of the agenda, then those of the regions that are kept, each once. */
export async function wantedPictures(db: EscaleDatabase): Promise<Map<string, EventPictureRow['rank']>> {
  const wanted = new Map<string, EventPictureRow['rank']>();
  for (const id of await followedIds(db)) {
    const event = await findEvent(db, 'id', id);
    for (const { url } of event ? [event.image ?? { url: '' }, ...(event.afterwardsPictures ?? [])] : []) {
      const sha256 = pictureHash(url);
      if (sha256) wanted.set(sha256, 'followed');
    }
  }
  if ((await readSetting(db, 'eventPictures')) === 'followed') return wanted;
  for (const sha256 of await picturesOfCards(db)) if (!wanted.has(sha256)) wanted.set(sha256, 'kept');
  return wanted;
}

let lastRead: { readonly packs: string; readonly found: ReadonlySet<string> } | undefined;

/** Of the programmes that are kept, read again only when they are others. */
async function picturesOfCards(db: EscaleDatabase): Promise<ReadonlySet<string>> {
  const packs = [db.name, ...(await db.cards.toCollection().primaryKeys()).map((key) => key.join(' '))].join('|');
  if (lastRead?.packs === packs) return lastRead.found;
  const found = new Set<string>();
  // Ten thousand cards are looked through as text: parsing them would cost more than the few that have a picture are worth.
  await db.cards.each(({ text }) => {
    for (const [, sha256] of text.matchAll(/"picture":"([0-9a-f]{64})"/g)) if (sha256) found.add(sha256);
  });
  lastRead = { packs, found };
  return found;
}

/**
 * Brings the pictures that belong here and are not, as many as there is room for.
 * @param spare fetches only those of the agenda: the line is dear, or slow
 * @param gone those that the server does not have, which are not asked for again
 * @returns false when something still waits for a network
 */
export async function loadEventPictures(
  db: EscaleDatabase,
  { origin = '', spare, gone }: { readonly origin?: string; readonly spare: boolean; readonly gone: Set<string> },
): Promise<boolean> {
  const wanted = await wantedPictures(db);
  await rankEventPictures(db, wanted, Date.now());
  const here = new Set(await db.eventPictures.toCollection().primaryKeys());
  let room = true;
  for (const [sha256, rank] of wanted) {
    if (here.has(sha256) || gone.has(sha256) || (rank === 'kept' && (spare || !room))) continue;
    const blob = await fetchPicture(sha256, origin);
    if (blob === 'unreachable') return false;
    if (blob === 'gone') gone.add(sha256);
    else if (!(await keepEventPicture(db, { sha256, blob, rank }, Date.now()))) room = false;
  }
  return true;
}
