import { pictureHash } from '#domain/picture.ts';
import { PrecacheController, PrecacheRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { OUTBOX_TAG, syncInBackground } from '#client/sync/background.ts';
import { onNewSubscription, onNotificationClick, onPush } from './notices.ts';
import { pictureAnswer } from './event-pictures.ts';
import {
  APP_CACHE,
  START_CACHE,
  assetsOf,
  dropOtherStarts,
  isDeskKept,
  isOurs,
  keepDesk,
  keepPrevious,
  keepStart,
  repair,
  serveWithoutWorker,
} from './shell.ts';

interface KeptFile {
  readonly url: string;
  readonly revision: string | null;
  /** Only the pages of the desk need it (`vite.config.ts`). */
  readonly desk?: boolean;
}

/**
 * Keeps the app itself for offline use, and pictures of events; what else the app shows lies in IndexedDB, and the API is never
 * answered from a cache. It owns no unsent data (D3).
 */
declare const self: ServiceWorkerGlobalScope & {
  __WB_MANIFEST: KeptFile[];
};

interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

const INDEX = '/index.html';

const shell = new PrecacheController({
  cacheName: APP_CACHE,
  plugins: [
    {
      cacheWillUpdate: async ({ request, response }) =>
        (await isOurs(request.url, response, files())) ? response : null,
      // One file that the server cannot give must not keep the app from being offline at all: what the first page needs
      // fails the installation, and the browser tries again at the next visit; anything else is fetched again later.
      handlerDidError: async ({ request, event }) => {
        if (event.type !== 'install') return undefined;
        const needed = await firstNeeded().catch(() => undefined);
        return !needed || needed.has(request.url) ? undefined : new Response(null, { status: 503 });
      },
    },
  ],
});

/** Addresses of this version's files. */
function files(): Set<string> {
  return new Set(shell.getURLsToCacheKeys().keys());
}

/** Addresses without which the app shows nothing. Throws when the page cannot be had. */
async function firstNeeded(): Promise<Set<string>> {
  const page = new URL(INDEX, location.origin).href;
  const response = await fetch(page, { cache: 'no-store', redirect: 'error' });
  if (!(await isOurs(page, response, files()))) throw new Error('the page is not of this version');
  return new Set([page, ...[...assetsOf(await response.text())].map((path) => new URL(path, page).href)]);
}

const listed = self.__WB_MANIFEST as readonly KeptFile[];
shell.addToCacheList(listed.filter(({ desk }) => !desk));
/** What only the pages of the desk need, by their addresses; their names change with their content. */
const deskFiles = new Map(
  listed.flatMap(({ url, desk }) => (desk ? [new URL(url, location.origin).href] : [])).map((url) => [url, url]),
);

/** Where the page that the icon opens lies under its own address, one for each version. */
function startCache(): string {
  return `${START_CACHE}${shell.getCacheKeyForURL(INDEX)?.split('=').at(-1) ?? ''}`;
}

self.addEventListener('install', (event) => {
  event.waitUntil(
    shell.install(event).then(async () => {
      const page = await shell.matchPrecache(INDEX);
      if (page) await keepStart(startCache(), page);
      if (await isDeskKept()) await repair(deskFiles);
    }),
  );
  serveWithoutWorker(event, startCache());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      await dropOtherStarts(startCache());
      const own = shell.getCachedURLs().map((url) => shell.getCacheKeyForURL(url) ?? url);
      await keepPrevious([...own, ...deskFiles.keys()]);
      // The first visit is offline-ready at once; an update reaches a page through that page's own reload.
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('message', (event) => {
  // Only the page's word lets a new version take over: it asked the person first.
  const { type } = (event.data ?? {}) as { type?: unknown };
  if (type === 'SKIP_WAITING') void self.skipWaiting();
  // A page that was opened without this worker says so once it stands.
  if (type === 'REPAIR') repairOnce(event);
  // Somebody works at the desk on this device.
  if (type === 'KEEP_DESK') event.waitUntil(keepDesk().then(() => repair(deskFiles)));
});

let repaired = false;
self.addEventListener('fetch', (event) => {
  if (event.request.mode === 'navigate') repairOnce(event);
});

function repairOnce(event: ExtendableEvent): void {
  if (repaired) return;
  repaired = true;
  event.waitUntil(
    repair(shell.getURLsToCacheKeys()).then(async () => {
      if (await isDeskKept()) await repair(deskFiles);
    }),
  );
}

/** Every page is the app, except what the server makes itself: its API, feeds, pictures, frames for other sites and probes. */
registerRoute(
  new NavigationRoute(shell.createHandlerBoundToURL(INDEX), {
    denylist: [/^\/(api|feeds|embed|pictures)\//, /^\/(healthz|readyz|metrics)$/],
  }),
);
registerRoute(new PrecacheRoute(shell));
/** Pages that were opened before an update go on with the files of their own version. */
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/assets/'),
  async ({ request }) => (await caches.match(request.url, { cacheName: APP_CACHE })) ?? fetch(request),
);

/** Pictures of events, on whatever page they stand. One that is opened by itself is the server's to answer. */
registerRoute(
  ({ url, sameOrigin, request }) =>
    sameOrigin && request.destination === 'image' && pictureHash(url.pathname) !== undefined,
  ({ url, event }) => pictureAnswer(pictureHash(url.pathname)!, event),
);

self.addEventListener('sync', (event) => {
  const { tag } = event as SyncEvent;
  if (tag === OUTBOX_TAG) (event as SyncEvent).waitUntil(syncInBackground());
});

self.addEventListener('push', (event) => {
  event.waitUntil(onPush(self, jsonOf(event.data)));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(onNotificationClick(self, event.notification.data));
});

self.addEventListener('pushsubscriptionchange', (event) => {
  const { oldSubscription = null } = event as ExtendableEvent & { oldSubscription?: PushSubscription | null };
  (event as ExtendableEvent).waitUntil(onNewSubscription(self, oldSubscription));
});

function jsonOf(data: PushMessageData | null): unknown {
  try {
    return data?.json() as unknown;
  } catch {
    return undefined;
  }
}
