import { useLanguage, useT } from '#client/i18n/i18n.ts';
import type { RegistrationForm, RegistrationQuestion } from '#domain/registration-question.ts';
import { MAX_ANSWER } from '#domain/registration-question.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { Field, SelectField } from './field.tsx';
import styles from './form-questions.module.css';
import type { PartyDraft } from './party-draft.ts';
import { answerKey, nameKey } from './party-draft.ts';

interface FormQuestionsProps {
  readonly form: RegistrationForm | undefined;
  /** People of the party, who registers included. */
  readonly party: number;
  readonly draft: PartyDraft;
  /** Keys of what is missing or no answer. */
  readonly gaps: ReadonlySet<string>;
  /** What the first of the party is called; the reader is, without it. */
  readonly first?: string;
  readonly onChange: (part: Partial<PartyDraft>, key: string) => void;
}

/** Who the others are, and what the organiser asks: of the party once, and of each person in their own group of fields. */
export function FormQuestions({ form, party, draft, gaps, first: named, onChange }: FormQuestionsProps) {
  const t = useT();
  const each = form?.questions.filter((question) => question.perPerson) ?? [];
  const question = (one: RegistrationQuestion, person?: number) => {
    const key = answerKey(one.id, person);
    return (
      <Question
        key={key}
        question={one}
        value={draft.answers[key] ?? ''}
        wrong={gaps.has(key)}
        onChange={(value) => onChange({ answers: { ...draft.answers, [key]: value } }, key)}
      />
    );
  };
  const first = each.length > 0 ? 0 : 1;
  return (
    <>
      {form?.questions.filter((one) => !one.perPerson).map((one) => question(one))}
      {Array.from({ length: Math.max(0, party - first) }, (_, i) => i + first).map((person) => (
        <fieldset key={person} className={styles.person}>
          <legend className={styles.legend}>
            {person === 0 ? (named ?? t('registration.person.first')) : t('registration.person', { n: person + 1 })}
          </legend>
          {person > 0 ? (
            <Field
              label={t('registration.person.name', { n: person + 1 })}
              {...(form?.namesRequired ? { required: true } : { mark: t('registration.optional') })}
              error={gaps.has(nameKey(person)) ? t('registration.person.required') : undefined}
              value={draft.names[person] ?? ''}
              maxLength={200}
              autoComplete="off"
              onChange={({ target }) => {
                const names = Array.from({ length: Math.max(draft.names.length, person + 1) }, (_, i) =>
                  i === person ? target.value : (draft.names[i] ?? ''),
                );
                onChange({ names }, nameKey(person));
              }}
            />
          ) : null}
          {each.map((one) => question(one, person))}
        </fieldset>
      ))}
    </>
  );
}

interface QuestionProps {
  readonly question: RegistrationQuestion;
  readonly value: string;
  readonly wrong: boolean;
  readonly onChange: (value: string) => void;
}

function Question({ question, value, wrong, onChange }: QuestionProps) {
  const t = useT();
  const language = useLanguage();
  const { text, lang } = shownIn(question.text, language);
  const common = {
    label: text,
    ...(question.required ? { required: true } : { mark: t('registration.optional') }),
    error: wrong ? t('registration.answer.required') : undefined,
    value,
  };
  if (question.kind === 'text')
    return (
      <div {...(lang === language ? {} : { lang })}>
        <Field {...common} maxLength={MAX_ANSWER} onChange={({ target }) => onChange(target.value)} />
      </div>
    );
  const options =
    question.kind === 'yes_no'
      ? [
          { value: 'yes', label: t('answers.yes') },
          { value: 'no', label: t('answers.no') },
        ]
      : (question.options ?? []).map((option, i) => ({ value: String(i), label: shownIn(option, language).text }));
  return (
    <div {...(lang === language ? {} : { lang })}>
      <SelectField
        {...common}
        options={[{ value: '', label: t('registration.answer.choose') }, ...options]}
        onChange={onChange}
      />
    </div>
  );
}
