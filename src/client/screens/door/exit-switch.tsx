import { LogIn, LogOut } from 'lucide-react';
import { Icon } from '#client/components/icon.tsx';
import { useT } from '#client/i18n/i18n.ts';
import styles from './exit-switch.module.css';

interface ExitSwitchProps {
  readonly exit: boolean;
  readonly onExit: (exit: boolean) => void;
}

/** Arrivals or exits; while it is exits the whole page says so. */
export function ExitSwitch({ exit, onExit }: ExitSwitchProps) {
  const t = useT();
  const ways = [
    { value: false, icon: LogIn, text: t('door.way.in') },
    { value: true, icon: LogOut, text: t('door.way.out') },
  ] as const;
  return (
    <div className={styles.place}>
      <fieldset className={styles.switch}>
        <legend className={styles.legend}>{t('door.way')}</legend>
        {ways.map(({ value, icon, text }) => (
          <label key={text} className={value ? styles.out : styles.in}>
            <input
              type="radio"
              name="way"
              className={styles.radio}
              checked={exit === value}
              onChange={() => onExit(value)}
            />
            <Icon of={icon} />
            <span>{text}</span>
          </label>
        ))}
      </fieldset>
      <p className={styles.note} role="status">
        {exit ? t('door.way.out.note') : null}
      </p>
    </div>
  );
}
