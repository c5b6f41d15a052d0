import type { EventCard } from '#domain/event-card.ts';
import { placeIdOf } from '#domain/place-id.ts';
import type { Position } from '#domain/programme.ts';

/** A point of the map and the events that take place there. */
export interface Place {
  /** `placeIdOf` its position. */
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
      const id = placeIdOf(venue.position);
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

/** A room or a town whose position nobody gave, and what takes place there. */
export interface UnplacedRoom {
  readonly name: string;
  readonly city?: string;
  readonly cards: readonly EventCard[];
}

/** Where events are that are on no map, as far as their programme says it; those that say nothing are left out. */
export function roomsOf(cards: readonly EventCard[]): UnplacedRoom[] {
  const rooms = new Map<string, UnplacedRoom & { cards: EventCard[] }>();
  for (const card of cards) {
    const name = card.room ?? card.city;
    if (card.venues.length > 0 || card.attendanceMode === 'online' || !name) continue;
    const key = JSON.stringify([name, card.city]);
    const room = rooms.get(key);
    if (room) room.cards.push(card);
    else rooms.set(key, { name, ...(card.room && card.city ? { city: card.city } : {}), cards: [card] });
  }
  return [...rooms.values()];
}
