import { restOfTexts } from '#client/i18n/i18n.ts';

/**
 * The pages that people open the app with: their code and words come beside the app's own and not one after the other, and are
 * waited for when they are on the device. A page that is drawn without its middle is laid out twice, and React holds the middle
 * back for a third of a second so that nothing flickers.
 */
const first: readonly (readonly [start: string, load: () => Promise<unknown>])[] = [
  [
    '/evenements/',
    () => Promise.all([import('#client/screens/event/event-screen.tsx'), import('./event-demo-banner.tsx')]),
  ],
  ['/carte', () => import('#client/screens/map/map-screen.tsx')],
  ['/balades/', () => import('#client/screens/tour/tour-screen.tsx')],
  ['/emargement', () => import('#client/screens/door/door-screen.tsx')],
];

/** More than the slowest phone takes to read its own files, milliseconds. */
const PATIENCE_MS = 1500;

const { pathname } = location;
const parts: Promise<unknown>[] = [];
if (pathname !== '/') {
  const start = first.find(([one]) => pathname.startsWith(one));
  if (start) parts.push(start[1]());
  if (start?.[0] !== '/evenements/') parts.push(import('./pages.tsx'));
  parts.push(restOfTexts());
}
// Whoever needs one asks again, and says what is missing.
const come = Promise.allSettled(parts);

/** Resolves once the page of this address can be drawn whole, at once where its parts come over a network. */
export async function earlyPage(more: Promise<unknown>): Promise<void> {
  if (parts.length === 0 || !navigator.serviceWorker?.controller) return;
  await Promise.race([Promise.all([come, more]), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
}
