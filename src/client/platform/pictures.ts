import * as v from 'valibot';
import { MAX_PICTURE_BYTES, MAX_PICTURE_SIDE, PICTURE_TYPES } from '#domain/picture.ts';
import { database } from '#client/store/database.ts';
import { dropOldPictures, keepPicture, markPicture, waitingPictures } from '#client/store/pictures.ts';
import { watch } from '#client/store/live.ts';
import { readSetting } from '#client/store/settings.ts';
import { onSignal } from '#client/store/signals.ts';
import { call } from './session.ts';

/** What became of a file: kept under its hash, or why not. */
export type Taken =
  | { readonly kind: 'kept'; readonly sha256: string; readonly bytes: number }
  | { readonly kind: 'unreadable' | 'full' };

/** Longest side of what is kept, in pixels: enough for a wide screen, light enough for a phone's line. */
const SIDE = Math.min(1600, MAX_PICTURE_SIDE);
const QUALITIES = [0.82, 0.7, 0.55, 0.4] as const;

/**
 * Makes a picture smaller and keeps it. Drawn anew, it carries nothing of what a camera writes beside the pixels: no place, no name.
 */
export async function takePicture(file: Blob): Promise<Taken> {
  const made = await smaller(file).catch(() => undefined);
  if (!made) return { kind: 'unreadable' };
  const sha256 = hex(await crypto.subtle.digest('SHA-256', await made.arrayBuffer()));
  try {
    await keepPicture({ sha256, blob: made });
  } catch {
    return { kind: 'full' };
  }
  return { kind: 'kept', sha256, bytes: made.size };
}

/** Where the app and everybody else find a picture once it was sent. */
export const pictureAddress = (sha256: string): string => `${location.origin}/pictures/${sha256}`;

async function smaller(file: Blob): Promise<Blob | undefined> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  try {
    const scale = Math.min(1, SIDE / Math.max(bitmap.width, bitmap.height));
    const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * scale)));
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width, height });
    const context = canvas.getContext('2d');
    if (!context) return undefined;
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    for (const quality of QUALITIES) {
      // A browser that cannot write WebP writes PNG instead, which may be far too heavy: then JPEG.
      for (const type of ['image/webp', 'image/jpeg']) {
        const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality));
        if (blob?.type === type && blob.size <= MAX_PICTURE_BYTES) return blob;
      }
    }
    return undefined;
  } finally {
    bitmap.close();
  }
}

function hex(digest: ArrayBuffer): string {
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What the page offers to choose from. */
export const CHOOSABLE = [...PICTURE_TYPES, 'image/avif', 'image/heic'].join(',');

const nothing = v.pipe(
  v.unknown(),
  v.transform(() => undefined),
);

/** Milliseconds until what could not be sent is tried again, at first; then twice as long each time. */
const FIRST_RETRY = 10_000;
const LONGEST_RETRY = 300_000;

let running = false;
let again = false;
let failures = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Sends what waits, as the signed-in person; again when a picture is chosen, when the network says that it is back or an exchange with
 * the server shows it, and else after a wait: a browser may hold itself to be online through all of it.
 */
export function startPictures(): void {
  onSignal((what) => {
    if (what === 'picture' || what === 'queued') send();
  });
  addEventListener('online', send);
  watch(
    async () => {
      const sync = await readSetting(database(), 'sync');
      return sync?.outcome === 'ok' && sync.runningSince === undefined ? sync.at : undefined;
    },
    (at) => at !== undefined && send(),
  );
  send();
}

function send(): void {
  clearTimeout(timer);
  if (running) {
    again = true;
    return;
  }
  running = true;
  void sendPictures()
    .catch(() => false)
    .then((done) => {
      running = false;
      failures = done ? 0 : failures + 1;
      if (again) send();
      else if (!done) timer = setTimeout(send, Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** (failures - 1)));
      again = false;
    });
}

/** @returns false while something waits that a network could take */
async function sendPictures(): Promise<boolean> {
  const db = database();
  await dropOldPictures(db, Date.now());
  for (const { sha256, blob } of await waitingPictures(db)) {
    const called = await call('PUT', `/pictures/${sha256}`, nothing, blob);
    if (called.kind === 'done') await markPicture(db, sha256, 'sent');
    // Only a word about the picture itself ends it; anybody else's turn, or none, leaves it waiting.
    else if (called.reason === 'unsupported_media' || called.reason === 'too_large')
      await markPicture(db, sha256, 'refused');
    // Until somebody signs in there is no use in asking.
    else return called.reason === 'sign_in_required';
  }
  return true;
}
