import type { Ref } from 'react';
import { useId } from 'react';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { directionTo, distanceBetween } from '#domain/bearing.ts';
import type { Tour, TourStop } from '#domain/programme.ts';
import { textIn } from '#domain/text.ts';
import styles from './tour.module.css';

interface TourStopsProps {
  readonly ref: Ref<HTMLOListElement>;
  readonly tour: Tour;
}

/** The stops in order, each with the way to the next in words: the tour without its map. */
export function TourStops({ ref, tour }: TourStopsProps) {
  const t = useT();
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.stops}>
      <h2 id={id}>{t('tour.stops')}</h2>
      <ol ref={ref} className={styles.list} aria-labelledby={id}>
        {tour.stops.map((stop, i) => (
          <Stop key={stop.id} stop={stop} number={i + 1} next={tour.stops[i + 1]} />
        ))}
      </ol>
    </section>
  );
}

interface StopProps {
  readonly stop: TourStop;
  readonly number: number;
  readonly next: TourStop | undefined;
}

function Stop({ stop, number, next }: StopProps) {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const title = textIn(stop.title, language);
  const text = textIn(stop.text, language);
  return (
    <li className={styles.stop} data-stop={stop.id} tabIndex={-1}>
      <span className={styles.number} aria-hidden="true">
        {number}
      </span>
      <h3 lang={title.lang}>{title.text}</h3>
      {stop.address ? <p className={styles.muted}>{stop.address}</p> : null}
      {stop.position.approximate ? <p className={styles.muted}>{t('map.approximate')}</p> : null}
      {text.text ? (
        <p className={styles.text} lang={text.lang}>
          {text.text}
        </p>
      ) : null}
      {stop.dwell ? <p className={styles.muted}>{t('tour.dwell', { minutes: stop.dwell })}</p> : null}
      {next ? (
        <p className={styles.leg}>
          {t('tour.leg', {
            n: number + 1,
            distance: format.distance(rounded(distanceBetween(stop.position, next.position))),
            direction: t(`tour.direction.${directionTo(stop.position, next.position)}`),
          })}
        </p>
      ) : null}
    </li>
  );
}

/** Ten metres are all that a straight line is good for. */
function rounded(metres: number): number {
  return Math.max(10, Math.round(metres / 10) * 10);
}
