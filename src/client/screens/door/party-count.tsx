import { useT } from '#client/i18n/i18n.ts';
import styles from './party-count.module.css';

interface PartyCountProps {
  readonly most: number;
  readonly count: number;
  readonly onChange: (count: number) => void;
}

/** From this size on a list is quicker than a row of buttons. */
const ROW = 8;

/** How many of a party come in now. */
export function PartyCount({ most, count, onChange }: PartyCountProps) {
  const t = useT();
  const counts = Array.from({ length: most }, (_, i) => i + 1);
  if (most > ROW)
    return (
      <label className={styles.list}>
        <span className={styles.legend}>{t('door.party.how')}</span>
        <select className={styles.select} value={count} onChange={(event) => onChange(Number(event.target.value))}>
          {counts.map((n) => (
            <option key={n} value={n}>
              {n}
            </option>
          ))}
        </select>
      </label>
    );
  return (
    <fieldset>
      <legend className={styles.legend}>{t('door.party.how')}</legend>
      <div className={styles.row}>
        {counts.map((n) => (
          <label key={n} className={styles.one}>
            <input
              type="radio"
              name="count"
              className={styles.radio}
              checked={n === count}
              onChange={() => onChange(n)}
            />
            <span>{n}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
