import { lazy, Suspense, useState } from 'react';
import { readStopCode } from '#domain/stop-code.ts';
import type { Tour } from '#domain/programme.ts';
import { Button } from '#client/components/button.tsx';
import { Dialog } from '#client/components/modal.tsx';
import { arriveByCode } from '#client/hooks/walk-session.ts';
import { useT } from '#client/i18n/i18n.ts';
import styles from './walk.module.css';

/** The reader comes only when somebody wants to read. */
const StopScanView = lazy(async () => ({ default: (await import('./stop-scan-view.tsx')).StopScanView }));

interface StopScanProps {
  readonly tour: Tour;
  readonly open: boolean;
  readonly onClose: () => void;
}

/**
 * Reads the code that hangs at a stop inside the app: the phone's own camera opens it in a browser, which on some systems knows
 * nothing of the walk that the installed app follows.
 */
export function StopScan({ tour, open, onClose }: StopScanProps) {
  const t = useT();
  const [foreign, setForeign] = useState(false);
  const close = (): void => {
    setForeign(false);
    onClose();
  };
  const onCode = (text: string): void => {
    const stop = readStopCode(text)?.stop;
    const known = tour.stops.some((one) => one.id === stop);
    setForeign(!known);
    if (!known || stop === undefined) return;
    close();
    void arriveByCode(stop);
  };
  return (
    <Dialog
      open={open}
      onClose={close}
      title={t('walk.scan')}
      actions={<Button onClick={close}>{t('shell.close')}</Button>}
    >
      <div className={styles.scan}>
        <p>{t('walk.scan.text')}</p>
        {open ? (
          <Suspense fallback={<p role="status">{t('door.camera.starting')}</p>}>
            <StopScanView onCode={onCode} />
          </Suspense>
        ) : null}
        <p role="status">{foreign ? t('walk.scan.foreign') : null}</p>
      </div>
    </Dialog>
  );
}
