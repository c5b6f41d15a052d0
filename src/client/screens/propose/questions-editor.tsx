import { Plus, Trash2 } from 'lucide-react';
import type { RegistrationForm, RegistrationQuestion } from '#domain/registration-question.ts';
import { MAX_QUESTIONS, questionKinds } from '#domain/registration-question.ts';
import { BilingualField } from '#client/components/forms/bilingual-field.tsx';
import { Button } from '#client/components/button.tsx';
import { CheckField, SelectField } from '#client/components/forms/field.tsx';
import { useT } from '#client/i18n/i18n.ts';
import { newId } from '#client/store/ids.ts';
import { fieldId } from './fields.ts';
import styles from './propose.module.css';

interface QuestionsEditorProps {
  readonly form: RegistrationForm | undefined;
  readonly english: boolean;
  readonly errorOf: (field: string) => string | undefined;
  /** Undefined when nothing is asked. */
  readonly onChange: (form: RegistrationForm | undefined) => void;
}

/** What is asked of those who register, beside name and address. */
export function QuestionsEditor({ form, english, errorOf, onChange }: QuestionsEditorProps) {
  const t = useT();
  const questions = form?.questions ?? [];
  const put = (next: readonly RegistrationQuestion[], names = form?.namesRequired === true): void =>
    onChange(next.length === 0 && !names ? undefined : { ...(names ? { namesRequired: true } : {}), questions: next });
  const replace = (at: number, question: RegistrationQuestion): void => put(questions.with(at, question));
  return (
    <fieldset className={styles.group}>
      <legend>{t('propose.questions')}</legend>
      <p className={styles.quiet}>{t('propose.questions.hint')}</p>
      <CheckField
        label={t('desk.form.names')}
        hint={t('desk.form.names.hint')}
        checked={form?.namesRequired ?? false}
        onChange={(event) => put(questions, event.target.checked)}
      />
      {questions.map((question, at) => (
        <QuestionFields
          key={question.id}
          question={question}
          at={at}
          english={english}
          errorOf={errorOf}
          onChange={(changed) => replace(at, changed)}
          onRemove={() => put(questions.filter((one) => one.id !== question.id))}
        />
      ))}
      {questions.length < MAX_QUESTIONS ? (
        <div>
          <Button
            id={fieldId('registrationForm')}
            icon={Plus}
            onClick={() => put([...questions, { id: newId(), text: {}, kind: 'yes_no', required: false }])}
          >
            {t('propose.question.add')}
          </Button>
        </div>
      ) : null}
    </fieldset>
  );
}

interface QuestionFieldsProps {
  readonly question: RegistrationQuestion;
  readonly at: number;
  readonly english: boolean;
  readonly errorOf: (field: string) => string | undefined;
  readonly onChange: (question: RegistrationQuestion) => void;
  readonly onRemove: () => void;
}

function QuestionFields({ question, at, english, errorOf, onChange, onRemove }: QuestionFieldsProps) {
  const t = useT();
  const path = (part: string): string => `registrationForm.questions.${at}.${part}`;
  const flag = (name: 'perPerson' | 'atDoor', on: boolean): void => {
    const { [name]: _, ...rest } = question;
    onChange(on ? { ...rest, [name]: true } : rest);
  };
  const options = question.options ?? [];
  return (
    <fieldset className={styles.item}>
      <legend>{t('propose.question', { n: at + 1 })}</legend>
      <BilingualField
        id={fieldId(path('text'))}
        label={t('propose.question.text')}
        value={question.text}
        english={english}
        max={200}
        error={errorOf(path('text'))}
        onChange={(text) => onChange({ ...question, text: text ?? {} })}
      />
      <SelectField
        className={styles.short ?? ''}
        label={t('propose.question.kind')}
        value={question.kind}
        options={questionKinds.map((kind) => ({ value: kind, label: t(`propose.question.kind.${kind}`) }))}
        onChange={(value) => {
          const kind = questionKinds.find((one) => one === value) ?? 'text';
          const { options: _, ...rest } = question;
          onChange(kind === 'choice' ? { ...rest, kind, options: [{}, {}] } : { ...rest, kind });
        }}
      />
      {question.kind === 'choice' ? (
        <>
          {options.map((option, n) => (
            // An answer is kept by its place, which is what tells one option from another.
            // oxlint-disable-next-line react/no-array-index-key
            <div key={n} className={styles.option}>
              <BilingualField
                id={fieldId(path(`options.${n}`))}
                label={t('propose.question.option', { n: n + 1 })}
                value={option}
                english={english}
                max={100}
                error={errorOf(path(`options.${n}`))}
                onChange={(text) => onChange({ ...question, options: options.with(n, text ?? {}) })}
              />
              {options.length > 2 ? (
                <Button
                  variant="quiet"
                  icon={Trash2}
                  onClick={() => onChange({ ...question, options: options.filter((_, i) => i !== n) })}
                >
                  {t('propose.question.option.remove', { n: n + 1 })}
                </Button>
              ) : null}
            </div>
          ))}
          {options.length < 20 ? (
            <div>
              <Button icon={Plus} onClick={() => onChange({ ...question, options: [...options, {}] })}>
                {t('propose.question.option.add')}
              </Button>
            </div>
          ) : null}
        </>
      ) : null}
      <CheckField
        label={t('propose.question.required')}
        checked={question.required}
        onChange={(event) => onChange({ ...question, required: event.target.checked })}
      />
      <CheckField
        label={t('propose.question.perPerson')}
        checked={question.perPerson ?? false}
        onChange={(event) => flag('perPerson', event.target.checked)}
      />
      <CheckField
        label={t('propose.question.atDoor')}
        checked={question.atDoor ?? false}
        onChange={(event) => flag('atDoor', event.target.checked)}
      />
      <div className={styles.tools}>
        <Button variant="quiet" icon={Trash2} onClick={onRemove}>
          {t('propose.question.remove', { n: at + 1 })}
        </Button>
      </div>
    </fieldset>
  );
}
