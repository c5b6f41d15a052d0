import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RosterEntry } from '#domain/check-in.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import type { Registration } from '#domain/registration.ts';
import { readCode } from '#domain/ticket.ts';
import { personScope, programmeScope, rosterScope } from '#protocol/scope.ts';
import type { Context } from '#server/services/context.ts';
import { publishEvents, withdrawEvents } from '#server/services/programme/publishing.ts';
import { EDITION, engines, eventWith, Phone, publish, registerArgs, startServer } from '../support/databases.ts';
import type { Server } from '../support/databases.ts';
import { itemsOf } from '../support/scopes.ts';

describe.each(engines)('registrations on %s', (engine) => {
  let server: Server;
  let ctx: Context;
  beforeAll(async () => {
    server = await startServer(engine);
    ctx = server.ctx;
  });
  afterAll(() => server.close());

  const offered = async (policy: Partial<ProgrammeEvent['registration']> = {}, more: Partial<ProgrammeEvent> = {}) => {
    const event = eventWith({ mode: 'open', ...policy }, more);
    await publish(ctx, event);
    return event;
  };
  const mine = async (phone: Phone): Promise<Registration[]> => {
    const scope = personScope((phone.who as { holderId: string }).holderId);
    return (await itemsOf(ctx, scope)).filter((i) => i.kind === 'registration').map((i) => i.value as Registration);
  };
  const entries = async (event: ProgrammeEvent): Promise<RosterEntry[]> =>
    (await itemsOf(ctx, rosterScope(event.id))).filter((i) => i.kind === 'entry').map((i) => i.value as RosterEntry);
  const publicPlaces = async (event: ProgrammeEvent): Promise<string | undefined> => {
    const items = await itemsOf(ctx, programmeScope(EDITION.id, event.region));
    return (items.find((i) => i.id === event.id)!.value as ProgrammeEvent).registration.places;
  };
  const subject = (event: ProgrammeEvent) =>
    ctx.db.read.selectFrom('subject').selectAll().where('id', '=', event.id).executeTakeFirstOrThrow();

  it('confirms with a ticket that our key signed, and shows it to the holder and to the doors, without the address', async () => {
    const event = await offered({ capacity: 10, maxParty: 3 });
    const phone = new Phone();
    expect(await phone.register(ctx, event, { party: 2, needs: 'boucle magnétique' })).toBe('applied');
    const [registration] = await mine(phone);
    expect(registration).toMatchObject({ state: 'confirmed', party: 2, needs: 'boucle magnétique', eventId: event.id });
    const code = readCode(registration!.ticket!);
    expect(code).toMatchObject({
      kind: 'ticket',
      ticket: { ticketId: registration!.ticketId, eventId: event.id, party: 2 },
    });
    expect(ctx.keys.check(registration!.ticket!)?.ticketId).toBe(registration!.ticketId);
    const [entry] = await entries(event);
    expect(entry).toEqual({
      registrationId: registration!.id,
      subjectId: event.id,
      firstName: 'Ana',
      lastName: 'Le Goff',
      party: 2,
      state: 'confirmed',
      ticketId: registration!.ticketId,
      needs: 'boucle magnétique',
    });
  });

  it('P3 refuses by the rules, with the reason, and leaves nothing of it', async () => {
    const past = { date: '2026-10-02', start: '09:00', end: '10:00', zone: 'Europe/Paris' };
    const cases: [string, Partial<ProgrammeEvent['registration']>, Partial<ProgrammeEvent>, Record<string, unknown>][] =
      [
        ['event_cancelled', {}, { status: 'cancelled' }, {}],
        ['event_over', {}, { sessions: [{ id: randomUUID(), slot: past }] }, {}],
        ['closed', { closesAt: '2026-10-30T00:00:00Z' }, {}, {}],
        ['party_too_large', { maxParty: 2 }, {}, { party: 3 }],
        ['external', { mode: 'external', url: 'https://ailleurs.example' }, {}, {}],
        ['event_unknown', { mode: 'none' }, {}, {}],
        ['event_unknown', {}, {}, { subjectId: randomUUID() }],
        ['full', { capacity: 0 }, {}, { party: 1 }],
        ['invalid', {}, {}, { email: 'nobody' }],
      ];
    for (const [reason, policy, more, args] of cases) {
      const event = await offered(policy, more);
      const phone = new Phone();
      const outcome = await phone.register(ctx, event, args);
      // A capacity of nothing is a party too large for it.
      expect(outcome, reason).toBe(reason === 'full' ? 'party_too_large' : reason);
      expect(await mine(phone)).toEqual([]);
    }
  });

  it('takes one registration for an address and a session, whatever its case, and again after a cancellation', async () => {
    const event = await offered();
    const [a, b] = [new Phone(), new Phone()];
    const email = `Jean.${randomUUID()}@Example.org`;
    const registrationId = randomUUID();
    expect(await a.register(ctx, event, { email, registrationId })).toBe('applied');
    expect(await b.register(ctx, event, { email: ` ${email.toLowerCase()} ` })).toBe('already_registered');
    const { results } = await a.send(ctx, a.make('cancel-registration', { registrationId }));
    expect(results[0]!.outcome).toBe('applied');
    expect(await b.register(ctx, event, { email })).toBe('applied');
  });

  it('has one effect for the same registration sent by two replicas of one person', async () => {
    const event = await offered({ capacity: 5 });
    const [a, other] = [new Phone(), new Phone()];
    const b = new Phone(a.who);
    const args = registerArgs(event);
    for (const phone of [a, b]) {
      const { results } = await phone.send(ctx, phone.make('register', args));
      expect(results[0]!.outcome).toBe('applied');
    }
    expect(await mine(a)).toHaveLength(1);
    expect((await subject(event)).confirmed).toBe(1);
    const { results } = await other.send(ctx, other.make('register', args));
    expect(results[0]).toMatchObject({ outcome: 'refused', reason: 'invalid' });
  });

  it('invariant 11: 200 at once into 40 seats give 40, never one too many, from two processes', async () => {
    const event = await offered({ capacity: 40, waitingList: true, maxParty: 3 });
    const processes = [ctx, await server.another()];
    const phones = Array.from({ length: 200 }, () => new Phone());
    const parties = phones.map((_, i) => (i % 7 === 0 ? 3 : 1));
    await Promise.all(phones.map((phone, i) => phone.register(processes[i % 2]!, event, { party: parties[i]! })));
    const rows = await ctx.db.read.selectFrom('registration').selectAll().where('event_id', '=', event.id).execute();
    const seats = (state: string) => rows.filter((r) => r.state === state).reduce((sum, r) => sum + r.party, 0);
    expect(rows).toHaveLength(200);
    expect(seats('confirmed')).toBeLessThanOrEqual(40);
    expect(seats('confirmed')).toBeGreaterThanOrEqual(38);
    expect(await subject(event)).toMatchObject({ confirmed: seats('confirmed'), waiting: seats('waitlisted') });
    const orders = rows.filter((r) => r.state === 'waitlisted').map((r) => r.waiting_order!);
    expect(orders.toSorted((a, b) => a - b)).toEqual(orders.map((_, i) => i + 1));
    expect(await publicPlaces(event)).toBe('full');
    expect(await entries(event)).toHaveLength(200);
  });

  it('moves the waiting list up strictly in order, with tickets, and tells the rest their new places', async () => {
    const event = await offered({ capacity: 2, waitingList: true, maxParty: 2 });
    const [first, second, large, small] = [new Phone(), new Phone(), new Phone(), new Phone()];
    const ids = [randomUUID(), randomUUID()];
    await first.register(ctx, event, { registrationId: ids[0] });
    await second.register(ctx, event, { registrationId: ids[1] });
    await large.register(ctx, event, { party: 2 });
    await small.register(ctx, event);
    expect((await mine(large))[0]).toMatchObject({ state: 'waitlisted', position: 1 });
    expect((await mine(small))[0]).toMatchObject({ state: 'waitlisted', position: 2 });
    // One seat is free: the party of two does not fit, and is not overtaken.
    await first.send(ctx, first.make('cancel-registration', { registrationId: ids[0] }));
    expect((await mine(small))[0]).toMatchObject({ state: 'waitlisted', position: 2 });
    await second.send(ctx, second.make('cancel-registration', { registrationId: ids[1] }));
    const [moved] = await mine(large);
    expect(moved).toMatchObject({ state: 'confirmed', party: 2 });
    expect(moved!.position).toBeUndefined();
    expect(ctx.keys.check(moved!.ticket!)?.ticketId).toBe(moved!.ticketId);
    expect((await mine(small))[0]).toMatchObject({ state: 'waitlisted', position: 1 });
    expect(await subject(event)).toMatchObject({ confirmed: 2, waiting: 1, waiting_parties: 1 });
    const byState = (await entries(event)).map((e) => e.state).toSorted();
    expect(byState).toEqual(['cancelled', 'cancelled', 'confirmed', 'waitlisted']);
  });

  it('lets the rest move up when the large party that held them back gives up', async () => {
    const event = await offered({ capacity: 3, waitingList: true, maxParty: 3 });
    const [inside, large, small, last] = [new Phone(), new Phone(), new Phone(), new Phone()];
    const registrationId = randomUUID();
    await inside.register(ctx, event, { party: 2 });
    await large.register(ctx, event, { party: 3, registrationId });
    await small.register(ctx, event);
    await last.register(ctx, event);
    expect((await mine(small))[0]!.position).toBe(2);
    await large.send(ctx, large.make('cancel-registration', { registrationId }));
    expect((await mine(small))[0]!.state).toBe('confirmed');
    expect((await mine(last))[0]).toMatchObject({ state: 'waitlisted', position: 1 });
  });

  it('moves the waiting list up when the capacity is raised, and gives nobody a place that is cancelled', async () => {
    const event = await offered({ capacity: 1, waitingList: true });
    const phones = [new Phone(), new Phone(), new Phone()];
    for (const phone of phones) await phone.register(ctx, event);
    await publishEvents(ctx, [{ ...event, registration: { ...event.registration, capacity: 2 } }]);
    const states = async () => (await Promise.all(phones.map(mine))).map(([r]) => r!.state);
    expect(await states()).toEqual(['confirmed', 'confirmed', 'waitlisted']);
    expect((await mine(phones[2]!))[0]!.position).toBe(1);
    await publishEvents(ctx, [{ ...event, status: 'cancelled', registration: { ...event.registration, capacity: 3 } }]);
    expect(await states()).toEqual(['confirmed', 'confirmed', 'waitlisted']);
  });

  it("cancels only what is the holder's own and still stands", async () => {
    const event = await offered();
    const [a, b] = [new Phone(), new Phone()];
    const registrationId = randomUUID();
    await a.register(ctx, event, { registrationId });
    const cancel = async (phone: Phone) =>
      (await phone.send(ctx, phone.make('cancel-registration', { registrationId }))).results[0]!.reason;
    expect(await cancel(b)).toBe('registration_unknown');
    expect(await cancel(a)).toBeUndefined();
    expect(await cancel(a)).toBe('already_cancelled');
    expect((await mine(a))[0]!.state).toBe('cancelled');
    expect((await subject(event)).confirmed).toBe(0);
  });

  it('takes requests to an event with approval, which take no seat', async () => {
    const event = await offered({ mode: 'approval', capacity: 1 });
    const [a, b] = [new Phone(), new Phone()];
    await a.register(ctx, event);
    await b.register(ctx, event);
    expect((await mine(a))[0]!.state).toBe('requested');
    expect((await mine(b))[0]!.state).toBe('requested');
    expect((await subject(event)).confirmed).toBe(0);
  });

  it('rewrites the public programme only when the class of free places changes', async () => {
    const event = await offered({ capacity: 8, maxParty: 2 });
    const rewrites = async () => {
      const rows = await ctx.db.read.selectFrom('change').select('cursor').where('item_id', '=', event.id).execute();
      return rows.length;
    };
    expect(await publicPlaces(event)).toBe('open');
    const before = await rewrites();
    const phone = new Phone();
    await phone.register(ctx, event, { party: 2 });
    expect(await publicPlaces(event)).toBe('open');
    expect(await rewrites()).toBe(before);
    await phone.register(ctx, event, { party: 1 });
    expect(await publicPlaces(event)).toBe('few');
    for (const party of [1, 2, 2]) await phone.register(ctx, event, { party });
    expect(await publicPlaces(event)).toBe('full');
    // The programme and the roster each, for two changes of class.
    expect(await rewrites()).toBe(before + 4);
  });

  it('keeps two sessions of one event apart and tells both in the programme', async () => {
    const sessions = [0, 1].map((day) => ({
      id: randomUUID(),
      slot: { date: `2026-11-1${7 + day}`, start: '10:00', end: '11:00', zone: 'Europe/Paris' },
      registration: { mode: 'open' as const, capacity: 1 },
    }));
    const event = await offered({ mode: 'none' }, { sessions });
    const other = await server.another();
    await Promise.all(sessions.map((s, i) => new Phone().register(i === 0 ? ctx : other, event, { subjectId: s.id })));
    const items = await itemsOf(ctx, programmeScope(EDITION.id, event.region));
    const seen = items.find((i) => i.id === event.id)!.value as ProgrammeEvent;
    expect(seen.sessions.map((s) => s.registration!.places)).toEqual(['full', 'full']);
    expect(await new Phone().register(ctx, event, { subjectId: sessions[0]!.id })).toBe('full');
    await withdrawEvents(ctx, [event.id]);
    expect(await new Phone().register(ctx, event, { subjectId: sessions[1]!.id })).toBe('event_unknown');
  });

  it('frees the seat of what is cancelled while its event is out of the programme', async () => {
    const event = await offered({ capacity: 1, waitingList: true });
    const [a, b] = [new Phone(), new Phone()];
    const registrationId = randomUUID();
    await a.register(ctx, event, { registrationId });
    await b.register(ctx, event);
    await withdrawEvents(ctx, [event.id]);
    await a.send(ctx, a.make('cancel-registration', { registrationId }));
    expect(await subject(event)).toMatchObject({ confirmed: 0, waiting: 1 });
    expect((await mine(b))[0]!.state).toBe('waitlisted');
    await publishEvents(ctx, [event]);
    expect((await mine(b))[0]!.state).toBe('confirmed');
    expect(await subject(event)).toMatchObject({ confirmed: 1, waiting: 0 });
  });

  it('moves nobody up into a cancelled session', async () => {
    const session = {
      id: randomUUID(),
      slot: { date: '2026-11-17', start: '10:00', end: '11:00', zone: 'Europe/Paris' },
      registration: { mode: 'open' as const, capacity: 1, waitingList: true },
    };
    const event = await offered({ mode: 'none' }, { sessions: [session] });
    const [a, b] = [new Phone(), new Phone()];
    const registrationId = randomUUID();
    await a.register(ctx, event, { registrationId, subjectId: session.id });
    await b.register(ctx, event, { subjectId: session.id });
    await publishEvents(ctx, [{ ...event, sessions: [{ ...session, status: 'cancelled' }] }]);
    await a.send(ctx, a.make('cancel-registration', { registrationId }));
    expect((await mine(b))[0]!.state).toBe('waitlisted');
  });

  it('invariant 11: who waited for a seat while the desk took seats away is decided by what is left', async () => {
    const event = await offered({ capacity: 2 });
    await new Phone().register(ctx, event);
    const other = await server.another();
    const held = Promise.withResolvers<void>();
    const holding = Promise.withResolvers<void>();
    const changing = other.db.units.one(async (tx) => {
      const fewer = { ...event, registration: { ...event.registration, capacity: 1 } };
      await tx.db.updateTable('subject').set({ capacity: 1 }).where('id', '=', event.id).execute();
      const data = JSON.stringify(fewer);
      await tx.db.updateTable('event').set({ data, content_hash: 'fewer' }).where('id', '=', event.id).execute();
      holding.resolve();
      await held.promise;
    });
    await holding.promise;
    const late = new Phone().register(ctx, event);
    // Long enough for it to stand in line, whichever the machine.
    await new Promise((resolve) => setTimeout(resolve, 100));
    held.resolve();
    await changing;
    expect(await late).toBe('full');
  });
});
