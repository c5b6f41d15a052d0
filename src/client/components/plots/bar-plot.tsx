import type { ReactNode } from 'react';
import styles from './bar-plot.module.css';

export interface Bar {
  readonly key: string;
  readonly label: ReactNode;
  readonly value: number;
  /** The number with what it is of: `12 événements`. */
  readonly said: string;
}

/** Bars beside their names and numbers, longest for the largest. The words say all of it: a screen reader reads a list. */
export function BarPlot({ label, bars }: { readonly label: string; readonly bars: readonly Bar[] }) {
  const most = Math.max(1, ...bars.map((bar) => bar.value));
  return (
    <ul className={styles.plot} aria-label={label}>
      {bars.map((bar) => (
        <li key={bar.key} className={styles.row}>
          <span className={styles.label}>{bar.label}</span> <span className={styles.value}>{bar.said}</span>
          <svg className={styles.track} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
            <rect className={styles.ground} width="100" height="4" />
            <rect className={styles.bar} width={(bar.value / most) * 100} height="4" />
          </svg>
        </li>
      ))}
    </ul>
  );
}
