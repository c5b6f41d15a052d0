import { CalendarDays, Footprints, Route, Ruler } from 'lucide-react';
import { compareSlots } from '#domain/dates.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import type { TourPlan } from '#domain/tour-plan.ts';
import { lengthOf } from '#domain/tour-plan.ts';
import { LinkButton } from '#client/components/button.tsx';
import { Facts } from '#client/components/facts.tsx';
import { Localized } from '#client/components/localized.tsx';
import { Notice } from '#client/components/notice.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { directionsTo } from '#client/platform/directions.ts';
import { TourStreets } from './tour-streets.tsx';
import styles from './tour.module.css';
import { rounded } from './walk-text.ts';

/** What a tour is, before one sets out. */
export function TourAbout({ event, plan }: { readonly event: ProgrammeEvent; readonly plan: TourPlan }) {
  const t = useT();
  const format = useFormat();
  const { tour } = plan;
  const slots = event.sessions.map((session) => session.slot).toSorted(compareSlots);
  const approximate = tour.approximate || tour.route === undefined || tour.stops.some((s) => s.position.approximate);
  const length = rounded(lengthOf(tour));
  const [start] = tour.stops;
  const startName = start?.address ?? shownIn(start?.title, format.language).text;
  return (
    <>
      {event.summary ? (
        <p className={styles.summary}>
          <Localized prose of={event.summary} />
        </p>
      ) : null}
      <Facts
        items={[
          ...(slots.length > 0
            ? [
                {
                  icon: CalendarDays,
                  term: t('tour.when'),
                  value: slots.map((slot) => (
                    <span key={`${slot.date} ${slot.start}`} className={styles.line}>
                      {format.slot(slot, 'weekday')}
                    </span>
                  )),
                },
              ]
            : []),
          { icon: Footprints, term: t('tour.stops'), value: t('tours.stops', { n: tour.stops.length }) },
          {
            icon: Ruler,
            term: t('tour.length'),
            value: approximate
              ? t('tour.length.about', { distance: format.distance(length) })
              : format.distance(length),
          },
        ]}
      />
      <div className={styles.ways}>
        <LinkButton to={`/evenements/${event.slug}`}>{t('tour.event')}</LinkButton>
        {start ? (
          <LinkButton icon={Route} href={directionsTo(start.position.lat, start.position.lon, startName)}>
            {t('tour.start.directions')}
          </LinkButton>
        ) : null}
      </div>
      {approximate ? (
        <Notice tone="attention" title={t('tour.approximate')}>
          {t('tour.approximate.text')}
        </Notice>
      ) : null}
      <TourStreets event={event} />
    </>
  );
}
