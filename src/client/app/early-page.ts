import { ProgrammeMap, TourMap } from '#client/map/map-parts.tsx';
import { DeskPages, DoorScreen, EventScreen, isDesk, MapScreen, Pages, TourScreen } from './first-screens.ts';

/**
 * The pages that people open the app with: their code and words come beside the app's own and not one after the other, and are
 * waited for when they are on the device. A page that is drawn without its middle is laid out twice.
 */
const first: readonly (readonly [start: string, ...parts: { readonly early: () => Promise<void> }[]])[] = [
  ['/evenements/', EventScreen],
  ['/carte', MapScreen, ProgrammeMap],
  ['/balades/', TourScreen, TourMap],
  ['/emargement', DoorScreen],
];

/** More than the slowest phone takes to read its own files, milliseconds. */
const PATIENCE_MS = 1500;

const { pathname } = location;
const parts: Promise<unknown>[] = [];
if (pathname !== '/') {
  const [, ...start] = first.find(([one]) => pathname.startsWith(one)) ?? [pathname];
  parts.push(...start.map((part) => part.early()));
  if (isDesk(pathname)) parts.push(DeskPages.early());
  else if (start[0] !== EventScreen || !/^\/evenements\/[^/]+$/.test(pathname)) parts.push(Pages.early());
}
// Whoever needs one asks again, and says what is missing.
const come = Promise.allSettled(parts);

/** Resolves once the page of this address can be drawn whole, at once where its parts come over a network. */
export async function earlyPage(more: Promise<unknown>): Promise<void> {
  if (parts.length === 0 || !navigator.serviceWorker?.controller) return;
  await Promise.race([Promise.all([come, more]), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
}
