import * as v from 'valibot';
import { languages } from '#domain/text.ts';
import { email, line, uuid } from './primitives.ts';
import { formAnswers } from './registration-question.ts';

/** Asks for places for a party. Rule: `decideRegistration`. Made by an attendee's replica. */
export const register = v.object({
  registrationId: uuid,
  eventId: uuid,
  subjectId: uuid,
  firstName: line(100),
  lastName: line(100),
  email,
  party: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(255)),
  needs: v.exactOptional(line(500)),
  ...formAnswers,
  language: v.picklist(languages),
});
export type Register = v.InferOutput<typeof register>;
