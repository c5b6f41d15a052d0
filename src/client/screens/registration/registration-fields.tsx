import type { FormEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { Button } from '#client/components/button.tsx';
import { CheckField, Field, TextAreaField } from '#client/components/forms/field.tsx';
import { FormQuestions } from '#client/components/forms/form-questions.tsx';
import { Notice } from '#client/components/notice.tsx';
import { answersIn, gapKey, oneLine } from '#client/components/forms/party-draft.ts';
import { currentLanguage, useT } from '#client/i18n/i18n.ts';
import { readStored, writeStored } from '#client/platform/stored.ts';
import { register } from '#client/store/actions.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { maxPartyOf } from '#domain/registration.ts';
import { gapsOf } from '#domain/registration-question.ts';
import type { Draft, DraftErrors, DraftField, SubjectOutlook } from './registration-form.ts';
import { draftSchema, errorOf, errorsOf, identitySchema } from './registration-form.ts';
import styles from './registration.module.css';
import { SessionChoice } from './session-choice.tsx';

const IDENTITY = 'escale.identity';
const draftKey = (eventId: string): string => `escale.draft.registration.${eventId}`;

interface RegistrationFormProps {
  readonly event: ProgrammeEvent;
  /** What one can register for, at least one of them open. */
  readonly outlooks: readonly SubjectOutlook[];
  readonly onAsked: (registrationId: string) => void;
}

/** The form. It needs no network: what is confirmed is queued on the device. What is typed is kept until then. */
export function RegistrationForm({ event, outlooks, onAsked }: RegistrationFormProps) {
  const t = useT();
  const place = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState<Draft>(() => firstDraft(event.id, outlooks));
  const [remember, setRemember] = useState(true);
  const [errors, setErrors] = useState<DraftErrors>({});
  const [gaps, setGaps] = useState<ReadonlySet<string>>(new Set());
  const [count, setCount] = useState(0);
  const [state, setState] = useState<'editing' | 'sending' | 'failed'>('editing');

  const chosen = outlooks.find((o) => o.subject.id === draft.subjectId) ?? outlooks[0]!;
  const maxParty = maxPartyOf(chosen.subject.policy);

  const form = event.registrationForm;
  const party = errorOf('party', draft, maxParty) ? 1 : Number(draft.party);

  const change = (part: Partial<Draft>): void => {
    const next = { ...draft, ...part };
    setDraft(next);
    writeStored(draftKey(event.id), next);
    // A mistake that is corrected is taken back at once; a new one is named only when the field is left.
    setErrors((known) =>
      Object.fromEntries(Object.keys(known).flatMap((field) => keptError(field as DraftField, next, maxParty))),
    );
  };
  const check = (field: DraftField): void => {
    const error = errorOf(field, draft, maxParty);
    // Passing through an empty field is no mistake yet.
    if (error === 'required') return;
    setErrors(({ [field]: _, ...others }) => (error ? { ...others, [field]: error } : others));
  };

  // The first mistake takes the focus, once its words are in the page.
  useEffect(() => {
    if (count > 0) place.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [count]);

  const submit = async (submitted: FormEvent): Promise<void> => {
    submitted.preventDefault();
    if (state === 'sending') return;
    const found = errorsOf(draft, maxParty);
    setErrors(found);
    const given = answersIn(draft, form, party);
    const missing = new Set(gapsOf(form, party, given).map(gapKey));
    setGaps(missing);
    if (Object.keys(found).length + missing.size > 0) {
      setCount((n) => n + 1);
      return;
    }
    setState('sending');
    const [firstName, lastName, email] = [draft.firstName.trim(), draft.lastName.trim(), draft.email.trim()];
    const needs = oneLine(draft.needs);
    try {
      const id = await register({
        eventId: event.id,
        subjectId: chosen.subject.id,
        firstName,
        lastName,
        email,
        party: Number(draft.party),
        ...(needs ? { needs } : {}),
        ...given,
        language: currentLanguage(),
      });
      writeStored(draftKey(event.id), undefined);
      writeStored(IDENTITY, remember ? { firstName, lastName, email } : undefined);
      onAsked(id);
    } catch {
      setState('failed');
    }
  };

  const field = (name: DraftField) => ({
    name,
    value: draft[name],
    error: errors[name] ? t(`registration.${errors[name]}.${name}`, { max: maxParty }) : undefined,
    onBlur: () => check(name),
    onChange: (typed: { target: { value: string } }) => change({ [name]: typed.target.value }),
  });
  const wrong = Object.keys(errors).length + gaps.size;

  return (
    <form
      ref={place}
      className={styles.form}
      noValidate
      aria-labelledby="registration-form"
      onSubmit={(e) => void submit(e)}
    >
      <h2 id="registration-form">{t('registration.form')}</h2>
      {outlooks.length > 1 ? (
        <SessionChoice outlooks={outlooks} chosen={chosen.subject.id} onChoose={(subjectId) => change({ subjectId })} />
      ) : null}
      {chosen.outlook.state === 'waitlisted' ? <Notice tone="attention">{t('registration.willWait')}</Notice> : null}
      {chosen.outlook.state === 'requested' ? <Notice>{t('registration.willAsk')}</Notice> : null}
      <div className={styles.names}>
        <Field {...field('firstName')} label={t('registration.firstName')} autoComplete="given-name" required />
        <Field {...field('lastName')} label={t('registration.lastName')} autoComplete="family-name" required />
      </div>
      <Field
        {...field('email')}
        label={t('registration.email')}
        hint={t('registration.email.hint')}
        type="email"
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        required
      />
      {maxParty > 1 ? (
        <Field
          {...field('party')}
          className={styles.party ?? ''}
          label={t('registration.party')}
          hint={t('registration.party.hint', { max: maxParty })}
          type="number"
          inputMode="numeric"
          min={1}
          max={maxParty}
          required
        />
      ) : null}
      <FormQuestions
        form={form}
        party={party}
        draft={draft}
        gaps={gaps}
        onChange={(part, key) => {
          change(part);
          setGaps((known) => new Set([...known].filter((one) => one !== key)));
        }}
      />
      <TextAreaField
        {...field('needs')}
        label={t('registration.needs')}
        mark={t('registration.optional')}
        hint={t('registration.needs.hint')}
        rows={2}
      />
      <CheckField
        label={t('registration.remember')}
        hint={t('registration.remember.hint')}
        checked={remember}
        onChange={(ticked) => {
          setRemember(ticked.target.checked);
          if (!ticked.target.checked) writeStored(IDENTITY, undefined);
        }}
      />
      <p className={styles.muted}>
        {t('registration.privacy')} {form || party > 1 ? t('registration.privacy.form') : null}{' '}
        <Link to="/confidentialite">{t('registration.privacy.more')}</Link>
      </p>
      {state === 'failed' ? (
        <Notice tone="problem" urgent>
          {t('registration.failed')}
        </Notice>
      ) : null}
      {count > 0 && wrong > 0 ? <Notice tone="problem">{t('registration.errors', { n: wrong })}</Notice> : null}
      <div>
        <Button variant="primary" size="large" type="submit" busy={state === 'sending'} wide>
          {t('registration.submit')}
        </Button>
      </div>
    </form>
  );
}

function keptError(field: DraftField, draft: Draft, maxParty: number): [DraftField, 'required' | 'invalid'][] {
  const error = errorOf(field, draft, maxParty);
  return error ? [[field, error]] : [];
}

/** What was typed here before, else who registered from this device last. */
function firstDraft(eventId: string, outlooks: readonly SubjectOutlook[]): Draft {
  const open = outlooks.filter((o) => o.outlook.state !== 'refused');
  const kept = readStored(draftKey(eventId), draftSchema);
  const identity = readStored(IDENTITY, identitySchema);
  const empty = { firstName: '', lastName: '', email: '', party: '1', needs: '', names: [], answers: {} };
  const draft: Draft = kept ?? { ...empty, ...identity, subjectId: '' };
  const known = open.find((o) => o.subject.id === draft.subjectId) ?? open[0];
  return { ...draft, subjectId: known?.subject.id ?? '' };
}
