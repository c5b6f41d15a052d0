import { firstPaint } from '#client/hooks/first-paint.ts';

/** A first visit that shows nothing so long fetches the addresses of the other pages all the same, milliseconds. */
const PAGES_MS = 15_000;

/**
 * Starts what runs beside the screens: sync and the service worker. Its code is fetched apart, for nothing that the device
 * already has waits for it; when it cannot be fetched, the next sign of a network tries again.
 */
export function startBeside(): void {
  import('#client/hooks/start.ts').then(
    ({ startClient }) => {
      startClient();
      // The next page then has only its own to fetch.
      void firstPaint(PAGES_MS).then(() => import('./pages.tsx').catch(() => undefined));
    },
    () => window.addEventListener('online', startBeside, { once: true }),
  );
}
