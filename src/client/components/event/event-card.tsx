import type { LucideIcon } from 'lucide-react';
import {
  ArrowRightLeft,
  CalendarClock,
  CalendarDays,
  CircleAlert,
  CircleX,
  Footprints,
  Heart,
  Hourglass,
  MapPin,
  Monitor,
  Search,
} from 'lucide-react';
import { memo, Suspense } from 'react';
import { Link } from 'react-router';
import type { LocalDate, Slot } from '#domain/dates.ts';
import { lastDay } from '#domain/dates.ts';
import type { EventCard as Card } from '#domain/event-card.ts';
import type { EventStatus, Places } from '#domain/programme.ts';
import { regionOf } from '#domain/regions.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { Found } from '#domain/found.ts';
import { whyBeside } from '#domain/found.ts';
import { beside } from '../beside.ts';
import styles from './event-card.module.css';
import { FoundText } from './found-text.tsx';
import { Icon } from '../icon.tsx';
import type { Tone } from '../status-pill.tsx';
import { StatusPill } from '../status-pill.tsx';

/** Only where there is room for pictures is it loaded. */
const CardPicture = beside(async () => (await import('./card-picture.tsx')).CardPicture);

/** A status that is said; what goes ahead as announced needs no words. */
export const STATUS_LOOKS: Partial<Record<EventStatus, { tone: Tone; icon: LucideIcon }>> = {
  rescheduled: { tone: 'sun', icon: CalendarClock },
  moved_online: { tone: 'river', icon: ArrowRightLeft },
  postponed: { tone: 'sun', icon: Hourglass },
  full: { tone: 'sun', icon: CircleAlert },
  cancelled: { tone: 'brick', icon: CircleX },
};

const PLACES_LOOKS: Partial<Record<Places, { tone: Tone; icon: LucideIcon }>> = {
  few: { tone: 'coral', icon: Hourglass },
  full: { tone: 'sun', icon: CircleAlert },
};

/** Tells the event's page that going back leads to the list as it was. */
export const FROM_LIST = { from: 'list' } as const;

interface EventCardProps {
  readonly card: Card;
  /** The slot that the line is about, and the day under which it stands. */
  readonly slot?: Slot | undefined;
  readonly day?: LocalDate | undefined;
  /** It is in the person's agenda. */
  readonly noted?: boolean;
  /** It has taken place: free places are no news any more. */
  readonly over?: boolean;
  /** A picture beside it, where there is room. */
  readonly picture?: boolean;
  /** The search that it answers: the words are marked, and where they stand is said when the card does not show it. */
  readonly found?: Found | undefined;
  /** Metres from the person. */
  readonly distance?: number | undefined;
}

/** An event in a list; the whole card leads to it. */
export const EventCard = memo(function EventCard({
  card,
  slot,
  day,
  noted = false,
  over = false,
  picture = false,
  found,
  distance,
}: EventCardProps) {
  const t = useT();
  const format = useFormat();
  const title = shownIn(card.title, format.language);
  const region = regionOf(card.region);
  const town =
    card.city ?? (card.attendanceMode === 'online' ? undefined : region && shownIn(region.name, format.language).text);
  const place = [card.room, town].filter(Boolean).join(' · ');
  const status = STATUS_LOOKS[card.status];
  const places = card.status === 'scheduled' && !over && card.places ? PLACES_LOOKS[card.places] : undefined;
  return (
    <article className={styles.card} data-status={card.status}>
      <div className={styles.time}>{slot ? <Hours slot={slot} day={day} /> : null}</div>
      <div className={styles.body}>
        <p className={styles.kind}>
          {card.tour ? <Icon of={Footprints} size="1.05em" /> : null}
          {t(`format.${card.format}`)}
        </p>
        <h3 className={styles.title}>
          <Link
            to={`/evenements/${card.slug}`}
            state={FROM_LIST}
            className={styles.link ?? ''}
            {...(title.lang === format.language ? {} : { lang: title.lang })}
          >
            <FoundText text={title.text} found={found} />
          </Link>
        </h3>
        {found ? <FoundIn card={card} found={found} /> : null}
        <p className={styles.where}>
          {place ? (
            <span className={styles.piece}>
              <Icon of={MapPin} size="1.05em" />
              <span>
                <FoundText text={place} found={found} />
                {distance === undefined ? null : ` · ${format.distance(rounded(distance))}`}
              </span>
            </span>
          ) : null}
          {card.attendanceMode === 'on_site' ? null : (
            <span className={styles.piece}>
              <Icon of={Monitor} size="1.05em" />
              {t(`mode.${card.attendanceMode}`)}
            </span>
          )}
          {status ? <StatusPill {...status} text={t(`status.${card.status}`)} /> : null}
          {places ? <StatusPill {...places} text={t(`places.${card.places}`)} /> : null}
          {noted ? <StatusPill tone="plum" icon={Heart} text={t('programme.noted')} /> : null}
        </p>
      </div>
      {picture ? (
        <div className={styles.picture}>
          <Suspense>
            <CardPicture card={card} />
          </Suspense>
        </div>
      ) : null}
    </article>
  );
});

/** To what means something: fifty metres, or from ten kilometres on whole ones. */
function rounded(metres: number): number {
  return metres < 1000 ? Math.round(metres / 50) * 50 : metres < 10_000 ? metres : Math.round(metres / 1000) * 1000;
}

/** Where the words were found that the title does not show. */
function FoundIn({ card, found }: { readonly card: Card; readonly found: Found }) {
  const t = useT();
  const why = whyBeside(card, found.why(card.id));
  const [first] = why?.fields ?? [];
  if (!why || !first) return null;
  const others = why.fields.slice(why.name === undefined ? 0 : 1).map((field) => t(`programme.found.${field}`));
  return (
    <p className={styles.found}>
      <Icon of={Search} size="1.05em" />
      <span>
        {why.name === undefined ? null : (
          <>
            {t(`programme.found.${first}.name`)} <FoundText text={why.name} found={found} />
            {others.length > 0 ? ' · ' : null}
          </>
        )}
        {others.length > 0 ? t('programme.found.in', { places: others.join(', ') }) : null}
      </span>
    </p>
  );
}

function Hours({ slot, day }: { readonly slot: Slot; readonly day: LocalDate | undefined }) {
  const t = useT();
  const format = useFormat();
  const last = lastDay(slot);
  if (slot.endDate && slot.date !== day) return <span>{t('programme.until', { day: format.day(last, 'short') })}</span>;
  if (!slot.start && slot.endDate) return <span>{t('programme.until', { day: format.day(last, 'short') })}</span>;
  if (!slot.start) return <Icon of={CalendarDays} size="1.5rem" label={t('programme.no_hours')} />;
  return (
    <>
      <time className={styles.start} dateTime={`${slot.date}T${slot.start}`}>
        {slot.start}
      </time>
      {slot.end ? <span className={styles.end}>{slot.end}</span> : null}
    </>
  );
}
