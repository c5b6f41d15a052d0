import { useState } from 'react';
import type { CheckIn } from '#domain/check-in.ts';
import type { Answers, DoorQuestion } from '#domain/door-rules.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { Choice } from '#client/components/forms/choice.tsx';
import { Field } from '#client/components/forms/field.tsx';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import styles from './door-questions.module.css';
import { useSettling } from './use-settling.ts';

interface DoorQuestionsProps {
  readonly arrival: CheckIn;
  readonly questions: readonly DoorQuestion[];
  readonly onAnswer: (arrival: CheckIn, answers: Answers) => void;
}

/** Milliseconds without a change after which answers are written down; before that when the next guest comes. */
const CALM = 700;

/** What the organiser asks of who has just come in. They are in already: an answer that is not given holds nobody up. */
export function DoorQuestions({ arrival, questions, onAnswer }: DoorQuestionsProps) {
  const t = useT();
  const language = useLanguage();
  const [answers, setAnswers] = useState<Answers>(arrival.answers ?? {});
  const save = useSettling<Answers>((given) => onAnswer(arrival, given), CALM);
  const answer = (question: DoorQuestion, value: string): void => {
    const { [question.id]: _, ...others } = answers;
    const next = value.trim() === '' ? others : { ...others, [question.id]: value };
    setAnswers(next);
    save(next);
  };
  return (
    <section className={styles.questions} aria-label={t('door.questions')}>
      {questions.map((question) => {
        const label = shownIn(question.text, language).text;
        const value = answers[question.id] ?? '';
        if (question.kind === 'text')
          return (
            <Field
              key={question.id}
              label={label}
              value={value}
              maxLength={500}
              autoComplete="off"
              onChange={(event) => answer(question, event.target.value)}
            />
          );
        const options =
          question.kind === 'yes_no'
            ? [
                { value: 'yes', label: t('door.questions.yes') },
                { value: 'no', label: t('door.questions.no') },
              ]
            : (question.options ?? []).map((option, i) => ({
                value: String(i),
                label: shownIn(option, language).text,
              }));
        return (
          <Choice
            key={question.id}
            label={label}
            value={value}
            options={options}
            onChange={(next) => answer(question, next)}
          />
        );
      })}
    </section>
  );
}
