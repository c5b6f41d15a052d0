import { Maximize2, X } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Button } from '#client/components/button.tsx';
import { QrCode } from '#client/components/paper/qr-code.tsx';
import { useT } from '#client/i18n/i18n.ts';
import styles from './large-code.module.css';

interface LargeCodeProps {
  /** The signed text. */
  readonly ticket: string;
  /** As it is printed under the code. */
  readonly code: string;
  readonly name: string;
  readonly party: number;
}

/** The code alone on a white screen: the light of the whole display is what a page can do for a reader in the dark or in the sun. */
export function LargeCode({ ticket, code, name, party }: LargeCodeProps) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  const close = useEffectEvent(() => setOpen(false));
  useEffect(() => {
    const element = dialog.current;
    if (!element || !open) return undefined;
    if (!element.open) element.showModal();
    const onClose = (): void => close();
    element.addEventListener('close', onClose);
    return () => {
      element.removeEventListener('close', onClose);
      element.close();
    };
  }, [open]);
  return (
    <>
      <Button icon={Maximize2} onClick={() => setOpen(true)}>
        {t('ticket.large')}
      </Button>
      {open ? (
        <dialog ref={dialog} className={styles.screen} aria-label={t('ticket.large')}>
          <div className={styles.inside}>
            <Button variant="quiet" icon={X} className={styles.close ?? ''} onClick={() => setOpen(false)}>
              {t('shell.close')}
            </Button>
            <div className={styles.qr}>
              <QrCode text={ticket} label={t('ticket.qr', { code })} />
            </div>
            <p className={styles.code}>{code}</p>
            <p className={styles.name}>
              {name} · {t('tickets.party', { n: party })}
            </p>
          </div>
        </dialog>
      ) : null}
    </>
  );
}
