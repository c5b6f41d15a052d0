import { useSyncExternalStore } from 'react';
import type { Instant } from '#domain/dates.ts';

const MINUTE = 60_000;

let now = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) {
    timer = setInterval(tick, MINUTE);
    document.addEventListener('visibilitychange', tick);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    document.removeEventListener('visibilitychange', tick);
  };
}

/** The device's clock, to the minute, for what is said of time; the same for all that is on the screen. */
export function useNow(): Instant {
  return useSyncExternalStore(subscribe, () => {
    if (listeners.size === 0 || Date.now() - now > MINUTE) now = Date.now();
    return now;
  });
}
