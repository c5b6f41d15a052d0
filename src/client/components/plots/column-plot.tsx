import { useId } from 'react';
import styles from './column-plot.module.css';

export interface PlotColumn {
  readonly key: string;
  readonly value: number;
  /** `mar. 24 nov. : 12 personnes`. */
  readonly said: string;
}

interface ColumnPlotProps {
  readonly title: string;
  /** What is to be seen there, for those who do not see it. */
  readonly description: string;
  /** In the order of time, without gaps. */
  readonly columns: readonly PlotColumn[];
  readonly first: string;
  readonly last: string;
  /** The number at the top. */
  readonly top: string;
}

const HEIGHT = 100;

/** Columns over time. */
export function ColumnPlot({ title, description, columns, first, last, top }: ColumnPlotProps) {
  const id = useId();
  const most = Math.max(1, ...columns.map((column) => column.value));
  // A few columns are not as wide as the page.
  const slots = Math.max(columns.length, 7);
  return (
    <div className={styles.plot}>
      <p className={styles.top} aria-hidden="true">
        {top}
      </p>
      <svg
        className={styles.columns}
        viewBox={`0 0 ${slots * 10} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-desc`}
      >
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-desc`}>{description}</desc>
        <line className={styles.line} x1="0" x2={slots * 10} y1="0.5" y2="0.5" vectorEffect="non-scaling-stroke" />
        {columns.map((column, at) => {
          const height = (column.value / most) * HEIGHT;
          return (
            <g key={column.key} className={styles.column}>
              <title>{column.said}</title>
              <rect x={at * 10} y="0" width="10" height={HEIGHT} className={styles.reach} />
              <rect x={at * 10 + 1} y={HEIGHT - height} width="8" height={height} className={styles.bar} />
            </g>
          );
        })}
      </svg>
      <p className={styles.ends} aria-hidden="true">
        <span>{first}</span>
        {columns.length > 1 ? <span>{last}</span> : null}
      </p>
    </div>
  );
}
