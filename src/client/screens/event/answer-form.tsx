import { Send } from 'lucide-react';
import type { FormEvent } from 'react';
import { useState } from 'react';
import type { EventQuestion } from '#domain/event-question.ts';
import { MAX_ANSWER, MAX_ANSWERS } from '#domain/event-question.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { Button } from '#client/components/button.tsx';
import { Field, SelectField, TextAreaField } from '#client/components/forms/field.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { answerQuestion } from '#client/store/questions.ts';
import styles from './event-question.module.css';

interface AnswerFormProps {
  readonly eventId: string;
  readonly question: EventQuestion;
  /** Answers that the person has given already. */
  readonly given: number;
}

/** An answer, signed or not: kept here at once, sent when there is a network. */
export function AnswerForm({ eventId, question, given }: AnswerFormProps) {
  const t = useT();
  const { language } = useFormat();
  const [open, setOpen] = useState(false);
  const [opening, setOpening] = useState('');
  const [text, setText] = useState('');
  const [name, setName] = useState('');
  const [state, setState] = useState<'none' | 'missing' | 'sending' | 'kept' | 'failed'>('none');
  if (given >= MAX_ANSWERS) return <p className={styles.quiet}>{t('question.enough')}</p>;

  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const words = text.trim();
    if (!words) return setState('missing');
    setState('sending');
    const signed = name.trim();
    try {
      await answerQuestion({
        eventId,
        text: words,
        ...(opening ? { opening } : {}),
        ...(signed ? { name: signed } : {}),
      });
    } catch {
      return setState('failed');
    }
    setText('');
    setState('kept');
    return undefined;
  };

  if (!open)
    return (
      <div className={styles.begin}>
        <Button icon={Send} onClick={() => setOpen(true)}>
          {t('question.answer')}
        </Button>
        <span className={styles.quiet}>{t('question.answer.hint')}</span>
      </div>
    );
  return (
    <form className={styles.form} onSubmit={(event) => void send(event)} aria-label={t('question.answer')} noValidate>
      {question.openings.length > 0 ? (
        <SelectField
          label={t('question.opening')}
          value={opening}
          options={[
            { value: '', label: t('question.opening.none') },
            ...question.openings.map((one, at) => ({
              value: one.id,
              label: `${at + 1}. ${shownIn(one.label, language).text}`,
            })),
          ]}
          onChange={setOpening}
        />
      ) : null}
      <TextAreaField
        label={t('question.words')}
        hint={t('question.words.hint')}
        error={state === 'missing' ? t('question.words.missing') : undefined}
        maxLength={MAX_ANSWER}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setState('none');
        }}
      />
      <Field
        label={t('question.name')}
        mark={t('question.optional')}
        hint={t('question.name.hint')}
        maxLength={80}
        autoComplete="name"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <div className={styles.begin}>
        <Button type="submit" variant="primary" icon={Send} busy={state === 'sending'}>
          {t('question.send')}
        </Button>
        <span role="status" className={styles.quiet}>
          {state === 'kept' ? t('question.kept') : null}
        </span>
      </div>
      {state === 'failed' ? (
        <p className={styles.problem} role="alert">
          {t('question.failed')}
        </p>
      ) : null}
    </form>
  );
}
