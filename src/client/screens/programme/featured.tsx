import { useEffect } from 'react';
import type { EventCard } from '#domain/event-card.ts';
import { FeaturedEvents } from '#client/components/event/featured-events.tsx';
import { useFeatured } from '#client/hooks/use-featured.ts';

export interface FeaturedProps {
  readonly editionId: string;
  readonly cards: readonly EventCard[];
  /** Told whether there is anything, once it is known. */
  readonly onKnown: (any: boolean) => void;
}

/** What the first page shows first; fetched beside the list, which does not wait for it. */
export function Featured({ editionId, cards, onKnown }: FeaturedProps) {
  const { items, now, today, kept } = useFeatured(editionId, 'home', cards);
  const any = items.length > 0;
  useEffect(() => {
    if (kept && cards.length > 0) onKnown(any);
  }, [kept, cards, any, onKnown]);
  return <FeaturedEvents items={items} now={now} today={today} />;
}
