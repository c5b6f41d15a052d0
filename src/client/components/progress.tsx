import { useId } from 'react';
import { useFormat } from '#client/i18n/format.ts';
import styles from './progress.module.css';

interface ProgressProps {
  readonly label: string;
  readonly done: number;
  /** Unknown at first: the bar then only says that something goes on. */
  readonly total?: number | undefined;
}

/** Progress with its numbers, never a bar alone. */
export function Progress({ label, done, total }: ProgressProps) {
  const id = useId();
  const format = useFormat();
  return (
    <div className={styles.progress}>
      <div className={styles.top}>
        <label htmlFor={id}>{label}</label>
        <span className="tabular">
          {total === undefined ? format.number(done) : `${format.number(done)} / ${format.number(total)}`}
        </span>
      </div>
      <progress id={id} className={styles.bar} {...(total === undefined ? {} : { value: done, max: total || 1 })} />
    </div>
  );
}
