import { Minus, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#client/components/button.tsx';
import { useT } from '#client/i18n/i18n.ts';
import styles from './stepper.module.css';
import { useSettling } from './use-settling.ts';

interface StepperProps {
  /** What is counted, for who does not see it. */
  readonly label: string;
  readonly most: number;
  readonly count: number;
  readonly onChange: (count: number) => void;
  /** All at once, where a party is meant and not a number. */
  readonly all?: boolean;
}

/** How many, in two large buttons: a thumb in the dark finds them. */
export function Stepper({ label, most, count, onChange, all = false }: StepperProps) {
  const t = useT();
  return (
    <div role="group" aria-label={label} className={styles.stepper}>
      <span className={styles.label} aria-hidden="true">
        {label}
      </span>
      <div className={styles.row}>
        <Button
          size="large"
          icon={Minus}
          iconOnly
          className={styles.step ?? ''}
          disabled={count <= 1}
          onClick={() => onChange(count - 1)}
        >
          {t('door.count.less')}
        </Button>
        <output className={styles.count}>{all ? t('door.count.of', { count, most }) : count}</output>
        <Button
          size="large"
          icon={Plus}
          iconOnly
          className={styles.step ?? ''}
          disabled={count >= most}
          onClick={() => onChange(count + 1)}
        >
          {t('door.count.more')}
        </Button>
        {all && count < most ? (
          <Button size="large" variant="quiet" onClick={() => onChange(most)}>
            {t('door.count.all')}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

/** Milliseconds without a tap after which a number is meant. */
const MEANT = 900;

/** A number that is tapped together and passed on once, also when the next guest comes in between. */
export function SettlingStepper({ count, onChange, ...rest }: StepperProps) {
  const [shown, setShown] = useState(count);
  const settle = useSettling<number>((next) => {
    if (next !== count) onChange(next);
  }, MEANT);
  return (
    <Stepper
      {...rest}
      count={shown}
      onChange={(next) => {
        setShown(next);
        settle(next);
      }}
    />
  );
}
