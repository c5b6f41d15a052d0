import type { Standing } from './account.ts';
import type { Instant, LocalDate } from './dates.ts';
import { areOver } from './dates.ts';
import type { EventCard } from './event-card.ts';
import type { Uuid } from './ids.ts';
import type { RegionCode } from './programme.ts';

/** Where events are featured: `home`, the first page of the programme, or a region's. */
export type FeaturedPlace = RegionCode;

/** More would be a second programme above the first. */
export const MAX_FEATURED = 6;

export interface FeaturedEvent {
  readonly eventId: Uuid;
  /** First and last day on which it is shown; always, as long as it takes place, without them. */
  readonly from?: LocalDate;
  readonly to?: LocalDate;
}

/** What somebody chose to show first, in their order. */
export interface Featured {
  /** `{edition}/{place}`. */
  readonly id: string;
  readonly editionId: string;
  readonly place: FeaturedPlace;
  readonly events: readonly FeaturedEvent[];
  /** ISO 8601, the server's time; an edit names the one that it was made from. */
  readonly updatedAt: string;
}

export const featuredId = (editionId: string, place: FeaturedPlace): string => `${editionId}/${place}`;

/** Whether somebody chooses what stands there: the national team everywhere, a correspondent on the pages of their regions. */
export function mayFeature(who: Standing, place: FeaturedPlace): boolean {
  return who.role === 'national' || (who.role === 'regional' && place !== 'home' && who.regions.includes(place));
}

/** Why a featured event is not shown today. `absent`: it was taken out of the programme, or its region is not kept on this device. */
export type Unshown = 'absent' | 'cancelled' | 'over' | 'not_yet' | 'no_longer';

/** Undefined when it is shown. @param card of the event, where the device has it */
export function unshown(
  { from, to }: FeaturedEvent,
  card: EventCard | undefined,
  moment: { readonly now: Instant; readonly today: LocalDate },
): Unshown | undefined {
  if (!card) return 'absent';
  if (card.status === 'cancelled') return 'cancelled';
  if (areOver(card.slots, moment.now)) return 'over';
  if (from !== undefined && moment.today < from) return 'not_yet';
  if (to !== undefined && moment.today > to) return 'no_longer';
  return undefined;
}

/** What is shown of a choice today, in its order. */
export function shownOf(
  featured: Featured | undefined,
  cards: readonly EventCard[],
  moment: { readonly now: Instant; readonly today: LocalDate },
): EventCard[] {
  if (!featured || featured.events.length === 0) return [];
  const byId = new Map(cards.map((card) => [card.id, card]));
  return featured.events.flatMap((one) => {
    const card = byId.get(one.eventId);
    return card && unshown(one, card, moment) === undefined ? [card] : [];
  });
}
