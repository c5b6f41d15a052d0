import type { Language } from '#domain/text.ts';
import type { Follow, PushTarget } from '#protocol/follow.ts';
import { MAX_FOLLOWED } from '#protocol/follow.ts';
import type { EscaleDatabase } from './database.ts';
import { database } from './database.ts';
import { followedIds } from './following.ts';
import { newSecret } from './ids.ts';
import { live } from './live.ts';
import { HOLDER } from './replicas.ts';
import { readSetting, writeSetting } from './settings.ts';
import { signal } from './signals.ts';

/**
 * What the server is told of what this device follows: nothing, unless the person wants to be notified or to have a calendar to
 * subscribe to. Then it is told again at each sync after which it is something else.
 */
export interface Follower {
  /** Made on this device; names the record on the server. */
  readonly secret: string;
  readonly push?: PushTarget;
  /** Of the feed's address. */
  readonly feed?: string;
  readonly language: Language;
  /** The message that the server has taken last. */
  readonly told?: string;
}

/** Undefined until it is read and while nothing was ever asked for. */
export const follower = live<Follower | undefined>(async () => readSetting(database(), 'follower'), undefined);

async function change(to: (now: Follower) => Follower): Promise<void> {
  const db = database();
  const secret = newSecret();
  await db.transaction('rw', db.settings, async () => {
    const now = (await readSetting(db, 'follower')) ?? { secret, language: 'fr' };
    await writeSetting(db, 'follower', to(now));
  });
  signal('followed');
}

/** The browser's address for pushes, or no pushes any more. */
export function setPushTarget(push: PushTarget | undefined, language: Language): Promise<void> {
  return change(({ push: _, ...rest }) => ({ ...rest, language, ...(push ? { push } : {}) }));
}

/** The browser has given its address up for another one, in the background. */
export async function replacePushTarget(db: EscaleDatabase, push: PushTarget | undefined): Promise<void> {
  await db.transaction('rw', db.settings, async () => {
    const now = await readSetting(db, 'follower');
    if (!now) return;
    const { push: _, ...rest } = now;
    await writeSetting(db, 'follower', push ? { ...rest, push } : rest);
  });
}

/** A calendar to subscribe to, under an address that nobody can guess; another one each time it is asked for. */
export function startFeed(language: Language): Promise<void> {
  const feed = newSecret();
  return change((now) => ({ ...now, language, feed }));
}

/** The address leads nowhere any more. */
export function endFeed(): Promise<void> {
  return change(({ feed: _, ...rest }) => rest);
}

/** What is to be told to the server; undefined when it has been. */
export async function untoldFollow(db: EscaleDatabase): Promise<Follow | undefined> {
  const now = await readSetting(db, 'follower');
  if (!now) return undefined;
  const { secret, push, feed, language, told } = now;
  const wanted = push !== undefined || feed !== undefined;
  const events = wanted ? [...(await followedIds(db))].toSorted().slice(0, MAX_FOLLOWED) : [];
  const message: Follow = {
    follower: secret,
    events,
    ...(push ? { push } : {}),
    ...(feed === undefined ? {} : { feed }),
    ...(push && (await db.replicas.get(HOLDER)) ? { own: true } : {}),
    language,
  };
  return JSON.stringify(message) === told ? undefined : message;
}

/** The server has taken it. Without anything left to tell the record is gone here too. */
export async function markTold(db: EscaleDatabase, message: Follow): Promise<void> {
  await db.transaction('rw', db.settings, async () => {
    const now = await readSetting(db, 'follower');
    if (!now) return;
    const over = !message.push && message.feed === undefined && !now.push && now.feed === undefined;
    await writeSetting(db, 'follower', over ? undefined : { ...now, told: JSON.stringify(message) });
  });
}
