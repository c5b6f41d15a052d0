import type { FormEvent } from 'react';
import { useRef, useState } from 'react';
import { Button } from '#client/components/button.tsx';
import { Field } from '#client/components/forms/field.tsx';
import { Dialog } from '#client/components/modal.tsx';
import { Notice } from '#client/components/notice.tsx';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import type { Recovery } from '#client/sync/recovery.ts';
import { askRecoveryCode, recover } from '#client/sync/recovery.ts';
import styles from './tickets.module.css';

interface RecoverDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

type Step =
  | { readonly kind: 'email' }
  | { readonly kind: 'code'; readonly email: string }
  | { readonly kind: 'done'; readonly registrations: number };

/** Brings the tickets of an address to this phone, with a code that is mailed to it. */
export function RecoverDialog({ open, onClose }: RecoverDialogProps) {
  const t = useT();
  const language = useLanguage();
  const [step, setStep] = useState<Step>({ kind: 'email' });
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState(false);
  const [failure, setFailure] = useState<Exclude<Recovery['kind'], 'done'>>();
  const field = useRef<HTMLInputElement>(null);

  const close = (): void => {
    setStep({ kind: 'email' });
    setFailure(undefined);
    setWrong(false);
    onClose();
  };
  const ask = async (email: string): Promise<void> => {
    const answer = await askRecoveryCode(email, language);
    if (answer === 'done') setStep({ kind: 'code', email });
    else setFailure(answer);
  };
  const enter = async (email: string, code: string): Promise<void> => {
    const answer = await recover(email, code);
    if (answer.kind === 'done') setStep(answer);
    else setFailure(answer.kind);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const input = field.current;
    if (!input || step.kind === 'done') return;
    const value = step.kind === 'code' ? input.value.replace(/\D/g, '') : input.value.trim();
    const ok = step.kind === 'code' ? value.length === 6 : value !== '' && input.validity.valid;
    setWrong(!ok);
    setFailure(undefined);
    if (!ok) {
      input.focus();
      return;
    }
    setBusy(true);
    void (step.kind === 'code' ? enter(step.email, value) : ask(value)).finally(() => setBusy(false));
  };

  return (
    <Dialog open={open} onClose={close} title={t('tickets.recover')}>
      <form className={styles.recover} onSubmit={submit} noValidate>
        {failure ? (
          <Notice tone={failure === 'unreachable' ? 'attention' : 'problem'} urgent>
            {t(`tickets.recover.${failure}`)}
          </Notice>
        ) : null}
        {step.kind === 'email' ? (
          <>
            <p>{t('tickets.recover.intro')}</p>
            <Field
              key="email"
              ref={field}
              label={t('tickets.recover.email')}
              type="email"
              autoComplete="email"
              maxLength={254}
              error={wrong ? t('tickets.recover.email.bad') : undefined}
            />
            <Button type="submit" variant="primary" busy={busy}>
              {t('tickets.recover.send')}
            </Button>
          </>
        ) : null}
        {step.kind === 'code' ? (
          <>
            <p role="status">{t('tickets.recover.sent', { email: step.email })}</p>
            <Field
              key="code"
              ref={field}
              label={t('tickets.recover.code')}
              autoComplete="one-time-code"
              inputMode="numeric"
              error={wrong ? t('tickets.recover.code.bad') : undefined}
            />
            <Button type="submit" variant="primary" busy={busy}>
              {t('tickets.recover.enter')}
            </Button>
            <Button variant="quiet" onClick={() => setStep({ kind: 'email' })}>
              {t('tickets.recover.again')}
            </Button>
          </>
        ) : null}
        {step.kind === 'done' ? (
          <>
            <Notice tone="success">{t('tickets.recover.done', { n: step.registrations })}</Notice>
            <Button variant="primary" onClick={close}>
              {t('tickets.recover.close')}
            </Button>
          </>
        ) : null}
      </form>
    </Dialog>
  );
}
