import type { Uuid } from '#domain/ids.ts';
import type { Decision, DecisionAnswer, MessageRequest, RegistrationByHand } from '#protocol/registration-decision.ts';
import { byHandAnswer, decisionAnswer, messageAnswer } from '#protocol/registration-decision.ts';
import type { InferOutput } from 'valibot';
import type { Called } from './session.ts';
import { call } from './session.ts';

export function decide(
  eventId: Uuid,
  decision: Decision,
  registrationIds: readonly Uuid[],
): Promise<Called<DecisionAnswer>> {
  return call('POST', `/desk/events/${eventId}/registrations/decisions`, decisionAnswer, { decision, registrationIds });
}

export function writeTo(eventId: Uuid, message: MessageRequest): Promise<Called<{ recipients: number }>> {
  return call('POST', `/desk/events/${eventId}/messages`, messageAnswer, message);
}

export function addByHand(
  eventId: Uuid,
  person: RegistrationByHand,
): Promise<Called<InferOutput<typeof byHandAnswer>>> {
  return call('POST', `/desk/events/${eventId}/registrations`, byHandAnswer, person);
}
