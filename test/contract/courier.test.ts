import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CarriedRequest } from '#domain/request-code.ts';
import type { ProgrammeEvent, RegistrationPolicy } from '#domain/programme.ts';
import type { Registration } from '#domain/registration.ts';
import { personScope } from '#protocol/scope.ts';
import type { Context } from '#server/services/context.ts';
import { publishEvents } from '#server/services/programme/publishing.ts';
import { carriedCode } from '../support/carried.ts';
import { engines, eventWith, newHolder, Phone, publish, registerArgs, startServer } from '../support/databases.ts';
import type { Server } from '../support/databases.ts';
import { Door, rosterOf, subjectRow, writeRules } from '../support/door.ts';
import { itemsOf } from '../support/scopes.ts';

const EVENING = Date.parse('2026-11-17T12:30:00Z');

/** Somebody whose phone could not send their request. */
class Guest {
  readonly phone = new Phone(newHolder());
  readonly args: ReturnType<typeof registerArgs>;
  readonly code: string;
  readonly mutationId: string;

  constructor(event: ProgrammeEvent, more: Record<string, unknown> = {}, carried: Partial<CarriedRequest> = {}) {
    this.args = registerArgs(event, more);
    const { text, mutationId } = carriedCode(this.holderId, this.args as never, carried);
    [this.code, this.mutationId] = [text, mutationId];
  }

  get holderId(): string {
    return (this.phone.who as { holderId: string }).holderId;
  }

  /** Their own copy, when a network comes. */
  async own(ctx: Context): Promise<string> {
    const { results, last } = await this.phone.send(ctx, this.phone.make('register', this.args, this.mutationId));
    expect(last).toBe(this.phone.seq);
    return results[0]!.reason ?? results[0]!.outcome;
  }

  async seen(ctx: Context): Promise<Registration | undefined> {
    const items = await itemsOf(ctx, personScope(this.holderId));
    return items.find((one) => one.id === this.args.registrationId)?.value as Registration | undefined;
  }
}

describe.each(engines)('P5 carried requests on %s', (engine) => {
  let server: Server;
  let ctx: Context;
  beforeAll(async () => {
    server = await startServer(engine);
    ctx = server.ctx;
    server.wait(EVENING - ctx.clock());
  });
  afterAll(() => server.close());

  const open = async (policy: Partial<RegistrationPolicy> = {}) => {
    const event = eventWith({ mode: 'open', capacity: 4, maxParty: 3, waitingList: true, ...policy });
    await publish(ctx, event);
    return event;
  };
  const admitted = (door: Door, more: Record<string, unknown> = {}) => {
    const { eventId: _, ...record } = door.record();
    return { ...record, ...more };
  };
  const carry = (door: Door, guest: Guest, admission?: object, on = ctx): Promise<string> =>
    door.sent(
      'courier',
      { eventId: door.event.id, request: guest.code, ...(admission ? { admitted: admission } : {}) },
      on,
    );
  const seats = async (event: ProgrammeEvent) => {
    const { confirmed, held, waiting } = await subjectRow(ctx, event.id);
    return { confirmed, held, waiting };
  };
  const fill = async (event: ProgrammeEvent, party: number) =>
    expect(await new Phone().register(ctx, event, { party })).toBe('applied');

  it.each(['before', 'after'] as const)(
    'counts the request once with the attendee’s own copy, which comes %s it, and however often',
    async (order) => {
      const event = await open();
      const [door, other] = [new Door(ctx, event), new Door(ctx, event)];
      const guest = new Guest(event, { party: 2 });
      const own = async (): Promise<void> => expect(await guest.own(ctx)).toBe('applied');
      if (order === 'before') await own();
      expect(await carry(door, guest)).toBe('applied');
      expect(await carry(door, guest)).toBe('applied');
      expect(await carry(other, guest)).toBe('applied');
      if (order === 'after') await own();
      await own();
      expect(await seats(event)).toEqual({ confirmed: 2, held: 0, waiting: 0 });
      expect((await rosterOf(ctx, event.id)).entries).toHaveLength(1);
      expect(await guest.seen(ctx)).toMatchObject({ state: 'confirmed', party: 2 });
    },
  );

  it('answers the attendee’s later copy as the courier’s was answered, when there has been room since', async () => {
    const event = await open({ waitingList: false });
    await fill(event, 3);
    const guest = new Guest(event, { party: 2 });
    expect(await carry(new Door(ctx, event), guest)).toBe('applied');
    await publishEvents(ctx, [{ ...event, registration: { ...event.registration, capacity: 9 } }]);
    expect(await guest.own(ctx)).toBe('full');
    expect(await guest.seen(ctx)).toBeUndefined();
    // Asked again by the person's own choice it is another mutation.
    const { results } = await guest.phone.send(ctx, guest.phone.make('register', guest.args));
    expect(results[0]!.outcome).toBe('applied');
  });

  it('is a door’s of the event, and takes only a whole request for it', async () => {
    const [event, other] = [await open(), await open()];
    const guest = new Guest(event);
    expect(await carry(new Door(ctx, other), guest)).toBe('invalid');
    const door = new Door(ctx, other);
    expect(await door.sent('courier', { eventId: event.id, request: guest.code })).toBe('forbidden');
    const { results } = await guest.phone.send(
      ctx,
      guest.phone.make('courier', { eventId: event.id, request: guest.code }),
    );
    expect(results[0]!.reason).toBe('forbidden');
    const here = new Door(ctx, event);
    const damaged = [...guest.code];
    damaged[100] = damaged[100] === 'A' ? 'B' : 'A';
    expect(await here.sent('courier', { eventId: event.id, request: damaged.join('') })).toBe('invalid');
    expect(await here.sent('courier', { eventId: event.id, request: guest.code.slice(0, -8) })).toBe('invalid');
    expect(await here.sent('courier', { eventId: event.id, request: 'https://example.org' })).toBe('invalid');
    const bad = new Guest(event, { email: 'nobody' });
    expect(await carry(here, bad)).toBe('invalid');
    const gone = new Door(ctx, event, { access: 'revoked', revokedAt: ctx.clock() });
    expect(await carry(gone, guest, admitted(gone))).toBe('access_withdrawn');
    expect(await carry(gone, guest)).toBe('applied');
    expect(await carry(new Door(ctx, event, { access: 'closed', profile: 'scan' }), guest)).toBe('applied');
  });

  it('says nothing to anybody about a request that somebody else sends under its ids', async () => {
    const event = await open();
    const guest = new Guest(event);
    const door = new Door(ctx, event);
    const forged = new Guest(event, { registrationId: guest.args.registrationId }, { mutationId: guest.mutationId });
    expect(await carry(door, forged)).toBe('applied');
    expect(await guest.own(ctx)).toBe('invalid');
    const other = new Guest(event);
    const stolen = new Guest(event, {}, { mutationId: other.mutationId });
    expect(await carry(door, stolen)).toBe('applied');
    expect(await carry(door, other)).toBe('applied');
    expect(await other.own(ctx)).toBe('applied');
    expect(await other.seen(ctx)).toMatchObject({ state: 'confirmed' });
  });

  it('seats those who were let in out of the allotment, and theirs is the registration', async () => {
    const event = await open();
    const door = new Door(ctx, event);
    const { id: allotmentId } = await door.take(3);
    await fill(event, 1);
    const guest = new Guest(event, { party: 2 });
    const admission = admitted(door, { allotmentId, count: 2 });
    expect(await carry(door, guest, admission)).toBe('applied');
    expect(await carry(door, guest, admission)).toBe('applied');
    expect(await seats(event)).toEqual({ confirmed: 3, held: 1, waiting: 0 });
    expect(await guest.own(ctx)).toBe('applied');
    const { ticketId } = (await guest.seen(ctx))!;
    const roster = await rosterOf(ctx, event.id);
    expect(roster.checkIns).toHaveLength(1);
    expect(roster.checkIns[0]).toMatchObject({ ticketId, registrationId: guest.args.registrationId, count: 2 });
    expect(roster.allotments[0]).toMatchObject({ seats: 3, used: 2 });
    await door.sent('return-allotment', { allotmentId, eventId: event.id });
    expect(await seats(event)).toEqual({ confirmed: 3, held: 0, waiting: 0 });
  });

  it('leaves the allotment’s seat free when the own copy has got one', async () => {
    const event = await open();
    const door = new Door(ctx, event);
    const { id: allotmentId } = await door.take(1);
    const guest = new Guest(event);
    expect(await guest.own(ctx)).toBe('applied');
    expect(await carry(door, guest, admitted(door, { allotmentId }))).toBe('applied');
    expect(await seats(event)).toEqual({ confirmed: 1, held: 1, waiting: 0 });
    expect((await rosterOf(ctx, event.id)).allotments[0]).toMatchObject({ used: 0 });
  });

  it('gives the seat to a registration that waits, and the others go up', async () => {
    const event = await open({ capacity: 4 });
    const door = new Door(ctx, event);
    const { id: allotmentId } = await door.take(2);
    await fill(event, 2);
    const [first, guest, last] = [new Guest(event), new Guest(event, { party: 2 }), new Guest(event)];
    for (const one of [first, guest, last]) expect(await one.own(ctx)).toBe('applied');
    expect(await last.seen(ctx)).toMatchObject({ state: 'waitlisted', position: 3 });
    expect(await carry(door, guest, admitted(door, { allotmentId, count: 1 }))).toBe('applied');
    expect(await guest.seen(ctx)).toMatchObject({ state: 'confirmed' });
    expect((await guest.seen(ctx))!.ticket).toBeDefined();
    expect(await first.seen(ctx)).toMatchObject({ position: 1 });
    expect(await last.seen(ctx)).toMatchObject({ position: 2 });
    expect(await seats(event)).toEqual({ confirmed: 4, held: 0, waiting: 2 });
  });

  it.each(['refused', 'cancelled'] as const)(
    'counts who was let in as a walk-in when the own copy was %s',
    async (how) => {
      const event = await open({ capacity: 3, waitingList: how === 'cancelled' });
      const door = new Door(ctx, event);
      const { id: allotmentId } = await door.take(1);
      if (how === 'refused') await fill(event, 2);
      const guest = new Guest(event, { firstName: 'Zoé' });
      expect(await guest.own(ctx)).toBe(how === 'refused' ? 'full' : 'applied');
      if (how === 'cancelled') {
        const { registrationId } = guest.args;
        await guest.phone.send(ctx, guest.phone.make('cancel-registration', { registrationId }));
      }
      expect(await carry(door, guest, admitted(door, { allotmentId }))).toBe('applied');
      expect(await seats(event)).toMatchObject({ confirmed: how === 'refused' ? 2 : 0, held: 1 });
      const [arrival] = (await rosterOf(ctx, event.id)).checkIns;
      expect(arrival).toMatchObject({ ticketId: guest.args.registrationId, walkIn: { name: 'Zoé Le Goff' } });
      // A second door that let the same person in takes no second seat: its record is a double admission.
      const other = new Door(ctx, event);
      expect(await carry(other, guest, admitted(other))).toBe('applied');
      expect(await seats(event)).toMatchObject({ held: 1 });
      expect((await rosterOf(ctx, event.id)).checkIns).toHaveLength(2);
      expect((await guest.seen(ctx))?.state).toBe(how === 'refused' ? undefined : 'cancelled');
    },
  );

  it('keeps within the capacity when the door had no seat for them: the request goes its way, the arrival is refused', async () => {
    const event = await open({ capacity: 2 });
    const door = new Door(ctx, event);
    await fill(event, 2);
    const guest = new Guest(event);
    expect(await carry(door, guest, admitted(door))).toBe('allotment_over');
    expect(await guest.own(ctx)).toBe('applied');
    expect(await guest.seen(ctx)).toMatchObject({ state: 'waitlisted', position: 1 });
    expect((await rosterOf(ctx, event.id)).checkIns).toHaveLength(0);
    const another = new Guest(event, { email: guest.args.email });
    expect(await carry(door, another, admitted(door))).toBe('allotment_over');
    expect(await another.own(ctx)).toBe('already_registered');
  });

  it('lets in who has asked where the event does, with a seat or without', async () => {
    const event = await open({ mode: 'approval', capacity: 1 });
    const door = new Door(ctx, event);
    const refused = new Guest(event);
    expect(await carry(door, refused, admitted(door))).toBe('allotment_over');
    await writeRules(ctx, event.id, { admitsRequested: true });
    const [guest, late] = [new Guest(event), new Guest(event)];
    expect(await carry(door, guest, admitted(door))).toBe('applied');
    expect(await late.own(ctx)).toBe('applied');
    expect(await carry(door, late, admitted(door))).toBe('applied');
    expect(await late.seen(ctx)).toMatchObject({ state: 'requested' });
    expect(await seats(event)).toEqual({ confirmed: 0, held: 0, waiting: 0 });
    const records = (await rosterOf(ctx, event.id)).checkIns.map((one) => [one.ticketId, one.registrationId]);
    const { registrationId: one } = guest.args;
    const { registrationId: two } = late.args;
    expect(new Set(records.flat())).toEqual(new Set([one, two]));
  });

  it('records who was let in where seats are not limited', async () => {
    const event = await open();
    await publishEvents(ctx, [{ ...event, registration: { mode: 'approval', maxParty: 3 } }]);
    const door = new Door(ctx, event);
    const guest = new Guest(event, { party: 3 });
    expect(await carry(door, guest, admitted(door, { count: 3 }))).toBe('applied');
    expect(await guest.seen(ctx)).toMatchObject({ state: 'requested' });
    expect((await rosterOf(ctx, event.id)).checkIns[0]).toMatchObject({ count: 3 });
  });

  it('counts them once when both doors and the attendee send at the same moment, over and over', async () => {
    const contexts = [ctx, await server.another(), await server.another()];
    for (let round = 0; round < 8; round++) {
      const event = await open({ capacity: 3 });
      const [north, south, west, east] = Array.from({ length: 4 }, () => new Door(ctx, event)) as [
        Door,
        Door,
        Door,
        Door,
      ];
      const { id: allotmentId } = await north.take(1);
      const [guest, other] = [new Guest(event), new Guest(event, { party: 2 })];
      const outcomes = await Promise.all([
        guest.own(contexts[0]!),
        other.own(contexts[1]!),
        carry(north, guest, admitted(north, { allotmentId }), contexts[1]),
        carry(south, guest, undefined, contexts[2]),
        carry(west, other, undefined, contexts[0]),
        carry(east, other, undefined, contexts[2]),
      ]);
      expect(outcomes).toEqual(outcomes.map(() => 'applied'));
      const { confirmed, held, waiting } = await seats(event);
      expect(confirmed + held).toBeLessThanOrEqual(3);
      const rows = await ctx.db.read.selectFrom('registration').selectAll().where('event_id', '=', event.id).execute();
      expect(rows).toHaveLength(2);
      const sum = (state: string) => rows.filter((r) => r.state === state).reduce((n, r) => n + r.party, 0);
      expect([confirmed, waiting]).toEqual([sum('confirmed'), sum('waitlisted')]);
      expect((await rosterOf(ctx, event.id)).checkIns).toHaveLength(1);
      for (const one of [guest, other]) expect(await one.own(ctx)).toBe('applied');
    }
  });

  it('takes an arrival back that a courier brought, and the registration stays', async () => {
    const event = await open();
    const door = new Door(ctx, event);
    const { id: allotmentId } = await door.take(1);
    const guest = new Guest(event);
    const admission = admitted(door, { allotmentId, checkInId: randomUUID() });
    await carry(door, guest, admission);
    const undo = { checkInId: admission.checkInId, eventId: event.id, at: door.at() };
    expect(await door.sent('undo-check-in', undo)).toBe('applied');
    expect(await seats(event)).toEqual({ confirmed: 1, held: 0, waiting: 0 });
    expect(await carry(door, guest, admission)).toBe('applied');
    const [arrival] = (await rosterOf(ctx, event.id)).checkIns;
    expect(arrival!.undoneAt).toBeDefined();
  });
  it('goes by the hour at which a door let them in, however late its phone finds a network', async () => {
    const event = await open();
    const door = new Door(ctx, event);
    const { id: allotmentId } = await door.take(1);
    const [guest, late] = [new Guest(event), new Guest(event)];
    const during = admitted(door, { allotmentId });
    server.wait(12 * 3_600_000);
    expect(await carry(door, guest, during)).toBe('applied');
    expect(await guest.seen(ctx)).toMatchObject({ state: 'confirmed' });
    expect(await guest.own(ctx)).toBe('applied');
    // Who was only read at the door is judged as their own copy would be.
    expect(await carry(door, late)).toBe('applied');
    expect(await late.own(ctx)).toBe('event_over');
  });
});
