import type { FormEvent } from 'react';
import { useState } from 'react';
import { isObviousPin, isPin } from '#domain/pin.ts';
import { Button } from '#client/components/button.tsx';
import { Field, SelectField } from '#client/components/forms/field.tsx';
import { lockDoor } from '#client/hooks/use-door-lock.ts';
import { useT } from '#client/i18n/i18n.ts';
import { LOCK_MINUTES } from '#client/store/door-lock.ts';
import styles from './lock.module.css';

interface NewPinProps {
  readonly deviceId: string;
  /** What the choice begins with. */
  readonly minutes?: number;
  /** A kiosk asks for the PIN only to be left. */
  readonly asksWhenLeft?: boolean;
  readonly submit: string;
  readonly onSet: () => void;
}

/** A PIN for this phone's door, seen while it is chosen: nobody has to type it twice. */
export function NewPin({ deviceId, minutes: first = 1, asksWhenLeft = true, submit, onSet }: NewPinProps) {
  const t = useT();
  const [pin, setPin] = useState('');
  const [minutes, setMinutes] = useState(first);
  const [error, setError] = useState<'form' | 'obvious' | 'storage'>();
  const [busy, setBusy] = useState(false);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const wrong = !isPin(pin) ? 'form' : isObviousPin(pin) ? 'obvious' : undefined;
    setError(wrong);
    if (wrong || busy) return;
    setBusy(true);
    try {
      await lockDoor(deviceId, pin, minutes);
      setPin('');
      onSet();
    } catch {
      setError('storage');
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className={styles.form} onSubmit={(event) => void save(event)} noValidate>
      <Field
        label={t('door.lock.new')}
        hint={t('door.lock.new.hint')}
        inputMode="numeric"
        autoComplete="off"
        maxLength={8}
        value={pin}
        error={error ? t(`door.lock.new.${error}`) : undefined}
        onChange={(event) => {
          setPin(event.target.value.replaceAll(/\D/g, ''));
          setError(undefined);
        }}
      />
      {asksWhenLeft ? <AskAgain minutes={minutes} onChange={setMinutes} /> : null}
      <Button type="submit" variant="primary" size="large" busy={busy}>
        {submit}
      </Button>
      <p className={styles.note}>{t('door.lock.honest')}</p>
    </form>
  );
}

interface AskAgainProps {
  readonly minutes: number;
  readonly onChange: (minutes: number) => void;
}

/** After how long in the background the PIN is asked for again. */
export function AskAgain({ minutes, onChange }: AskAgainProps) {
  const t = useT();
  return (
    <SelectField
      label={t('door.lock.after')}
      value={String(minutes)}
      options={LOCK_MINUTES.map((n) => ({ value: String(n), label: t('door.lock.minutes', { n }) }))}
      onChange={(value) => onChange(Number(value))}
    />
  );
}
