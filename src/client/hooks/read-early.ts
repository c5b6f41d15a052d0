import { database } from '#client/store/database.ts';
import { editions } from '#client/store/directory-view.ts';
import { programme } from '#client/store/programme-view.ts';
import { frontPage } from './front-page.ts';

/**
 * Imported before everything else: the device's store is opened and read while the rest of the app is still being evaluated,
 * for a launch from the icon is as fast as this is early. The edition that was shown last is known before the directory is.
 */
const KEY = 'escale.shown';
const DOOR = '/emargement';
/** Where the whole programme shows. An address that is about one place shows that place first. */
const LISTS = location.search.includes('lieu=') ? [] : ['/', '/carte', '/balades'];

// Where the front page shows at once, reading would only hold it up: the screen asks as soon as it stands.
if (location.pathname !== '/' || !frontPage()) {
  database()
    .open()
    .catch(() => undefined);
  editions.subscribe(() => undefined);
  const shown = lastShown();
  if (shown && LISTS.includes(location.pathname)) programme(shown);
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
