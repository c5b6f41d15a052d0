/**
 * Starts what runs beside the screens: sync and the service worker. Its code is fetched apart, for nothing that the device
 * already has waits for it; when it cannot be fetched, the next sign of a network tries again.
 */
export function startBeside(): void {
  import('#client/hooks/start.ts').then(
    ({ startClient }) => {
      startClient();
      // The next page then has only its own to fetch.
      setTimeout(() => import('./pages.tsx').catch(() => undefined), 1000);
    },
    () => window.addEventListener('online', startBeside, { once: true }),
  );
}
