import type { Instant } from './dates.ts';
import { slotBounds } from './dates.ts';
import type { Uuid } from './ids.ts';
import type { ProgrammeEvent } from './programme.ts';
import { slotsOf } from './programme.ts';

/**
 * Seats of a subject that are set aside for one device, so that it can admit walk-ins with no network. While it holds them nobody
 * else is given one of them, for a phone that does not answer may have used them: that is what keeps every interleaving from
 * overbooking. They go back as soon as the phone returns them, and at `expiresAt` in any case, when it admits nobody any more.
 */
export interface Allotment {
  readonly id: Uuid;
  readonly eventId: Uuid;
  readonly subjectId: Uuid;
  readonly deviceId: Uuid;
  readonly seats: number;
  /** That the server knows of. */
  readonly used: number;
  /** ISO 8601: the end of the subject's last slot. */
  readonly expiresAt: string;
  /** Nothing is left in it for the phone: returned, or over. */
  readonly ended?: true;
}

/** Milliseconds that the server waits after an allotment's end: a phone's corrected clock may be behind. */
export const ALLOTMENT_GRACE = 15 * 60_000;
/** Of what has no end of its own. */
const OPEN_END = 12 * 3_600_000;

/** How many of the seats asked for can be given: never more than are free. */
export function grantable(capacity: number, taken: number, asked: number): number {
  return Math.max(0, Math.min(asked, capacity - taken));
}

/** Until when a phone may admit out of an allotment that it takes now. */
export function allotmentEnd(event: ProgrammeEvent, subjectId: Uuid, now: Instant): Instant {
  const ends = slotsOf(event, subjectId).map((slot) => slotBounds(slot).to);
  return ends.length > 0 ? Math.max(...ends) : now + OPEN_END;
}
