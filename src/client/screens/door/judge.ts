import type { CheckIn, RosterEntry, Verdict, VerdictAnswer } from '#domain/check-in.ts';
import { verdictOf } from '#domain/check-in.ts';
import type { Instant } from '#domain/dates.ts';
import type { Uuid } from '#domain/ids.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { slotsOf } from '#domain/programme.ts';
import type { Ticket } from '#domain/ticket.ts';
import { readCode } from '#domain/ticket.ts';

/** What the rule of the door needs of the device. Nothing here touches the network. */
export interface JudgePorts {
  readonly eventId: Uuid;
  readonly roster: {
    readonly event?: ProgrammeEvent | undefined;
    byTicket(ticketId: Uuid): RosterEntry | undefined;
    byShortCode(code: string): readonly RosterEntry[];
    checkIns(ticketId: Uuid): readonly CheckIn[];
    isRevoked(ticketId: Uuid): boolean;
  };
  /** True when the key of that name signed the bytes; false also for a key that the device does not have. */
  verify(keyId: string, body: Uint8Array<ArrayBuffer>, signature: Uint8Array<ArrayBuffer>): Promise<boolean>;
  /** Corrected by the measured offset. */
  now(): Instant;
}

/** What the door has to say about one ticket or one person. */
export interface Finding extends VerdictAnswer {
  readonly entry?: RosterEntry;
  /** The signed ticket that was presented, and its text. */
  readonly ticket?: Ticket;
  readonly text?: string;
}

export type Judgement =
  /** A signed ticket: if it is admitted the arrival is recorded at once. */
  | { readonly kind: 'scanned'; readonly finding: Finding }
  /** A person found by a typed code or a name: if admitted, it waits for the button. */
  | { readonly kind: 'found'; readonly finding: Finding; readonly entry: RosterEntry }
  /** A short code that several tickets share. */
  | { readonly kind: 'choose'; readonly entries: readonly RosterEntry[] };

/** By the camera, or into the box. */
export type ReadBy = 'camera' | 'hand';

/** Judges a text; what is no ticket of ours is a stranger's code before the camera, and a slip of the hand in the box. */
export async function judgeText(text: string, by: ReadBy, ports: JudgePorts): Promise<Judgement> {
  const code = readCode(text);
  const notFound = scanned(by === 'camera' ? 'foreign' : 'unknown');
  switch (code.kind) {
    case 'foreign':
      return notFound;
    case 'malformed':
      return scanned('invalid');
    case 'request':
      // They have asked, and nothing says yet that there is a place for them.
      return scanned(code.request.eventId === ports.eventId ? 'requested' : 'wrong_event');
    case 'short': {
      const entries = ports.roster.byShortCode(code.code);
      const [entry] = entries;
      if (!entry) return notFound;
      return entries.length === 1 ? judgeEntry(entry, ports) : { kind: 'choose', entries };
    }
    case 'ticket': {
      const { ticket, body, signature } = code;
      if (!(await ports.verify(ticket.keyId, body, signature))) return scanned('invalid');
      const entry = ports.roster.byTicket(ticket.ticketId);
      const answer = verdictOf({
        presented: ticket,
        eventId: ports.eventId,
        ...(entry ? { entry } : {}),
        revoked: ports.roster.isRevoked(ticket.ticketId),
        checkIns: ports.roster.checkIns(ticket.ticketId),
        slots: slots(ports, ticket.subjectId),
        now: ports.now(),
      });
      return { kind: 'scanned', finding: { ...answer, ...(entry ? { entry } : {}), ticket, text: text.trim() } };
    }
  }
}

/** The verdicts of a code that says nothing about a guest: a poster's, or one that we did not sign. */
export function isNoTicket(verdict: Verdict): boolean {
  return verdict === 'foreign' || verdict === 'invalid';
}

/** Judges a person of the roster; `count` is how many of the party arrive, all who are missing without it. */
export function judgeEntry(
  entry: RosterEntry,
  ports: JudgePorts,
  count?: number,
): Extract<Judgement, { kind: 'found' }> {
  const { registrationId, subjectId, party } = entry;
  // Without a ticket there is nothing to let in by, and the state says why (requested, waitlisted …).
  const ticketId = entry.ticketId ?? registrationId;
  const answer = verdictOf({
    presented: { ticketId, eventId: ports.eventId, subjectId, party },
    eventId: ports.eventId,
    entry,
    revoked: ports.roster.isRevoked(ticketId),
    checkIns: ports.roster.checkIns(ticketId),
    slots: slots(ports, subjectId),
    ...(count === undefined ? {} : { count }),
    now: ports.now(),
  });
  return { kind: 'found', finding: { ...answer, entry }, entry };
}

function slots(ports: JudgePorts, subjectId: Uuid): ReturnType<typeof slotsOf> {
  return ports.roster.event ? slotsOf(ports.roster.event, subjectId) : [];
}

function scanned(verdict: Verdict): Judgement {
  return { kind: 'scanned', finding: { verdict, count: 0, inside: 0 } };
}
