import type { ComponentType, LazyExoticComponent } from 'react';
import { lazy } from 'react';

/** Milliseconds until what could not be fetched is asked for again, unless a network comes before. */
const AGAIN = 15_000;

/**
 * A part that nobody waits for. Where it cannot be fetched, as on a first visit that loses its network, it is missing and the page
 * around it is not: it is asked for again until it comes. Each stands in a `Suspense` of its own.
 */
export function beside<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => {
    for (;;) {
      const part = await load().catch(() => undefined);
      if (part) return { default: part };
      await new Promise<void>((resolve) => {
        const again = (): void => {
          clearTimeout(timer);
          window.removeEventListener('online', again);
          resolve();
        };
        const timer = setTimeout(again, AGAIN);
        window.addEventListener('online', again);
      });
    }
  });
}
