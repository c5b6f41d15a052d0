import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useEffectEvent, useId, useRef } from 'react';
import { useT } from '#client/i18n/i18n.ts';
import { Button } from './button.tsx';
import styles from './modal.module.css';

interface ModalProps {
  readonly open: boolean;
  /** Called however it is closed: the cross, Escape, a tap beside it. */
  readonly onClose: () => void;
  readonly title: string;
  readonly children: ReactNode;
  /** Buttons at its foot, always in sight. */
  readonly actions?: ReactNode;
}

/** A question or a message that is answered before anything else. */
export function Dialog(props: ModalProps) {
  return <Modal {...props} shape="dialog" />;
}

/** A pane that comes from the bottom on a phone and from the side on a wide screen. */
export function Sheet(props: ModalProps) {
  return <Modal {...props} shape="sheet" />;
}

// The browser's own modal dialog: focus kept inside, Escape, the rest inert.
function Modal({ open, onClose, title, children, actions, shape }: ModalProps & { shape: 'dialog' | 'sheet' }) {
  const t = useT();
  const id = useId();
  const ref = useRef<HTMLDialogElement>(null);

  const close = useEffectEvent(onClose);

  useEffect(() => {
    const dialog = ref.current;
    if (!dialog || !open) return undefined;
    const opener = document.activeElement;
    if (!dialog.open) dialog.showModal();
    const onCancel = (event: Event): void => {
      if (event.target !== dialog) return;
      event.preventDefault();
      close();
    };
    // Outside the dialog's content there is only its backdrop.
    const onClick = (event: MouseEvent): void => {
      if (event.target === dialog) close();
    };
    dialog.addEventListener('cancel', onCancel);
    dialog.addEventListener('click', onClick);
    return () => {
      dialog.removeEventListener('cancel', onCancel);
      dialog.removeEventListener('click', onClick);
      dialog.close();
      // It has left the page by now, so that the browser does not give the focus back: to where it was, unless it went on.
      const { activeElement } = document;
      const lost = !activeElement || activeElement === document.body;
      if (lost && opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
    };
  }, [open]);

  if (!open) return null;
  return (
    <dialog ref={ref} className={styles[shape]} aria-labelledby={id}>
      <div className={styles.inside}>
        <header className={styles.head}>
          <h2 id={id} className={styles.title}>
            {title}
          </h2>
          <Button variant="quiet" icon={X} iconOnly onClick={onClose}>
            {t('shell.close')}
          </Button>
        </header>
        <div className={styles.body}>{children}</div>
        {actions ? <footer className={styles.actions}>{actions}</footer> : null}
      </div>
    </dialog>
  );
}
