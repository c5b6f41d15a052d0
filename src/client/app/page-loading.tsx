import { useEffect, useState } from 'react';
import { useT } from '#client/i18n/i18n.ts';
import styles from './page-loading.module.css';

/** Long enough that a page which is on the device never shows it. */
const PATIENCE_MS = 400;

/** While a part of the app comes in: nothing at first, then a sentence. */
export function PageLoading() {
  const t = useT();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p className={styles.loading} aria-live="polite">
      {late ? t('shell.loading') : ''}
    </p>
  );
}
