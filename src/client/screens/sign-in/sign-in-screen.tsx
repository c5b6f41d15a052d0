import { LogIn, LogOut, RotateCw } from 'lucide-react';
import type { FormEvent } from 'react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { Button, LinkButton } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { Field } from '#client/components/forms/field.tsx';
import { isOwnPage } from '#interop/markdown.ts';
import { PageHeader } from '#client/components/page-header.tsx';
import { useProvider } from '#client/hooks/use-provider.ts';
import { currentLanguage, useT } from '#client/i18n/i18n.ts';
import type { CallFailure } from '#client/platform/session.ts';
import { keepDesk } from '#client/platform/service-worker.ts';
import { askForCode, signIn, signOut, whoAmI } from '#client/platform/session.ts';
import { ByPasskey, ByProvider } from './other-ways.tsx';
import { concernIn, ProviderConcern } from './provider-concern.tsx';
import styles from './sign-in.module.css';

type Step =
  | { readonly kind: 'email' }
  | { readonly kind: 'code'; readonly email: string; readonly sentAgain: boolean }
  | { readonly kind: 'done'; readonly email: string };

/** `/connexion`: an address, then the code that was sent to it; a provider or a passkey instead. */
export function SignInScreen() {
  const t = useT();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  // Back to where one was sent from, which is a page of ours and nothing else.
  const wanted = search.get('retour') ?? '';
  const next = isOwnPage(wanted) ? wanted : '/espace';
  const [step, setStep] = useState<Step>({ kind: 'email' });
  const [failure, setFailure] = useState<CallFailure['reason']>();
  const [busy, setBusy] = useState(false);
  const provider = useProvider();
  // From the provider people come back to this page, which finds out who they are.
  const back = search.has('connecte');
  const [asking, setAsking] = useState(back);
  const [concern, setConcern] = useState(concernIn(search));
  const onward = (): void => void navigate(next, { replace: true });
  const cameBack = useEffectEvent(onward);
  // Whoever signs in goes on to the desk, maybe where there is no network: its pages come while the code does.
  useEffect(keepDesk, []);

  useEffect(() => {
    let left = false;
    void whoAmI().then((called) => {
      if (left) return;
      if (called.kind === 'done' && back) return cameBack();
      setAsking(false);
      if (called.kind === 'done')
        setStep((now) => (now.kind === 'email' ? { kind: 'done', email: called.value.email } : now));
      else if (back && called.reason === 'sign_in_required') setConcern('expired');
      else if (back) setFailure(called.reason);
    });
    return () => {
      left = true;
    };
  }, [back]);

  const during = async (work: () => Promise<CallFailure | undefined>): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    setConcern(undefined);
    const failed = await work();
    setBusy(false);
    setFailure(failed?.reason);
  };

  const send = (email: string, again: boolean): Promise<void> =>
    during(async () => {
      const called = await askForCode(email, currentLanguage());
      if (called.kind === 'failed') return called;
      setStep({ kind: 'code', email, sentAgain: again });
      return undefined;
    });

  const enter = (email: string, code: string): Promise<void> =>
    during(async () => {
      const called = await signIn(email, code);
      if (called.kind === 'failed') return called;
      await navigate(next, { replace: true });
      return undefined;
    });

  return (
    <div className={styles.page}>
      <PageHeader title={t('desk.signin.title')} lead={t('desk.signin.intro')} />
      {failure ? <CallNotice reason={failure} /> : null}
      {concern && step.kind === 'email' ? <ProviderConcern reason={concern} provider={provider?.name} /> : null}
      {asking ? <p role="status">{t('desk.loading')}</p> : null}
      {step.kind === 'email' && !asking ? (
        <>
          {provider ? <ByProvider name={provider.name} next={next} /> : null}
          <EmailForm busy={busy} first={!provider} onSend={(email) => void send(email, false)} />
          <ByPasskey
            onSignedIn={onward}
            onAsked={() => {
              setFailure(undefined);
              setConcern(undefined);
            }}
            onFailure={setFailure}
          />
          <p className={styles.note}>{t('desk.signin.attendee')}</p>
        </>
      ) : null}
      {step.kind === 'code' ? (
        <CodeForm
          key={step.email}
          email={step.email}
          sentAgain={step.sentAgain}
          busy={busy}
          onCode={(code) => void enter(step.email, code)}
          onResend={() => void send(step.email, true)}
          onOther={() => {
            setFailure(undefined);
            setStep({ kind: 'email' });
          }}
        />
      ) : null}
      {step.kind === 'done' ? (
        <div className={styles.form}>
          <p>{t('desk.signin.done', { email: step.email })}</p>
          <LinkButton variant="primary" to={next}>
            {t(next === '/espace' ? 'desk.title' : 'desk.signin.onward')}
          </LinkButton>
          <Button
            icon={LogOut}
            busy={busy}
            onClick={() =>
              void during(async () => {
                const called = await signOut();
                if (called.kind === 'failed' && called.reason !== 'sign_in_required') return called;
                setStep({ kind: 'email' });
                return undefined;
              })
            }
          >
            {t('desk.signout')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

interface EmailFormProps {
  readonly busy: boolean;
  /** The way that most take; there is another one above it otherwise. */
  readonly first: boolean;
  readonly onSend: (email: string) => void;
}

function EmailForm({ busy, first, onSend }: EmailFormProps) {
  const t = useT();
  const [wrong, setWrong] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const input = field.current;
    const ok = input !== null && input.value.trim() !== '' && input.validity.valid;
    setWrong(!ok);
    if (ok) onSend(input.value.trim());
    else input?.focus();
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <Field
        ref={field}
        label={t('desk.signin.email')}
        type="email"
        name="email"
        autoComplete="email webauthn"
        inputMode="email"
        maxLength={254}
        required
        error={wrong ? t('desk.signin.email.bad') : undefined}
      />
      <Button type="submit" variant={first ? 'primary' : 'secondary'} wide busy={busy} icon={LogIn}>
        {t('desk.signin.send')}
      </Button>
    </form>
  );
}

interface CodeFormProps {
  readonly email: string;
  readonly sentAgain: boolean;
  readonly busy: boolean;
  readonly onCode: (code: string) => void;
  readonly onResend: () => void;
  readonly onOther: () => void;
}

function CodeForm({ email, sentAgain, busy, onCode, onResend, onOther }: CodeFormProps) {
  const t = useT();
  const [wrong, setWrong] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
  }, []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const code = field.current?.value.replace(/\D/g, '') ?? '';
    setWrong(code.length !== 6);
    if (code.length === 6) onCode(code);
    else field.current?.focus();
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <Field
        ref={field}
        label={t('desk.signin.code')}
        hint={t('desk.signin.code.hint', { email })}
        name="code"
        autoComplete="one-time-code"
        inputMode="numeric"
        required
        error={wrong ? t('desk.signin.code.bad') : undefined}
      />
      <Button type="submit" variant="primary" wide busy={busy} icon={LogIn}>
        {t('desk.signin.submit')}
      </Button>
      <p className={styles.note} role="status">
        {sentAgain ? t('desk.signin.resent') : t('desk.signin.spam')}
      </p>
      <div className={styles.others}>
        <Button variant="quiet" icon={RotateCw} onClick={onResend}>
          {t('desk.signin.resend')}
        </Button>
        <Button variant="quiet" onClick={onOther}>
          {t('desk.signin.other')}
        </Button>
      </div>
    </form>
  );
}
