import type { Answers } from './door-rules.ts';
import type { Uuid } from './ids.ts';
import type { RegistrationState } from './registration.ts';
import type { FormAnswers } from './registration-question.ts';

/** The closed list of answers at the door (CONTRACT). */
export const verdicts = [
  'admitted',
  'already_used',
  'unknown',
  'wrong_event',
  'revoked',
  'cancelled',
  'not_yet',
  'expired',
  'waitlisted',
  'requested',
  'refused',
  'invalid',
  'foreign',
  'admitted_walk_in',
  'refused_full',
  'left',
] as const;
export type Verdict = (typeof verdicts)[number];

/** What a door's phone holds of one registration: no e-mail, and of what was answered only what the organiser marks for the door. */
export interface RosterEntry extends FormAnswers {
  readonly registrationId: Uuid;
  readonly subjectId: Uuid;
  readonly firstName: string;
  readonly lastName: string;
  readonly party: number;
  readonly state: RegistrationState;
  readonly ticketId?: Uuid;
  readonly needs?: string;
}

/** Why an arrival was taken back. */
export const undoReasons = ['mistake', 'wrong_person', 'wrong_count', 'did_not_enter'] as const;
export type UndoReason = (typeof undoReasons)[number];

/** An arrival may be taken back for the rest of the evening, milliseconds. Later the books are closed. */
export const UNDO_WITHIN = 12 * 3_600_000;

/** A recorded arrival, or exit. */
export interface CheckIn {
  readonly id: Uuid;
  readonly eventId: Uuid;
  /** Of a walk-in the check-in's own id; of someone admitted without a ticket the registration's. */
  readonly ticketId: Uuid;
  /** Absent while the roster does not know the ticket, and of a walk-in. */
  readonly registrationId?: Uuid;
  readonly count: number;
  /** ISO 8601: the device's clock, corrected by the offset measured against the server. */
  readonly at: string;
  readonly deviceId: Uuid;
  readonly door: string;
  /** The list it counts on; absent: the arrival at the event itself. */
  readonly listId?: Uuid;
  /** They left. */
  readonly exit?: true;
  /** Admitted without a registration. */
  readonly walkIn?: { readonly subjectId: Uuid; readonly name?: string };
  readonly answers?: Answers;
  /** Set once someone has taken it back. */
  readonly undoneAt?: string;
  readonly undoneFor?: UndoReason;
  /** What someone decided of a double admission. */
  readonly settled?: { readonly as: 'mistake' | 'accepted'; readonly by: string; readonly at: string };
}

/** A remark that someone at the door wrote on a person. */
export interface DoorNote {
  readonly id: Uuid;
  readonly eventId: Uuid;
  readonly ticketId: Uuid;
  readonly text: string;
  /** ISO 8601, corrected. */
  readonly at: string;
  readonly door: string;
}
