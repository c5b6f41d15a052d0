import type { Translate } from '#client/i18n/i18n.ts';
import type { FormAnswers, RegistrationForm, RegistrationQuestion } from '#domain/registration-question.ts';
import { textIn } from '#domain/text.ts';

/** One thing that somebody who registered has said, as it is read. */
export interface AnswerLine {
  readonly key: string;
  readonly label: string;
  readonly value: string;
}

/**
 * The others of a party and what was answered, in the order of the form. What a device knows no question for is left out.
 * @param first who registered
 */
export function answerLines(
  form: RegistrationForm | undefined,
  given: FormAnswers,
  first: string,
  { t, language }: { readonly t: Translate; readonly language: string },
): AnswerLine[] {
  const people = given.people ?? [];
  const named = people.flatMap((person) => person.name ?? []);
  const lines: AnswerLine[] =
    named.length > 0 ? [{ key: 'names', label: t('answers.with'), value: named.join(', ') }] : [];
  const say = (question: RegistrationQuestion, answer: string | undefined): string | undefined => {
    if (answer === undefined || question.kind === 'text') return answer;
    if (question.kind === 'yes_no') return t(answer === 'yes' ? 'answers.yes' : 'answers.no');
    return textIn(question.options?.[Number(answer)], language).text || undefined;
  };
  for (const question of form?.questions ?? []) {
    const label = textIn(question.text, language).text;
    const said = question.perPerson
      ? people.flatMap((person, i) => {
          const answer = say(question, person.answers?.[question.id]);
          const name = (i === 0 ? first.trim() : person.name) || t('answers.person', { n: i + 1 });
          return answer === undefined ? [] : [t('answers.of', { name, answer })];
        })
      : (say(question, given.answers?.[question.id]) ?? []);
    const value = [said].flat().join(' · ');
    if (value !== '') lines.push({ key: question.id, label, value });
  }
  return lines;
}
