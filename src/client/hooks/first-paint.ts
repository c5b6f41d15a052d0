import { useSyncExternalStore } from 'react';
import { Cell } from '#client/store/live.ts';

const painted = new Cell(false);
const told = new Promise<void>((resolve) => {
  painted.subscribe(resolve);
});

/**
 * Resolves once a page has been painted with what it is about. A page that nobody sees paints nothing, and one that waits for
 * a network has nothing to paint: then it is enough to have waited.
 * @param longest milliseconds
 */
export function firstPaint(longest: number): Promise<void> {
  return Promise.race([told, new Promise<void>((resolve) => setTimeout(resolve, longest))]);
}

/** A page tells, in an effect, that what it is about stands: the next frame paints it. */
export function noteFirstPaint(): void {
  const tell = (): void => painted.set(true);
  if (document.visibilityState === 'hidden') tell();
  else requestAnimationFrame(() => setTimeout(tell));
}

/** False until the first page has been painted: what takes long to be put into words waits for that. */
export function usePainted(): boolean {
  return useSyncExternalStore(painted.subscribe, painted.get);
}
