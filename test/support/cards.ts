import type { Slot } from '#domain/dates.ts';
import type { EventCard } from '#domain/event-card.ts';

/** When something of a card is: in metropolitan France. */
export type CardSlot = Omit<Slot, 'zone'>;

/** A card of the programme on which only what a test speaks of stands. */
export function eventCard(id: string, slots: readonly CardSlot[], more: Partial<EventCard> = {}): EventCard {
  return {
    id,
    slug: id,
    editionId: 'e',
    region: '76',
    title: { fr: id },
    format: 'talk',
    themes: [],
    audiences: [],
    accessibility: [],
    attendanceMode: 'on_site',
    status: 'scheduled',
    slots: slots.map((slot) => ({ ...slot, zone: 'Europe/Paris' })),
    venues: [],
    tour: false,
    ...more,
  };
}
