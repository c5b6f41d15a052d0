import { database } from '#client/store/database.ts';
import type { EventPictures } from '#client/store/event-pictures.ts';
import { giveUpEventPictures } from '#client/store/event-picture-room.ts';
import { eventPictures } from '#client/store/event-pictures.ts';
import { setting, writeSetting } from '#client/store/settings.ts';
import { signal } from '#client/store/signals.ts';
import { useLive } from './use-live.ts';

const choice = setting('eventPictures');

/** The pictures of events on this device, and whether those of the regions that are kept belong to them. */
export function useEventPictures(): {
  readonly kept: EventPictures | undefined;
  readonly all: boolean;
  readonly choose: (all: boolean) => Promise<void>;
} {
  const kept = useLive(eventPictures);
  const all = useLive(choice) !== 'followed';
  const choose = async (next: boolean): Promise<void> => {
    const db = database();
    await writeSetting(db, 'eventPictures', next ? undefined : 'followed');
    if (!next) await giveUpEventPictures(db);
    signal('eventPictures');
  };
  return { kept, all, choose };
}
