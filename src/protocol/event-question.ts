import * as v from 'valibot';
import type { QuestionAnswer, QuestionPart } from '#domain/event-question.ts';
import { MAX_ANSWER } from '#domain/event-question.ts';
import { instantText, line, uuid } from './primitives.ts';
import { eventQuestion } from './programme.ts';

// oxlint-disable-next-line no-control-regex -- lines may be broken, nothing else
const UNSEEN = /[\u0000-\u0009\u000b-\u001f\u007f]/;
const words = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1),
  v.maxLength(MAX_ANSWER),
  v.check((text) => !UNSEEN.test(text), 'control characters'),
);

/** Answers the question of an event, signed or not. Rule: `decideAnswer`. Made by an attendee's replica; once an `answerId`. */
export const answerQuestion = v.object({
  answerId: uuid,
  eventId: uuid,
  opening: v.exactOptional(uuid),
  text: words,
  name: v.exactOptional(line(80)),
});
export type AnswerQuestion = v.InferOutput<typeof answerQuestion>;

/** Takes one's own answer back, with everything that was kept of it. */
export const withdrawAnswer = v.object({ answerId: uuid, eventId: uuid });
export type WithdrawAnswer = v.InferOutput<typeof withdrawAnswer>;

/** Supports somebody's answer, or does so no more; one support a person. Rule: `decideSupport`. */
export const supportAnswer = v.object({ answerId: uuid, eventId: uuid, support: v.boolean() });
export type SupportAnswer = v.InferOutput<typeof supportAnswer>;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What the scope `question/{event}` brings: never who answered or supported. */
export const questionAnswer = v.object({
  id: uuid,
  eventId: uuid,
  opening: v.exactOptional(uuid),
  text: v.string(),
  name: v.exactOptional(v.string()),
  support: count,
  at: instantText,
}) satisfies v.GenericSchema<unknown, QuestionAnswer>;

/** What its holder's own scope brings, under the event's id. */
export const questionPart = v.object({
  eventId: uuid,
  answers: v.array(
    v.object({
      id: uuid,
      opening: v.exactOptional(uuid),
      text: v.string(),
      name: v.exactOptional(v.string()),
      at: instantText,
      hidden: v.exactOptional(v.string()),
    }),
  ),
  supports: v.array(uuid),
}) satisfies v.GenericSchema<unknown, QuestionPart>;

/** Names the question that an editor has seen. */
const questionVersion = v.pipe(v.string(), v.maxLength(64));

/** `PUT /api/v1/desk/events/{eventId}/question`: puts a question in the place of the one that `basedOn` names; null takes it away. */
export const questionEdit = v.object({ question: v.nullable(eventQuestion), basedOn: questionVersion });
export type QuestionEdit = v.InferOutput<typeof questionEdit>;

/** `GET /api/v1/desk/events/{eventId}/question`: the question, to be edited, and the answers, hidden ones too, the latest first. */
export const deskQuestion = v.object({
  eventId: uuid,
  slug: v.string(),
  question: v.exactOptional(eventQuestion),
  version: questionVersion,
  answers: v.array(v.object({ ...questionAnswer.entries, hidden: v.exactOptional(v.string()) })),
});
export type DeskQuestion = v.InferOutput<typeof deskQuestion>;

/** `PUT /api/v1/desk/events/{eventId}/answers/{answerId}`: hides an answer from everybody but its author, who is told why; without a reason it is shown. */
export const answerModeration = v.object({ hidden: v.exactOptional(line(300)) });
