import type { FormAnswers, Gap, PartyMember, RegistrationForm } from '#domain/registration-question.ts';
import { fittingAnswers } from '#domain/registration-question.ts';

/** Who comes along and what was answered, as it was typed. */
export interface PartyDraft {
  /** Of the party by their place; the first is who registers, and has none here. */
  readonly names: readonly string[];
  /** By `answerKey`. */
  readonly answers: Readonly<Record<string, string>>;
}

/** Names the field of a question, for the party or for one of its people. */
export function answerKey(questionId: string, person?: number): string {
  return person === undefined ? questionId : `${questionId}.${person}`;
}

export function nameKey(person: number): string {
  return `name.${person}`;
}

export function gapKey(gap: Gap): string {
  return gap.kind === 'name' ? nameKey(gap.person) : answerKey(gap.questionId, gap.person);
}

/** What of the form is sent: nothing where nothing was said. */
export function answersIn(draft: PartyDraft, form: RegistrationForm | undefined, party: number): FormAnswers {
  const of = (person?: number) =>
    Object.fromEntries((form?.questions ?? []).map((one) => [one.id, draft.answers[answerKey(one.id, person)] ?? '']));
  const people = Array.from({ length: party }, (_, person): PartyMember => ({
    name: oneLine(draft.names[person] ?? ''),
    answers: of(person),
  }));
  return fittingAnswers(form, party, { answers: of(), people }) ?? {};
}

/** Without what cannot stand on one line, as the server takes it. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
