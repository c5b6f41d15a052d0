import * as v from 'valibot';
import type { DoorRules } from '#domain/door-rules.ts';
import { badgeFields } from '#domain/door-rules.ts';
import { instantText, uuid } from './primitives.ts';

const label = v.pipe(
  v.record(v.pipe(v.string(), v.maxLength(20)), v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200))),
  v.check((texts) => Object.keys(texts).length > 0, 'a text in one language at least'),
);
const millimetres = v.pipe(v.number(), v.minValue(20), v.maxValue(300));

/** `GET` and `PUT /api/v1/desk/events/{eventId}/door-rules`; doors have it in their roster's scope. */
export const doorRules = v.object({
  lists: v.pipe(
    v.array(
      v.object({
        id: uuid,
        name: label,
        subjectIds: v.exactOptional(v.pipe(v.array(uuid), v.maxLength(500))),
        opensAt: v.exactOptional(instantText),
        closesAt: v.exactOptional(instantText),
      }),
    ),
    v.maxLength(50),
  ),
  countsInside: v.boolean(),
  questions: v.pipe(
    v.array(
      v.object({
        id: uuid,
        text: label,
        kind: v.picklist(['yes_no', 'choice', 'text']),
        options: v.exactOptional(v.pipe(v.array(label), v.maxLength(20))),
        required: v.boolean(),
      }),
    ),
    v.maxLength(20),
  ),
  walkIns: v.boolean(),
  allotment: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(500)),
  admitsRequested: v.boolean(),
  hiddenNames: v.boolean(),
  badge: v.exactOptional(
    v.object({
      width: millimetres,
      height: millimetres,
      fields: v.pipe(v.array(v.picklist(badgeFields)), v.minLength(1), v.maxLength(badgeFields.length)),
    }),
  ),
}) satisfies v.GenericSchema<unknown, DoorRules>;
export type DoorRulesMessage = v.InferOutput<typeof doorRules>;
