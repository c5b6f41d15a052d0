import { CalendarDays, Footprints, MapPinOff, Ruler } from 'lucide-react';
import { Suspense, lazy, useCallback, useRef } from 'react';
import { useParams } from 'react-router';
import { LinkButton } from '#client/components/button.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { Facts } from '#client/components/facts.tsx';
import { Notice } from '#client/components/notice.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { useGround } from '#client/hooks/use-ground.ts';
import { useTour } from '#client/hooks/use-tour.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { compareSlots } from '#domain/dates.ts';
import type { ProgrammeEvent, Tour } from '#domain/programme.ts';
import { textIn } from '#domain/text.ts';
import { useMapTexts } from '#client/map/map-texts.ts';
import { TourStops } from './tour-stops.tsx';
import styles from './tour.module.css';

const TourMap = lazy(async () => ({ default: (await import('#client/map/tour-map.tsx')).TourMap }));

/** `/balades/:slug`: a walking tour to read and follow by its words and its map. */
export function TourScreen() {
  const t = useT();
  const { slug } = useParams();
  const { event, state } = useTour(slug);
  if (event?.tour) return <TourPage key={event.id} event={event} tour={event.tour} />;
  const header = <PageHeader title={t('tours.title')} back={{ to: '/balades', label: t('tour.back') }} />;
  if (state === 'loading') return header;
  return (
    <>
      {header}
      <EmptyState
        icon={MapPinOff}
        text={t('tour.absent')}
        action={<LinkButton to="/balades">{t('tour.absent.action')}</LinkButton>}
      />
    </>
  );
}

function TourPage({ event, tour }: { readonly event: ProgrammeEvent; readonly tour: Tour }) {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const list = useRef<HTMLOListElement>(null);
  const texts = useMapTexts(t('tour.map'));
  const ground = useGround();
  const title = textIn(tour.title, language);
  const summary = textIn(event.summary, language);
  const slots = event.sessions.map((session) => session.slot).toSorted(compareSlots);
  const approximate = tour.approximate || tour.route === undefined || tour.stops.some((s) => s.position.approximate);

  const goToStop = useCallback((stopId: string) => {
    const stop = list.current?.querySelector<HTMLElement>(`[data-stop="${CSS.escape(stopId)}"]`);
    stop?.focus({ preventScroll: true });
    stop?.scrollIntoView({ block: 'start' });
  }, []);

  return (
    <article className={styles.page}>
      <PageHeader title={title.text} lang={title.lang} back={{ to: '/balades', label: t('tour.back') }} />
      <div className={styles.about}>
        {summary.text ? (
          <p className={styles.summary} lang={summary.lang}>
            {summary.text}
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
            ...(tour.length === undefined
              ? []
              : [
                  {
                    icon: Ruler,
                    term: t('tour.length'),
                    value: approximate
                      ? t('tour.length.about', { distance: format.distance(tour.length) })
                      : format.distance(tour.length),
                  },
                ]),
          ]}
        />
        <div>
          <LinkButton to={`/evenements/${event.slug}`}>{t('tour.event')}</LinkButton>
        </div>
        {approximate ? (
          <Notice tone="attention" title={t('tour.approximate')}>
            {t('tour.approximate.text')}
          </Notice>
        ) : null}
      </div>
      <div className={styles.map}>
        <Suspense fallback={<p className={styles.wait}>{t('map.loading')}</p>}>
          <TourMap
            key={language}
            tour={tour}
            texts={texts}
            ground={ground}
            stopTitle={(n) => textIn(tour.stops[n - 1]?.title, language).text}
            stopName={(n) => t('tour.stop.name', { n, title: textIn(tour.stops[n - 1]?.title, language).text })}
            onChoose={goToStop}
          />
        </Suspense>
      </div>
      <TourStops ref={list} tour={tour} />
    </article>
  );
}
