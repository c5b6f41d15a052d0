import { database } from '#client/store/database.ts';
import { keepFollowing } from '#client/store/following.ts';
import { readSetting, writeSetting } from '#client/store/settings.ts';
import { onSignal } from '#client/store/signals.ts';
import { OUTBOX_TAG } from '#client/sync/background.ts';
import { setVisible, startSync, syncNow } from '#client/sync/loop.ts';
import { packsNow, startPacks } from '#client/sync/pack-loop.ts';
import { askBackgroundSync, keepDesk, startServiceWorker } from '#client/platform/service-worker.ts';
import { persist } from '#client/platform/storage.ts';

let started = false;

/**
 * Starts what runs beside the screens, once: sync with its triggers (D2), the request that the browser keeps what is kept (D4),
 * and the service worker.
 */
export function startClient(): void {
  if (started) return;
  started = true;
  onSignal((what) => {
    if (what === 'kept') void persist();
    if (what === 'queued') void askBackgroundSync(OUTBOX_TAG);
  });
  window.addEventListener('online', () => {
    void syncNow();
    packsNow();
  });
  window.addEventListener('offline', () => void noteOffline());
  const look = (): void => {
    setVisible(document.visibilityState === 'visible');
    if (document.visibilityState === 'visible') packsNow();
  };
  document.addEventListener('visibilitychange', look);
  // A page that comes back from the browser's memory hears no change of its visibility.
  window.addEventListener('pageshow', look);
  look();
  startSync();
  keepFollowing();
  // Nothing that the first page shows waits for it.
  later(async () => (await import('#client/store/registration-news.ts')).keepRegistrationNews());
  // Nor for pictures, those that wait to be sent and those that are kept.
  later(async () => (await import('#client/platform/pictures.ts')).startPictures());
  later(async () => (await import('#client/sync/event-picture-loop.ts')).startEventPictures());
  startPacks(async (blob) => (await import('#client/map/check-pack.ts')).checkPack(blob));
  // In development the worker would answer with yesterday's modules.
  if (import.meta.env.PROD) startServiceWorker('/service-worker.js');
  // A version that kept everything for everybody may have been the one that this person signed in with.
  void readSetting(database(), 'account').then(
    (account) => account && keepDesk(),
    () => undefined,
  );
}

/** Milliseconds until what could not be fetched is asked for again, as on a first visit that lost its network. */
const AGAIN = 15_000;

function later(start: () => Promise<unknown>): void {
  start().catch(() => setTimeout(() => later(start), AGAIN));
}

/** The phone itself says that it has no network: no need to wait for a request to fail before saying so. */
async function noteOffline(): Promise<void> {
  const db = database();
  await db.transaction('rw', db.settings, async () => {
    const known = await readSetting(db, 'sync');
    const { runningSince: _, ...rest } = known ?? { at: Date.now(), outcome: 'ok' as const };
    await writeSetting(db, 'sync', { ...rest, outcome: 'unreachable' });
  });
}
