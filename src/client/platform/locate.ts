/** Where the person is, once; or why it is not known. */
export type Located =
  | { readonly kind: 'found'; readonly lat: number; readonly lon: number; readonly accuracy: number }
  | { readonly kind: 'denied' | 'unavailable' };

const WAIT_MS = 15_000;
const OLD_ENOUGH_MS = 60_000;

/** Asks for the position; only on a gesture, for the browser asks the person. Never rejects. Accuracy in metres. */
export function locateOnce(): Promise<Located> {
  if (!('geolocation' in navigator)) return Promise.resolve({ kind: 'unavailable' });
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({ kind: 'found', lat: coords.latitude, lon: coords.longitude, accuracy: coords.accuracy }),
      (error) => resolve({ kind: error.code === error.PERMISSION_DENIED ? 'denied' : 'unavailable' }),
      { enableHighAccuracy: true, timeout: WAIT_MS, maximumAge: OLD_ENOUGH_MS },
    );
  });
}
