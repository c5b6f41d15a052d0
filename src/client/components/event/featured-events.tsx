import { MapPin } from 'lucide-react';
import { Link } from 'react-router';
import type { Instant, LocalDate } from '#domain/dates.ts';
import { areOver } from '#domain/dates.ts';
import type { EventCard } from '#domain/event-card.ts';
import type { Picture } from '#domain/programme.ts';
import { regionOf } from '#domain/regions.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { FROM_LIST, STATUS_LOOKS } from './event-card.tsx';
import { EventPicture } from './event-picture.tsx';
import styles from './featured-events.module.css';
import { Icon } from '../icon.tsx';
import { StatusPill } from '../status-pill.tsx';

export interface FeaturedItem {
  readonly card: EventCard;
  readonly image?: Picture;
}

interface FeaturedEventsProps {
  readonly items: readonly FeaturedItem[];
  readonly now: Instant;
  readonly today: LocalDate;
}

/** What the team shows first. Nothing at all where there is nothing to show today. */
export function FeaturedEvents({ items, now, today }: FeaturedEventsProps) {
  const t = useT();
  if (items.length === 0) return null;
  return (
    <section className={styles.featured} aria-labelledby="a-la-une">
      <h2 id="a-la-une" className={styles.heading}>
        {t('featured.title')}
      </h2>
      <ul className={styles.list}>
        {items.map((item) => (
          <li key={item.card.id} className={styles.item}>
            <FeaturedCard {...item} now={now} today={today} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface FeaturedCardProps extends FeaturedItem {
  readonly now: Instant;
  readonly today: LocalDate;
}

function FeaturedCard({ card, image, now, today }: FeaturedCardProps) {
  const t = useT();
  const format = useFormat();
  const title = shownIn(card.title, format.language);
  const region = regionOf(card.region);
  const next = card.slots.find((slot) => !areOver([slot], now));
  const when = next && next.date < today ? format.span(card.slots) : next && format.slot(next);
  const where =
    card.city ??
    (region && card.attendanceMode !== 'online' ? shownIn(region.name, format.language).text : t('mode.online'));
  const status = STATUS_LOOKS[card.status];
  return (
    <article className={styles.card}>
      <div className={styles.picture}>
        <EventPicture event={{ id: card.id, format: card.format, ...(image ? { image } : {}) }} />
      </div>
      <div className={styles.words}>
        <h3 className={styles.title}>
          <Link
            to={`/evenements/${card.slug}`}
            state={FROM_LIST}
            className={styles.link ?? ''}
            {...(title.lang === format.language ? {} : { lang: title.lang })}
          >
            {title.text}
          </Link>
        </h3>
        <p className={styles.line}>{when ?? t('programme.undated')}</p>
        <p className={styles.line}>
          <Icon of={MapPin} size="1.05em" /> {where}
        </p>
        {status ? <StatusPill {...status} text={t(`status.${card.status}`)} /> : null}
      </div>
    </article>
  );
}
