import type { Instant, Slot } from './dates.ts';
import { addDays, instantOf, lastDay } from './dates.ts';
import type { Uuid } from './ids.ts';
import type { RegistrationState } from './registration.ts';

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

/** What a door's phone holds of one registration: no e-mail, nothing that the door does not need. */
export interface RosterEntry {
  readonly registrationId: Uuid;
  readonly subjectId: Uuid;
  readonly firstName: string;
  readonly lastName: string;
  readonly party: number;
  readonly state: RegistrationState;
  readonly ticketId?: Uuid;
  readonly needs?: string;
}

/** A recorded arrival. */
export interface CheckIn {
  readonly id: Uuid;
  readonly eventId: Uuid;
  readonly ticketId: Uuid;
  /** Absent while the roster does not know the ticket. */
  readonly registrationId?: Uuid;
  readonly count: number;
  /** ISO 8601: the device's clock, corrected by the offset measured against the server. */
  readonly at: string;
  readonly deviceId: Uuid;
  readonly door: string;
  /** Set once someone has taken it back. */
  readonly undoneAt?: string;
}

export interface VerdictQuestion {
  /** The ticket that was presented, its signature already checked; or the entry that was searched for. */
  readonly presented: {
    readonly ticketId: Uuid;
    readonly eventId: Uuid;
    readonly subjectId: Uuid;
    readonly party: number;
  };
  /** The event of this door. */
  readonly eventId: Uuid;
  /** What the roster holds for the ticket. */
  readonly entry?: RosterEntry;
  readonly revoked: boolean;
  /** Arrivals of this ticket that this device knows of. */
  readonly checkIns: readonly CheckIn[];
  /** The subject's days; empty when it has none. */
  readonly slots: readonly Slot[];
  /** How many arrive now; the rest of the party when absent. */
  readonly count?: number;
  /** Corrected by the measured offset. */
  readonly now: Instant;
}

export interface VerdictAnswer {
  readonly verdict: Verdict;
  /** How many may be recorded now; zero unless admitted. */
  readonly count: number;
  /** How many of the party are in already. */
  readonly inside: number;
  /** The latest arrival, to say when and at which door. */
  readonly previous?: CheckIn;
}

/**
 * The rule of the door, run by the device on what it holds, without any network.
 * The order matters: what makes the ticket worthless comes before what only makes it early.
 * A valid signature that the roster does not know, and that is not revoked, is admitted: it was confirmed after the roster was taken.
 */
export function verdictOf(question: VerdictQuestion): VerdictAnswer {
  const { presented, entry } = question;
  const arrivals = question.checkIns.filter((c) => c.undoneAt === undefined);
  const inside = arrivals.reduce((sum, c) => sum + c.count, 0);
  const previous = arrivals.toSorted((a, b) => (a.at < b.at ? 1 : -1))[0];
  const answer = (verdict: Verdict, count = 0): VerdictAnswer => ({
    verdict,
    count,
    inside,
    ...(previous ? { previous } : {}),
  });

  if (presented.eventId !== question.eventId) return answer('wrong_event');
  if (question.revoked) return answer('revoked');
  const state = entry?.state ?? 'confirmed';
  if (state !== 'confirmed') return answer(state);
  const early = admission(question.slots, question.now);
  if (early !== 'open') return answer(early);
  const left = (entry?.party ?? presented.party) - inside;
  if (left <= 0) return answer('already_used');
  return answer('admitted', Math.max(1, Math.min(question.count ?? left, left)));
}

/** A ticket opens the door on the days of its subject, in the subject's own zone, and until four in the morning after. */
function admission(slots: readonly Slot[], now: Instant): 'open' | 'not_yet' | 'expired' {
  if (slots.length === 0) return 'open';
  const windows = slots.map((slot) => ({
    from: instantOf(slot.date, '00:00', slot.zone),
    to: instantOf(addDays(lastDay(slot), 1), '04:00', slot.zone),
  }));
  if (windows.some((w) => now >= w.from && now < w.to)) return 'open';
  return windows.some((w) => now < w.from) ? 'not_yet' : 'expired';
}
