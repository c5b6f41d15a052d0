import { Footprints } from 'lucide-react';
import { Link } from 'react-router';
import { STATUS_LOOKS } from '#client/components/event/event-card.tsx';
import { StatusPill } from '#client/components/status-pill.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { useClock } from '#client/hooks/use-clock.ts';
import { nextSlot } from '#domain/agenda.ts';
import type { EventCard } from '#domain/event-card.ts';
import { shownIn } from '#client/i18n/shown.ts';
import styles from './map-screen.module.css';

/** The events of a place: title, day, and how it stands. */
export function PlaceEvents({ cards }: { readonly cards: readonly EventCard[] }) {
  const t = useT();
  const format = useFormat();
  const now = useClock();
  return (
    <ul className={styles.events}>
      {cards.map((card) => {
        const title = shownIn(card.title, format.language);
        const slot = nextSlot(card.slots, now);
        const status = STATUS_LOOKS[card.status];
        return (
          <li key={card.id}>
            <Link to={`/evenements/${card.slug}`} className={styles.event ?? ''} lang={title.lang}>
              {title.text}
            </Link>
            <span className={styles.muted}>
              {[slot ? format.slot(slot) : '', t(`format.${card.format}`)].filter(Boolean).join(' · ')}
            </span>
            {card.tour || status ? (
              <span className={styles.pills}>
                {card.tour ? <StatusPill tone="plum" icon={Footprints} text={t('map.walk')} /> : null}
                {status ? <StatusPill {...status} text={t(`status.${card.status}`)} /> : null}
              </span>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
