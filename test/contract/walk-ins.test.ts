import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALLOTMENT_GRACE } from '#domain/allotment.ts';
import type { ProgrammeEvent, RegistrationPolicy } from '#domain/programme.ts';
import { endAllotments } from '#server/services/door/allotments.ts';
import type { Context } from '#server/services/context.ts';
import type { ProblemError } from '#server/services/problem-error.ts';
import { publishEvents } from '#server/services/programme/publishing.ts';
import { engines, eventWith, Phone, publish, startServer } from '../support/databases.ts';
import type { Server } from '../support/databases.ts';
import { Door, rosterOf, subjectRow, writeRules } from '../support/door.ts';

/** Half an hour before the event begins. */
const EVENING = Date.parse('2026-11-17T12:30:00Z');
const END = Date.parse('2026-11-17T16:00:00Z');

describe.each(engines)('walk-ins and allotments on %s', (engine) => {
  let server: Server;
  let ctx: Context;
  beforeAll(async () => {
    server = await startServer(engine);
    ctx = server.ctx;
    server.wait(EVENING - ctx.clock());
  });
  afterAll(() => server.close());

  const open = async (policy: Partial<RegistrationPolicy> = {}, more: Partial<ProgrammeEvent> = {}) => {
    const event = eventWith({ mode: 'open', capacity: 10, maxParty: 4, waitingList: true, ...policy }, more);
    await publish(ctx, event);
    return event;
  };
  const code = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'given',
      (error: ProblemError) => error.code ?? String(error),
    );
  const registered = async (event: ProgrammeEvent, party: number): Promise<string> => {
    const phone = new Phone();
    const outcome = await phone.register(ctx, event, { party });
    if (outcome !== 'applied') return outcome;
    const { holderId } = phone.who as { holderId: string };
    const row = ctx.db.read.selectFrom('registration').select('state').where('holder_id', '=', holderId);
    return (await row.executeTakeFirstOrThrow()).state;
  };
  const taken = async (event: ProgrammeEvent) => {
    const { confirmed, held } = await subjectRow(ctx, event.id);
    return [confirmed, held];
  };

  it('sets seats aside that nobody else is given, once for one id, and no more than are free', async () => {
    const event = await open();
    expect(await registered(event, 4)).toBe('confirmed');
    const door = new Door(ctx, event);
    const allotmentId = randomUUID();
    const first = await door.take(4, { allotmentId });
    expect(first).toEqual({
      id: allotmentId,
      eventId: event.id,
      subjectId: event.id,
      deviceId: door.device.deviceId,
      seats: 4,
      used: 0,
      expiresAt: new Date(END).toISOString(),
    });
    expect(await door.take(9, { allotmentId })).toEqual(first);
    expect(await taken(event)).toEqual([4, 4]);
    const second = await new Door(ctx, event).take(5);
    expect(second.seats).toBe(2);
    expect(await code(door.take(1))).toBe('no_seats');
    expect(await registered(event, 1)).toBe('waitlisted');
    expect(await code(new Door(ctx, event).take(5, { allotmentId }))).toBe('bad_request');
    expect((await rosterOf(ctx, event.id)).allotments).toHaveLength(2);
  });

  it('gives allotments to open doors that may admit walk-ins, of their own event, where the organiser allows them', async () => {
    const [event, other] = [await open(), await open()];
    for (const profile of ['scan', 'search', 'kiosk'] as const)
      expect(await code(new Door(ctx, event, { profile }).take(1))).toBe('forbidden');
    for (const access of ['closed', 'revoked'] as const)
      expect(await code(new Door(ctx, event, { access }).take(1))).toBe('forbidden');
    expect(await code(new Door(ctx, event).take(1, { subjectId: other.id }))).toBe('bad_request');
    expect(await code(new Door(ctx, event).take(1, { subjectId: randomUUID() }))).toBe('bad_request');
    await writeRules(ctx, event.id, { walkIns: false });
    expect(await code(new Door(ctx, event).take(1))).toBe('forbidden');
    expect(await new Door(ctx, event).walkIn(undefined)).toBe('forbidden');
  });

  it('lets those who wait come before those who have not asked, until the session begins', async () => {
    const event = await open({ capacity: 3 });
    expect(await registered(event, 2)).toBe('confirmed');
    expect(await registered(event, 2)).toBe('waitlisted');
    const door = new Door(ctx, event);
    expect(await code(door.take(1))).toBe('no_seats');
    const session = { ...event.sessions[0]!, slot: { ...event.sessions[0]!.slot, start: '13:00' } };
    await publishEvents(ctx, [{ ...event, sessions: [session] }]);
    expect((await door.take(1)).seats).toBe(1);
  });

  it('counts walk-ins out of the allotment, once each; beyond it only free seats', async () => {
    const event = await open({ capacity: 5 });
    const door = new Door(ctx, event);
    const { id } = await door.take(3);
    const args = { ...door.record(), subjectId: event.id, allotmentId: id, count: 2, name: 'Léa Martin' };
    expect(await door.sent('admit-walk-in', args)).toBe('applied');
    expect(await door.sent('admit-walk-in', args)).toBe('applied');
    expect(await new Door(ctx, event).sent('admit-walk-in', args)).toBe('invalid');
    expect(await taken(event)).toEqual([0, 3]);
    expect(await door.walkIn(id, { count: 4 })).toBe('allotment_over');
    expect(await taken(event)).toEqual([0, 3]);
    expect(await door.walkIn(id, { count: 2 })).toBe('applied');
    expect(await taken(event)).toEqual([0, 4]);
    expect(await door.walkIn(undefined)).toBe('applied');
    expect(await door.walkIn(undefined)).toBe('allotment_over');
    const roster = await rosterOf(ctx, event.id);
    expect(roster.allotments[0]).toMatchObject({ seats: 3, used: 3 });
    const walkIn = roster.checkIns.find((one) => one.id === args.checkInId)!;
    expect(walkIn).toMatchObject({
      ticketId: walkIn.id,
      count: 2,
      walkIn: { subjectId: event.id, name: 'Léa Martin' },
    });
    expect(walkIn).not.toHaveProperty('registrationId');
  });

  it('needs no allotment where seats are not limited, nor a subject where there are no registrations', async () => {
    const [event, quiet] = [await open(), await open({ mode: 'none' })];
    await publishEvents(ctx, [{ ...event, registration: { mode: 'open' } }]);
    expect(await new Door(ctx, event).walkIn(undefined, { count: 200 })).toBe('applied');
    const door = new Door(ctx, quiet);
    expect(await door.walkIn(undefined, { count: 7 })).toBe('applied');
    expect(await door.walkIn(undefined, { subjectId: randomUUID() })).toBe('invalid');
    const [walkIn] = (await rosterOf(ctx, quiet.id)).checkIns;
    expect(await door.sent('undo-check-in', { checkInId: walkIn!.id, eventId: quiet.id, at: door.at() })).toBe(
      'applied',
    );
  });

  it('is for doors of the event with the whole profile; what was admitted before a revocation counts', async () => {
    const [event, other] = [await open(), await open()];
    const holder = new Phone();
    const args = { ...new Door(ctx, event).record(), subjectId: event.id };
    const { results } = await holder.send(ctx, holder.make('admit-walk-in', args));
    expect(results[0]!.reason).toBe('forbidden');
    expect(await new Door(ctx, other).sent('admit-walk-in', args)).toBe('forbidden');
    expect(await new Door(ctx, other).walkIn(undefined, { subjectId: event.id })).toBe('invalid');
    expect(await new Door(ctx, event, { profile: 'scan' }).walkIn(undefined)).toBe('forbidden');
    const now = ctx.clock();
    const gone = new Door(ctx, event, { access: 'revoked', revokedAt: now });
    expect(await gone.walkIn(undefined)).toBe('access_withdrawn');
    expect(await gone.walkIn(undefined, { at: new Date(now - 1).toISOString() })).toBe('applied');
    expect(await new Door(ctx, event, { access: 'closed' }).walkIn(undefined)).toBe('applied');
    const mine = new Door(ctx, event);
    const { id } = await mine.take(1);
    expect(await gone.sent('return-allotment', { allotmentId: id, eventId: event.id })).toBe('forbidden');
  });

  it('takes back what is left, to those who wait first', async () => {
    const event = await open({ capacity: 4 });
    const door = new Door(ctx, event);
    const { id } = await door.take(4);
    expect(await registered(event, 2)).toBe('waitlisted');
    expect(await registered(event, 1)).toBe('waitlisted');
    await door.walkIn(id);
    const give = { allotmentId: id, eventId: event.id };
    expect(await door.sent('return-allotment', give)).toBe('applied');
    expect(await taken(event)).toEqual([3, 1]);
    expect((await rosterOf(ctx, event.id)).allotments[0]).toMatchObject({ seats: 4, used: 1, ended: true });
    expect(await door.sent('return-allotment', give)).toBe('applied');
    expect(await door.sent('return-allotment', { ...give, allotmentId: randomUUID() })).toBe('applied');
    expect(await taken(event)).toEqual([3, 1]);
    expect(await door.walkIn(id)).toBe('allotment_over');
  });

  it('undoes a walk-in: the seat goes back to its own live allotment, else to those who wait', async () => {
    const event = await open({ capacity: 3 });
    const [door, other] = [new Door(ctx, event), new Door(ctx, event)];
    const { id } = await door.take(3);
    const walkIns = [door.record(), door.record(), door.record()];
    for (const record of walkIns)
      expect(await door.sent('admit-walk-in', { ...record, subjectId: event.id, allotmentId: id })).toBe('applied');
    expect(await registered(event, 1)).toBe('waitlisted');
    const undo = (by: Door, n: number) =>
      by.sent('undo-check-in', { checkInId: walkIns[n]!.checkInId, eventId: event.id, at: by.at(), reason: 'mistake' });
    expect(await undo(door, 0)).toBe('applied');
    expect(await undo(door, 0)).toBe('applied');
    expect(await taken(event)).toEqual([0, 3]);
    expect((await rosterOf(ctx, event.id)).allotments[0]).toMatchObject({ used: 2 });
    expect(await undo(new Door(ctx, event, { profile: 'search' }), 1)).toBe('forbidden');
    expect(await undo(other, 1)).toBe('applied');
    expect(await taken(event)).toEqual([1, 2]);
    await door.sent('return-allotment', { allotmentId: id, eventId: event.id });
    expect(await taken(event)).toEqual([1, 1]);
    expect(await undo(door, 2)).toBe('applied');
    expect(await taken(event)).toEqual([1, 0]);
  });

  it('records exits and returns of a walk-in, which keep its seat', async () => {
    const event = await open({ capacity: 1 });
    const door = new Door(ctx, event);
    const record = door.record();
    await door.sent('admit-walk-in', { ...record, subjectId: event.id });
    const step = { ...door.record(), ticketId: record.checkInId };
    expect(await new Door(ctx, event).sent('check-in', { ...step, exit: true })).toBe('applied');
    expect(await door.sent('check-in', { ...step, checkInId: randomUUID() })).toBe('applied');
    expect(await taken(event)).toEqual([0, 1]);
    expect(await door.walkIn(undefined)).toBe('allotment_over');
  });

  it('gives 7 racing phones the last 5 seats, and not one more', async () => {
    const event = await open({ capacity: 5 });
    const contexts = [ctx, await server.another(), await server.another()];
    const doors = Array.from({ length: 7 }, () => new Door(ctx, event));
    const given = await Promise.all(
      doors.map((door, i) =>
        door.take(2, {}, contexts[i % 3]).then(
          ({ seats }) => seats,
          (error: ProblemError) => error.code,
        ),
      ),
    );
    const seats = given.filter((one) => typeof one === 'number');
    expect(seats.reduce((sum, n) => sum + n, 0)).toBe(5);
    expect(given.filter((one) => one === 'no_seats')).toHaveLength(7 - seats.length);
    expect(await taken(event)).toEqual([0, 5]);
  });

  it('gives one allotment for one id that is asked for many times at once', async () => {
    const event = await open({ capacity: 20 });
    const door = new Door(ctx, event);
    const contexts = [ctx, await server.another()];
    const allotmentId = randomUUID();
    const given = await Promise.all([0, 1, 2, 3].map((i) => door.take(4, { allotmentId }, contexts[i % 2])));
    expect(new Set(given.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(await taken(event)).toEqual([0, 4]);
  });

  it('keeps the books while registrations, walk-ins, returns and undos race for the same seats', async () => {
    const event = await open({ capacity: 12 });
    const contexts = [ctx, await server.another(), await server.another()];
    const doors = Array.from({ length: 4 }, () => new Door(ctx, event));
    const ids = await Promise.all(doors.map(async (door) => (await door.take(2)).id));
    const people = Array.from({ length: 12 }, (_, i) => new Phone().register(contexts[i % 3]!, event, { party: 1 }));
    const work = doors.map(async (door, i) => {
      const on = contexts[i % 3]!;
      const record = door.record();
      await door.sent('admit-walk-in', { ...record, subjectId: event.id, allotmentId: ids[i] }, on);
      await door.walkIn(ids[i], {}, on);
      await door.walkIn(ids[i], {}, on);
      await door.sent('undo-check-in', { checkInId: record.checkInId, eventId: event.id, at: door.at() }, on);
      await door.sent('return-allotment', { allotmentId: ids[i], eventId: event.id }, on);
    });
    await Promise.all([...people, ...work]);
    const row = await subjectRow(ctx, event.id);
    const seated = await ctx.db.read
      .selectFrom('check_in')
      .select((e) => e.fn.coalesce(e.fn.sum<number>('seats'), e.lit(0)).as('seats'))
      .where('event_id', '=', event.id)
      .where('undone_at', 'is', null)
      .executeTakeFirstOrThrow();
    const states = await ctx.db.read
      .selectFrom('registration')
      .select('state')
      .where('event_id', '=', event.id)
      .execute();
    expect(row.held).toBe(seated.seats);
    expect(row.confirmed).toBe(states.filter((one) => one.state === 'confirmed').length);
    expect(row.confirmed + row.held).toBe(12);
    expect(row.held_until).toBeNull();
  });

  it('tells the public of places without those that doors hold', async () => {
    const event = await open({ capacity: 30 });
    expect((await subjectRow(ctx, event.id)).places).toBe('open');
    const door = new Door(ctx, event);
    const { id } = await door.take(28);
    expect((await subjectRow(ctx, event.id)).places).toBe('few');
    await new Door(ctx, event).take(28);
    expect((await subjectRow(ctx, event.id)).places).toBe('full');
    await publishEvents(ctx, [{ ...event, title: { fr: 'Changé' } }]);
    expect((await subjectRow(ctx, event.id)).places).toBe('full');
    await door.sent('return-allotment', { allotmentId: id, eventId: event.id });
    expect((await subjectRow(ctx, event.id)).places).toBe('open');
  });

  it('ends allotments by themselves, a while after their end; a late walk-in then takes a free seat or none', async () => {
    const event = await open({ capacity: 3 });
    const [door, never] = [new Door(ctx, event), new Door(ctx, event)];
    const { id } = await door.take(1);
    await never.take(2);
    server.wait(END + ALLOTMENT_GRACE - 1 - ctx.clock());
    await endAllotments(ctx);
    expect(await taken(event)).toEqual([0, 3]);
    server.wait(1);
    // Before any sweep: whoever decides about seats ends what is over.
    expect(await door.walkIn(id)).toBe('applied');
    expect(await taken(event)).toEqual([0, 1]);
    expect(await endAllotments(ctx)).toBeGreaterThanOrEqual(0);
    expect((await rosterOf(ctx, event.id)).allotments.every((one) => one.ended)).toBe(true);
    expect(await door.walkIn(id, { count: 3 })).toBe('allotment_over');
    expect(await door.walkIn(id, { count: 2 })).toBe('applied');
    expect(await code(door.take(1))).toBe('no_seats');
    const alone = await open({ capacity: 2 }, { sessions: [] });
    await new Door(ctx, alone).take(2);
    server.wait(12 * 3_600_000 + ALLOTMENT_GRACE);
    expect(await endAllotments(ctx)).toBe(1);
    expect(await taken(alone)).toEqual([0, 0]);
    expect(await endAllotments(ctx)).toBe(0);
  });
});
