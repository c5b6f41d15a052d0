import type { Uuid } from './ids.ts';
import type { Link, ProgrammeEvent } from './programme.ts';
import type { LocalizedText } from './text.ts';

/** One of the ways into a question. */
export interface QuestionOpening {
  readonly id: Uuid;
  readonly label: LocalizedText;
}

/** A question that an organiser puts to all who come, with several openings; it stands in the event's own page. */
export interface EventQuestion {
  readonly text: LocalizedText;
  readonly openings: readonly QuestionOpening[];
  /** No answers any more; those that were given stay. */
  readonly closed?: true;
  /** Markdown: what came out of it. */
  readonly outcome?: LocalizedText;
  readonly links?: readonly Link[];
}

/** Answers that one person may give to one event: enough for every opening, too few to drown the others. */
export const MAX_ANSWERS = 12;
/** Characters. */
export const MAX_ANSWER = 500;

/** An answer as everybody may read it. */
export interface QuestionAnswer {
  readonly id: Uuid;
  readonly eventId: Uuid;
  readonly opening?: Uuid;
  readonly text: string;
  /** As the person signed it; nothing when they did not. */
  readonly name?: string;
  /** How many people support it. */
  readonly support: number;
  /** ISO 8601, the server's time. */
  readonly at: string;
}

/** What one person has contributed to an event's question: on all of their devices, and nobody else's business. */
export interface QuestionPart {
  readonly eventId: Uuid;
  readonly answers: readonly (Omit<QuestionAnswer, 'support' | 'eventId'> & {
    /** Why the organiser hid it from the others. */
    readonly hidden?: string;
  })[];
  /** Answers of others that they support. */
  readonly supports: readonly Uuid[];
}

export type AnswerRefusal = 'event_unknown' | 'question_unknown' | 'question_closed' | 'too_many_answers';

/** Whether an answer is taken: before, during and after the event, for as long as the organiser leaves the question open. */
export function decideAnswer(
  event: ProgrammeEvent | undefined,
  opening: Uuid | undefined,
  given: number,
): 'accepted' | AnswerRefusal {
  if (!event) return 'event_unknown';
  const { question } = event;
  if (!question) return 'question_unknown';
  if (opening !== undefined && !question.openings.some((one) => one.id === opening)) return 'question_unknown';
  if (question.closed) return 'question_closed';
  return given < MAX_ANSWERS ? 'accepted' : 'too_many_answers';
}

/** Whether a support, or its taking back, counts. */
export function decideSupport(event: ProgrammeEvent | undefined): 'accepted' | AnswerRefusal {
  if (!event) return 'event_unknown';
  if (!event.question) return 'question_unknown';
  return event.question.closed ? 'question_closed' : 'accepted';
}

/** The most supported first, then the earliest; the order of ids where both are the same. */
export function compareAnswers(
  a: Pick<QuestionAnswer, 'id' | 'support' | 'at'>,
  b: Pick<QuestionAnswer, 'id' | 'support' | 'at'>,
): number {
  if (a.support !== b.support) return b.support - a.support;
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
