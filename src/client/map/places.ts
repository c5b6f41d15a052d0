import type { EventCard } from '#domain/event-card.ts';
import type { Position } from '#domain/programme.ts';

/** A point of the map and the events that take place there. */
export interface Place {
  /** The position, rounded to about a metre: two venues at one address are one place. */
  readonly id: string;
  readonly name: string;
  readonly city?: string;
  readonly position: Position;
  /** In the order of the programme; each event once. */
  readonly cards: readonly EventCard[];
}

/** The places of some events, in the order in which the programme first comes to them. */
export function placesOf(cards: readonly EventCard[]): Place[] {
  const places = new Map<string, Place & { cards: EventCard[] }>();
  for (const card of cards) {
    for (const venue of card.venues) {
      const { lat, lon } = venue.position;
      const id = `${lat.toFixed(5)},${lon.toFixed(5)}`;
      const place = places.get(id);
      if (!place) {
        places.set(id, {
          id,
          name: venue.name,
          ...(venue.city ? { city: venue.city } : {}),
          position: venue.position,
          cards: [card],
        });
      } else if (!place.cards.includes(card)) {
        place.cards.push(card);
      }
    }
  }
  return [...places.values()];
}
