import { useCallback, useEffect, useRef, useState } from 'react';
import * as v from 'valibot';
import type { RegistrationState } from '#domain/registration.ts';
import type { RegistrationForm } from '#domain/registration-question.ts';
import { gapsOf } from '#domain/registration-question.ts';
import { registrationByHand } from '#protocol/registration-decision.ts';
import { Button } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import type { Option } from '#client/components/forms/field.tsx';
import { Field, SelectField } from '#client/components/forms/field.tsx';
import { FormQuestions } from '#client/components/forms/form-questions.tsx';
import { Dialog } from '#client/components/modal.tsx';
import { Notice } from '#client/components/notice.tsx';
import type { PartyDraft } from '#client/components/forms/party-draft.ts';
import { answersIn, gapKey } from '#client/components/forms/party-draft.ts';
import { useCalled } from '#client/hooks/use-called.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { readDeskForm } from '#client/platform/desk.ts';
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
const NOBODY: PartyDraft = { names: [], answers: {} };
/** What the protocol takes; fields for more people than the largest party would be no help to anybody. */
const MOST = 255;

/** Registers somebody who called or wrote, and asks them what the public form asks. */
export function ByHandDialog(props: ByHandDialogProps) {
  const { eventId, open, onClose } = props;
  const t = useT();
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  // What was typed outlives a tap beside the dialog.
  const [opened, setOpened] = useState(open);
  if (open && !opened) setOpened(true);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('desk.byHand.title')}
      actions={
        <>
          <Button onClick={onClose}>{t('desk.message.close')}</Button>
          <Button variant="primary" busy={busy} onClick={() => form.current?.requestSubmit()}>
            {t('desk.byHand.add')}
          </Button>
        </>
      }
    >
      {opened ? <Asking key={eventId} {...props} form={form} busy={busy} onBusy={setBusy} /> : null}
    </Dialog>
  );
}

interface InsideProps extends ByHandDialogProps {
  readonly form: React.RefObject<HTMLFormElement | null>;
  readonly busy: boolean;
  readonly onBusy: (busy: boolean) => void;
}

/** The fields, once it is known what else is asked. */
function Asking(props: InsideProps) {
  const { eventId } = props;
  const t = useT();
  const load = useCallback(() => readDeskForm(eventId), [eventId]);
  const { value, failure, reload } = useCalled(load);
  if (value) return <Fields {...props} asked={value.form} />;
  return failure ? <CallNotice reason={failure} onRetry={reload} /> : <p role="status">{t('desk.loading')}</p>;
}

function Fields(props: InsideProps & { readonly asked: RegistrationForm }) {
  const { eventId, subjects, open, asked, form, busy, onBusy, onAdded } = props;
  const t = useT();
  const language = useLanguage();
  const [person, setPerson] = useState(EMPTY);
  const [draft, setDraft] = useState(NOBODY);
  const [gaps, setGaps] = useState<ReadonlySet<string>>(new Set());
  const [subjectId, setSubjectId] = useState(subjects[0]?.value ?? eventId);
  // Kept until it is answered, so that asking again registers nobody twice.
  const [registrationId, setRegistrationId] = useState(newId);
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  const [tries, setTries] = useState(0);
  const [failure, setFailure] = useState<CallFailure['reason']>();
  const [added, setAdded] = useState<{ name: string; state: RegistrationState; reason?: string }>();
  const [was, setWas] = useState(open);
  if (was !== open) {
    setWas(open);
    if (!open) setAdded(undefined);
  }
  const said = Number(person.party);
  const party = Number.isInteger(said) && said >= 1 && said <= MOST ? said : 1;

  // The first mistake takes the focus, once its words are in the page.
  useEffect(() => {
    if (tries > 0) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [tries, form]);

  const add = async (): Promise<void> => {
    if (busy) return;
    const { needs, ...rest } = person;
    const given = answersIn(draft, asked, party);
    const missing = new Set(gapsOf(asked, party, given).map(gapKey));
    const parsed = v.safeParse(registrationByHand, {
      ...rest,
      ...(needs.trim() ? { needs } : {}),
      ...given,
      party: said,
      registrationId,
      subjectId,
      language,
    });
    setWrong(new Set(parsed.success ? [] : parsed.issues.map((issue) => String(issue.path?.[0]?.key))));
    setGaps(missing);
    setAdded(undefined);
    if (!parsed.success || missing.size > 0) return setTries((n) => n + 1);
    onBusy(true);
    const called = await addByHand(eventId, parsed.output);
    onBusy(false);
    setFailure(called.kind === 'failed' ? called.reason : undefined);
    if (called.kind === 'failed') return;
    setAdded({ name: `${person.firstName} ${person.lastName}`, ...called.value });
    setRegistrationId(newId());
    if (called.value.state !== 'refused') {
      setPerson(EMPTY);
      setDraft(NOBODY);
      onAdded();
    }
  };
  const field = (key: keyof typeof EMPTY) => ({
    value: person[key],
    error: !wrong.has(key)
      ? undefined
      : person[key].trim() === '' && key !== 'party'
        ? t(`desk.byHand.required.${key}`)
        : t(`registration.invalid.${key}`, { max: MOST }),
    onChange: (event: { target: { value: string } }) => {
      setPerson({ ...person, [key]: event.target.value });
      setWrong((known) => new Set([...known].filter((one) => one !== key)));
    },
  });
  return (
    <form
      ref={form}
      className={styles.dialogForm}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
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
      <p>{t('desk.byHand.hint')}</p>
      {subjects.length > 1 ? (
        <SelectField label={t('desk.arrivals.session')} value={subjectId} options={subjects} onChange={setSubjectId} />
      ) : null}
      <Field label={t('desk.byHand.firstName')} maxLength={100} {...field('firstName')} />
      <Field label={t('desk.byHand.lastName')} maxLength={100} {...field('lastName')} />
      <Field label={t('desk.byHand.email')} type="email" maxLength={254} {...field('email')} />
      <Field label={t('desk.byHand.party')} type="number" min={1} max={MOST} {...field('party')} />
      <FormQuestions
        form={asked}
        party={party}
        draft={draft}
        gaps={gaps}
        first={[person.firstName, person.lastName].filter(Boolean).join(' ') || t('desk.byHand.first')}
        onChange={(part, key) => {
          setDraft({ ...draft, ...part });
          setGaps((known) => new Set([...known].filter((one) => one !== key)));
        }}
      />
      <Field label={t('desk.byHand.needs')} mark={t('desk.byHand.optional')} maxLength={500} {...field('needs')} />
      {/* Enter in a field adds the person, as the button below does. */}
      <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
    </form>
  );
}
