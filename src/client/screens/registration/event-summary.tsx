import { CalendarDays, MapPin } from 'lucide-react';
import { Facts } from '#client/components/facts.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { compareSlots } from '#domain/dates.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { venueOf } from '#domain/programme.ts';
import styles from './registration.module.css';

interface EventSummaryProps {
  readonly event: ProgrammeEvent;
  readonly title: { readonly text: string; readonly lang: string };
}

/** What one registers for, above the form: a mistake is seen before it is made. */
export function EventSummary({ event, title }: EventSummaryProps) {
  const t = useT();
  const format = useFormat();
  const slots = event.sessions.map((session) => session.slot).toSorted(compareSlots);
  const when = format.span(slots);
  const venue = venueOf(event);
  const where = venue
    ? [venue.name, venue.city].filter(Boolean).join(', ')
    : event.attendanceMode === 'online'
      ? t('ticket.fact.online')
      : undefined;
  return (
    <div className={styles.summary}>
      <p className={styles.eventTitle} lang={title.lang}>
        {title.text}
      </p>
      <Facts
        items={[
          ...(when ? [{ icon: CalendarDays, term: t('ticket.fact.when'), value: when }] : []),
          ...(where ? [{ icon: MapPin, term: t('ticket.fact.where'), value: where }] : []),
        ]}
      />
    </div>
  );
}
