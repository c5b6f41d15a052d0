import * as v from 'valibot';
import type { CheckIn, DoorNote, RosterEntry } from '#domain/check-in.ts';
import { undoReasons, verdicts } from '#domain/check-in.ts';
import { registrationStates } from '#domain/registration.ts';
import { instantText, line, uuid } from './primitives.ts';
import { formAnswers } from './registration-question.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(255));

/** Answers by question (`#domain/door-rules.ts`). */
export const answers = v.pipe(
  v.record(uuid, v.pipe(v.string(), v.maxLength(500))),
  v.check((given) => Object.keys(given).length <= 20, 'more than 20 answers'),
);

/**
 * Records an arrival that a door admitted. Made by an enrolled device. It is a fact, so the server never refuses it
 * for being the second of two offline doors: it keeps both. With `exit` it records that they left.
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
  listId: v.exactOptional(uuid),
  exit: v.exactOptional(v.literal(true)),
  answers: v.exactOptional(answers),
});
export type CheckInArgs = v.InferOutput<typeof checkIn>;

/** Takes an arrival or a walk-in back, keeping its record, for as long as `UNDO_WITHIN` says. */
export const undoCheckIn = v.object({
  checkInId: uuid,
  eventId: uuid,
  at: instantText,
  reason: v.exactOptional(v.picklist(undoReasons)),
});
export type UndoCheckIn = v.InferOutput<typeof undoCheckIn>;

/** Decides what a double admission was. The latest decision by the server's order stands. */
export const settleCheckIn = v.object({
  checkInId: uuid,
  eventId: uuid,
  as: v.picklist(['mistake', 'accepted']),
  at: instantText,
  door: line(80),
});
export type SettleCheckIn = v.InferOutput<typeof settleCheckIn>;

/**
 * What the person answered to the door's questions, once they were in: the arrival was recorded at once, and nobody waits in
 * the queue for a form. The latest by the server's order stands.
 */
export const answerQuestions = v.object({ checkInId: uuid, eventId: uuid, answers, at: instantText });
export type AnswerQuestions = v.InferOutput<typeof answerQuestions>;

/** A remark on a person, for every door of the event. */
export const addNote = v.object({
  noteId: uuid,
  eventId: uuid,
  ticketId: uuid,
  text: line(300),
  at: instantText,
  door: line(80),
});
export type AddNote = v.InferOutput<typeof addNote>;

/**
 * A code or a person that was not let in, for the audit trail; what was let in has a check-in. What a stranger's code said is
 * nobody's business and never travels.
 */
export const logScan = v.object({
  scanId: uuid,
  eventId: uuid,
  verdict: v.picklist(verdicts),
  by: v.picklist(['camera', 'hand', 'search', 'photo']),
  ticketId: v.exactOptional(uuid),
  registrationId: v.exactOptional(uuid),
  listId: v.exactOptional(uuid),
  at: instantText,
  door: line(80),
});
export type LogScan = v.InferOutput<typeof logScan>;

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
  listId: v.exactOptional(uuid),
  exit: v.exactOptional(v.literal(true)),
  walkIn: v.exactOptional(v.object({ subjectId: uuid, name: v.exactOptional(v.string()) })),
  answers: v.exactOptional(answers),
  undoneAt: v.exactOptional(instantText),
  undoneFor: v.exactOptional(v.picklist(undoReasons)),
  settled: v.exactOptional(v.object({ as: v.picklist(['mistake', 'accepted']), by: v.string(), at: instantText })),
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
  ...formAnswers,
}) satisfies v.GenericSchema<unknown, RosterEntry>;

/**
 * A ticket that is not its registration's any more. To be put by whatever gives a registration another ticket or takes it out of
 * the roster: a door lets in what is signed and unknown. While its entry is there, the entry's state says what it is worth.
 */
export const revokedTicket = v.object({ ticketId: uuid });

export const doorNote = v.object({
  id: uuid,
  eventId: uuid,
  ticketId: uuid,
  text: v.string(),
  at: instantText,
  door: v.string(),
}) satisfies v.GenericSchema<unknown, DoorNote>;
