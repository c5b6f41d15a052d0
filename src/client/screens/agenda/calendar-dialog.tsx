import { CalendarSync, Copy, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button, LinkButton } from '#client/components/button.tsx';
import { Field } from '#client/components/forms/field.tsx';
import { Dialog } from '#client/components/modal.tsx';
import { Notice } from '#client/components/notice.tsx';
import { endCalendar, startCalendar, useFollower } from '#client/hooks/use-follower.ts';
import { useT } from '#client/i18n/i18n.ts';
import styles from './agenda.module.css';

interface CalendarDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** A calendar to subscribe to: made only when it is asked for, and ended for good by one press. */
export function CalendarDialog({ open, onClose }: CalendarDialogProps) {
  const t = useT();
  const follower = useFollower();
  const [copied, setCopied] = useState<'yes' | 'no'>();
  const feed = follower?.feed;
  const address = feed === undefined ? undefined : `${location.origin}/feeds/agenda/${feed}.ics`;
  const untold = follower !== undefined && !(follower.told ?? '').includes(feed ?? ' ');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(address ?? '');
      setCopied('yes');
    } catch {
      setCopied('no');
    }
  };
  return (
    <Dialog open={open} onClose={onClose} title={t('agenda.calendar')}>
      <div className={styles.dialog}>
        <p>{t('agenda.calendar.text')}</p>
        {address === undefined ? (
          <>
            <p>{t('agenda.calendar.told')}</p>
            <div>
              <Button variant="primary" icon={CalendarSync} onClick={() => void startCalendar()}>
                {t('agenda.calendar.make')}
              </Button>
            </div>
          </>
        ) : (
          <>
            <div role="status">
              {untold ? <Notice tone="attention">{t('agenda.calendar.waits')}</Notice> : null}
              {copied ? (
                <Notice tone={copied === 'yes' ? 'success' : 'attention'}>
                  {t(copied === 'yes' ? 'agenda.calendar.copied' : 'agenda.calendar.notCopied')}
                </Notice>
              ) : null}
            </div>
            <Field
              label={t('agenda.calendar.address')}
              hint={t('agenda.calendar.secret')}
              value={address}
              readOnly
              onFocus={(event) => event.target.select()}
            />
            <div className={styles.ways}>
              <LinkButton
                variant="primary"
                icon={CalendarSync}
                href={`webcal://${location.host}/feeds/agenda/${feed}.ics`}
              >
                {t('agenda.calendar.open')}
              </LinkButton>
              <Button icon={Copy} onClick={() => void copy()}>
                {t('agenda.calendar.copy')}
              </Button>
              <Button variant="quiet" icon={Trash2} onClick={() => void endCalendar()}>
                {t('agenda.calendar.end')}
              </Button>
            </div>
          </>
        )}
      </div>
    </Dialog>
  );
}
