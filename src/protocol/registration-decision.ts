import * as v from 'valibot';
import { registrationStates } from '#domain/registration.ts';
import { languages } from '#domain/text.ts';
import { email, line, prose, uuid } from './primitives.ts';
import { formAnswers } from './registration-question.ts';

/**
 * `POST /api/v1/desk/events/{eventId}/registrations/decisions` as who runs the event. `approve`: a request gets its places;
 * `move_up`: somebody on the waiting list gets them before their turn; `refuse`: a request, or one who waits; `cancel`: places are
 * taken back. Everybody concerned is written to. Each is decided by itself: `failed` says which could not be, and why.
 */
export const decisions = ['approve', 'move_up', 'refuse', 'cancel'] as const;
export type Decision = (typeof decisions)[number];
export const decisionRequest = v.object({
  decision: v.picklist(decisions),
  registrationIds: v.pipe(v.array(uuid), v.minLength(1), v.maxLength(200)),
});
/** `full`: no places left for the party; `wrong_state`: somebody else has decided meanwhile; `over`: nobody is admitted to it any more. */
export const decisionFailures = ['full', 'wrong_state', 'unknown', 'over'] as const;
export type DecisionFailure = (typeof decisionFailures)[number];
export const decisionAnswer = v.object({
  done: v.number(),
  failed: v.array(v.object({ registrationId: uuid, reason: v.picklist(decisionFailures) })),
});
export type DecisionAnswer = v.InferOutput<typeof decisionAnswer>;

/** `POST /api/v1/desk/events/{eventId}/messages`: a plain mail to those registered, each in a mail of their own. Kept. */
export const messageRequest = v.object({
  subject: line(150),
  text: v.pipe(prose(10_000), v.trim(), v.minLength(1)),
  /** Of whom; a session's alone with `subjectId`. */
  states: v.pipe(v.array(v.picklist(registrationStates)), v.minLength(1)),
  subjectId: v.exactOptional(uuid),
});
export type MessageRequest = v.InferOutput<typeof messageRequest>;
export const messageAnswer = v.object({ recipients: v.number() });

/** `POST /api/v1/desk/events/{eventId}/registrations`: somebody who called or wrote, by hand. Rule: `decideRegistration`. */
export const registrationByHand = v.object({
  registrationId: uuid,
  subjectId: uuid,
  firstName: line(100),
  lastName: line(100),
  email,
  party: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(255)),
  needs: v.exactOptional(line(500)),
  ...formAnswers,
  language: v.picklist(languages),
});
export type RegistrationByHand = v.InferOutput<typeof registrationByHand>;
export const byHandAnswer = v.object({ state: v.picklist(registrationStates), reason: v.exactOptional(v.string()) });
