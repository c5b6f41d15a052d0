import type { Uuid } from '#domain/ids.ts';
import type { Decision, DecisionAnswer, MessageRequest, RegistrationByHand } from '#protocol/registration-decision.ts';
import { byHandAnswer, decisionAnswer, messageAnswer } from '#protocol/registration-decision.ts';
import type { RegistrationImportAnswer } from '#protocol/registration-import.ts';
import { registrationImportAnswer } from '#protocol/registration-import.ts';
import type { Language } from '#domain/text.ts';
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

/** Registers the people of a table, or says what that would do. @param subject the session of rows that name none */
export function importList(
  eventId: Uuid,
  file: Blob,
  { language, subject, dryRun }: { readonly language: Language; readonly subject: Uuid; readonly dryRun: boolean },
): Promise<Called<RegistrationImportAnswer>> {
  const query = new URLSearchParams({ language, subject, dryRun: dryRun ? '1' : '0' });
  return call('POST', `/desk/events/${eventId}/registrations/imports?${query}`, registrationImportAnswer, file);
}
