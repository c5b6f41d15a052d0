import { useState } from 'react';
import { Button } from '#client/components/button.tsx';
import { useKept } from '#client/hooks/use-kept.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { persist } from '#client/platform/storage.ts';
import styles from './offline.module.css';

/** How much room there is, and whether the browser may take it back. */
export function StorageSection() {
  const t = useT();
  const format = useFormat();
  const { usage, quota, persisted } = useKept();
  const [answer, setAnswer] = useState<boolean>();
  const kept = answer ?? persisted;
  if (usage === undefined && persisted === undefined) return null;
  return (
    <section className={styles.part} aria-labelledby="place">
      <h2 id="place">{t('offline.storage')}</h2>
      {usage === undefined ? null : (
        <p>
          {quota === undefined
            ? t('offline.storage.used.only', { used: format.bytes(usage) })
            : t('offline.storage.used', { used: format.bytes(usage), quota: format.bytes(quota) })}
        </p>
      )}
      {kept === undefined ? null : <p>{t(kept ? 'offline.storage.persisted' : 'offline.storage.may')}</p>}
      <p aria-live="polite">{answer === false ? t('offline.storage.refused') : null}</p>
      {kept === false ? (
        <Button className={styles.start ?? ''} onClick={async () => setAnswer(await persist())}>
          {t('offline.storage.ask')}
        </Button>
      ) : null}
    </section>
  );
}
