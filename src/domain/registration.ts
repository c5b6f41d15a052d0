import type { Instant } from './dates.ts';
import { areOver } from './dates.ts';
import type { Uuid } from './ids.ts';
import type { Places, ProgrammeEvent, RegistrationPolicy, Subject } from './programme.ts';
import { slotsOf } from './programme.ts';
import type { FormAnswers } from './registration-question.ts';

export const registrationStates = ['requested', 'confirmed', 'waitlisted', 'refused', 'cancelled'] as const;
export type RegistrationState = (typeof registrationStates)[number];

/** A party of N for one subject, as its holder sees it. */
export interface Registration extends FormAnswers {
  readonly id: Uuid;
  readonly eventId: Uuid;
  /** A session, or the event as a whole. */
  readonly subjectId: Uuid;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly party: number;
  /** What the person asked the door to know. */
  readonly needs?: string;
  readonly state: RegistrationState;
  /** One-based place on the waiting list. */
  readonly position?: number;
  /** Why it was refused. */
  readonly reason?: RefusalReason;
  readonly ticketId?: Uuid;
  /** The signed text of the ticket, once confirmed. */
  readonly ticket?: string;
  /** ISO 8601, the server's time. */
  readonly requestedAt: string;
}

/** Why a registration is not taken. Closed: the client has a sentence for each. */
export const refusalReasons = [
  'event_unknown',
  'event_cancelled',
  'event_over',
  'not_open',
  'closed',
  'external',
  'full',
  'party_too_large',
  'already_registered',
  'registration_unknown',
  'already_cancelled',
  'by_organiser',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** Seats of a subject that are taken and wanted. */
export interface Seats {
  readonly confirmed: number;
  /** Seats wanted by those who wait. */
  readonly waiting: number;
  /** Seats that doors hold for walk-ins, or have given to them. */
  readonly held?: number;
}

/** Seats that nobody else can be given. */
export function takenOf(seats: Seats): number {
  return seats.confirmed + (seats.held ?? 0);
}

export type RegistrationDecision =
  | { readonly state: 'confirmed' | 'waitlisted' | 'requested' }
  | { readonly state: 'refused'; readonly reason: RefusalReason };

/**
 * The rule of a registration. The device runs it without seats, to say at once what cannot be;
 * the server runs it in the transaction that holds the subject's lock, and decides.
 * Someone who comes after people who wait does not overtake them, even if the party would fit.
 */
export function decideRegistration(
  event: ProgrammeEvent,
  subject: Subject,
  party: number,
  seats: Seats,
  now: Instant,
): RegistrationDecision {
  const refused = (reason: RefusalReason): RegistrationDecision => ({ state: 'refused', reason });
  const { policy } = subject;
  if (event.status === 'cancelled' || subject.session?.status === 'cancelled') return refused('event_cancelled');
  if (policy.mode === 'none') return refused('not_open');
  if (policy.mode === 'external') return refused('external');
  if (isOver(event, subject, now)) return refused('event_over');
  if (policy.closesAt !== undefined && now >= Date.parse(policy.closesAt)) return refused('closed');
  if (party > maxPartyOf(policy)) return refused('party_too_large');
  if (policy.mode === 'approval') return { state: 'requested' };
  if (policy.capacity === undefined) return { state: 'confirmed' };
  if (seats.waiting === 0 && takenOf(seats) + party <= policy.capacity) return { state: 'confirmed' };
  return policy.waitingList && party <= policy.capacity ? { state: 'waitlisted' } : refused('full');
}

export function maxPartyOf(policy: RegistrationPolicy): number {
  return Math.min(policy.maxParty ?? 1, policy.capacity ?? Number.POSITIVE_INFINITY);
}

/** True once the last slot has ended; what has no session is never over. */
export function isOver(event: ProgrammeEvent, subject: Subject, now: Instant): boolean {
  return areOver(slotsOf(event, subject.id), now);
}

/**
 * Who moves up from the waiting list into freed seats: strictly in order, and the first party that does not
 * fit holds the rest back, so that a large party is not overtaken for ever.
 * @param waiting parties in the order in which they came
 */
export function promoted<T extends { readonly party: number }>(
  waiting: readonly T[],
  takenSeats: number,
  capacity: number | undefined,
): T[] {
  const up: T[] = [];
  let seats = takenSeats;
  for (const one of waiting) {
    if (capacity !== undefined && seats + one.party > capacity) break;
    seats += one.party;
    up.push(one);
  }
  return up;
}

/** What the public is told of free places: few is a tenth of the seats, or five. */
export function placesOf(policy: RegistrationPolicy, seats: Seats): Places {
  if (policy.capacity === undefined) return 'open';
  const free = policy.capacity - takenOf(seats);
  if (free <= 0 || seats.waiting > 0) return 'full';
  return free <= Math.max(5, Math.floor(policy.capacity / 10)) ? 'few' : 'open';
}

/** One address is one person whatever the case and the spaces around it. */
export function emailKey(email: string): string {
  return email.trim().toLowerCase();
}
