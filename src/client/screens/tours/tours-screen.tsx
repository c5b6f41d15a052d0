import { CalendarDays, Footprints, MapPin, Play, Route } from 'lucide-react';
import { Link } from 'react-router';
import { LinkButton } from '#client/components/button.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { Facts } from '#client/components/facts.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { useEditions } from '#client/hooks/use-editions.ts';
import { useEventsById } from '#client/hooks/use-events.ts';
import { useProgramme } from '#client/hooks/use-programme.ts';
import { useTour } from '#client/hooks/use-tour.ts';
import { useOpenWalks } from '#client/hooks/use-walk.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { useClock } from '#client/hooks/use-clock.ts';
import { nextSlot } from '#domain/agenda.ts';
import type { ProgrammeEvent, Tour } from '#domain/programme.ts';
import { shownIn } from '#client/i18n/shown.ts';
import type { WalkRow } from '#client/store/database.ts';
import styles from './tours.module.css';

/** `/balades`: the walking tours of the programme. */
export function ToursScreen() {
  const t = useT();
  const { current } = useEditions();
  const { cards, state } = useProgramme(current?.id);
  const ids = cards.filter((card) => card.tour).map((card) => card.id);
  const events = useEventsById(ids);
  const begun = useOpenWalks();
  const header = (
    <>
      <PageHeader title={t('tours.title')} lead={t('tours.lead')} />
      {begun.map((walk) => (
        <OpenWalk key={walk.slug} walk={walk} />
      ))}
    </>
  );
  if (ids.length === 0) {
    return (
      <>
        {header}
        {state === 'ready' || state === 'empty-offline' ? (
          <EmptyState
            icon={Footprints}
            text={t('tours.empty')}
            action={<LinkButton to="/">{t('tours.empty.action')}</LinkButton>}
          />
        ) : null}
      </>
    );
  }
  return (
    <div className={styles.page}>
      {header}
      <ul className={styles.list}>
        {[...events.values()].map(({ event }) =>
          event?.tour ? <TourCard key={event.id} event={event} tour={event.tour} /> : null,
        )}
      </ul>
    </div>
  );
}

/** A walk that was begun: back to it before everything else. */
function OpenWalk({ walk }: { readonly walk: WalkRow }) {
  const t = useT();
  const { event } = useTour(walk.slug);
  const title = shownIn(event?.tour?.title, useLanguage());
  if (!event?.tour) return null;
  const index = event.tour.stops.findIndex((stop) => stop.id === walk.state.stop);
  return (
    <section className={styles.open} aria-label={t('walk.open')}>
      <h2 className={styles.title} lang={title.lang}>
        {title.text}
      </h2>
      <LinkButton variant="primary" size="large" icon={Play} to={`/balades/${walk.slug}`}>
        {t('walk.resume', { n: Math.max(1, index + 1), total: event.tour.stops.length })}
      </LinkButton>
    </section>
  );
}

function TourCard({ event, tour }: { readonly event: ProgrammeEvent; readonly tour: Tour }) {
  const t = useT();
  const format = useFormat();
  const title = shownIn(tour.title, useLanguage());
  const now = useClock();
  const slot = nextSlot(
    event.sessions.map((session) => session.slot),
    now,
  );
  const city = event.venues.find((venue) => venue.city)?.city;
  return (
    <li className={styles.card}>
      <h2 className={styles.title}>
        <Link to={`/balades/${tour.slug}`} className={styles.link ?? ''} lang={title.lang}>
          {title.text}
        </Link>
      </h2>
      <Facts
        items={[
          ...(slot ? [{ icon: CalendarDays, term: t('tour.when'), value: format.slot(slot) }] : []),
          ...(city ? [{ icon: MapPin, term: t('tour.start'), value: city }] : []),
          { icon: Footprints, term: t('tour.stops'), value: t('tours.stops', { n: tour.stops.length }) },
          ...(tour.length === undefined
            ? []
            : [
                {
                  icon: Route,
                  term: t('tour.length'),
                  value: t('tour.length.about', { distance: format.distance(tour.length) }),
                },
              ]),
        ]}
      />
    </li>
  );
}
