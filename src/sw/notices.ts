import * as v from 'valibot';
import type { Language } from '#domain/text.ts';
import { textIn } from '#domain/text.ts';
import { pushMessage, pushTarget } from '#protocol/follow.ts';
import { EscaleDatabase } from '#client/store/database.ts';
import { findEvent } from '#client/store/events.ts';
import { replacePushTarget } from '#client/store/follower.ts';
import type { FollowedChange } from '#client/store/following.ts';
import { changesOf } from '#client/store/following.ts';
import type { RegistrationNews } from '#client/store/registration-news.ts';
import { newsIn } from '#client/store/registration-news.ts';
import { readSetting, writeSetting } from '#client/store/settings.ts';
import { syncInBackground } from '#client/sync/background.ts';
import { changesText, words } from './notice-words.ts';

/** Events that are named one by one; of more than that there is one notification for all. */
const NAMED = 3;

interface Notice {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  /** Where a click leads. */
  readonly url: string;
}

/**
 * What a push does: it says only that something has changed. So the device looks what, and says it in its own words, from its own
 * data, each change once. A browser asks that every push shows something: when there is nothing to name, or no network to learn it
 * by, the words are general.
 */
export async function onPush(self: ServiceWorkerGlobalScope, data: unknown): Promise<void> {
  if (!v.is(pushMessage, data)) return;
  const db = new EscaleDatabase();
  try {
    await syncInBackground().catch(() => undefined);
    const language = await languageOf(db, self);
    const [changes, news] = [await changesOf(db), await newsIn(db)];
    const fresh = await unsaid(db, changes, news);
    const notices = [
      ...(await Promise.all(fresh.news.map((one) => newsNotice(db, one, language)))),
      ...noticesOf(fresh.changes, language),
    ];
    if (notices.length === 0 && !(await isSeen(self)))
      notices.push({ ...words[language].generic, tag: 'agenda', url: '/agenda' });
    for (const { title, url, ...options } of notices)
      await self.registration.showNotification(title, {
        ...options,
        data: { url },
        lang: language,
        icon: '/icons/icon-192.png',
      });
  } finally {
    db.close();
  }
}

/** Takes the person to what the notification is about, in a window that is open already if there is one. */
export async function onNotificationClick(self: ServiceWorkerGlobalScope, data: unknown): Promise<void> {
  const parsed = v.safeParse(v.object({ url: v.pipe(v.string(), v.regex(/^\/(?!\/)/)) }), data);
  const url = parsed.success ? parsed.output.url : '/agenda';
  const windows = await self.clients.matchAll({ type: 'window' });
  const [open] = windows;
  if (!open) {
    await self.clients.openWindow(url);
    return;
  }
  const shown = await open.navigate(url).catch(() => null);
  await (shown ?? open).focus().catch(() => undefined);
}

/** The browser has another address for us: the server hears of it at the next sync, which is now. */
export async function onNewSubscription(self: ServiceWorkerGlobalScope, old: PushSubscription | null): Promise<void> {
  const key = old?.options.applicationServerKey;
  if (!key) return;
  const db = new EscaleDatabase();
  try {
    const made = await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    const { endpoint, keys } = made.toJSON();
    const target = v.safeParse(pushTarget, { endpoint, p256dh: keys?.['p256dh'], auth: keys?.['auth'] });
    await replacePushTarget(db, target.success ? target.output : undefined);
  } finally {
    db.close();
  }
  await syncInBackground();
}

/** What no notification has said before; what was taken back meanwhile may be said again when it comes again. */
async function unsaid(db: EscaleDatabase, changes: readonly FollowedChange[], news: readonly RegistrationNews[]) {
  return db.transaction('rw', db.settings, async () => {
    const said = (await readSetting(db, 'noticed')) ?? {};
    const now = Object.fromEntries([
      ...changes.map((one) => [one.eventId, JSON.stringify(one.changes)] as const),
      ...news.map(({ registration, what }) => [registration.id, what] as const),
    ]);
    await writeSetting(db, 'noticed', now);
    const isNew = (id: string): boolean => said[id] !== now[id];
    return {
      changes: changes.filter((one) => isNew(one.eventId)),
      news: news.filter((one) => isNew(one.registration.id)),
    };
  });
}

/** What became of a registration, with the way to its ticket. */
async function newsNotice(
  db: EscaleDatabase,
  { registration, what }: RegistrationNews,
  language: Language,
): Promise<Notice> {
  const event = await findEvent(db, 'id', registration.eventId);
  return {
    title: textIn(event?.title, language).text || words[language].registration,
    body: words[language].news[what],
    tag: registration.id,
    url: `/billets/${registration.id}`,
  };
}

function noticesOf(changes: readonly FollowedChange[], language: Language): Notice[] {
  if (changes.length > NAMED) {
    const titles = changes.map((one) => textIn(one.title, language).text);
    return [{ title: words[language].generic.title, body: titles.join('\n'), tag: 'agenda', url: '/agenda' }];
  }
  return changes.map((one) => ({
    title: textIn(one.title, language).text,
    body: changesText(one.changes, language),
    tag: one.eventId,
    url: one.event ? `/evenements/${one.event.slug}` : '/agenda',
  }));
}

async function languageOf(db: EscaleDatabase, self: ServiceWorkerGlobalScope): Promise<Language> {
  const chosen = (await readSetting(db, 'language')) ?? (await readSetting(db, 'follower'))?.language;
  return chosen ?? (self.navigator.language.startsWith('en') ? 'en' : 'fr');
}

/** Somebody is looking at the app: it says by itself what has changed. */
async function isSeen(self: ServiceWorkerGlobalScope): Promise<boolean> {
  const windows = await self.clients.matchAll({ type: 'window' });
  return windows.some((one) => one.visibilityState === 'visible');
}
