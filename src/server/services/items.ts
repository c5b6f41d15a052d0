import type { CheckIn, RosterEntry } from '#domain/check-in.ts';
import type { RefusalReason, Registration } from '#domain/registration.ts';
import type { Selectable } from 'kysely';
import type { Schema } from '../db/schema.ts';

/** Rows as the items that travel. */
export type RegistrationRow = Selectable<Schema['registration']>;
export type CheckInRow = Selectable<Schema['check_in']>;

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
    state: row.state,
    ...(row.state === 'waitlisted' && position !== undefined ? { position } : {}),
    ...(row.reason === null ? {} : { reason: row.reason as RefusalReason }),
    ...(row.ticket_id === null ? {} : { ticketId: row.ticket_id }),
    ...(row.ticket === null ? {} : { ticket: row.ticket }),
    requestedAt: new Date(row.requested_at).toISOString(),
  };
}

/** The least that a door needs: no e-mail. */
export function rosterItem(row: RegistrationRow): RosterEntry {
  return {
    registrationId: row.id,
    subjectId: row.subject_id,
    firstName: row.first_name,
    lastName: row.last_name,
    party: row.party,
    state: row.state,
    ...(row.ticket_id === null ? {} : { ticketId: row.ticket_id }),
    ...(row.needs === null ? {} : { needs: row.needs }),
  };
}

export function checkInItem(row: CheckInRow): CheckIn {
  return {
    id: row.id,
    eventId: row.event_id,
    ticketId: row.ticket_id,
    ...(row.registration_id === null ? {} : { registrationId: row.registration_id }),
    count: row.count,
    at: row.at,
    deviceId: row.device_id,
    door: row.door,
    ...(row.undone_at === null ? {} : { undoneAt: row.undone_at }),
  };
}
