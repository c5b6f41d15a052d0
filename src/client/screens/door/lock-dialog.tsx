import { Fingerprint, LockKeyhole, LockKeyholeOpen } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '#client/components/button.tsx';
import { Dialog } from '#client/components/modal.tsx';
import { changeDoorLock, unlockForGood, useDoorLock } from '#client/hooks/use-door-lock.ts';
import { useT } from '#client/i18n/i18n.ts';
import { canCheckOwner, makeOwnerKey } from '#client/platform/owner-check.ts';
import { PinForm } from './lock-screen.tsx';
import styles from './lock.module.css';
import { AskAgain, NewPin } from './new-pin.tsx';

interface LockDialogProps {
  readonly deviceId: string;
  /** What the phone calls itself, for the device's own list of keys. */
  readonly name: string;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Sets, changes and takes away what locks this door's phone. */
export function LockDialog({ deviceId, name, open, onClose }: LockDialogProps) {
  const t = useT();
  return (
    <Dialog open={open} onClose={onClose} title={t('door.lock.settings')}>
      {open ? <LockSettings deviceId={deviceId} name={name} onClose={onClose} /> : null}
    </Dialog>
  );
}

function LockSettings({ deviceId, name, onClose }: Omit<LockDialogProps, 'open'>) {
  const t = useT();
  const { lock, lockNow } = useDoorLock(deviceId);
  const [proved, setProved] = useState(false);
  const [able, setAble] = useState(false);
  const [declined, setDeclined] = useState(false);

  useEffect(() => {
    let left = false;
    void canCheckOwner().then((can) => {
      if (!left) setAble(can);
    });
    return () => {
      left = true;
    };
  }, []);

  if (!lock)
    return (
      <div className={styles.settings}>
        <p>{t('door.lock.what')}</p>
        <NewPin deviceId={deviceId} submit={t('door.lock.set')} onSet={onClose} />
      </div>
    );
  if (!proved)
    return (
      <div className={styles.settings}>
        <p>{t('door.lock.prove')}</p>
        <PinForm lock={lock} submit={t('door.lock.continue')} onOpen={() => setProved(true)} />
        <Button
          size="large"
          icon={LockKeyhole}
          onClick={() => {
            onClose();
            lockNow();
          }}
        >
          {t('door.lock.now')}
        </Button>
      </div>
    );
  const byDevice = async (): Promise<void> => {
    const passkey = await makeOwnerKey(name);
    setDeclined(!passkey);
    if (passkey) await changeDoorLock(deviceId, { passkey });
  };
  return (
    <div className={styles.settings}>
      <AskAgain minutes={lock.minutes} onChange={(minutes) => void changeDoorLock(deviceId, { minutes })} />
      {lock.passkey ? (
        <Button icon={Fingerprint} onClick={() => void changeDoorLock(deviceId, { passkey: undefined })}>
          {t('door.lock.device.remove')}
        </Button>
      ) : able ? (
        <Button icon={Fingerprint} onClick={() => void byDevice()}>
          {t('door.lock.device.add')}
        </Button>
      ) : null}
      {declined ? <p role="alert">{t('door.lock.device.declined')}</p> : null}
      <h3>{t('door.lock.change')}</h3>
      <NewPin
        deviceId={deviceId}
        minutes={lock.minutes}
        asksWhenLeft={false}
        submit={t('door.lock.set')}
        onSet={onClose}
      />
      <Button variant="danger" icon={LockKeyholeOpen} onClick={() => void unlockForGood(deviceId).then(onClose)}>
        {t('door.lock.remove')}
      </Button>
    </div>
  );
}
