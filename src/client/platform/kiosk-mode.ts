import type { Language } from '#domain/text.ts';

/**
 * Whether this device is a kiosk at present, known before anything else is read: every address of the app then leads to the kiosk, also
 * after a reload. Staff end it with the door's PIN.
 */
export interface KioskMode {
  /** The door that it is. */
  readonly deviceId: string;
  /** The language that it goes back to after each person. */
  readonly language: Language;
}

const KEY = 'escale.kiosk';

let mode: KioskMode | undefined = read();
const listeners = new Set<() => void>();

export function kioskMode(): KioskMode | undefined {
  return mode;
}

/** Undefined ends it. */
export function setKioskMode(next: KioskMode | undefined): void {
  mode = next;
  try {
    if (next) localStorage.setItem(KEY, `${next.deviceId} ${next.language}`);
    else localStorage.removeItem(KEY);
  } catch {
    // Storage is refused here: it is a kiosk until the page is loaded again.
  }
  for (const listener of listeners) listener();
}

/** Part of the first load, which has no room for more than this. */
function read(): KioskMode | undefined {
  try {
    const [, deviceId, language] = /^([0-9a-f-]{36}) (fr|en)$/.exec(localStorage.getItem(KEY) ?? '') ?? [];
    return deviceId && language ? { deviceId, language: language as Language } : undefined;
  } catch {
    return undefined;
  }
}

/** Other tabs of this device follow. */
export function onKioskMode(listener: () => void): () => void {
  const onStorage = (event: StorageEvent): void => {
    if (event.key !== KEY && event.key !== null) return;
    mode = read();
    listener();
  };
  listeners.add(listener);
  window.addEventListener('storage', onStorage);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', onStorage);
  };
}

/** Shows the page alone on the screen, where the browser can and a touch has just allowed it. */
export function fillScreen(): void {
  if (document.fullscreenElement || !document.documentElement.requestFullscreen) return;
  // Refused without a touch, or not possible on this device: the kiosk works in a window too.
  document.documentElement.requestFullscreen({ navigationUI: 'hide' }).catch(() => undefined);
}

export function leaveFullScreen(): void {
  if (document.fullscreenElement) document.exitFullscreen().catch(() => undefined);
}

/**
 * Keeps a browser's back button from leaving the page: each step back is answered by a step forward. A browser lets a page do so only
 * after it was touched.
 * @returns a function that ends it
 */
export function holdPage(): () => void {
  const hold = (): void => history.pushState(history.state, '', location.href);
  const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
  hold();
  window.addEventListener('popstate', hold);
  window.addEventListener('beforeunload', warn);
  return () => {
    window.removeEventListener('popstate', hold);
    window.removeEventListener('beforeunload', warn);
  };
}
