import { UNDO_WITHIN } from '#domain/check-in.ts';
import type { DoorRules } from '#domain/door-rules.ts';
import { defaultDoorRules } from '#domain/door-rules.ts';
import type { CarriedRequest } from '#domain/request-code.ts';
import type { AddNote, AnswerQuestions, CheckInArgs, LogScan, SettleCheckIn, UndoCheckIn } from '#protocol/check-in.ts';
import type { Courier } from '#protocol/courier.ts';
import type { Register } from '#protocol/register.ts';
import type { AdmitWalkIn, ReturnAllotment } from '#protocol/walk-in.ts';
import type { Committed } from './committed.ts';
import type { Told } from './proposals-model.ts';
import { ProposalsModel } from './proposals-model.ts';
import type { Allotment, Paid } from './seats-model.ts';
import { SeatsModel } from './seats-model.ts';

/** What a person did, as the device wrote it down, and as whom. */
export interface Deed {
  readonly mutationId: string;
  readonly name: string;
  readonly args: unknown;
  /** Id of a holder, a door's device or an account. */
  readonly owner: string;
}

/** What the oracle can tell by itself of what a door brings. */
export interface Proofs {
  /** A ticket's text is signed and is of that ticket. */
  readonly ticket: (args: CheckInArgs) => boolean;
  /** The request in a code; undefined when the code is damaged. */
  readonly request: (text: string) => CarriedRequest | undefined;
}

/** A record of a door. */
export interface Arrival {
  readonly id: string;
  readonly event: string;
  readonly device: string;
  /** As it is kept: what the device said of the time, but never later than the server's. */
  readonly at: number;
  readonly count: number;
  readonly exit: boolean;
  readonly list: string | undefined;
  /** Of a registration that is known. */
  readonly registration: string | undefined;
  /** Of everybody else: what the record was made under. */
  readonly ticket: string;
  readonly walkIn: { readonly subject: string; readonly paid: Paid | undefined } | undefined;
  undone: boolean;
  settled: 'mistake' | 'accepted' | undefined;
}

type Device = Committed['devices'][number];

/**
 * What the server ought to hold: the rules once more, small and without a database. It is told the outcomes in the order in
 * which they were committed and says when one is not what the rules give.
 */
export class Model {
  seats = new SeatsModel();
  proposals = new ProposalsModel();
  readonly arrivals = new Map<string, Arrival>();
  /** Ids of remarks and of scans, with the device that made them. */
  readonly notes = new Map<string, string>();
  readonly scans = new Map<string, string>();
  readonly rules = new Map<string, DoorRules>();
  /** Requests that a courier brought, as they were answered. */
  readonly #carried = new Map<string, string>();
  /** Registrations that their own makers sent. */
  readonly #sent = new Set<string>();

  copy(): Model {
    const copy = new Model();
    copy.seats = this.seats.copy();
    copy.proposals = this.proposals.copy();
    for (const [id, arrival] of this.arrivals) copy.arrivals.set(id, { ...arrival });
    for (const [id, device] of this.notes) copy.notes.set(id, device);
    for (const [id, device] of this.scans) copy.scans.set(id, device);
    for (const [id, rules] of this.rules) copy.rules.set(id, rules);
    for (const [id, outcome] of this.#carried) copy.#carried.set(id, outcome);
    for (const id of this.#sent) copy.#sent.add(id);
    return copy;
  }

  /** Seats that were set aside for a phone, outside of any mutation. Undefined when the rules allow it. */
  take(row: Committed['allotments'][number], state: Committed): string | undefined {
    const { id, event_id: event, subject_id: subject, device_id: device } = row;
    const by = state.devices.find((one) => one.id === device);
    this.seats.lock(subject, state.clock);
    const offer = this.seats.offer(subject);
    const free = this.seats.free(subject);
    const begun = offer !== undefined && state.clock >= offer.begins;
    const wrong =
      offer?.event !== event || by?.event_id !== event
        ? 'for another event'
        : by.profile !== 'full'
          ? 'by a phone that may not'
          : !this.#rulesOf(event).walkIns
            ? 'where walk-ins are not allowed'
            : state.clock >= offer.ends || row.expires_at !== offer.ends
              ? 'beyond the end'
              : this.seats.seats(subject).waiting > 0 && !begun
                ? 'before those who wait'
                : row.seats > free
                  ? `of which ${free} were free`
                  : undefined;
    // An old answer of the server may be newer to a log that began anew; what a phone has used since comes with its mutations.
    this.seats.allotments.set(id, {
      id,
      subject,
      device,
      seats: row.seats,
      ends: row.expires_at,
      used: 0,
      ended: false,
    });
    return wrong;
  }

  /** Seats were given back, unless by a mutation, which says so itself. */
  ended(allotmentId: string, state: Committed): void {
    const one = this.seats.allotments.get(allotmentId);
    if (one) this.seats.lock(one.subject, state.clock);
  }

  /** The outcome that the rules give, carried out. `state` says what the server knew of tickets and devices. */
  outcome(deed: Deed, state: Committed, proofs: Proofs, told: Told): string {
    const { owner, args } = deed;
    const now = state.clock;
    if (deed.name === 'register') return this.#register(args as Register, deed, now);
    if (deed.name === 'cancel-registration')
      return this.seats.cancel((args as { registrationId: string }).registrationId, owner, now);
    const word = this.proposals.outcome(deed, state, told);
    if (word !== undefined) return word;
    const door = state.devices.find((one) => one.id === owner);
    const { eventId, at, admitted } = args as { eventId: string; at?: string; admitted?: { at: string } };
    if (door?.event_id !== eventId) return 'forbidden';
    const full = door.profile === 'full';
    if (!full && (deed.name === 'admit-walk-in' || deed.name === 'settle-check-in')) return 'forbidden';
    if (door.profile === 'kiosk' && deed.name === 'add-note') return 'forbidden';
    if (isTooLate(at ?? admitted?.at, door.revoked_at)) return 'access_withdrawn';
    switch (deed.name) {
      case 'check-in':
        return this.#arrive(args as CheckInArgs, door, state, proofs);
      case 'undo-check-in':
        return this.#undo(args as UndoCheckIn, door, now);
      case 'settle-check-in':
        return this.#settle(args as SettleCheckIn);
      case 'answer-questions':
        return this.#isRecord(args as AnswerQuestions) ? 'applied' : 'check_in_unknown';
      case 'admit-walk-in':
        return this.#admit(args as AdmitWalkIn, door, now);
      case 'return-allotment':
        return this.#giveBack(args as ReturnAllotment, owner, now);
      case 'courier':
        return this.#courier(args as Courier, door, now, proofs);
      case 'add-note':
        return this.#note(args as AddNote, owner, state);
      case 'log-scan':
        return once(this.scans, (args as LogScan).scanId, owner);
      default:
        return 'unsupported';
    }
  }

  #rulesOf(event: string): DoorRules {
    return this.rules.get(event) ?? defaultDoorRules;
  }

  #register(args: Register, { owner, mutationId }: Deed, now: number): string {
    this.seats.lock(args.subjectId, now);
    this.#sent.add(`${mutationId} ${owner}`);
    return this.#carried.get(`${mutationId} ${owner} ${args.registrationId}`) ?? this.seats.place(args, owner, now);
  }

  #arrive(args: CheckInArgs, door: Device, state: Committed, proofs: Proofs): string {
    const known = this.arrivals.get(args.checkInId);
    if (known) return known.device === door.id ? 'applied' : 'invalid';
    const guest = this.#guestOf(args.ticketId, args.eventId, state);
    if (guest === 'elsewhere' || (!guest && !proofs.ticket(args))) return 'ticket_unknown';
    this.#record(door, args, state.clock, { ...(guest ?? { ticket: args.ticketId }), exit: args.exit === true });
    return 'applied';
  }

  #guestOf(
    ticket: string,
    event: string,
    state: Committed,
  ): { ticket: string; registration?: string } | 'elsewhere' | undefined {
    const row = state.registrations.find((one) => one.ticket_id === ticket);
    const party = this.seats.parties.get(row?.id ?? ticket);
    if (party) return party.event === event ? { ticket, registration: party.id } : 'elsewhere';
    const walkIn = [...this.arrivals.values()].some(
      (one) => one.walkIn && one.ticket === ticket && one.event === event,
    );
    return walkIn ? { ticket } : undefined;
  }

  #undo(args: UndoCheckIn, door: Device, now: number): string {
    const arrival = this.arrivals.get(args.checkInId);
    if (arrival?.event !== args.eventId) return 'check_in_unknown';
    if (arrival.device !== door.id && door.profile !== 'full') return 'forbidden';
    if (arrival.undone) return 'applied';
    const late = Math.min(Date.parse(args.at), now) - arrival.at > UNDO_WITHIN;
    if (late) return 'too_late';
    const { walkIn } = arrival;
    if (walkIn) this.seats.lock(walkIn.subject, now);
    arrival.undone = true;
    if (!walkIn?.paid) return 'applied';
    const { allotment, fromAllotment } = walkIn.paid;
    // A copy of a model has copies of allotments.
    const live = allotment && this.seats.allotments.get(allotment.id);
    const back: Allotment | undefined = live && !live.ended && live.device === door.id ? live : undefined;
    this.seats.unseatWalkIn(arrival.id, back, fromAllotment, now);
    return 'applied';
  }

  #settle(args: SettleCheckIn): string {
    const arrival = this.arrivals.get(args.checkInId);
    if (arrival?.event !== args.eventId) return 'check_in_unknown';
    arrival.settled = args.as;
    return 'applied';
  }

  #isRecord({ checkInId, eventId }: AnswerQuestions): boolean {
    return this.arrivals.get(checkInId)?.event === eventId;
  }

  #admit(args: AdmitWalkIn, door: Device, now: number): string {
    const of = this.seats.eventOf(args.subjectId);
    const seated = of !== undefined;
    this.seats.lock(args.subjectId, now);
    if ((of ?? args.subjectId) !== args.eventId) return 'invalid';
    const known = this.arrivals.get(args.checkInId);
    if (known) return known.device === door.id ? 'applied' : 'invalid';
    const paid = seated ? this.seats.pay(args.subjectId, door.id, args.allotmentId, args.count) : undefined;
    if (seated && !paid) return 'allotment_over';
    if (!paid?.allotment && !this.#rulesOf(args.eventId).walkIns) return 'forbidden';
    this.#walkIn(door, args, now, args.checkInId, { subject: args.subjectId, paid });
    return 'applied';
  }

  #giveBack(args: ReturnAllotment, owner: string, now: number): string {
    const one = this.seats.allotments.get(args.allotmentId);
    if (!one) return 'applied';
    if (one.device !== owner) return 'forbidden';
    this.seats.lock(one.subject, now);
    this.seats.end(one, now);
    return 'applied';
  }

  #courier(args: Courier, door: Device, now: number, proofs: Proofs): string {
    const request = proofs.request(args.request);
    if (request?.eventId !== args.eventId) return 'invalid';
    const { registrationId, holderId, subjectId, mutationId } = request;
    this.seats.lock(subjectId, now);
    const { admitted } = args;
    const known = admitted && this.arrivals.get(admitted.checkInId);
    if (known && known.device !== door.id) return 'invalid';
    const key = `${mutationId} ${holderId} ${registrationId}`;
    const seated = this.seats.eventOf(subjectId) !== undefined;
    const out = (seats: number): Paid | undefined =>
      seated ? this.seats.pay(subjectId, door.id, admitted?.allotmentId, seats) : undefined;
    if (!this.#carried.has(key) && !this.#sent.has(`${mutationId} ${holderId}`)) {
      const paid = admitted?.allotmentId ? out(request.party) : undefined;
      const hour = admitted ? Math.min(Date.parse(admitted.at), now) : now;
      const answer = this.seats.place(request, holderId, hour, paid);
      if (answer === 'invalid') return 'invalid';
      this.#carried.set(key, answer);
    }
    if (!admitted || known) return 'applied';
    const own = this.seats.parties.get(registrationId);
    const party = own?.holder === holderId && own.state !== 'cancelled' ? own : undefined;
    if (party && party.state !== 'confirmed' && seated) {
      if (admitted.allotmentId) {
        const paid = out(party.seats);
        if (!paid) return 'allotment_over';
        this.seats.confirm(party, paid, now);
      } else if (this.seats.isLimited(subjectId) && !this.#rulesOf(args.eventId).admitsRequested)
        return 'allotment_over';
    }
    if (party) {
      this.#record(door, { ...admitted, eventId: args.eventId }, now, {
        ticket: registrationId,
        registration: party.id,
      });
      return 'applied';
    }
    const inside = [...this.arrivals.values()].some(
      (one) => one.walkIn && !one.undone && one.ticket === registrationId && one.event === args.eventId,
    );
    const paid = inside ? undefined : out(admitted.count);
    if (inside) this.#record(door, { ...admitted, eventId: args.eventId }, now, { ticket: registrationId });
    else if (seated && !paid) return 'allotment_over';
    else this.#walkIn(door, { ...admitted, eventId: args.eventId }, now, registrationId, { subject: subjectId, paid });
    return 'applied';
  }

  #note(args: AddNote, owner: string, state: Committed): string {
    const known = this.notes.get(args.noteId);
    if (known) return known === owner ? 'applied' : 'invalid';
    const guest = this.#guestOf(args.ticketId, args.eventId, state);
    const seen = [...this.arrivals.values()].some((one) => one.ticket === args.ticketId && one.event === args.eventId);
    if (guest === 'elsewhere' || (!guest && !seen)) return 'ticket_unknown';
    return once(this.notes, args.noteId, owner);
  }

  #walkIn(door: Device, args: Recorded, now: number, ticket: string, walkIn: NonNullable<Arrival['walkIn']>): void {
    if (walkIn.paid) this.seats.seatWalkIn(args.checkInId, walkIn.subject, walkIn.paid);
    this.#record(door, args, now, { ticket, walkIn });
  }

  #record(
    door: Device,
    args: Recorded,
    now: number,
    more: { ticket: string; registration?: string; exit?: boolean; walkIn?: Arrival['walkIn'] },
  ): void {
    this.arrivals.set(args.checkInId, {
      id: args.checkInId,
      event: args.eventId,
      device: door.id,
      at: Math.min(Date.parse(args.at), now),
      count: args.count,
      exit: more.exit ?? false,
      list: args.listId,
      registration: more.registration,
      ticket: more.ticket,
      walkIn: more.walkIn,
      undone: false,
      settled: undefined,
    });
  }
}

interface Recorded {
  readonly checkInId: string;
  readonly eventId: string;
  readonly count: number;
  readonly at: string;
  readonly listId?: string;
}

function once(known: Map<string, string>, id: string, owner: string): string {
  const by = known.get(id);
  if (by !== undefined && by !== owner) return 'invalid';
  known.set(id, owner);
  return 'applied';
}

/** 9: what a door recorded before it was revoked, by what it says of the time, is kept; what it recorded after is not. */
function isTooLate(at: string | undefined, revokedAt: number | null): boolean {
  return at !== undefined && revokedAt !== null && Date.parse(at) >= revokedAt;
}
