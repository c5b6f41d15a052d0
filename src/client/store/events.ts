import Dexie from 'dexie';
import type { ProgrammeEvent } from '#domain/programme.ts';
import type { CardsRow, EscaleDatabase, ScopeRow } from './database.ts';
import { database } from './database.ts';
import { live, liveFamily } from './live.ts';
import { readCards } from './card-packs.ts';
import type { ProgrammeIndex } from './programme-view.ts';
import { indexesInMemory } from './programme-view.ts';
import { readEvent } from './event-pages.ts';
import { readSetting } from './settings.ts';

export interface EventView {
  readonly event?: ProgrammeEvent;
  readonly state: 'loading' | 'found' | 'absent';
}

export const EVENT_LOADING: EventView = { state: 'loading' };

/** Where an event was found last, good for as long as the scope has the same pages. */
interface Place {
  readonly scope: string;
  readonly name: string;
  readonly id: string;
  readonly version: string;
}
const places = new Map<string, Place>();

export const eventBySlug = liveFamily((slug) => live(() => eventView(database(), 'slug', slug), EVENT_LOADING));
export const eventById = liveFamily((id) => live(() => eventView(database(), 'id', id), EVENT_LOADING));

async function eventView(db: EscaleDatabase, by: 'slug' | 'id', value: string): Promise<EventView> {
  const event = await findEvent(db, by, value);
  return event ? { event, state: 'found' } : notFound(db);
}

/** What to say of an event that is not here. */
export async function notFound(db: EscaleDatabase): Promise<EventView> {
  // Whether it is absent or still to come is known only once everything that is wanted was here.
  const sync = await readSetting(db, 'sync');
  const loading = (await db.loads.count()) > 0 || sync?.syncedAt === undefined;
  const failed = sync !== undefined && sync.outcome !== 'ok';
  return { state: loading && !failed ? 'loading' : 'absent' };
}

/**
 * Finds an event in whatever edition is kept. A programme in memory knows its place; of the others the packs of cards are
 * searched as text, and only the one that holds it is parsed.
 */
export async function findEvent(
  db: EscaleDatabase,
  by: 'slug' | 'id',
  value: string,
): Promise<ProgrammeEvent | undefined> {
  const scopes = await db.scopes.where('scope').startsWith('programme/').toArray();
  const key = `${by} ${value}`;
  const known = places.get(key);
  if (known && scopes.some((row) => row.scope === known.scope && versionOf(row) === known.version)) {
    return readEvent(db, known.scope, known.name, known.id);
  }
  const indexes = indexesInMemory();
  const unread: ScopeRow[] = [];
  let place: Place | undefined;
  for (const row of scopes) {
    const found = inMemory(indexes, row, by, value);
    if (found === undefined) unread.push(row);
    else if (found !== 'absent') place = found;
  }
  place ??= await placeAmong(db, unread, by, value);
  if (!place) return undefined;
  places.set(key, place);
  return readEvent(db, place.scope, place.name, place.id);
}

function versionOf(row: ScopeRow): string {
  return row.pages.map((page) => page.name).join(' ');
}

function inMemory(
  indexes: readonly ProgrammeIndex[],
  row: ScopeRow,
  by: 'slug' | 'id',
  value: string,
): Place | 'absent' | undefined {
  for (const index of indexes) {
    const found = index.find(row, by, value);
    if (found === 'unknown') continue;
    return found === 'absent' ? found : { ...found, scope: row.scope, version: versionOf(row) };
  }
  return undefined;
}

/** Searches the packs of cards as text, all read in one request. */
async function placeAmong(
  db: EscaleDatabase,
  rows: readonly ScopeRow[],
  by: 'slug' | 'id',
  value: string,
): Promise<Place | undefined> {
  const first = rows[0];
  const last = rows.at(-1);
  if (!first || !last) return undefined;
  const range = db.cards.where('[scope+name]').between([first.scope, Dexie.minKey], [last.scope, Dexie.maxKey]);
  const packs = new Map((await range.toArray()).map((pack) => [`${pack.scope} ${pack.name}`, pack]));
  for (const row of rows) {
    const own = row.pages.flatMap((page) => packs.get(`${row.scope} ${page.name}`) ?? []);
    const place = placeIn(row, own.toReversed(), by, value);
    if (place) return place;
  }
  return undefined;
}

/** @param packs of the scope, the latest first */
function placeIn(row: ScopeRow, packs: readonly CardsRow[], by: 'slug' | 'id', value: string): Place | undefined {
  const needle = JSON.stringify(value);
  for (const [i, pack] of packs.entries()) {
    if (!pack.text.includes(needle)) continue;
    const { cards, gone } = readCards(pack.text);
    const card = cards.find((c) => c[by] === value);
    if (!card) {
      if (by === 'id' && gone.includes(value)) return undefined;
      continue;
    }
    // A later pack that speaks of it has taken it out, or given it another address.
    if (packs.slice(0, i).some((later) => later.text.includes(card.id))) return undefined;
    return { scope: row.scope, name: pack.name, id: card.id, version: versionOf(row) };
  }
  return undefined;
}
