import * as v from 'valibot';
import type { FormAnswers, RegistrationForm } from '#domain/registration-question.ts';
import { MAX_ANSWER, MAX_QUESTIONS, questionKinds } from '#domain/registration-question.ts';
import { line, uuid } from './primitives.ts';

const label = v.pipe(
  v.record(v.pipe(v.string(), v.maxLength(20)), v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200))),
  v.check((texts) => Object.keys(texts).length > 0, 'a text in one language at least'),
);
const question = v.pipe(
  v.object({
    id: uuid,
    text: label,
    kind: v.picklist(questionKinds),
    options: v.exactOptional(v.pipe(v.array(label), v.maxLength(20))),
    required: v.boolean(),
    perPerson: v.exactOptional(v.literal(true)),
    atDoor: v.exactOptional(v.literal(true)),
  }),
  v.check(({ kind, options }) => kind !== 'choice' || (options?.length ?? 0) >= 2, 'a choice has two options at least'),
);

/** What an event asks of those who register. */
export const registrationForm = v.object({
  namesRequired: v.exactOptional(v.literal(true)),
  questions: v.pipe(
    v.array(question),
    v.maxLength(MAX_QUESTIONS),
    v.check((all) => new Set(all.map((one) => one.id)).size === all.length, 'a question stands twice'),
  ),
}) satisfies v.GenericSchema<unknown, RegistrationForm>;

const answers = v.pipe(
  v.record(uuid, v.pipe(v.string(), v.maxLength(MAX_ANSWER))),
  v.check((given) => Object.keys(given).length <= MAX_QUESTIONS, 'too many answers'),
  v.readonly(),
);

/** What was answered, in a request and in what is shown of it. An older device sends and sees none of it. */
export const formAnswers = {
  answers: v.exactOptional(answers),
  people: v.exactOptional(
    v.pipe(
      v.array(v.object({ name: v.exactOptional(line(200)), answers: v.exactOptional(answers) })),
      v.maxLength(255),
      v.readonly(),
    ),
  ),
} satisfies Record<keyof FormAnswers, object>;
/** As it is written into an answer. */
export type WrittenAnswers = v.InferInput<v.ObjectSchema<typeof formAnswers, undefined>>;

/** `GET /api/v1/desk/events/{eventId}/registration-form`: what the event asks, and which state of it that is. */
export const deskForm = v.object({ form: registrationForm, version: v.pipe(v.string(), v.maxLength(64)) });
export type DeskForm = v.InferOutput<typeof deskForm>;
/** `PUT` of the same: `basedOn` is the version that the editor has seen; `edited_elsewhere` when it is another by now. */
export const deskFormEdit = v.object({ form: registrationForm, basedOn: v.pipe(v.string(), v.maxLength(64)) });
export type DeskFormEdit = v.InferOutput<typeof deskFormEdit>;
