import type { CheckIn, RosterEntry, Verdict } from '#domain/check-in.ts';
import type { VerdictAnswer } from '#domain/verdict.ts';
import { verdictOf } from '#domain/verdict.ts';
import type { Instant } from '#domain/dates.ts';
import type { CheckInList, DoorRules } from '#domain/door-rules.ts';
import type { Uuid } from '#domain/ids.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { slotsOf, subjectsOf } from '#domain/programme.ts';
import type { RefusalReason } from '#domain/registration.ts';
import { decideRegistration } from '#domain/registration.ts';
import type { CarriedRequest, ReadRequest } from '#domain/request-code.ts';
import { entryOfRequest } from '#domain/request-code.ts';
import type { Ticket } from '#domain/ticket.ts';
import { readCode } from '#domain/ticket.ts';
import type { Carried } from '#client/store/door-actions.ts';

/** What the rule of the door needs of the device. Nothing here touches the network. */
export interface JudgePorts {
  readonly eventId: Uuid;
  readonly rules: Pick<DoorRules, 'admitsRequested'>;
  /** The list that this phone works on; the event's own arrivals without it. */
  readonly list?: CheckInList | undefined;
  /** People are leaving. */
  readonly exit: boolean;
  readonly roster: {
    readonly event?: ProgrammeEvent | undefined;
    byTicket(ticketId: Uuid): RosterEntry | undefined;
    /** As the server or this phone's own unsent admission has it; not somebody whose request was merely read. */
    byRegistration(registrationId: Uuid): RosterEntry | undefined;
    byShortCode(code: string): readonly RosterEntry[];
    checkIns(id: Uuid): readonly CheckIn[];
    isRevoked(ticketId: Uuid): boolean;
  };
  /** Seats of a subject that this phone may give away, the most that one allotment has. */
  seatsLeft(subjectId: Uuid): number;
  /** True when the key of that name signed the bytes; false also for a key that the device does not have. */
  verify(keyId: string, body: Uint8Array<ArrayBuffer>, signature: Uint8Array<ArrayBuffer>): Promise<boolean>;
  /** True when a request is whole: signed by the key that stands in it. */
  isWhole(request: ReadRequest): Promise<boolean>;
  /** Corrected by the measured offset. */
  now(): Instant;
}

/** What the door has to say about one ticket or one person. */
export interface Finding extends VerdictAnswer {
  readonly entry?: RosterEntry;
  /** The signed ticket that was presented, and its text. */
  readonly ticket?: Ticket;
  readonly text?: string;
  /** A registration that the server has not heard of, to be carried there, and how its bearer comes in. */
  readonly request?: CarriedRequest;
  readonly carried?: Carried;
  /** Why a request would not be taken. */
  readonly reason?: RefusalReason;
  /** Admitted without a registration. */
  readonly walkIn?: { readonly subjectId: Uuid; readonly name?: string };
}

export type Judgement =
  /** A signed ticket: if it is admitted the arrival is recorded at once. */
  | { readonly kind: 'scanned'; readonly finding: Finding }
  /** A person found by a typed code or a name: if admitted, it waits for the button. */
  | { readonly kind: 'found'; readonly finding: Finding; readonly entry: RosterEntry }
  /** A short code that several tickets share. */
  | { readonly kind: 'choose'; readonly entries: readonly RosterEntry[] };

/** By the camera, from a picture, into the box, or by name. */
export type ReadBy = 'camera' | 'photo' | 'hand' | 'search';

/** Judges a text; what is no ticket of ours is a stranger's code before the camera, and a slip of the hand in the box. */
export async function judgeText(text: string, by: ReadBy, ports: JudgePorts): Promise<Judgement> {
  const code = readCode(text);
  const notFound = scanned({ verdict: by === 'hand' ? 'unknown' : 'foreign', count: 0, inside: 0 });
  switch (code.kind) {
    case 'foreign':
      return notFound;
    case 'malformed':
      return invalid;
    case 'short': {
      const entries = ports.roster.byShortCode(code.code);
      const [entry] = entries;
      if (!entry) return notFound;
      return entries.length === 1 ? judgeEntry(entry, ports) : { kind: 'choose', entries };
    }
    case 'request':
      return (await ports.isWhole(code)) ? judgeRequest(code.request, code.text, ports) : invalid;
    case 'ticket': {
      const { ticket, body, signature } = code;
      if (!(await ports.verify(ticket.keyId, body, signature))) {
        // The key was revoked, and this ticket of it with it: its bearer has another one.
        const replaced = ticket.eventId === ports.eventId && ports.roster.isRevoked(ticket.ticketId);
        return replaced ? scanned({ verdict: 'revoked', count: 0, inside: 0 }) : invalid;
      }
      const entry = ports.roster.byTicket(ticket.ticketId);
      const answer = rule(ticket, ports, entry ? { entry } : {});
      return scanned({ ...answer, ...(entry ? { entry } : {}), ticket, text: text.trim() });
    }
  }
}

/** The verdicts of a code that says nothing about a guest: a poster's, or one that we did not sign. */
export function isNoTicket(verdict: Verdict): boolean {
  return verdict === 'foreign' || verdict === 'invalid';
}

/** What someone has to do with: their ticket, or, as long as they have none, their registration. */
export function idOf(entry: Pick<RosterEntry, 'ticketId' | 'registrationId'>): Uuid {
  return entry.ticketId ?? entry.registrationId;
}

/** Judges a person of the roster; `count` is how many of the party arrive, all who are missing without it. */
export function judgeEntry(
  entry: RosterEntry,
  ports: JudgePorts,
  count?: number,
): Extract<Judgement, { kind: 'found' }> {
  const { subjectId, party } = entry;
  const presented = { ticketId: idOf(entry), eventId: ports.eventId, subjectId, party };
  const answer = rule(presented, ports, { entry, ...(count === undefined ? {} : { count }) });
  return { kind: 'found', finding: { ...answer, entry }, entry };
}

/**
 * A registration that has not reached the server. Once the roster knows it, it is judged as everybody is. Else what the server
 * would say decides as far as this phone can tell: a place for everybody, one of the seats that this phone keeps, or only the
 * organiser's word.
 */
function judgeRequest(request: CarriedRequest, text: string, ports: JudgePorts): Judgement {
  const { registrationId, eventId, subjectId, party } = request;
  const known = eventId === ports.eventId ? ports.roster.byRegistration(registrationId) : undefined;
  if (known) return scanned({ ...judgeEntry(known, ports).finding });
  const entry = entryOfRequest(request, ports.roster.event?.registrationForm);
  const presented = { ticketId: registrationId, eventId, subjectId, party };
  const answer = rule(presented, ports, {});
  const common = { ...answer, text, entry };
  if (eventId !== ports.eventId || answer.verdict === 'left') return scanned(common);
  const outside = { ...common, request, carried: 'outside' as const };
  if (answer.verdict !== 'admitted') return scanned(outside);
  const { event } = ports.roster;
  const subject = event && subjectsOf(event).find((one) => one.id === subjectId);
  if (!event || !subject) return scanned({ ...outside, verdict: 'requested', count: 0 });
  const decision = decideRegistration(event, subject, party, { confirmed: 0, waiting: 0 }, ports.now());
  if (decision.state === 'refused')
    return scanned({ ...outside, verdict: 'refused', count: 0, reason: decision.reason });
  if (decision.state === 'requested') {
    if (!ports.rules.admitsRequested) return scanned({ ...outside, verdict: 'requested', count: 0 });
    return scanned({ ...common, request, carried: 'free' });
  }
  if (subject.policy.capacity === undefined)
    return scanned({ ...common, verdict: 'admitted_walk_in', request, carried: 'free' });
  if (ports.seatsLeft(subjectId) >= party)
    return scanned({ ...common, verdict: 'admitted_walk_in', request, carried: 'seat' });
  return scanned({ ...outside, verdict: 'requested', count: 0 });
}

function rule(
  presented: { readonly ticketId: Uuid; readonly eventId: Uuid; readonly subjectId: Uuid; readonly party: number },
  ports: JudgePorts,
  more: { readonly entry?: RosterEntry; readonly count?: number },
): VerdictAnswer {
  const { eventId, list, exit, rules, roster } = ports;
  return verdictOf({
    presented,
    eventId,
    ...(list ? { list } : {}),
    ...more,
    revoked: roster.isRevoked(presented.ticketId),
    admitsRequested: rules.admitsRequested,
    exit,
    checkIns: roster.checkIns(presented.ticketId),
    slots: roster.event ? slotsOf(roster.event, presented.subjectId) : [],
    now: ports.now(),
  });
}

function scanned(finding: Finding): Extract<Judgement, { kind: 'scanned' }> {
  return { kind: 'scanned', finding };
}

const invalid = scanned({ verdict: 'invalid', count: 0, inside: 0 });
