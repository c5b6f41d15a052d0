import { Footprints } from 'lucide-react';
import type { Tour } from '#domain/programme.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { LinkButton } from '../button.tsx';
import styles from './event-tour.module.css';
import { Localized } from '../localized.tsx';

/** The stops of a walk in order: all that is needed to do it without a map. */
export function EventTour({ tour }: { readonly tour: Tour }) {
  const t = useT();
  const format = useFormat();
  return (
    <section className={styles.tour}>
      <h2>{t('event.tour')}</h2>
      {tour.length ? (
        <p className={styles.quiet}>{t('event.tour.length', { distance: format.distance(tour.length) })}</p>
      ) : null}
      <ol className={styles.stops}>
        {tour.stops.map((stop, at) => (
          <li key={stop.id} className={styles.stop}>
            <span className={styles.number} aria-hidden="true">
              {at + 1}
            </span>
            <div className={styles.body}>
              <h3>
                <Localized of={stop.title} />
              </h3>
              <p className={styles.quiet}>
                {[stop.address, stop.dwell ? t('event.tour.dwell', { minutes: stop.dwell }) : undefined]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
              {stop.text ? (
                <p>
                  <Localized prose of={stop.text} />
                </p>
              ) : null}
            </div>
          </li>
        ))}
      </ol>
      {tour.approximate ? <p className={styles.quiet}>{t('event.tour.approximate')}</p> : null}
      <LinkButton icon={Footprints} to={`/balades/${tour.slug}`} className={styles.follow ?? ''}>
        {t('event.tour.follow')}
      </LinkButton>
    </section>
  );
}
