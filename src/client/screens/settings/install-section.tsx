import { Button } from '#client/components/button.tsx';
import { useLive } from '#client/hooks/use-live.ts';
import { useT } from '#client/i18n/i18n.ts';
import { install, installState } from '#client/platform/install.ts';
import styles from './settings.module.css';

export function InstallSection() {
  const t = useT();
  const state = useLive(installState);
  return (
    <section className={styles.part} aria-labelledby="installer">
      <h2 id="installer">{t('settings.install')}</h2>
      {state === 'installed' ? (
        <p className={styles.text}>{t('settings.install.done')}</p>
      ) : (
        <p className={styles.text}>
          {t('settings.install.text')} {state === 'unknown' ? t('settings.install.hint') : null}
          {state === 'by_hand' ? t('settings.install.by_hand') : null}
        </p>
      )}
      {state === 'offered' ? (
        <Button className={styles.start ?? ''} onClick={install}>
          {t('settings.install.action')}
        </Button>
      ) : null}
    </section>
  );
}
