import type { CheckIn, RosterEntry, Verdict } from './check-in.ts';
import type { Instant, Slot } from './dates.ts';
import { addDays, instantOf, lastDay } from './dates.ts';
import type { CheckInList } from './door-rules.ts';
import { listHours, opensFor } from './door-rules.ts';
import type { Uuid } from './ids.ts';
import { onList, presenceOf } from './presence.ts';

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
  /** The list of this door; absent: the arrival at the event itself. */
  readonly list?: CheckInList;
  /** What the roster holds for the ticket. */
  readonly entry?: RosterEntry;
  readonly revoked: boolean;
  /** The event's rules: who has asked and has no answer yet may come in. */
  readonly admitsRequested?: boolean;
  /** They are leaving. */
  readonly exit?: boolean;
  /** Records of this ticket that this device knows of, of every list. */
  readonly checkIns: readonly CheckIn[];
  /** The subject's days; empty when it has none. */
  readonly slots: readonly Slot[];
  /** How many arrive or leave now; the rest of the party when absent. */
  readonly count?: number;
  /** Corrected by the measured offset. */
  readonly now: Instant;
}

export interface VerdictAnswer {
  readonly verdict: Verdict;
  /** How many may be recorded now; zero unless admitted or leaving. */
  readonly count: number;
  /** How many of the party are in already. */
  readonly inside: number;
  /** The latest record on this list, to say when and at which door. */
  readonly previous?: CheckIn;
  /** The ticket is of this event and not of this list: `wrong_event`, `not_yet` or `expired` because of the list alone. */
  readonly byList?: true;
}

/**
 * The rule of the door, run by the device on what it holds, without any network.
 * The order matters: what makes the ticket worthless comes before what only makes it early.
 * A valid signature that the roster does not know, and that is not revoked, is admitted: it was confirmed after the roster was taken.
 * Who leaves is never held back.
 */
export function verdictOf(question: VerdictQuestion): VerdictAnswer {
  const { presented, entry, list, now } = question;
  const party = entry?.party ?? presented.party;
  const records = onList(question.checkIns, list?.id).filter((c) => c.undoneAt === undefined);
  const { inside } = presenceOf(records, party);
  const previous = records.toSorted((a, b) => (a.at < b.at ? 1 : -1))[0];
  const answer = (verdict: Verdict, count = 0, byList = false): VerdictAnswer => ({
    verdict,
    count,
    inside,
    ...(previous ? { previous } : {}),
    ...(byList ? { byList } : {}),
  });

  if (presented.eventId !== question.eventId) return answer('wrong_event');
  if (question.exit) return answer('left', Math.max(1, Math.min(question.count ?? inside, inside)));
  if (question.revoked) return answer('revoked');
  const state = entry?.state ?? 'confirmed';
  const awaited = state === 'requested' && question.admitsRequested === true;
  if (state !== 'confirmed' && !awaited) return answer(state);
  if (list && !opensFor(list, presented.subjectId)) return answer('wrong_event', 0, true);
  const hours = list && listHours(list, now);
  if (hours === 'not_yet' || hours === 'expired') return answer(hours, 0, true);
  const days = hours ?? admission(question.slots, now);
  if (days !== 'open') return answer(days);
  const left = party - inside;
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
