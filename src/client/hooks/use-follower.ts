import { endPush, askForPush } from '#client/platform/push.ts';
import { currentLanguage } from '#client/i18n/i18n.ts';
import type { Follower } from '#client/store/follower.ts';
import { endFeed, follower, setPushTarget, startFeed } from '#client/store/follower.ts';
import { useLive } from './use-live.ts';

/** What the person has asked for that the server must know their agenda for. */
export function useFollower(): Follower | undefined {
  return useLive(follower);
}

/** Has this device notified of changes. */
export async function startNotices(): Promise<'done' | 'refused' | 'offline'> {
  const asked = await askForPush();
  if (asked.kind === 'done') await setPushTarget(asked.target, currentLanguage());
  return asked.kind;
}

export async function endNotices(): Promise<void> {
  await setPushTarget(undefined, currentLanguage());
  await endPush();
}

/** Makes the calendar's address; asked for again it is another one, and the one before leads nowhere. */
export function startCalendar(): Promise<void> {
  return startFeed(currentLanguage());
}

export function endCalendar(): Promise<void> {
  return endFeed();
}
