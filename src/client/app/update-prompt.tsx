import { Suspense, useState } from 'react';
import { beside } from '#client/components/beside.ts';
import { Button } from '#client/components/button.tsx';
import { Notice } from '#client/components/notice.tsx';
import { useUpdate } from '#client/hooks/use-update.ts';
import { allTexts, useT } from '#client/i18n/i18n.ts';
import { applyUpdate } from '#client/platform/service-worker.ts';
import styles from './update-prompt.module.css';

const InstallOffer = beside(async () => {
  const [{ InstallOffer: Offer }] = await Promise.all([import('./install-offer.tsx'), allTexts()]);
  return Offer;
});

/** Asks before a new version takes effect (SYNC D3), in the page and for as long as it takes: it loads the page again. */
export function UpdatePrompt() {
  const t = useT();
  const waits = useUpdate();
  const [later, setLater] = useState(false);
  return (
    <aside className={styles.place} aria-live="polite" aria-label={t('shell.update.label')}>
      {waits && !later ? (
        <Notice
          title={t('shell.update.title')}
          actions={
            <>
              <Button variant="primary" onClick={() => void applyUpdate()}>
                {t('shell.update.apply')}
              </Button>
              <Button variant="quiet" onClick={() => setLater(true)}>
                {t('shell.update.later')}
              </Button>
            </>
          }
        >
          {t('shell.update.text')}
        </Notice>
      ) : (
        <Suspense>
          <InstallOffer />
        </Suspense>
      )}
    </aside>
  );
}
