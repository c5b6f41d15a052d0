import { ArrowRight, Smartphone } from 'lucide-react';
import type { FormEvent, ReactNode } from 'react';
import { useState } from 'react';
import { Link } from 'react-router';
import { Button } from '#client/components/button.tsx';
import { Field } from '#client/components/forms/field.tsx';
import { Notice } from '#client/components/notice.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { useT } from '#client/i18n/i18n.ts';
import styles from './enrol.module.css';
import { readEnrolmentCode } from './enrolment-link.ts';
import type { Enrolment, Names } from './use-enrolment.ts';

interface EnrolIntroProps {
  /** The address carried something that is no code. */
  readonly bad: boolean;
  readonly refused: Enrolment['refused'];
  readonly onCode: (code: string) => void;
  readonly children?: ReactNode;
}

/** A phone that is no door: what a door is, and how to become one. */
export function EnrolIntro({ bad, refused, onCode, children }: EnrolIntroProps) {
  const t = useT();
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(bad);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const code = readEnrolmentCode(text);
    setWrong(code === undefined);
    if (code !== undefined) onCode(code);
  };
  return (
    <div className={styles.page}>
      <PageHeader title={t('door.title')} lead={t('door.enrol.what')} />
      {children}
      {refused ? (
        <Notice tone="problem" urgent>
          {t(`door.enrol.error.${refusalText(refused)}`)}
        </Notice>
      ) : null}
      <form className={styles.form} onSubmit={submit} noValidate>
        <p>{t('door.enrol.how')}</p>
        <Field
          label={t('door.enrol.link')}
          hint={t('door.enrol.link.hint')}
          value={text}
          maxLength={300}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          error={wrong ? t('door.enrol.link.bad') : undefined}
          onChange={(event) => {
            setText(event.target.value);
            setWrong(false);
          }}
        />
        <Button type="submit" variant="primary" size="large" icon={ArrowRight}>
          {t('door.enrol.continue')}
        </Button>
      </form>
      <p className={styles.desk}>
        {t('door.enrol.desk')} <Link to="/espace">{t('door.enrol.desk.link')}</Link>
      </p>
    </div>
  );
}

function refusalText(refused: NonNullable<Enrolment['refused']>): string {
  switch (refused) {
    case 'malformed':
    case 'not_found':
      return 'code_refused';
    case 'enrolment_used':
    case 'enrolment_expired':
    case 'code_refused':
    case 'too_many_requests':
    case 'protocol_too_old':
      return refused;
    default:
      return 'other';
  }
}

interface EnrolNamesProps {
  /** Title of the event whose door this phone holds already. */
  readonly held: string | undefined;
  readonly onStart: (names: Names) => void;
  readonly onCancel: () => void;
}

/** Names for the phone and its door, before the code is used up. */
export function EnrolNames({ held, onStart, onCancel }: EnrolNamesProps) {
  const t = useT();
  const [name, setName] = useState('');
  const [door, setDoor] = useState('');
  const [tried, setTried] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setTried(true);
    if (name.trim() && door.trim()) onStart({ name: name.trim(), door: door.trim() });
    else event.currentTarget.querySelector<HTMLInputElement>(name.trim() ? '[name=door]' : '[name=phone]')?.focus();
  };
  return (
    <div className={styles.page}>
      <PageHeader title={t('door.enrol.title')} lead={t('door.enrol.what')} />
      {held ? <Notice tone="attention">{t('door.enrol.already', { title: held })}</Notice> : null}
      <form className={styles.form} onSubmit={submit} noValidate>
        <Field
          label={t('door.enrol.name')}
          hint={t('door.enrol.name.hint')}
          name="phone"
          value={name}
          maxLength={80}
          autoComplete="off"
          required
          error={tried && !name.trim() ? t('door.enrol.required') : undefined}
          onChange={(event) => setName(event.target.value)}
        />
        <Field
          label={t('door.enrol.door')}
          hint={t('door.enrol.door.hint')}
          name="door"
          value={door}
          maxLength={80}
          autoComplete="off"
          required
          error={tried && !door.trim() ? t('door.enrol.required') : undefined}
          onChange={(event) => setDoor(event.target.value)}
        />
        <Button type="submit" variant="primary" size="large" icon={Smartphone}>
          {t('door.enrol.start')}
        </Button>
        <Button variant="quiet" size="large" onClick={onCancel}>
          {t('door.enrol.cancel')}
        </Button>
      </form>
    </div>
  );
}
