import { Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#client/components/button.tsx';
import { Dialog } from '#client/components/modal.tsx';
import { Notice } from '#client/components/notice.tsx';
import { useOutbox } from '#client/hooks/use-outbox.ts';
import { useT } from '#client/i18n/i18n.ts';
import { exportOutbox } from '#client/platform/export-outbox.ts';
import { database } from '#client/store/database.ts';
import { leaveDoor } from '#client/store/door.ts';
import { signal } from '#client/store/signals.ts';

interface LeaveDialogProps {
  readonly open: boolean;
  readonly deviceId: string;
  readonly onClose: () => void;
}

/**
 * Wipes the door from this phone, once everything that was recorded here has been sent or is in a file of the person's. What was not
 * sent stays in the queue all the same and goes up with the next network (D5).
 */
export function LeaveDialog({ open, deviceId, onClose }: LeaveDialogProps) {
  const t = useT();
  const mine = useOutbox().filter((row) => row.replica === deviceId);
  const pending = mine.filter((row) => row.state === 'waiting').length;
  const [saved, setSaved] = useState(0);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const held = pending > saved;
  const leave = async (): Promise<void> => {
    setBusy(true);
    setFailed(false);
    try {
      await leaveDoor(database(), deviceId);
      signal('queued');
      onClose();
    } catch {
      // The device could not write: the door is as it was.
      setFailed(true);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('door.leave.title')}
      actions={
        <>
          <Button size="large" onClick={onClose}>
            {t('door.leave.stay')}
          </Button>
          <Button variant="danger" size="large" disabled={held} busy={busy} onClick={() => void leave()}>
            {t('door.leave.confirm')}
          </Button>
        </>
      }
    >
      {pending > 0 ? (
        <Notice
          tone="attention"
          actions={
            <Button
              icon={Download}
              onClick={() => {
                exportOutbox(mine);
                setSaved(pending);
              }}
            >
              {t('door.leave.export')}
            </Button>
          }
        >
          {t(held ? 'door.leave.unsent' : 'door.leave.exported', { n: pending })}
        </Notice>
      ) : null}
      {failed ? (
        <Notice tone="problem" urgent>
          {t('door.leave.failed')}
        </Notice>
      ) : null}
      <p>{t('door.leave.text')}</p>
    </Dialog>
  );
}
