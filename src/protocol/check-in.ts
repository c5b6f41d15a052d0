import * as v from 'valibot';
import type { CheckIn, RosterEntry } from '#domain/check-in.ts';
import { registrationStates } from '#domain/registration.ts';
import { instantText, line, uuid } from './primitives.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(255));

/**
 * Records an arrival that a door admitted. Made by an enrolled device. It is a fact, so the server never refuses it
 * for being the second of two offline doors: it keeps both.
 */
export const checkIn = v.object({
  checkInId: uuid,
  eventId: uuid,
  ticketId: uuid,
  registrationId: v.exactOptional(uuid),
  /** The signed text, when the roster did not know the ticket. */
  ticket: v.exactOptional(v.pipe(v.string(), v.maxLength(400))),
  count,
  /** The device's clock, corrected by its measured offset. A claim (P4). */
  at: instantText,
  door: line(80),
});
export type CheckInArgs = v.InferOutput<typeof checkIn>;

/** Takes an arrival back, keeping its record. */
export const undoCheckIn = v.object({ checkInId: uuid, eventId: uuid, at: instantText });
export type UndoCheckIn = v.InferOutput<typeof undoCheckIn>;

/** What a roster scope brings of an arrival, of a registration and of a revoked ticket. */
export const checkInItem = v.object({
  id: uuid,
  eventId: uuid,
  ticketId: uuid,
  registrationId: v.exactOptional(uuid),
  count,
  at: instantText,
  deviceId: uuid,
  door: v.string(),
  undoneAt: v.exactOptional(instantText),
}) satisfies v.GenericSchema<unknown, CheckIn>;

export const rosterEntry = v.object({
  registrationId: uuid,
  subjectId: uuid,
  firstName: v.string(),
  lastName: v.string(),
  party: count,
  state: v.picklist(registrationStates),
  ticketId: v.exactOptional(uuid),
  needs: v.exactOptional(v.string()),
}) satisfies v.GenericSchema<unknown, RosterEntry>;

export const revokedTicket = v.object({ ticketId: uuid });
