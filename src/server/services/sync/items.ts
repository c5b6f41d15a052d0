import type { Allotment } from '#domain/allotment.ts';
import type { CheckIn, RosterEntry } from '#domain/check-in.ts';
import type { Answers } from '#domain/door-rules.ts';
import type { RefusalReason, Registration } from '#domain/registration.ts';
import type { FormAnswers } from '#domain/registration-question.ts';
import type { WrittenAnswers } from '#protocol/registration-question.ts';
import type { Selectable } from 'kysely';
import type { Schema } from '../../db/schema.ts';

/** Rows as the items that travel. */
export type RegistrationRow = Selectable<Schema['registration']>;
export type CheckInRow = Selectable<Schema['check_in']>;
export type AllotmentRow = Selectable<Schema['allotment']>;

/** @param position one-based place on the waiting list */
export function registrationItem(row: RegistrationRow, position?: number): Registration {
  return {
    id: row.id,
    eventId: row.event_id,
    subjectId: row.subject_id,
    firstName: row.first_name,
    lastName: row.last_name,
    email: row.email,
    party: row.party,
    ...(row.needs === null ? {} : { needs: row.needs }),
    ...answersOf(row.answers),
    state: row.state,
    ...(row.state === 'waitlisted' && position !== undefined ? { position } : {}),
    ...(row.reason === null ? {} : { reason: row.reason as RefusalReason }),
    ...(row.ticket_id === null ? {} : { ticketId: row.ticket_id }),
    ...(row.ticket === null ? {} : { ticket: row.ticket }),
    requestedAt: new Date(row.requested_at).toISOString(),
  };
}

/** The least that a door needs: no e-mail, and no name where the organiser hides them. */
export function rosterItem(row: RegistrationRow, hiddenNames: boolean): RosterEntry {
  return {
    registrationId: row.id,
    subjectId: row.subject_id,
    firstName: hiddenNames ? '' : row.first_name,
    lastName: hiddenNames ? '' : row.last_name,
    party: row.party,
    state: row.state,
    ...(row.ticket_id === null ? {} : { ticketId: row.ticket_id }),
    ...(row.needs === null ? {} : { needs: row.needs }),
    ...toldOf(row.told, hiddenNames),
  };
}

/** A stored answer to a form. */
export function answersOf(text: string | null): WrittenAnswers {
  return text === null ? {} : (JSON.parse(text) as WrittenAnswers);
}

function toldOf(text: string | null, hiddenNames: boolean): FormAnswers {
  const told = answersOf(text);
  if (!hiddenNames || !told.people) return told;
  return { ...told, people: told.people.map(({ name: _, ...person }) => person) };
}

export function checkInItem(row: CheckInRow, hiddenNames: boolean): CheckIn {
  const { walk_in_subject: subjectId, walk_in_name: name, settled_as, settled_by, settled_at } = row;
  return {
    id: row.id,
    eventId: row.event_id,
    ticketId: row.ticket_id,
    ...(row.registration_id === null ? {} : { registrationId: row.registration_id }),
    count: row.count,
    at: row.at,
    deviceId: row.device_id,
    door: row.door,
    ...(row.list_id === null ? {} : { listId: row.list_id }),
    ...(row.exit === 1 ? { exit: true } : {}),
    ...(subjectId === null ? {} : { walkIn: { subjectId, ...(name === null || hiddenNames ? {} : { name }) } }),
    ...(row.answers === null ? {} : { answers: JSON.parse(row.answers) as Answers }),
    ...(row.undone_at === null ? {} : { undoneAt: row.undone_at }),
    ...(row.undone_for === null ? {} : { undoneFor: row.undone_for }),
    ...(settled_as === null ? {} : { settled: { as: settled_as, by: settled_by ?? '', at: settled_at ?? row.at } }),
  };
}

export function allotmentItem(row: AllotmentRow): Allotment {
  return {
    id: row.id,
    eventId: row.event_id,
    subjectId: row.subject_id,
    deviceId: row.device_id,
    seats: row.seats,
    used: row.used,
    expiresAt: new Date(row.expires_at).toISOString(),
    ...(row.ended_at === null ? {} : { ended: true }),
  };
}
