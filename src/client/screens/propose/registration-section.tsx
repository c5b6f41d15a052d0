import { useState } from 'react';
import type { Zone } from '#domain/dates.ts';
import { instantOf, isLocalDate, localOf } from '#domain/dates.ts';
import type { RegistrationPolicy } from '#domain/programme.ts';
import { CheckField, Field } from '#client/components/forms/field.tsx';
import { Choice } from '#client/components/forms/choice.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { fieldId } from './fields.ts';
import type { FormPolicy } from './policy.ts';
import { policyOf, withPolicy, withSeats } from './policy.ts';
import styles from './propose.module.css';
import { QuestionsEditor } from './questions-editor.tsx';
import type { SectionProps } from './section.tsx';

const modes = ['none', 'open', 'approval', 'external'] as const satisfies readonly RegistrationPolicy['mode'][];

/** Whether and how one registers: seats, parties, the waiting list, until when, and what is asked. */
export function RegistrationSection({ content, english, zone, errorOf, change, replace }: SectionProps) {
  const t = useT();
  const format = useFormat();
  const policy = policyOf(content);
  const sessions = content.sessions ?? [];
  const put = (part: { [K in keyof FormPolicy]?: FormPolicy[K] | undefined }): void =>
    replace((now) => {
      const next = { ...policyOf(now), ...part };
      const given = Object.entries(next).filter(([, value]) => value !== undefined && value !== '');
      return withPolicy(now, Object.fromEntries(given) as unknown as FormPolicy);
    });
  const here = policy.mode === 'open' || policy.mode === 'approval';
  return (
    <>
      <Choice
        label={t('propose.registration.mode')}
        value={policy.mode}
        options={modes.map((value) => ({ value, label: t(`propose.registration.mode.${value}`) }))}
        onChange={(mode) => put({ mode })}
      />
      {policy.mode === 'external' ? (
        <Field
          id={fieldId('registration.url')}
          label={t('propose.registration.url')}
          type="url"
          inputMode="url"
          placeholder="https://"
          maxLength={2000}
          value={policy.url ?? ''}
          error={errorOf('registration.url')}
          onChange={(event) => put({ url: event.target.value.trim() })}
        />
      ) : null}
      {here ? (
        <>
          {sessions.length > 1 ? (
            <Choice
              label={t('propose.registration.for')}
              value={policy.each ? 'each' : 'whole'}
              options={[
                { value: 'whole', label: t('propose.registration.whole') },
                { value: 'each', label: t('propose.registration.each') },
              ]}
              onChange={(value) => put({ each: value === 'each' })}
            />
          ) : null}
          <div className={styles.row}>
            {policy.each ? (
              sessions.map((session, at) =>
                session.registration ? (
                  <SeatsField
                    key={session.id}
                    id={fieldId(`sessions.${at}.registration.capacity`)}
                    label={t('propose.registration.seatsOf', {
                      session: session.slot.date ? format.slot(session.slot) : t('propose.session', { n: at + 1 }),
                    })}
                    value={session.registration.capacity}
                    error={errorOf(`sessions.${at}.registration.capacity`)}
                    onChange={(capacity) => replace((now) => withSeats(now, session.id, capacity))}
                  />
                ) : null,
              )
            ) : (
              <SeatsField
                id={fieldId('registration.capacity')}
                label={t('propose.registration.seats')}
                value={policy.capacity}
                error={errorOf('registration.capacity')}
                onChange={(capacity) => put({ capacity })}
              />
            )}
            <SeatsField
              id={fieldId('registration.maxParty')}
              label={t('propose.registration.party')}
              hint={t('propose.registration.party.hint')}
              value={policy.maxParty}
              most={255}
              error={errorOf('registration.maxParty')}
              onChange={(maxParty) => put({ maxParty })}
            />
          </div>
          <CheckField
            label={t('propose.registration.waiting')}
            hint={t('propose.registration.waiting.hint')}
            checked={policy.waitingList ?? false}
            onChange={(event) => put({ waitingList: event.target.checked })}
          />
          <ClosingField
            value={policy.closesAt}
            zone={zone}
            error={errorOf('registration.closesAt')}
            onChange={(closesAt) => put({ closesAt })}
          />
          <QuestionsEditor
            form={content.registrationForm}
            english={english}
            errorOf={errorOf}
            onChange={(registrationForm) => change({ registrationForm })}
          />
        </>
      ) : null}
    </>
  );
}

interface SeatsFieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly value: number | undefined;
  readonly most?: number;
  readonly error: string | undefined;
  readonly onChange: (value: number | undefined) => void;
}

function SeatsField({ id, label, hint, value, most = 1_000_000, error, onChange }: SeatsFieldProps) {
  const t = useT();
  return (
    <Field
      id={id}
      className={styles.short ?? ''}
      label={label}
      hint={hint ?? t('propose.registration.seats.hint')}
      type="number"
      inputMode="numeric"
      min={1}
      max={most}
      step={1}
      value={value ?? ''}
      error={error}
      onChange={(event) => {
        const n = event.target.valueAsNumber;
        onChange(Number.isFinite(n) ? Math.min(most, Math.max(0, Math.trunc(n))) : undefined);
      }}
    />
  );
}

interface ClosingFieldProps {
  readonly value: string | undefined;
  readonly zone: Zone;
  readonly error: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** A moment by the clock of the event's region; the end of the day where no hour is given. What is half typed is no moment. */
function ClosingField({ value, zone, error, onChange }: ClosingFieldProps) {
  const t = useT();
  const format = useFormat();
  const [typed, setTyped] = useState(() => {
    const local = value === undefined ? undefined : localOf(Date.parse(value), zone);
    return { date: local?.date ?? '', time: local?.time ?? '' };
  });
  const put = (part: Partial<typeof typed>): void => {
    const next = { ...typed, ...part };
    setTyped(next);
    const known = isLocalDate(next.date);
    onChange(known ? new Date(instantOf(next.date, next.time || '23:59', zone)).toISOString() : undefined);
  };
  return (
    <fieldset className={styles.group}>
      <legend>{t('propose.registration.closes')}</legend>
      <p className={styles.quiet}>{t('propose.registration.closes.hint', { zone: format.zone(zone, Date.now()) })}</p>
      <div className={styles.row}>
        <Field
          id={fieldId('registration.closesAt')}
          label={t('propose.registration.closes.day')}
          mark={t('form.optional')}
          type="date"
          value={typed.date}
          error={error}
          onChange={(event) => put({ date: event.target.value })}
        />
        <Field
          label={t('propose.registration.closes.time')}
          mark={t('form.optional')}
          type="time"
          value={typed.time}
          onChange={(event) => put({ time: event.target.value })}
        />
      </div>
    </fieldset>
  );
}
