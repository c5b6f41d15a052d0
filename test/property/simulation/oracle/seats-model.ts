import type { ProgrammeEvent, RegistrationPolicy, Session } from '#domain/programme.ts';
import type { Register } from '#protocol/register.ts';
import type { Committed } from './committed.ts';

export interface Party {
  readonly id: string;
  readonly holder: string;
  readonly event: string;
  readonly subject: string;
  readonly email: string;
  readonly seats: number;
  state: 'requested' | 'confirmed' | 'waitlisted' | 'cancelled';
}

interface Offer {
  readonly event: string;
  readonly policy: RegistrationPolicy;
  readonly calledOff: boolean;
  readonly begins: number;
  readonly ends: number;
}

export interface Allotment {
  readonly id: string;
  readonly subject: string;
  readonly device: string;
  readonly seats: number;
  readonly ends: number;
  used: number;
  ended: boolean;
}

/** Seats that a door gives somebody: out of its allotment, and beyond it out of the free ones. */
export interface Paid {
  readonly allotment: Allotment | undefined;
  readonly fromAllotment: number;
  readonly fromFree: number;
}

/** A quarter of an hour after its end nobody's seats are in an allotment. */
const GRACE = 15 * 60_000;

/** Who has, wants and holds which seats: the rules once more, small and without a database. */
export class SeatsModel {
  readonly #offers = new Map<string, Offer>();
  /** Every subject that there ever was; a capacity of null is no limit. */
  readonly #subjects = new Map<string, { readonly event: string; readonly capacity: number | null }>();
  readonly parties = new Map<string, Party>();
  /** Ids of those who wait, in order, by subject. */
  readonly #queues = new Map<string, string[]>();
  readonly allotments = new Map<string, Allotment>();
  /** Seats that walk-ins have, by check-in. */
  readonly walkIns = new Map<string, { readonly subject: string; readonly seats: number }>();

  copy(): SeatsModel {
    const copy = new SeatsModel();
    for (const [id, offer] of this.#offers) copy.#offers.set(id, offer);
    for (const [id, subject] of this.#subjects) copy.#subjects.set(id, subject);
    for (const [id, party] of this.parties) copy.parties.set(id, { ...party });
    for (const [id, queue] of this.#queues) copy.#queues.set(id, [...queue]);
    for (const [id, one] of this.allotments) copy.allotments.set(id, { ...one });
    for (const [id, one] of this.walkIns) copy.walkIns.set(id, one);
    return copy;
  }

  /** The desk changed the programme. */
  desk(state: Committed): void {
    this.#offers.clear();
    for (const { id, event_id: event, capacity } of state.subjects) this.#subjects.set(id, { event, capacity });
    for (const row of state.events) {
      if (row.withdrawn_at !== null) continue;
      const event = JSON.parse(row.data) as ProgrammeEvent;
      const off = event.status === 'cancelled';
      const sessions = event.sessions.filter((s) => s.registration && s.registration.mode !== 'none');
      for (const s of sessions) {
        const calledOff = off || s.status === 'cancelled';
        this.#offers.set(s.id, { event: row.id, policy: s.registration!, calledOff, ...hours([s]) });
      }
      if (sessions.length === 0 && event.registration.mode !== 'none')
        this.#offers.set(row.id, {
          event: row.id,
          policy: event.registration,
          calledOff: off,
          ...hours(event.sessions),
        });
    }
    for (const id of this.#offers.keys()) this.#promote(id, state.clock);
  }

  /** Of which event something is a subject; undefined when it is none. */
  eventOf(subject: string): string | undefined {
    return this.#subjects.get(subject)?.event;
  }

  isLimited(subject: string): boolean {
    return typeof this.#subjects.get(subject)?.capacity === 'number';
  }

  offer(subject: string): Offer | undefined {
    return this.#offers.get(subject);
  }

  seats(subject: string): { confirmed: number; waiting: number; parties: number; held: number } {
    const all = [...this.parties.values()].filter((party) => party.subject === subject);
    const sum = (of: Party['state']): number =>
      all.filter((party) => party.state === of).reduce((total, party) => total + party.seats, 0);
    let held = 0;
    for (const one of this.live(subject)) held += one.seats - one.used;
    for (const one of this.walkIns.values()) if (one.subject === subject) held += one.seats;
    return { confirmed: sum('confirmed'), waiting: sum('waitlisted'), parties: this.#queue(subject).length, held };
  }

  free(subject: string): number {
    const { confirmed, held } = this.seats(subject);
    return Math.max(0, (this.#subjects.get(subject)?.capacity ?? Number.POSITIVE_INFINITY) - confirmed - held);
  }

  live(subject: string): Allotment[] {
    return [...this.allotments.values()].filter((one) => one.subject === subject && !one.ended);
  }

  /** One-based. */
  position(party: string, subject: string): number {
    return this.#queue(subject).indexOf(party) + 1;
  }

  /** Whoever decides about seats first ends what is over. */
  lock(subject: string, now: number): void {
    const over = this.live(subject).filter((one) => now >= one.ends + GRACE);
    for (const one of over) one.ended = true;
    if (over.length > 0) this.#promote(subject, now);
  }

  end(allotment: Allotment, now: number): void {
    if (allotment.ended) return;
    allotment.ended = true;
    this.#promote(allotment.subject, now);
  }

  /** Undefined when there is not enough. */
  pay(subject: string, device: string, allotmentId: string | undefined, seats: number): Paid | undefined {
    const found = this.allotments.get(allotmentId ?? '');
    const mine = found && found.device === device && found.subject === subject && !found.ended;
    const fromAllotment = mine ? Math.min(seats, found.seats - found.used) : 0;
    const fromFree = seats - fromAllotment;
    return fromFree > this.free(subject) ? undefined : { allotment: mine ? found : undefined, fromAllotment, fromFree };
  }

  seatWalkIn(checkIn: string, subject: string, paid: Paid): void {
    if (paid.allotment) paid.allotment.used += paid.fromAllotment;
    this.walkIns.set(checkIn, { subject, seats: paid.fromAllotment + paid.fromFree });
  }

  /** @param to the allotment that its seats go back to, so many of them */
  unseatWalkIn(checkIn: string, to: Allotment | undefined, seats: number, now: number): void {
    const one = this.walkIns.get(checkIn);
    this.walkIns.delete(checkIn);
    if (to) to.used -= seats;
    if (one && one.seats > 0) this.#promote(one.subject, now);
  }

  /** @param hour that the hours of the offer are asked for: of who was let in at a door, when they were */
  place(args: Register, holder: string, hour: number, paid?: Paid): string {
    const offer = this.#offers.get(args.subjectId);
    if (offer?.event !== args.eventId) return 'event_unknown';
    const same = this.parties.get(args.registrationId);
    if (same) return same.holder === holder ? 'applied' : 'invalid';
    const email = args.email.trim().toLowerCase();
    const taken = [...this.parties.values()].some(
      (party) => party.subject === args.subjectId && party.email === email && party.state !== 'cancelled',
    );
    if (taken) return 'already_registered';
    const { policy } = offer;
    if (offer.calledOff) return 'event_cancelled';
    if (hour >= offer.ends) return 'event_over';
    if (args.party > Math.min(policy.maxParty ?? 1, policy.capacity ?? Number.POSITIVE_INFINITY))
      return 'party_too_large';
    const party: Party = {
      id: args.registrationId,
      holder,
      event: args.eventId,
      subject: args.subjectId,
      email,
      seats: args.party,
      state: 'confirmed',
    };
    if (paid) {
      if (paid.allotment) paid.allotment.used += paid.fromAllotment;
    } else if (policy.mode === 'approval') party.state = 'requested';
    else if (
      policy.capacity !== undefined &&
      (this.seats(args.subjectId).waiting > 0 || args.party > this.free(args.subjectId))
    ) {
      if (!policy.waitingList) return 'full';
      party.state = 'waitlisted';
      this.#queues.set(args.subjectId, [...this.#queue(args.subjectId), party.id]);
    }
    this.parties.set(party.id, party);
    return 'applied';
  }

  /** Confirms a party that waits or awaits an answer, in a seat that a door has given it. */
  confirm(party: Party, paid: Paid, now: number): void {
    if (paid.allotment) paid.allotment.used += paid.fromAllotment;
    const waited = party.state === 'waitlisted';
    party.state = 'confirmed';
    this.#leave(party);
    if (waited) this.#promote(party.subject, now);
  }

  cancel(id: string, holder: string, now: number): string {
    const party = this.parties.get(id);
    if (party?.holder !== holder) return 'registration_unknown';
    this.lock(party.subject, now);
    if (party.state === 'cancelled') return 'already_cancelled';
    party.state = 'cancelled';
    this.#leave(party);
    this.#promote(party.subject, now);
    return 'applied';
  }

  #leave(party: Party): void {
    const rest = this.#queue(party.subject).filter((one) => one !== party.id);
    this.#queues.set(party.subject, rest);
  }

  #promote(subject: string, now: number): void {
    const offer = this.#offers.get(subject);
    if (!offer || offer.calledOff || now >= offer.ends) return;
    const capacity = offer.policy.capacity ?? Number.POSITIVE_INFINITY;
    const { confirmed, held } = this.seats(subject);
    let taken = confirmed + held;
    const queue = [...this.#queue(subject)];
    while (queue.length > 0) {
      const first = this.parties.get(queue[0]!)!;
      if (taken + first.seats > capacity) break;
      first.state = 'confirmed';
      taken += first.seats;
      queue.shift();
    }
    this.#queues.set(subject, queue);
  }

  #queue(subject: string): readonly string[] {
    return this.#queues.get(subject) ?? [];
  }
}

/** All sessions here have both hours, and are in Paris in winter. */
function hours(sessions: readonly Session[]): { begins: number; ends: number } {
  const at = (session: Session, time: string): number => Date.parse(`${session.slot.date}T${time}:00+01:00`);
  return {
    begins: Math.min(...sessions.map((s) => at(s, s.slot.start!))),
    ends: Math.max(...sessions.map((s) => at(s, s.slot.end!))),
  };
}
