import type { ReactNode } from 'react';
import { useState } from 'react';
import { useT } from '#client/i18n/i18n.ts';
import type { Called, CallFailure } from '#client/platform/session.ts';
import { Button } from './button.tsx';
import { CallNotice } from './call-notice.tsx';
import { Dialog } from './modal.tsx';

interface ConfirmDialogProps {
  readonly open: boolean;
  readonly title: string;
  /** What it is that is done, on its button. */
  readonly action: string;
  readonly children: ReactNode;
  readonly onClose: () => void;
  /** Called with the button; what it could not do is said in the dialog, which then stays. */
  readonly work: () => Promise<Called<unknown>>;
  readonly onDone: () => void;
}

/** Asks once more before something that the server does and that cannot be undone. */
export function ConfirmDialog({ open, title, action, children, onClose, work, onDone }: ConfirmDialogProps) {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure['reason']>();
  const close = (): void => {
    setFailure(undefined);
    onClose();
  };
  const run = async (): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    const called = await work();
    setBusy(false);
    if (called.kind === 'failed') setFailure(called.reason);
    else onDone();
  };
  return (
    <Dialog
      open={open}
      onClose={close}
      title={title}
      actions={
        <>
          <Button onClick={close}>{t('desk.cancel')}</Button>
          <Button variant="danger" busy={busy} onClick={() => void run()}>
            {action}
          </Button>
        </>
      }
    >
      {children}
      {failure ? <CallNotice reason={failure} /> : null}
    </Dialog>
  );
}
