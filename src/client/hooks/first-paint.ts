let tell: () => void = () => undefined;
const told = new Promise<void>((resolve) => {
  tell = resolve;
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
  if (document.visibilityState === 'hidden') tell();
  else requestAnimationFrame(() => setTimeout(tell));
}
