import { useState } from 'react';
import type { RegistrationState } from '#domain/registration.ts';
import { registrationByHand } from '#protocol/registration-decision.ts';
import * as v from 'valibot';
import { Button } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { Field, SelectField } from '#client/components/field.tsx';
import type { Option } from '#client/components/field.tsx';
import { Dialog } from '#client/components/modal.tsx';
import { Notice } from '#client/components/notice.tsx';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { addByHand } from '#client/platform/registration-decisions.ts';
import type { CallFailure } from '#client/platform/session.ts';
import { newId } from '#client/store/ids.ts';
import styles from './desk.module.css';

interface ByHandDialogProps {
  readonly eventId: string;
  /** What can be registered for. */
  readonly subjects: readonly Option[];
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onAdded: () => void;
}

const EMPTY = { firstName: '', lastName: '', email: '', party: '1', needs: '' };

/** Registers somebody who called or wrote. */
export function ByHandDialog({ eventId, subjects, open, onClose, onAdded }: ByHandDialogProps) {
  const t = useT();
  const language = useLanguage();
  const [person, setPerson] = useState(EMPTY);
  const [subjectId, setSubjectId] = useState(subjects[0]?.value ?? eventId);
  // Kept until it is answered, so that asking again registers nobody twice.
  const [registrationId, setRegistrationId] = useState(newId);
  const [invalid, setInvalid] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure['reason']>();
  const [added, setAdded] = useState<{ name: string; state: RegistrationState; reason?: string }>();

  const add = async (): Promise<void> => {
    const { needs, ...rest } = person;
    const parsed = v.safeParse(registrationByHand, {
      ...rest,
      ...(needs.trim() ? { needs } : {}),
      party: Number(person.party),
      registrationId,
      subjectId,
      language,
    });
    setInvalid(!parsed.success);
    if (!parsed.success) return;
    setBusy(true);
    const called = await addByHand(eventId, parsed.output);
    setBusy(false);
    setFailure(called.kind === 'failed' ? called.reason : undefined);
    if (called.kind === 'failed') return;
    setAdded({ name: `${person.firstName} ${person.lastName}`, ...called.value });
    setRegistrationId(newId());
    if (called.value.state !== 'refused') {
      setPerson(EMPTY);
      onAdded();
    }
  };
  const close = (): void => {
    setAdded(undefined);
    onClose();
  };
  const field = (key: keyof typeof EMPTY) => ({
    value: person[key],
    onChange: (event: { target: { value: string } }) => setPerson({ ...person, [key]: event.target.value }),
  });
  return (
    <Dialog
      open={open}
      onClose={close}
      title={t('desk.byHand.title')}
      actions={
        <>
          <Button variant="primary" busy={busy} onClick={() => void add()}>
            {t('desk.byHand.add')}
          </Button>
          <Button onClick={close}>{t('desk.message.close')}</Button>
        </>
      }
    >
      <div className={styles.dialogForm}>
        <div role="status">
          {added ? (
            <Notice tone={added.state === 'refused' ? 'attention' : 'success'}>
              {added.state === 'refused'
                ? t(added.reason === 'full' ? 'desk.byHand.full' : 'desk.byHand.refused', { name: added.name })
                : t('desk.byHand.added', { name: added.name, state: t(`desk.state.${added.state}`) })}
            </Notice>
          ) : null}
        </div>
        {failure ? <CallNotice reason={failure} /> : null}
        {invalid ? (
          <Notice tone="problem" urgent>
            {t('desk.byHand.invalid')}
          </Notice>
        ) : null}
        <p>{t('desk.byHand.hint')}</p>
        {subjects.length > 1 ? (
          <SelectField
            label={t('desk.arrivals.session')}
            value={subjectId}
            options={subjects}
            onChange={setSubjectId}
          />
        ) : null}
        <Field label={t('desk.byHand.firstName')} maxLength={100} {...field('firstName')} />
        <Field label={t('desk.byHand.lastName')} maxLength={100} {...field('lastName')} />
        <Field label={t('desk.byHand.email')} type="email" maxLength={254} {...field('email')} />
        <Field label={t('desk.byHand.party')} type="number" min={1} max={255} {...field('party')} />
        <Field label={t('desk.byHand.needs')} mark={t('desk.byHand.optional')} maxLength={500} {...field('needs')} />
      </div>
    </Dialog>
  );
}
