import { useState } from 'react';
import { Button } from '#client/components/button.tsx';
import { Dialog } from '#client/components/modal.tsx';
import { Notice } from '#client/components/notice.tsx';
import { useT } from '#client/i18n/i18n.ts';
import { database } from '#client/store/database.ts';
import { closeDoor } from '#client/store/door.ts';

interface LeaveDialogProps {
  readonly open: boolean;
  readonly deviceId: string;
  readonly pending: number;
  readonly onClose: () => void;
}

/** Wipes the door from this phone, once everything that was recorded here has been sent. */
export function LeaveDialog({ open, deviceId, pending, onClose }: LeaveDialogProps) {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const leave = async (): Promise<void> => {
    setBusy(true);
    try {
      await closeDoor(database(), deviceId);
      onClose();
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
          <Button variant="danger" size="large" disabled={pending > 0} busy={busy} onClick={() => void leave()}>
            {t('door.leave.confirm')}
          </Button>
        </>
      }
    >
      {pending > 0 ? <Notice tone="attention">{t('door.leave.unsent', { n: pending })}</Notice> : null}
      <p>{t('door.leave.text')}</p>
    </Dialog>
  );
}
