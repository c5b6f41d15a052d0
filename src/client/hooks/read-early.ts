import { database } from '#client/store/database.ts';
import { editions } from '#client/store/directory-view.ts';
import { eventBySlug } from '#client/store/events.ts';
import { holdReads } from '#client/store/live.ts';
import { programme } from '#client/store/programme-view.ts';
import { firstPaint } from './first-paint.ts';
import { frontPage } from './front-page.ts';

/**
 * Imported before everything else: the device's store is opened and read while the rest of the app is still being evaluated,
 * for a launch from the icon is as fast as this is early. The edition that was shown last is known before the directory is.
 */
const KEY = 'escale.shown';
/** The store is read after this long, painted or not. */
const READ_MS = 2000;
const DOOR = '/emargement';
const EVENT = /^\/evenements\/([\w-]+)$/;
/** Where the whole programme shows. An address that is about one place shows that place first. */
const LISTS = location.search.includes('lieu=') ? [] : ['/', '/carte', '/balades'];

// Where the front page shows at once, reading would only hold it up: the screen asks as soon as it is painted.
if (location.pathname === '/' && frontPage()) holdReads(firstPaint(READ_MS));
else {
  database()
    .open()
    .catch(() => undefined);
  editions.subscribe(() => undefined);
  const shown = lastShown();
  if (shown && LISTS.includes(location.pathname)) programme(shown);
}
// A link from elsewhere: what it leads to is looked for while its page's code comes.
const slug = EVENT.exec(location.pathname)?.[1];
/** Resolves once it is known whether the device has the event that the address names; at once for any other address. */
export const eventRead: Promise<void> = slug === undefined ? Promise.resolve() : untilRead(slug);

async function untilRead(of: string): Promise<void> {
  const event = eventBySlug(of);
  await new Promise<void>((resolve) => {
    event.subscribe(() => {
      if (event.get().state !== 'loading') resolve();
    });
  });
}
// The map's code is large: it comes beside the app's own and not after it.
if (location.pathname === '/carte') {
  import('#client/map/programme-map.tsx').catch(() => undefined);
  import('./read-streets.ts').catch(() => undefined);
} else if (location.pathname.startsWith('/balades/')) {
  import('#client/map/tour-map.tsx').catch(() => undefined);
  import('./read-streets.ts').catch(() => undefined);
}
// A phone that is a door reads its roster before anything else is drawn.
if (location.pathname === DOOR) void import('#client/store/door-view.ts').then((store) => store.doorView());

function lastShown(): string | undefined {
  try {
    return new URLSearchParams(location.search).get('edition') ?? localStorage.getItem(KEY) ?? undefined;
  } catch {
    // Storage may be refused: then the directory says which edition it is, a moment later.
    return undefined;
  }
}

/** Remembers which edition is shown, for the next launch. */
export function noteShown(editionId: string): void {
  try {
    localStorage.setItem(KEY, editionId);
  } catch {
    // As above.
  }
}

/** Whether the page of this address shows what the device keeps, without a network. */
export function drawsAtOnce(): boolean {
  return location.pathname === '/' ? frontPage() !== undefined : slug !== undefined && lastShown() !== undefined;
}
