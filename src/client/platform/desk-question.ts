import type { Uuid } from '#domain/ids.ts';
import type { DeskQuestion, QuestionEdit } from '#protocol/event-question.ts';
import { deskQuestion } from '#protocol/event-question.ts';
import type { Called } from './session.ts';
import { call } from './session.ts';

export function readDeskQuestion(eventId: Uuid): Promise<Called<DeskQuestion>> {
  return call('GET', `/desk/events/${eventId}/question`, deskQuestion);
}

/** `edited_elsewhere` when somebody else has changed the question since `basedOn`: nothing was written. */
export function saveDeskQuestion(eventId: Uuid, edit: QuestionEdit): Promise<Called<DeskQuestion>> {
  return call('PUT', `/desk/events/${eventId}/question`, deskQuestion, edit);
}

/** Hides an answer for a reason, or shows it again without one. */
export function moderateAnswer(eventId: Uuid, answerId: Uuid, hidden?: string): Promise<Called<DeskQuestion>> {
  return call('PUT', `/desk/events/${eventId}/answers/${answerId}`, deskQuestion, hidden ? { hidden } : {});
}
