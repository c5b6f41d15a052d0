import { database } from '#client/store/database.ts';
import { editions, ticketKeys } from '#client/store/directory-view.ts';
import { eventBySlug } from '#client/store/events.ts';
import type { KeptPack } from '#client/store/kept-packs.ts';
import { keptPacks } from '#client/store/kept-packs.ts';
import type { Live } from '#client/store/live.ts';
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
/** What a door can do without is read after this long, painted or not. */
const CALM_MS = 5000;
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
const slug = EVENT.exec(location.pathname)?.[1];
/**
 * Resolves once it is known what the device has of the page that the address names: the event that a link from elsewhere leads to,
 * or the list of a phone that is a door. At once for any other address.
 */
export const pageRead: Promise<void> =
  slug !== undefined ? eventRead(slug) : location.pathname === DOOR ? doorRead() : Promise.resolve();

function eventRead(of: string): Promise<void> {
  const event = eventBySlug(of);
  return until(event, () => event.get().state !== 'loading');
}

async function doorRead(): Promise<void> {
  // A ticket that is read in the first moment is checked like any other.
  ticketKeys.subscribe(() => undefined);
  const store = await import('#client/store/door-view.ts');
  store.storedDoorLock.subscribe(() => undefined);
  const door = store.doorView(firstPaint(CALM_MS));
  await until(door, () => door.get().loaded);
}

function until<T>(value: Live<T>, is: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (is()) resolve();
    };
    value.subscribe(look);
    look();
  });
}
if (location.pathname === '/carte' || location.pathname.startsWith('/balades/')) readStreets();

function lastShown(): string | undefined {
  try {
    return new URLSearchParams(location.search).get('edition') ?? localStorage.getItem(KEY) ?? undefined;
  } catch {
    // Storage may be refused: then the directory says which edition it is, a moment later.
    return undefined;
  }
}

/** Streets that are kept here are looked up, and what draws them comes, before the page asks. */
function readStreets(): void {
  const leave = keptPacks.subscribe(() => {
    const packs = keptPacks.get() ?? [];
    if (packs.length > 0) void readAheadOf(packs).catch(() => undefined);
    leave();
  });
}

async function readAheadOf(packs: readonly KeptPack[]): Promise<void> {
  const [{ readAhead }] = await Promise.all([
    import('#client/map/pack-source.ts'),
    import('#client/map/street-layer.ts'),
  ]);
  await Promise.all(packs.map(readAhead));
}

/** Remembers which edition is shown, for the next launch. */
export function noteShown(editionId: string): void {
  try {
    localStorage.setItem(KEY, editionId);
  } catch {
    // As above.
  }
}

/** Whether the page of this address shows what the device keeps, without a network, and tells when it is painted. */
export function drawsAtOnce(): boolean {
  if (location.pathname === '/') return frontPage() !== undefined;
  if (location.pathname === DOOR) return true;
  return (slug !== undefined || location.pathname === '/carte') && lastShown() !== undefined;
}
