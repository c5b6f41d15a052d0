import { database } from '#client/store/database.ts';
import { keepEventPicture, pictureToShow } from '#client/store/event-pictures.ts';
import { soundPicture } from '#client/sync/event-pictures.ts';

/**
 * A picture from this device where it has it, else from the server; then it is kept, as one that was seen. Where neither has it the
 * page draws its pattern.
 */
export async function pictureAnswer(sha256: string, event: ExtendableEvent): Promise<Response> {
  const kept = await pictureToShow(database(), sha256, Date.now()).catch(() => undefined);
  if (kept) return new Response(kept, { headers: { 'content-type': kept.type } });
  const response = await fetch(`/pictures/${sha256}`, { redirect: 'error', credentials: 'omit' });
  const copy = response.clone();
  event.waitUntil(
    soundPicture(copy, sha256)
      .then((blob) => blob && keepEventPicture(database(), { sha256, blob, rank: 'seen' }, Date.now()))
      .catch(() => undefined),
  );
  return response;
}
