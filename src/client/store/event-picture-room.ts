import type { EscaleDatabase } from './database.ts';

/** Gives the room of pictures of events back, those of the agenda excepted. @returns false when there was none to give */
export async function giveUpEventPictures(db: EscaleDatabase): Promise<boolean> {
  return (await db.eventPictures.where('rank').anyOf('seen', 'kept').delete()) > 0;
}
