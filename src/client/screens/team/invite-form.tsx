import { Send } from 'lucide-react';
import type { FormEvent } from 'react';
import { useId, useRef, useState } from 'react';
import type { Role } from '#domain/account.ts';
import { roles } from '#domain/account.ts';
import { regionsAndNational } from '#domain/regions.ts';
import { shownIn } from '#client/i18n/shown.ts';
import type { Me } from '#protocol/sign-in.ts';
import { Button } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { CheckField, Field, SelectField, TextAreaField } from '#client/components/forms/field.tsx';
import { Notice } from '#client/components/notice.tsx';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import type { CallFailure } from '#client/platform/session.ts';
import { invitePerson } from '#client/platform/team.ts';
import styles from './team.module.css';

interface InviteFormProps {
  readonly me: Me;
  readonly onInvited: () => void;
}

type Outcome =
  | { readonly kind: 'invited'; readonly email: string }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: CallFailure['reason'] };

/** Invites an address, to what the person who invites may give. */
export function InviteForm({ me, onInvited }: InviteFormProps) {
  const t = useT();
  const language = useLanguage();
  const legend = useId();
  const mine = me.bodies ?? [];
  const [role, setRole] = useState<Role>('organiser');
  const [regions, setRegions] = useState<readonly string[]>([]);
  const [bodies, setBodies] = useState(me.role === 'organiser' ? mine.join('\n') : '');
  const [wrong, setWrong] = useState(false);
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  const email = useRef<HTMLInputElement>(null);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const input = email.current;
    if (!input || busy) return;
    const ok = input.value.trim() !== '' && input.validity.valid;
    setWrong(!ok);
    setOutcome(undefined);
    if (!ok) return input.focus();
    setBusy(true);
    const address = input.value.trim();
    const names = bodies.split('\n').map((body) => body.trim());
    const called = await invitePerson({
      email: address,
      role,
      regions: role === 'regional' ? [...regions] : [],
      bodies: role === 'organiser' ? names.filter(Boolean) : [],
      language,
    });
    setBusy(false);
    if (called.kind === 'failed') return setOutcome(called);
    if (called.value.kind === 'refused') return setOutcome(called.value);
    setOutcome({ kind: 'invited', email: address });
    input.value = '';
    onInvited();
  };

  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <Field
        ref={email}
        label={t('team.invite.email')}
        type="email"
        name="email"
        autoComplete="off"
        inputMode="email"
        maxLength={254}
        required
        error={wrong ? t('desk.signin.email.bad') : undefined}
      />
      {me.role === 'national' ? (
        <SelectField
          label={t('team.invite.role')}
          hint={t(`team.role.${role}.hint`)}
          value={role}
          options={roles.map((one) => ({ value: one, label: t(`desk.role.${one}`) }))}
          onChange={(value) => setRole(roles.find((one) => one === value) ?? 'organiser')}
        />
      ) : null}
      {role === 'regional' ? (
        <fieldset className={styles.regions} aria-labelledby={legend}>
          <legend id={legend}>{t('team.invite.regions')}</legend>
          {regionsAndNational.map((one) => (
            <CheckField
              key={one.code}
              label={shownIn(one.name, language).text}
              checked={regions.includes(one.code)}
              onChange={(event) =>
                setRegions(
                  event.target.checked ? [...regions, one.code] : regions.filter((region) => region !== one.code),
                )
              }
            />
          ))}
        </fieldset>
      ) : null}
      {role === 'organiser' ? (
        <TextAreaField
          label={t('team.invite.bodies')}
          hint={t(me.role === 'organiser' ? 'team.invite.bodies.own' : 'team.invite.bodies.hint')}
          rows={2}
          value={bodies}
          onChange={(event) => setBodies(event.target.value)}
        />
      ) : null}
      <Button type="submit" variant="primary" icon={Send} busy={busy} className={styles.start}>
        {t('team.invite.send')}
      </Button>
      <div role="status">
        {outcome?.kind === 'invited' ? (
          <Notice tone="success">{t('team.invite.sent', { email: outcome.email })}</Notice>
        ) : null}
      </div>
      {outcome?.kind === 'refused' ? (
        <Notice tone="problem" urgent>
          {t(`team.refused.${outcome.reason}`)}
        </Notice>
      ) : null}
      {outcome?.kind === 'failed' ? <CallNotice reason={outcome.reason} /> : null}
    </form>
  );
}
