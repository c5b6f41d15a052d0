import * as v from 'valibot';
import type { Registration } from '#domain/registration.ts';
import { refusalReasons, registrationStates } from '#domain/registration.ts';
import { instantText, uuid } from './primitives.ts';
import { formAnswers } from './registration-question.ts';

/** A registration as its holder's scope brings it. */
export const registration = v.object({
  id: uuid,
  eventId: uuid,
  subjectId: uuid,
  firstName: v.string(),
  lastName: v.string(),
  email: v.string(),
  party: v.pipe(v.number(), v.integer(), v.minValue(1)),
  needs: v.exactOptional(v.string()),
  ...formAnswers,
  state: v.picklist(registrationStates),
  position: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  reason: v.exactOptional(v.picklist(refusalReasons)),
  ticketId: v.exactOptional(uuid),
  ticket: v.exactOptional(v.string()),
  requestedAt: instantText,
}) satisfies v.GenericSchema<unknown, Registration>;
