import { Mail } from 'lucide-react';
import type { FormEvent } from 'react';
import { useRef, useState } from 'react';
import * as v from 'valibot';
import { subscribeNewsletter as message } from '#protocol/newsletter.ts';
import { Button } from '#client/components/button.tsx';
import { Field } from '#client/components/forms/field.tsx';
import { Notice } from '#client/components/notice.tsx';
import { useOutbox } from '#client/hooks/use-outbox.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { readStored, writeStored } from '#client/platform/stored.ts';
import { subscribeNewsletter } from '#client/store/newsletter.ts';
import styles from './news.module.css';

/** The address that this device has asked for, so that the page can say what happens with it. */
const ASKED = 'escale.newsletter';
const askedSchema = v.object({ email: v.string() });

/** Asks for the newsletter. It has nothing to do with any registration, and needs no network: what is asked waits. */
export function NewsletterSection() {
  const t = useT();
  const language = useLanguage();
  const waits = useOutbox().some((row) => row.name === 'subscribe-newsletter' && row.state === 'waiting');
  const [asked, setAsked] = useState(() => readStored(ASKED, askedSchema)?.email);
  const [error, setError] = useState<'required' | 'invalid'>();
  const [state, setState] = useState<'none' | 'busy' | 'failed'>('none');
  const input = useRef<HTMLInputElement>(null);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (state === 'busy') return;
    const email = input.current?.value.trim() ?? '';
    const parsed = v.safeParse(message, { email, language });
    setError(parsed.success ? undefined : email === '' ? 'required' : 'invalid');
    if (!parsed.success) {
      input.current?.focus();
      return;
    }
    setState('busy');
    try {
      await subscribeNewsletter(parsed.output);
      writeStored(ASKED, { email });
      setAsked(email);
      setState('none');
    } catch {
      setState('failed');
    }
  };
  return (
    <section className={styles.newsletter} aria-labelledby="infolettre">
      <h2 id="infolettre">{t('newsletter.title')}</h2>
      <div role="status">
        {asked === undefined ? null : (
          <Notice tone={waits ? 'attention' : 'success'}>
            {t(waits ? 'newsletter.waits' : 'newsletter.asked', { email: asked })}
          </Notice>
        )}
      </div>
      {asked === undefined ? (
        <form className={styles.subscribe} onSubmit={(event) => void submit(event)} noValidate>
          <p>{t('newsletter.intro')}</p>
          {state === 'failed' ? (
            <Notice tone="problem" urgent>
              {t('registration.failed')}
            </Notice>
          ) : null}
          <Field
            ref={input}
            label={t('newsletter.email')}
            hint={t('newsletter.email.hint')}
            type="email"
            inputMode="email"
            autoComplete="email"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={254}
            required
            error={error ? t(`newsletter.email.${error}`) : undefined}
          />
          <Button type="submit" icon={Mail} busy={state === 'busy'}>
            {t('newsletter.subscribe')}
          </Button>
        </form>
      ) : (
        <Button
          variant="quiet"
          onClick={() => {
            writeStored(ASKED, undefined);
            setAsked(undefined);
          }}
        >
          {t('newsletter.other')}
        </Button>
      )}
    </section>
  );
}
