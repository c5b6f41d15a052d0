import type { Allotment } from '#domain/allotment.ts';
import type { CheckIn, RosterEntry } from '#domain/check-in.ts';
import type { VerdictAnswer } from '#domain/verdict.ts';
import { verdictOf } from '#domain/verdict.ts';
import { guestOf } from '#domain/presence.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { slotsOf } from '#domain/programme.ts';
import type { MutationArgs, MutationName } from '#protocol/mutation.ts';
import { MAX_MUTATIONS } from '#protocol/push.ts';
import type { Change } from '#protocol/pull.ts';
import { rosterScope } from '#protocol/scope.ts';
import { takeAllotment } from '#server/services/door/allotments.ts';
import type { Context } from '#server/services/context.ts';
import type { Device } from '#server/services/door/door-access.ts';
import { pull } from '#server/services/sync/pull.ts';
import { push } from '#server/services/sync/push.ts';
import { Phone } from '../../support/databases.ts';
import type { Prng } from '../simulation/prng.ts';
import { uuidOf } from './ids.ts';

/** Milliseconds by which a corrected clock is off at most. */
const CLOCK_ERROR = 300;

/** Someone who stands at a door, by what they show. */
export interface Shown {
  readonly ticketId: string;
  readonly registrationId?: string;
  readonly party: number;
}

/** Out of one allotment so many seats are left by the phone's own count. */
interface Seats {
  readonly allotment: Allotment;
  left: number;
}

type Queued = ReturnType<Phone['make']>;

/** A phone at a door, with a network that comes and goes: the rule of the door on what it has pulled and done itself. */
export class EveningDoor {
  readonly name: string;
  readonly device: Device;
  readonly #phone: Phone;
  readonly #event: ProgrammeEvent;
  readonly #random: Prng;
  readonly #now: () => number;
  readonly #error: number;
  readonly #entries = new Map<string, RosterEntry>();
  readonly #byTicket = new Map<string, RosterEntry>();
  readonly #base = new Map<string, CheckIn>();
  /** What it did and has not pulled yet, over the base. */
  readonly #own = new Map<string, CheckIn>();
  readonly #guests = new Map<string, Set<string>>();
  readonly #waiting: Queued[] = [];
  readonly #seats: Seats[] = [];
  #at = { epoch: '', cursor: 0 };
  online = true;
  /** Refusals by the reason. */
  readonly refused: { readonly name: string; readonly reason: string; readonly args: unknown }[] = [];

  constructor(name: string, event: ProgrammeEvent, random: Prng, now: () => number) {
    [this.name, this.#event, this.#random, this.#now] = [name, event, random, now];
    this.device = { kind: 'device', deviceId: uuidOf(random), eventId: event.id, access: 'open', profile: 'full' };
    this.#phone = new Phone(this.device, uuidOf(random));
    this.#error = random.int(-CLOCK_ERROR, CLOCK_ERROR);
  }

  /** What the rule says to somebody who comes, or with `exit` leaves. */
  judge(shown: Shown, count: number, exit = false): VerdictAnswer {
    const { id } = this.#event;
    const entry = this.#byTicket.get(shown.ticketId) ?? this.#entries.get(shown.registrationId ?? shown.ticketId);
    const subjectId = entry?.subjectId ?? id;
    return verdictOf({
      presented: { ticketId: shown.ticketId, eventId: id, subjectId, party: shown.party },
      eventId: id,
      ...(entry ? { entry } : {}),
      revoked: false,
      exit,
      checkIns: this.recordsOf(shown),
      slots: slotsOf(this.#event, subjectId),
      count,
      now: this.#now(),
    });
  }

  recordsOf(shown: Shown): CheckIn[] {
    const keys = new Set([shown.ticketId, shown.registrationId, this.#byTicket.get(shown.ticketId)?.registrationId]);
    const ids = [...keys].flatMap((key) => [...(this.#guests.get(key ?? '') ?? [])]);
    return ids.map((id) => this.#own.get(id) ?? this.#base.get(id)!);
  }

  /** Records that so many came or left. Returns the record's id. */
  record(shown: Shown, count: number, exit: boolean, ticket?: string): string {
    const { ticketId, registrationId } = shown;
    const args = { ...this.#stamp(), ticketId, count };
    const known = registrationId === undefined ? {} : { registrationId };
    const more = { ...known, ...(exit ? { exit: true as const } : {}) };
    this.#do('check-in', { ...args, ...more, ...(ticket === undefined ? {} : { ticket }) });
    this.#lay({ ...args, ...more });
    return args.checkInId;
  }

  /** Seats left for walk-ins, by its own count. */
  get seats(): number {
    return this.#seats.reduce((sum, one) => sum + one.left, 0);
  }

  /** Lets people in who have no registration, if it has seats for them. */
  admit(count: number): string | undefined {
    const seats = this.#seats.find((one) => one.left >= count);
    if (!seats) return undefined;
    seats.left -= count;
    const args = { ...this.#stamp(), count, subjectId: this.#event.id };
    this.#do('admit-walk-in', { ...args, allotmentId: seats.allotment.id, name: `Max ${count}` });
    const { subjectId, ...record } = args;
    this.#lay({ ...record, ticketId: args.checkInId, walkIn: { subjectId } });
    return args.checkInId;
  }

  /** Carries somebody's request, and lets them in if it has a seat for all of them. */
  carry(code: string, registrationId: string, count: number): string | undefined {
    const { eventId, ...stamp } = this.#stamp();
    const seats = this.#seats.find((one) => one.left >= count);
    const admitted = { ...stamp, count, ...(seats ? { allotmentId: seats.allotment.id } : {}) };
    this.#do('courier', { eventId, request: code, ...(seats ? { admitted } : {}) });
    if (!seats) return undefined;
    seats.left -= count;
    this.#lay({ ...stamp, eventId, count, ticketId: registrationId, registrationId });
    return stamp.checkInId;
  }

  undo(checkInId: string): void {
    const { eventId, at } = this.#stamp();
    this.#do('undo-check-in', { checkInId, eventId, at, reason: 'did_not_enter' });
    const known = this.#own.get(checkInId) ?? this.#base.get(checkInId);
    if (known) this.#own.set(checkInId, { ...known, undoneAt: at, undoneFor: 'did_not_enter' });
  }

  /** A walk-in of this phone did not come in after all: the seat is its own again. */
  undoWalkIn(checkInId: string, count: number): void {
    this.undo(checkInId);
    const [seats] = this.#seats;
    if (seats) seats.left += count;
  }

  settle(checkInId: string, as: 'mistake' | 'accepted'): void {
    const { eventId, at, door } = this.#stamp();
    this.#do('settle-check-in', { checkInId, eventId, as, at, door });
  }

  giveBack(): void {
    for (const { allotment } of this.#seats.splice(0))
      this.#do('return-allotment', { allotmentId: allotment.id, eventId: this.#event.id });
  }

  /** Asks for seats, if it has none: every phone holds one allotment at a time. */
  async take(ctx: Context, seats: number): Promise<void> {
    if (!this.online || this.#seats.length > 0) return;
    const args = { allotmentId: uuidOf(this.#random), subjectId: this.#event.id, seats };
    const allotment = await takeAllotment(ctx, this.device, args).catch(() => undefined);
    if (allotment) this.#seats.push({ allotment, left: allotment.seats });
  }

  /** Sends what waits and pulls what is new; now and then an answer is lost on the way, and it is all sent again. */
  async sync(ctx: Context): Promise<void> {
    if (!this.online) return;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, MAX_MUTATIONS);
      if (this.#random.chance(0.1)) await push(ctx, this.device, this.#phone.request(...batch));
      const { results } = await push(ctx, this.device, this.#phone.request(...batch));
      for (const [i, result] of results.entries()) {
        const { name, args } = batch[i]!;
        if (result.outcome === 'refused') this.#take(name, args, result.reason!);
      }
      this.#waiting.splice(0, batch.length);
    }
    const scope = rosterScope(this.#event.id);
    for (;;) {
      const { scopes } = await pull(ctx, this.device, { protocol: 1, scopes: { [scope]: this.#at } });
      const delta = scopes[scope]!;
      if (delta.kind !== 'changes') throw new Error(`the roster is ${delta.kind}`);
      for (const change of delta.changes) this.#learn(change);
      this.#at = { epoch: delta.epoch, cursor: delta.cursor };
      if (delta.cursor >= delta.target) return;
    }
  }

  /** Everything that it knows, for the books to be compared. */
  records(): CheckIn[] {
    return [...this.#base.values()];
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  #take(name: string, args: unknown, reason: string): void {
    this.refused.push({ name, args, reason });
    const { checkInId, admitted } = args as { checkInId?: string; admitted?: { checkInId: string } };
    const id = checkInId ?? admitted?.checkInId;
    if (id !== undefined && name !== 'undo-check-in') this.#forget(id);
  }

  #learn({ kind, id, value }: Change): void {
    if (kind === 'entry') {
      const entry = value as RosterEntry;
      this.#entries.set(id, entry);
      if (entry.ticketId) this.#byTicket.set(entry.ticketId, entry);
    }
    if (kind !== 'check-in') return;
    const checkIn = value as CheckIn;
    if (!this.#waiting.some(({ args }) => (args as { checkInId?: string }).checkInId === id)) this.#own.delete(id);
    this.#base.set(id, checkIn);
    this.#index(checkIn);
  }

  #lay(record: Omit<CheckIn, 'id' | 'deviceId'> & { readonly checkInId: string }): void {
    const { checkInId, ...rest } = record;
    const checkIn: CheckIn = { ...rest, id: checkInId, deviceId: this.device.deviceId };
    this.#own.set(checkInId, checkIn);
    this.#index(checkIn);
  }

  #index(checkIn: CheckIn): void {
    for (const key of new Set([guestOf(checkIn), checkIn.ticketId])) {
      const ids = this.#guests.get(key) ?? new Set();
      this.#guests.set(key, ids.add(checkIn.id));
    }
  }

  #forget(id: string): void {
    this.#own.delete(id);
    if (!this.#base.has(id)) for (const ids of this.#guests.values()) ids.delete(id);
  }

  #do<N extends MutationName>(name: N, args: MutationArgs<N>): void {
    this.#waiting.push(this.#phone.make(name, args, uuidOf(this.#random)));
  }

  #stamp() {
    const at = new Date(this.#now() + this.#error).toISOString();
    return { checkInId: uuidOf(this.#random), eventId: this.#event.id, at, door: this.name };
  }
}
