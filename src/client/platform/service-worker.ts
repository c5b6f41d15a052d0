import { Workbox } from 'workbox-window';

/** The only module that talks to the service worker from a page. */

/** When the worker is asked whether all of the app's files are there. */
const REPAIR_MS = 20_000;

let workbox: Workbox | undefined;
let waits = false;
let applying = false;
const listeners = new Set<() => void>();

/** True once a new version of the app lies ready and waits for the person's word (D3). */
export function updateWaits(): boolean {
  return waits;
}

export function onUpdate(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Registers the worker that keeps the app itself for offline use. A refusal (private browsing, an old phone) leaves the app
 * working online. An app that stays open looks for a new version when it becomes visible, once an hour at most.
 */
export function startServiceWorker(script: string): void {
  if (workbox || !('serviceWorker' in navigator)) return;
  workbox = new Workbox(script);
  workbox.addEventListener('waiting', () => {
    waits = true;
    for (const listener of listeners) listener();
  });
  workbox.addEventListener('controlling', () => {
    // Only this page's own person asked for it here; other open pages go on with what they have loaded.
    if (applying) location.reload();
  });
  workbox.register().catch(() => undefined);
  // The page may have been opened without its worker: what an installation could not fetch is fetched once nothing else is to be done.
  setTimeout(() => navigator.serviceWorker.controller?.postMessage({ type: 'REPAIR' }), REPAIR_MS);

  let looked = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - looked < 3_600_000) return;
    looked = Date.now();
    workbox?.update().catch(() => undefined);
  });
}

/**
 * Takes the new version and loads the page again: called at the person's word only, when no form is half filled in.
 * Where another tab has taken it already, or there is none, loading again is all that is to be done.
 */
export async function applyUpdate(): Promise<void> {
  const registration = await ownRegistration();
  if (!workbox || !registration?.waiting) return location.reload();
  applying = true;
  workbox.messageSkipWaiting();
}

/** Looks for a new version and takes it: for when the server has said that this one is too old. */
export async function updateApp(): Promise<void> {
  const registration = await ownRegistration();
  await registration?.update().catch(() => undefined);
  const coming = registration?.installing;
  if (coming) {
    await new Promise<void>((resolve) => {
      coming.addEventListener('statechange', () => {
        if (coming.state !== 'installing') resolve();
      });
    });
  }
  await applyUpdate();
}

/** Has the worker keep the pages of the desk as well, from now on: somebody works with them on this device. */
export function keepDesk(): void {
  if (!('serviceWorker' in navigator)) return;
  void navigator.serviceWorker.ready.then(({ active }) => active?.postMessage({ type: 'KEEP_DESK' }));
}

async function ownRegistration(): Promise<ServiceWorkerRegistration | undefined> {
  if (!('serviceWorker' in navigator)) return undefined;
  return navigator.serviceWorker.getRegistration().catch(() => undefined);
}

/** Asks the browser to wake the worker for the outbox once there is a network; where it cannot, the app does so itself (D2). */
export async function askBackgroundSync(tag: string): Promise<void> {
  const registration = await ownRegistration();
  const { sync } = (registration ?? {}) as { sync?: { register(tag: string): Promise<void> } };
  await sync?.register(tag).catch(() => undefined);
}
