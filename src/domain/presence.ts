import type { CheckIn } from './check-in.ts';
import type { Uuid } from './ids.ts';

/** An arrival that found its party inside already: two doors that did not know of each other admitted the same ticket. */
export interface DoubleAdmission {
  readonly ticketId: string;
  /** The arrival that filled the party, the last one before. */
  readonly first: CheckIn;
  readonly second: CheckIn;
  /** People beyond the party. */
  readonly over: number;
}

/** What a ticket's records on one list come to. */
export interface Presence {
  /** People inside now. */
  readonly inside: number;
  /** The most that were ever in at once: who went out and came back is one arrival. */
  readonly arrived: number;
  /** Not settled yet. */
  readonly doubles: readonly DoubleAdmission[];
}

/**
 * Adds up the records of one ticket on one list, in the order of their corrected times and, where these are equal, of their ids,
 * so that every device and the server come to the same result whatever the order in which they heard of them. Nothing is dropped:
 * an arrival beyond the party is a double admission until someone settles it. `accepted`: it was somebody more, and counts;
 * `mistake`: it was the same person, and does not.
 */
export function presenceOf(checkIns: readonly CheckIn[], party: number): Presence {
  const records = checkIns.filter((c) => c.undoneAt === undefined && c.settled?.as !== 'mistake').toSorted(byTime);
  let room = party;
  let inside = 0;
  let arrived = 0;
  let last: CheckIn | undefined;
  const doubles: DoubleAdmission[] = [];
  for (const record of records) {
    if (record.exit) {
      inside = Math.max(0, inside - record.count);
      continue;
    }
    if (record.settled?.as === 'accepted') room += Math.max(0, inside + record.count - room);
    const over = Math.max(0, inside + record.count - room);
    if (over > 0 && last) doubles.push({ ticketId: record.ticketId, first: last, second: record, over });
    if (!last || inside < room) last = record;
    inside = Math.min(room, inside + record.count);
    arrived = Math.max(arrived, inside);
  }
  return { inside, arrived, doubles };
}

/**
 * Whose record it is, to group records by: a registration's whatever it was recorded under (who is let in before they have a
 * ticket is recorded under the registration), else what the ticket's id says.
 */
export function guestOf(checkIn: CheckIn): Uuid {
  return checkIn.registrationId ?? checkIn.ticketId;
}

/** The records of one list; without an id the arrivals at the event itself. */
export function onList(checkIns: readonly CheckIn[], listId: string | undefined): CheckIn[] {
  return checkIns.filter((c) => c.listId === listId);
}

function byTime(a: CheckIn, b: CheckIn): number {
  const [x, y] = [Date.parse(a.at), Date.parse(b.at)];
  return x - y || (a.id < b.id ? -1 : 1);
}
