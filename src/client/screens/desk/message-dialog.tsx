import { useState } from 'react';
import type { RegistrationState } from '#domain/registration.ts';
import { Button } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { CheckField, Field, SelectField, TextAreaField } from '#client/components/forms/field.tsx';
import type { Option } from '#client/components/forms/field.tsx';
import { Dialog } from '#client/components/modal.tsx';
import { Notice } from '#client/components/notice.tsx';
import { useT } from '#client/i18n/i18n.ts';
import { writeTo } from '#client/platform/registration-decisions.ts';
import type { CallFailure } from '#client/platform/session.ts';
import styles from './desk.module.css';

interface MessageDialogProps {
  readonly eventId: string;
  readonly subjects: readonly Option[];
  readonly open: boolean;
  readonly onClose: () => void;
}

const AUDIENCE = ['confirmed', 'waitlisted', 'requested'] as const satisfies readonly RegistrationState[];

/** Writes a plain mail to those registered. */
export function MessageDialog({ eventId, subjects, open, onClose }: MessageDialogProps) {
  const t = useT();
  const [message, setMessage] = useState({ subject: '', text: '', session: '' });
  const [states, setStates] = useState<ReadonlySet<RegistrationState>>(new Set(['confirmed']));
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure['reason']>();
  const [sent, setSent] = useState<number>();
  const ready = message.subject.trim() !== '' && message.text.trim() !== '' && states.size > 0;
  const send = async (): Promise<void> => {
    setBusy(true);
    const called = await writeTo(eventId, {
      subject: message.subject.trim(),
      text: message.text,
      states: AUDIENCE.filter((one) => states.has(one)),
      ...(message.session ? { subjectId: message.session } : {}),
    });
    setBusy(false);
    setFailure(called.kind === 'failed' ? called.reason : undefined);
    if (called.kind === 'failed') return;
    setSent(called.value.recipients);
    setMessage({ subject: '', text: '', session: '' });
  };
  const close = (): void => {
    setSent(undefined);
    onClose();
  };
  return (
    <Dialog
      open={open}
      onClose={close}
      title={t('desk.message.title')}
      actions={
        <>
          <Button onClick={close}>{t('desk.message.close')}</Button>
          <Button variant="primary" busy={busy} disabled={!ready} onClick={() => void send()}>
            {t('desk.message.send')}
          </Button>
        </>
      }
    >
      <div className={styles.dialogForm}>
        <div role="status">
          {sent === undefined ? null : <Notice tone="success">{t('desk.message.sent', { n: sent })}</Notice>}
        </div>
        {failure ? <CallNotice reason={failure} /> : null}
        <fieldset className={styles.plain}>
          <legend>{t('desk.message.to')}</legend>
          {AUDIENCE.map((state) => (
            <CheckField
              key={state}
              label={t(`desk.state.${state}`)}
              checked={states.has(state)}
              onChange={(event) => {
                const next = new Set(states);
                if (event.target.checked) next.add(state);
                else next.delete(state);
                setStates(next);
              }}
            />
          ))}
        </fieldset>
        {subjects.length > 0 ? (
          <SelectField
            label={t('desk.arrivals.session')}
            value={message.session}
            options={subjects}
            onChange={(session) => setMessage({ ...message, session })}
          />
        ) : null}
        <Field
          label={t('desk.message.subject')}
          value={message.subject}
          maxLength={150}
          onChange={(event) => setMessage({ ...message, subject: event.target.value })}
        />
        <TextAreaField
          label={t('desk.message.text')}
          hint={t('desk.message.hint')}
          rows={8}
          maxLength={10_000}
          value={message.text}
          onChange={(event) => setMessage({ ...message, text: event.target.value })}
        />
      </div>
    </Dialog>
  );
}
