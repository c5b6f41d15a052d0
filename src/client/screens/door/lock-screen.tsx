import { Fingerprint, LockKeyhole, LockKeyholeOpen } from 'lucide-react';
import type { FormEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import { isPin } from '#domain/pin.ts';
import { Button } from '#client/components/button.tsx';
import { Field } from '#client/components/forms/field.tsx';
import { Icon } from '#client/components/icon.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { unlock, unlockByDevice, waitOut } from '#client/hooks/use-door-lock.ts';
import { useT } from '#client/i18n/i18n.ts';
import { checkOwner } from '#client/platform/owner-check.ts';
import type { DoorLock } from '#client/store/door-lock.ts';
import styles from './lock.module.css';

interface LockScreenProps {
  readonly lock: DoorLock;
  /** Arrivals that wait to be sent: they go on being sent behind the lock. */
  readonly pending: number;
}

/** Stands before a door that was left: nothing of the list is seen behind it. */
export function LockScreen({ lock, pending }: LockScreenProps) {
  const t = useT();
  const [forgotten, setForgotten] = useState(false);
  return (
    <div className={styles.page}>
      <Icon of={LockKeyhole} size="3rem" className={styles.mark} />
      <PageHeader title={t('door.lock.title')} lead={t('door.lock.lead')} />
      <PinForm lock={lock} submit={t('door.lock.open')} />
      <Button variant="quiet" aria-expanded={forgotten} onClick={() => setForgotten(!forgotten)}>
        {t('door.lock.forgotten')}
      </Button>
      {forgotten ? (
        <div className={styles.help}>
          <p>{t('door.lock.forgotten.how')}</p>
          <p>{t('door.lock.forgotten.unsent', { n: pending })}</p>
        </div>
      ) : null}
    </div>
  );
}

interface PinFormProps {
  readonly lock: DoorLock;
  readonly submit: string;
  readonly onOpen?: () => void;
}

/** Asks for the PIN, or for the device's own check where it was set up; waits longer after each wrong one. */
export function PinForm({ lock, submit, onOpen }: PinFormProps) {
  const t = useT();
  const { deviceId, passkey } = lock;
  const [pin, setPin] = useState('');
  const [wrong, setWrong] = useState(false);
  const [busy, setBusy] = useState(false);
  const wait = useWait(lock);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => field.current?.focus(), []);

  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy || wait > 0) return;
    if (!isPin(pin)) {
      setWrong(true);
      return;
    }
    setBusy(true);
    const attempt = await unlock(deviceId, pin);
    setBusy(false);
    setPin('');
    if (attempt.kind === 'open') onOpen?.();
    else {
      setWrong(attempt.kind === 'wrong');
      field.current?.focus();
    }
  };
  const byDevice = async (): Promise<void> => {
    if (!passkey || !(await checkOwner(passkey))) return;
    await unlockByDevice(deviceId);
    onOpen?.();
  };

  const seconds = Math.ceil(wait / 1000);
  return (
    <form className={styles.form} onSubmit={(event) => void send(event)} noValidate>
      <Field
        ref={field}
        label={t('door.lock.pin')}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        maxLength={8}
        value={pin}
        error={
          wait > 0
            ? t('door.lock.wait', { n: seconds > 60 ? Math.ceil(seconds / 60) * 60 : Math.ceil(seconds / 10) * 10 })
            : wrong
              ? t('door.lock.wrong')
              : undefined
        }
        onChange={(event) => {
          setPin(event.target.value.replaceAll(/\D/g, ''));
          setWrong(false);
        }}
      />
      <Button type="submit" variant="primary" size="large" wide icon={LockKeyholeOpen} busy={busy} disabled={wait > 0}>
        {wait > 0 ? t('door.lock.seconds', { n: seconds }) : submit}
      </Button>
      {passkey ? (
        <Button size="large" wide icon={Fingerprint} onClick={() => void byDevice()}>
          {t('door.lock.device')}
        </Button>
      ) : null}
    </form>
  );
}

const TICK = 1000;

/** What is left to wait, counted down only while it is on the screen. */
function useWait(lock: DoorLock): number {
  const { deviceId, wait } = lock;
  const waits = wait > 0;
  useEffect(() => {
    if (!waits) return undefined;
    let before = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      // A page that the browser had put to sleep was on nobody's screen.
      const passed = Math.min(now - before, 2 * TICK);
      before = now;
      if (document.visibilityState === 'visible') void waitOut(deviceId, passed);
    }, TICK);
    return () => clearInterval(timer);
  }, [deviceId, waits]);
  return wait;
}
