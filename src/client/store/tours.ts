import { database } from './database.ts';
import type { EscaleDatabase } from './database.ts';
import type { EventView } from './events.ts';
import { EVENT_LOADING, findEvent, notFound } from './events.ts';
import { live, liveFamily } from './live.ts';
import { readCards } from './card-packs.ts';

/** The event that a tour belongs to, by the tour's slug, in whatever edition is kept. Only packs that hold a tour are parsed. */
export const eventByTour = liveFamily((slug) => live(() => tourView(database(), slug), EVENT_LOADING));

async function tourView(db: EscaleDatabase, slug: string): Promise<EventView> {
  const packs = await db.cards.where('[scope+name]').between(['programme/', ''], ['programme0', '']).toArray();
  const ids = new Set<string>();
  for (const { text } of packs) {
    if (!text.includes('"tour":true')) continue;
    for (const card of readCards(text).cards) if (card.tour) ids.add(card.id);
  }
  for (const id of ids) {
    const event = await findEvent(db, 'id', id);
    if (event?.tour?.slug === slug) return { event, state: 'found' };
  }
  return notFound(db);
}
