import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { agendaFrames } from '#domain/agenda-code.ts';
import { Button } from '#client/components/button.tsx';
import { Dialog } from '#client/components/modal.tsx';
import { QrCode } from '#client/components/paper/qr-code.tsx';
import { useT } from '#client/i18n/i18n.ts';
import styles from './agenda.module.css';

interface MoveDialogProps {
  readonly noted: readonly string[];
  readonly open: boolean;
  readonly onClose: () => void;
}

/** What was noted, as codes for another phone's camera: without a network and without an account. */
export function MoveDialog({ noted, open, onClose }: MoveDialogProps) {
  const t = useT();
  const [at, setAt] = useState(0);
  const frames = agendaFrames(noted);
  const shown = Math.min(at, frames.length - 1);
  return (
    <Dialog open={open} onClose={onClose} title={t('agenda.move')}>
      <div className={styles.dialog}>
        <p>{t('agenda.move.text', { n: noted.length, parts: frames.length })}</p>
        <div className={styles.qr}>
          <QrCode
            text={`${location.origin}/agenda${frames[shown]}`}
            label={t('agenda.move.code', { part: shown + 1, parts: frames.length })}
          />
        </div>
        {frames.length > 1 ? (
          <div className={styles.frames}>
            <Button icon={ChevronLeft} disabled={shown === 0} onClick={() => setAt(shown - 1)}>
              {t('agenda.move.previous')}
            </Button>
            <p role="status">{t('agenda.move.part', { part: shown + 1, parts: frames.length })}</p>
            <Button icon={ChevronRight} disabled={shown === frames.length - 1} onClick={() => setAt(shown + 1)}>
              {t('agenda.move.next')}
            </Button>
          </div>
        ) : null}
        <p className={styles.small}>{t('agenda.move.tickets')}</p>
      </div>
    </Dialog>
  );
}
