import { useMemo } from 'react';
import type { Instant, LocalDate } from '#domain/dates.ts';
import { localOf } from '#domain/dates.ts';
import type { EventCard } from '#domain/event-card.ts';
import type { FeaturedPlace } from '#domain/featured.ts';
import { featuredId, shownOf } from '#domain/featured.ts';
import type { FeaturedItem } from '#client/components/event/featured-events.tsx';
import { useClock } from './use-clock.ts';
import { useContent } from './use-content.ts';
import { useEventsById } from './use-events.ts';

interface FeaturedView {
  readonly items: readonly FeaturedItem[];
  readonly now: Instant;
  readonly today: LocalDate;
  /** Whether the device has had what the team chose, even if that is nothing. */
  readonly kept: boolean;
}

/** What is featured on a page today, out of the cards that the device keeps. */
export function useFeatured(
  editionId: string | undefined,
  place: FeaturedPlace,
  cards: readonly EventCard[],
): FeaturedView {
  const now = useClock();
  const { featured, kept } = useContent();
  const today = localOf(now).date;
  const chosen = featured.find((one) => editionId !== undefined && one.id === featuredId(editionId, place));
  const shown = useMemo(() => shownOf(chosen, cards, { now, today }), [chosen, cards, now, today]);
  const events = useEventsById(shown.map((card) => card.id));
  const items = useMemo(
    () =>
      shown.map((card) => {
        const image = events.get(card.id)?.event?.image;
        return { card, ...(image ? { image } : {}) };
      }),
    [shown, events],
  );
  return { items, now, today, kept };
}
