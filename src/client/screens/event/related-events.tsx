import { useMemo } from 'react';
import { areOver } from '#domain/dates.ts';
import type { EventCard as Card } from '#domain/event-card.ts';
import { cardOf } from '#domain/event-card.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { relatedTo } from '#domain/related.ts';
import { EventCard } from '#client/components/event/event-card.tsx';
import { useClock } from '#client/hooks/use-clock.ts';
import { useFavourites } from '#client/hooks/use-favourites.ts';
import { useProgramme } from '#client/hooks/use-programme.ts';
import type { Format } from '#client/i18n/format.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import styles from './related-events.module.css';

const MOST = 4;

/** The day, or the days; the hours stand on the card. */
function dayOf({ slots }: Card, format: Format): string | undefined {
  const [only] = slots;
  if (!only) return undefined;
  return slots.length === 1 && !only.endDate ? format.day(only.date) : format.span(slots);
}

/** What else of the edition may interest whoever reads this. */
export function RelatedEvents({ event }: { readonly event: ProgrammeEvent }) {
  const t = useT();
  const format = useFormat();
  const now = useClock();
  const { ids: noted } = useFavourites();
  const { cards } = useProgramme(event.editionId);
  const related = useMemo(
    () => relatedTo(cardOf(event), cards, now, MOST),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- what is proposed does not change under the reader's eyes every minute
    [event, cards],
  );
  if (related.length === 0) return null;
  return (
    <section className={styles.related} aria-labelledby="a-voir">
      <h2 id="a-voir">{t('event.related')}</h2>
      <ul className={styles.list}>
        {related.map((card) => (
          <li key={card.id}>
            <p className={styles.when}>{dayOf(card, format) ?? t('programme.undated')}</p>
            <EventCard
              card={card}
              slot={card.slots[0]}
              day={card.slots[0]?.date}
              noted={noted.has(card.id)}
              over={areOver(card.slots, now)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
