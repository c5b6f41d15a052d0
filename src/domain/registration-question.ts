import type { Answers } from './door-rules.ts';
import type { Uuid } from './ids.ts';
import type { LocalizedText } from './text.ts';

export const questionKinds = ['yes_no', 'choice', 'text'] as const;
export type QuestionKind = (typeof questionKinds)[number];

/** What an organiser asks of those who register. Its id stays when its words change. */
export interface RegistrationQuestion {
  readonly id: Uuid;
  readonly text: LocalizedText;
  readonly kind: QuestionKind;
  /** Of a `choice`, two at least. */
  readonly options?: readonly LocalizedText[];
  /** The form asks for an answer. A registration without one counts all the same: the question may be newer than the form. */
  readonly required: boolean;
  /** Asked for each person of the party; once for all of them without it. */
  readonly perPerson?: true;
  /** The answer is shown at the door. */
  readonly atDoor?: true;
}

/** What is asked beside the name and address of who registers. One an event, for all that one registers for there. */
export interface RegistrationForm {
  /** The others of a party must be named; without it they may be. */
  readonly namesRequired?: true;
  readonly questions: readonly RegistrationQuestion[];
}

/** Most questions an event asks, and characters of an answer in words. */
export const MAX_QUESTIONS = 15;
export const MAX_ANSWER = 300;

/** One of a party: the first is who registers, whose name stands in the registration itself. */
export interface PartyMember {
  readonly name?: string;
  /** To the questions asked for each person. */
  readonly answers?: Answers;
}

/** What was answered: for the party as a whole, and of each person in their order. */
export interface FormAnswers {
  readonly answers?: Answers;
  readonly people?: readonly PartyMember[];
}

/** One thing that the form asks for and that is missing; `person` counts from 0. */
export type Gap =
  | { readonly kind: 'name'; readonly person: number }
  | { readonly kind: 'answer'; readonly questionId: Uuid; readonly person?: number };

/** What a party has left out or answered with something that is no answer, in the order in which the form asks. */
export function gapsOf(form: RegistrationForm | undefined, party: number, given: FormAnswers): Gap[] {
  if (!form) return [];
  const gaps: Gap[] = [];
  const ask = (question: RegistrationQuestion, answers: Answers | undefined, person?: number): void => {
    const answer = answers?.[question.id]?.trim() ?? '';
    if (answer === '' ? question.required : !isAnswer(question, answer))
      gaps.push({ kind: 'answer', questionId: question.id, ...(person === undefined ? {} : { person }) });
  };
  for (const question of form.questions) if (!question.perPerson) ask(question, given.answers);
  for (let person = 0; person < party; person++) {
    const member = given.people?.[person];
    if (person > 0 && form.namesRequired && !member?.name?.trim()) gaps.push({ kind: 'name', person });
    for (const question of form.questions) if (question.perPerson) ask(question, member?.answers, person);
  }
  return gaps;
}

/** Whether a text answers a question: `yes` or `no`, the index of an option, or words. */
export function isAnswer(question: RegistrationQuestion, answer: string): boolean {
  if (question.kind === 'yes_no') return answer === 'yes' || answer === 'no';
  if (question.kind === 'choice') return question.options?.some((_, index) => String(index) === answer) ?? false;
  return answer.length > 0 && answer.length <= MAX_ANSWER;
}

/**
 * Only what answers a question that is asked, and at most the people of the party: what is kept of what came. Undefined when
 * nothing is left.
 */
export function fittingAnswers(
  form: RegistrationForm | undefined,
  party: number,
  given: FormAnswers,
): FormAnswers | undefined {
  const keep = (answers: Answers | undefined, perPerson: boolean): Answers | undefined => {
    const kept = (form?.questions ?? []).flatMap((question) => {
      const answer = answers?.[question.id]?.trim() ?? '';
      return (question.perPerson ?? false) === perPerson && isAnswer(question, answer)
        ? [[question.id, answer] as const]
        : [];
    });
    return kept.length > 0 ? Object.fromEntries(kept) : undefined;
  };
  const answers = keep(given.answers, false);
  const people = (given.people ?? []).slice(0, party).map((member, index): PartyMember => {
    const own = keep(member.answers, true);
    const name = index > 0 ? member.name?.trim() : undefined;
    return { ...(name ? { name } : {}), ...(own ? { answers: own } : {}) };
  });
  while (people.length > 0 && Object.keys(people.at(-1)!).length === 0) people.pop();
  if (!answers && people.length === 0) return undefined;
  return { ...(answers ? { answers } : {}), ...(people.length > 0 ? { people } : {}) };
}

/** What the door is told: the names of the party, and the answers that the organiser has marked for it. */
export function toldAtDoor(form: RegistrationForm | undefined, given: FormAnswers): FormAnswers | undefined {
  const questions = (form?.questions ?? []).filter((question) => question.atDoor);
  return fittingAnswers({ questions }, given.people?.length ?? 0, given);
}
