import type { ProgrammeEvent, RegistrationPolicy } from '#domain/programme.ts';
import { UNDO_WITHIN } from '#domain/check-in.ts';
import type { CheckInArgs, UndoCheckIn } from '#protocol/check-in.ts';
import type { Register } from '#protocol/register.ts';
import type { Committed } from './committed.ts';

/** What a person did, as the device wrote it down, and as whom. */
export interface Deed {
  readonly mutationId: string;
  readonly name: string;
  readonly args: unknown;
  /** Holder id or device id. */
  readonly owner: string;
  /** The true time at which it was done. */
  readonly doneAt: number;
}

/** What the server had before it when it dealt with a deed. */
export interface Circumstances {
  /** What it knew of tickets and devices. */
  readonly state: Committed;
  /** The server's time when it stored the result; it read its clock between `doneAt` and then. */
  readonly storedAt: number;
  readonly said: string;
  readonly proves: (args: CheckInArgs) => boolean;
}

interface Party {
  readonly id: string;
  readonly holder: string;
  readonly subject: string;
  readonly email: string;
  readonly seats: number;
  state: 'requested' | 'confirmed' | 'waitlisted' | 'cancelled';
}

interface Offer {
  readonly event: string;
  readonly policy: RegistrationPolicy;
  readonly called_off: boolean;
}

interface Arrival {
  readonly event: string;
  readonly device: string;
  /** What the device said of the time. */
  readonly at: string;
  undone: boolean;
}

/**
 * What the server ought to hold: the rules once more, small and without a database. It is told the outcomes in the order in
 * which they were committed and says when one is not what the rules give.
 */
export class Model {
  readonly #offers = new Map<string, Offer>();
  readonly parties = new Map<string, Party>();
  /** Ids of those who wait, in order, by subject. */
  readonly #queues = new Map<string, string[]>();
  readonly arrivals = new Map<string, Arrival>();
  /** Outcome by mutation. */
  readonly outcomes = new Map<string, string>();

  copy(): Model {
    const copy = new Model();
    for (const [id, offer] of this.#offers) copy.#offers.set(id, offer);
    for (const [id, party] of this.parties) copy.parties.set(id, { ...party });
    for (const [id, queue] of this.#queues) copy.#queues.set(id, [...queue]);
    for (const [id, arrival] of this.arrivals) copy.arrivals.set(id, { ...arrival });
    for (const [id, outcome] of this.outcomes) copy.outcomes.set(id, outcome);
    return copy;
  }

  /** The desk changed the programme. */
  desk(state: Committed): void {
    this.#offers.clear();
    for (const row of state.events) {
      if (row.withdrawn_at !== null) continue;
      const event = JSON.parse(row.data) as ProgrammeEvent;
      const off = event.status === 'cancelled';
      const sessions = event.sessions.filter((s) => s.registration && s.registration.mode !== 'none');
      for (const s of sessions)
        this.#offers.set(s.id, { event: row.id, policy: s.registration!, called_off: off || s.status === 'cancelled' });
      if (sessions.length === 0 && event.registration.mode !== 'none')
        this.#offers.set(row.id, { event: row.id, policy: event.registration, called_off: off });
    }
    for (const id of this.#offers.keys()) this.#promote(id);
  }

  /** The outcome that the rules give, carried out. */
  outcome(deed: Deed, circumstances: Circumstances): string {
    switch (deed.name) {
      case 'register':
        return this.#register(deed.args as Register, deed.owner);
      case 'cancel-registration':
        return this.#cancel((deed.args as { registrationId: string }).registrationId, deed.owner);
      case 'check-in':
        return this.#arrive(deed.args as CheckInArgs, deed.owner, circumstances);
      default:
        return this.#undo(deed, circumstances);
    }
  }

  seats(subject: string): { confirmed: number; waiting: number; parties: number } {
    const all = [...this.parties.values()].filter((party) => party.subject === subject);
    const sum = (of: Party['state']): number =>
      all.filter((party) => party.state === of).reduce((total, party) => total + party.seats, 0);
    const parties = this.#queue(subject).length;
    return { confirmed: sum('confirmed'), waiting: sum('waitlisted'), parties };
  }

  /** One-based. */
  position(party: string, subject: string): number {
    return this.#queue(subject).indexOf(party) + 1;
  }

  #register(args: Register, owner: string): string {
    const offer = this.#offers.get(args.subjectId);
    if (offer?.event !== args.eventId) return 'event_unknown';
    const same = this.parties.get(args.registrationId);
    if (same) return same.holder === owner ? 'applied' : 'invalid';
    const email = args.email.trim().toLowerCase();
    const taken = [...this.parties.values()].some(
      (party) => party.subject === args.subjectId && party.email === email && party.state !== 'cancelled',
    );
    if (taken) return 'already_registered';
    const { policy } = offer;
    if (offer.called_off) return 'event_cancelled';
    if (args.party > Math.min(policy.maxParty ?? 1, policy.capacity ?? Number.POSITIVE_INFINITY))
      return 'party_too_large';
    const party: Party = {
      id: args.registrationId,
      holder: owner,
      subject: args.subjectId,
      email,
      seats: args.party,
      state: 'confirmed',
    };
    const { confirmed, waiting } = this.seats(args.subjectId);
    if (policy.mode === 'approval') party.state = 'requested';
    else if (policy.capacity !== undefined && (waiting > 0 || confirmed + args.party > policy.capacity)) {
      if (!policy.waitingList) return 'full';
      party.state = 'waitlisted';
      this.#queues.set(args.subjectId, [...this.#queue(args.subjectId), party.id]);
    }
    this.parties.set(party.id, party);
    return 'applied';
  }

  #cancel(id: string, owner: string): string {
    const party = this.parties.get(id);
    if (party?.holder !== owner) return 'registration_unknown';
    if (party.state === 'cancelled') return 'already_cancelled';
    party.state = 'cancelled';
    this.#queues.set(
      party.subject,
      this.#queue(party.subject).filter((one) => one !== id),
    );
    if (this.#offers.has(party.subject)) this.#promote(party.subject);
    return 'applied';
  }

  #arrive(args: CheckInArgs, owner: string, { state, proves }: Circumstances): string {
    const device = state.devices.find((one) => one.id === owner);
    if (device?.event_id !== args.eventId) return 'forbidden';
    if (isTooLate(args.at, device.revoked_at)) return 'access_withdrawn';
    const known = this.arrivals.get(args.checkInId);
    if (known) return known.device === owner ? 'applied' : 'invalid';
    const party = state.registrations.find((one) => one.ticket_id === args.ticketId);
    if (party ? party.event_id !== args.eventId : !proves(args)) return 'ticket_unknown';
    this.arrivals.set(args.checkInId, { event: args.eventId, device: owner, at: args.at, undone: false });
    return 'applied';
  }

  #undo({ args: undo, owner, doneAt }: Deed, { state, storedAt, said }: Circumstances): string {
    const args = undo as UndoCheckIn;
    const device = state.devices.find((one) => one.id === owner);
    if (device?.event_id !== args.eventId) return 'forbidden';
    if (isTooLate(args.at, device.revoked_at)) return 'access_withdrawn';
    const arrival = this.arrivals.get(args.checkInId);
    if (arrival?.event !== args.eventId) return 'check_in_unknown';
    if (arrival.undone) return 'applied';
    const kept = state.checkIns.find((row) => row.id === args.checkInId)!;
    const late = (now: number): boolean => Math.min(Date.parse(args.at), now) - Date.parse(kept.at) > UNDO_WITHIN;
    // Nobody saw when it read its clock.
    if (late(doneAt) !== late(storedAt)) arrival.undone = said === 'applied';
    else if (late(storedAt)) return 'too_late';
    else arrival.undone = true;
    return arrival.undone ? 'applied' : 'too_late';
  }

  #promote(subject: string): void {
    const offer = this.#offers.get(subject)!;
    if (offer.called_off) return;
    const capacity = offer.policy.capacity ?? Number.POSITIVE_INFINITY;
    let { confirmed } = this.seats(subject);
    const queue = [...this.#queue(subject)];
    while (queue.length > 0) {
      const first = this.parties.get(queue[0]!)!;
      if (confirmed + first.seats > capacity) break;
      first.state = 'confirmed';
      confirmed += first.seats;
      queue.shift();
    }
    this.#queues.set(subject, queue);
  }

  #queue(subject: string): readonly string[] {
    return this.#queues.get(subject) ?? [];
  }
}

/** 9: what a door recorded before it was revoked, by what it says of the time, is kept; what it recorded after is not. */
function isTooLate(at: string, revokedAt: number | null): boolean {
  return revokedAt !== null && Date.parse(at) >= revokedAt;
}
