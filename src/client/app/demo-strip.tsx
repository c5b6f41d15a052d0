import { useT } from '#client/i18n/i18n.ts';
import styles from './demo-strip.module.css';

export function DemoStrip() {
  const t = useT();
  return (
    <aside className={styles.strip} aria-label={t('shell.demo')}>
      {t('shell.demo')}
    </aside>
  );
}
