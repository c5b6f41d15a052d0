import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckIn } from '#domain/check-in.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import type { Registration } from '#domain/registration.ts';
import { deviceBearer } from '#protocol/credential.ts';
import { personScope, rosterScope } from '#protocol/scope.ts';
import type { Context } from '#server/services/context.ts';
import { enrol, offerEnrolment, revokeDevice } from '#server/services/door/enrolment.ts';
import { openRoster } from '#server/services/programme/events.ts';
import type { Identity } from '#server/services/people/identity.ts';
import { identify } from '#server/services/people/identity.ts';
import { engines, eventWith, Phone, publish, startServer } from '../support/databases.ts';
import type { Server } from '../support/databases.ts';
import { Door, rosterOf } from '../support/door.ts';
import { itemsOf } from '../support/scopes.ts';

describe.each(engines)('check-ins on %s', (engine) => {
  let server: Server;
  let ctx: Context;
  let event: ProgrammeEvent;
  let registration: Registration;
  beforeAll(async () => {
    server = await startServer(engine);
    ctx = server.ctx;
    // The evening of the event: what is claimed to be later than the server's now is not believed.
    server.wait(Date.parse('2026-11-17T18:00:00Z') - ctx.clock());
    event = eventWith({ mode: 'open', capacity: 50, maxParty: 4 }, { sessions: [] });
    await publish(ctx, event);
    const phone = new Phone();
    await phone.register(ctx, event, { party: 4 });
    const items = await itemsOf(ctx, personScope((phone.who as { holderId: string }).holderId));
    registration = items[0]!.value as Registration;
  });
  afterAll(() => server.close());

  const door = (of = event, access: 'open' | 'closed' = 'open') =>
    new Phone({ kind: 'device', deviceId: randomUUID(), eventId: of.id, access, profile: 'full' });
  const arrival = (more: Record<string, unknown> = {}) => ({
    checkInId: randomUUID(),
    eventId: event.id,
    ticketId: registration.ticketId!,
    count: 1,
    at: '2026-11-17T13:05:00.000Z',
    door: 'Entrée nord',
    ...more,
  });
  const sent = async (phone: Phone, name: string, args: unknown): Promise<string> => {
    const { results } = await phone.send(ctx, phone.make(name, args));
    return results[0]!.reason ?? results[0]!.outcome;
  };
  const arrivals = async (): Promise<CheckIn[]> =>
    (await itemsOf(ctx, rosterScope(event.id))).filter((i) => i.kind === 'check-in').map((i) => i.value as CheckIn);

  it('keeps the arrivals of two offline doors for one ticket, and tells all doors of both', async () => {
    const [north, south] = [door(), door()];
    const [one, two] = [arrival(), arrival({ door: 'Entrée sud', count: 4 })];
    expect(await sent(north, 'check-in', one)).toBe('applied');
    expect(await sent(south, 'check-in', two)).toBe('applied');
    const seen = (await arrivals()).filter((c) => new Set<string>([one.checkInId, two.checkInId]).has(c.id));
    const told = seen.map((c) => [c.door, c.count, c.registrationId]).toSorted(([a], [b]) => (a! < b! ? -1 : 1));
    expect(told).toEqual([
      ['Entrée nord', 1, registration.id],
      ['Entrée sud', 4, registration.id],
    ]);
  });

  it('counts an arrival once, however often its device sends it', async () => {
    const phone = door();
    const args = arrival();
    expect(await sent(phone, 'check-in', args)).toBe('applied');
    expect(await sent(phone, 'check-in', args)).toBe('applied');
    expect(await sent(new Phone(phone.who), 'check-in', args)).toBe('applied');
    expect(await sent(door(), 'check-in', args)).toBe('invalid');
    expect((await arrivals()).filter((c) => c.id === args.checkInId)).toHaveLength(1);
  });

  it('takes a ticket that no registration has only with its signed text', async () => {
    const phone = door();
    const ticketId = randomUUID();
    const issue = (of: Record<string, unknown> = {}) =>
      ctx.keys.issue({ ticketId, eventId: event.id, subjectId: event.id, party: 1, issuedAt: 1_790_000_000, ...of });
    expect(await sent(phone, 'check-in', arrival({ ticketId }))).toBe('ticket_unknown');
    expect(await sent(phone, 'check-in', arrival({ ticketId, ticket: issue({ eventId: randomUUID() }) }))).toBe(
      'ticket_unknown',
    );
    expect(await sent(phone, 'check-in', arrival({ ticketId, ticket: issue({ ticketId: randomUUID() }) }))).toBe(
      'ticket_unknown',
    );
    const text = issue();
    const forged = text.slice(0, -1) + (text.endsWith('0') ? '4' : '0');
    expect(await sent(phone, 'check-in', arrival({ ticketId, ticket: forged }))).toBe('ticket_unknown');
    const good = arrival({ ticketId, ticket: text });
    expect(await sent(phone, 'check-in', good)).toBe('applied');
    const kept = (await arrivals()).find((c) => c.id === good.checkInId)!;
    expect(kept.registrationId).toBeUndefined();
  });

  it('undoes an arrival of any door of the event once, and keeps its record', async () => {
    const [north, south] = [door(), door()];
    const args = arrival();
    await sent(north, 'check-in', args);
    const undo = { checkInId: args.checkInId, eventId: event.id, at: '2026-11-17T13:06:00.000Z' };
    expect(await sent(south, 'undo-check-in', undo)).toBe('applied');
    expect(await sent(north, 'undo-check-in', { ...undo, at: '2026-11-17T13:09:00.000Z' })).toBe('applied');
    expect((await arrivals()).find((c) => c.id === args.checkInId)!.undoneAt).toBe(undo.at);
    expect(await sent(south, 'undo-check-in', { ...undo, checkInId: randomUUID() })).toBe('check_in_unknown');
  });

  it('D5 a revoked door is taken at its word for what it recorded before, and for nothing after', async () => {
    const { code } = await offerEnrolment(ctx, event.id, 'http://localhost', undefined);
    const [deviceId, secret] = [randomUUID(), 's'.repeat(43)];
    await enrol(ctx, { code, deviceId, secret, name: 'Téléphone', door: 'Entrée nord' });
    const identity = await identify(ctx, deviceBearer(deviceId, secret));
    // Looked up before it was revoked, used after.
    const phone = new Phone(identity as Identity & { kind: 'device' });
    expect(await sent(phone, 'check-in', arrival())).toBe('applied');
    const revokedAt = ctx.clock();
    expect(await revokeDevice(ctx, event.id, deviceId)).toBe(true);
    server.wait(60_000);
    await revokeDevice(ctx, event.id, deviceId);
    expect(await identify(ctx, deviceBearer(deviceId, secret))).toMatchObject({ access: 'revoked', revokedAt });
    const at = (offset: number): string => new Date(revokedAt + offset).toISOString();
    const before = arrival({ at: at(-1) });
    expect(await sent(phone, 'check-in', before)).toBe('applied');
    expect(await sent(phone, 'check-in', arrival({ at: at(0) }))).toBe('access_withdrawn');
    expect(await sent(phone, 'check-in', arrival({ at: at(30_000) }))).toBe('access_withdrawn');
    const undo = { checkInId: before.checkInId, eventId: event.id };
    expect(await sent(phone, 'undo-check-in', { ...undo, at: at(1) })).toBe('access_withdrawn');
    expect(await sent(phone, 'undo-check-in', { ...undo, at: at(-1) })).toBe('applied');
  });

  it('D5 a door records for its own event alone; past its time what it recorded still goes up', async () => {
    const other = eventWith({ mode: 'open' });
    await publish(ctx, other);
    expect(await sent(door(other), 'check-in', arrival())).toBe('forbidden');
    expect(await sent(door(other), 'check-in', arrival({ eventId: other.id }))).toBe('ticket_unknown');
    expect(await sent(door(event, 'closed'), 'check-in', arrival())).toBe('applied');
    const someone = new Phone();
    expect(await sent(someone, 'check-in', arrival())).toBe('forbidden');
  });

  it('records exits, lists and answers, and believes no moment that is still to come', async () => {
    const phone = door();
    const listId = randomUUID();
    const more = { listId, answers: { [randomUUID()]: 'yes' }, at: '2031-01-01T00:00:00+01:00' };
    const [one, out] = [arrival(more), arrival({ exit: true, at: '2026-11-17T17:59:00+01:00' })];
    expect(await sent(phone, 'check-in', one)).toBe('applied');
    expect(await sent(phone, 'check-in', out)).toBe('applied');
    const kept = await arrivals();
    const now = new Date(ctx.clock()).toISOString();
    expect(kept.find((c) => c.id === one.checkInId)).toMatchObject({ listId, answers: more.answers, at: now });
    expect(kept.find((c) => c.id === out.checkInId)).toMatchObject({ exit: true, at: '2026-11-17T16:59:00.000Z' });
  });

  it('records who has no ticket under the registration, and puts that under the ticket once there is one', async () => {
    const asking = eventWith({ mode: 'open', capacity: 1, waitingList: true }, { sessions: [] });
    await publish(ctx, asking);
    const [first, guest] = [new Phone(), new Phone()];
    await first.register(ctx, asking);
    await guest.register(ctx, asking);
    const idOf = async (phone: Phone): Promise<Registration> => {
      const { holderId } = phone.who as { holderId: string };
      return (await itemsOf(ctx, personScope(holderId)))[0]!.value as Registration;
    };
    const { id } = await idOf(guest);
    const north = new Door(ctx, asking);
    const record = { ...north.record(), ticketId: id, registrationId: id };
    expect(await north.sent('check-in', record)).toBe('applied');
    expect(await new Door(ctx, event).sent('check-in', { ...record, checkInId: randomUUID(), eventId: event.id })).toBe(
      'ticket_unknown',
    );
    const kept = async () => (await rosterOf(ctx, asking.id)).checkIns.map((c) => [c.ticketId, c.registrationId]);
    expect(await kept()).toEqual([[id, id]]);
    const { id: registrationId } = await idOf(first);
    await first.send(ctx, first.make('cancel-registration', { registrationId }));
    const { ticketId } = await idOf(guest);
    expect(ticketId).toBeDefined();
    expect(await kept()).toEqual([[ticketId, id]]);
    // A phone that has not heard of the ticket yet.
    expect(await north.sent('check-in', { ...record, checkInId: randomUUID() })).toBe('applied');
    expect(await kept()).toEqual([
      [ticketId, id],
      [ticketId, id],
    ]);
  });

  it('puts a record under the ticket also when the registration is confirmed at the same moment', async () => {
    const another = await server.another();
    for (let round = 0; round < 6; round++) {
      const asking = eventWith({ mode: 'open', capacity: 1, waitingList: true }, { sessions: [] });
      await publish(ctx, asking);
      const [first, guest] = [new Phone(), new Phone()];
      const ids = [randomUUID(), randomUUID()];
      await first.register(ctx, asking, { registrationId: ids[0] });
      await guest.register(ctx, asking, { registrationId: ids[1] });
      const north = new Door(ctx, asking);
      const [told] = await Promise.all([
        north.sent('check-in', { ...north.record(), ticketId: ids[1], registrationId: ids[1] }, another),
        first.send(ctx, first.make('cancel-registration', { registrationId: ids[0] })),
      ]);
      expect(told).toBe('applied');
      const { checkIns, entries } = await rosterOf(ctx, asking.id);
      const entry = entries.find((one) => one.registrationId === ids[1])!;
      expect(entry.state).toBe('confirmed');
      expect(checkIns.map((c) => c.ticketId)).toEqual([entry.ticketId]);
    }
  });

  it('takes back for the rest of the evening, with a reason; another door’s only by a phone that may do everything', async () => {
    const north = new Door(ctx, event, { profile: 'scan' });
    const args = arrival();
    await north.sent('check-in', args);
    const undo = { checkInId: args.checkInId, eventId: event.id, at: north.at(), reason: 'wrong_person' };
    for (const profile of ['scan', 'search', 'kiosk'] as const)
      expect(await new Door(ctx, event, { profile }).sent('undo-check-in', undo)).toBe('forbidden');
    const later = (hours: number) => new Date(Date.parse(args.at) + hours * 3_600_000).toISOString();
    server.wait(13 * 3_600_000);
    expect(await north.sent('undo-check-in', { ...undo, at: later(12.1) })).toBe('too_late');
    expect(await north.sent('undo-check-in', { ...undo, at: later(12) })).toBe('applied');
    expect(await north.sent('undo-check-in', { ...undo, at: later(12.5) })).toBe('applied');
    const kept = (await arrivals()).find((c) => c.id === args.checkInId);
    expect(kept).toMatchObject({ undoneAt: later(12), undoneFor: 'wrong_person' });
  });

  it('keeps what someone decided of a double admission, the latest decision standing', async () => {
    const [north, south] = [new Door(ctx, event), new Door(ctx, event)];
    const args = arrival();
    await north.sent('check-in', args);
    const settle = { checkInId: args.checkInId, eventId: event.id, as: 'mistake', at: north.at(), door: 'Entrée nord' };
    for (const profile of ['scan', 'search', 'kiosk'] as const)
      expect(await new Door(ctx, event, { profile }).sent('settle-check-in', settle)).toBe('forbidden');
    expect(await north.sent('settle-check-in', settle)).toBe('applied');
    expect(await south.sent('settle-check-in', { ...settle, as: 'accepted', door: 'Sud' })).toBe('applied');
    expect((await arrivals()).find((c) => c.id === args.checkInId)!.settled).toEqual({
      as: 'accepted',
      by: 'Sud',
      at: settle.at,
    });
    expect(await north.sent('settle-check-in', { ...settle, checkInId: randomUUID() })).toBe('check_in_unknown');
    const other = eventWith({ mode: 'open' });
    await publish(ctx, other);
    expect(await new Door(ctx, other).sent('settle-check-in', settle)).toBe('forbidden');
    expect(await new Door(ctx, other).sent('settle-check-in', { ...settle, eventId: other.id })).toBe(
      'check_in_unknown',
    );
    const gone = new Door(ctx, event, { access: 'revoked', revokedAt: ctx.clock() });
    expect(await gone.sent('settle-check-in', settle)).toBe('access_withdrawn');
  });

  it('keeps a remark on a guest for every door, once', async () => {
    const north = new Door(ctx, event);
    const { at } = north.record();
    const noteId = randomUUID();
    const { ticketId } = arrival();
    const note = { noteId, eventId: event.id, ticketId, text: 'Arrive avec un chien guide', at, door: 'Nord' };
    for (let i = 0; i < 2; i++) expect(await north.sent('add-note', note)).toBe('applied');
    const { eventId: _, noteId: id, ...rest } = note;
    expect((await rosterOf(ctx, event.id)).notes).toEqual([{ id, eventId: event.id, ...rest }]);
    expect(await new Door(ctx, event).sent('add-note', note)).toBe('invalid');
    expect(await new Door(ctx, event, { profile: 'kiosk' }).sent('add-note', note)).toBe('forbidden');
    const of = (ticket: string) => ({ ...note, noteId: randomUUID(), ticketId: ticket });
    expect(await north.sent('add-note', of(randomUUID()))).toBe('ticket_unknown');
    expect(await north.sent('add-note', of(registration.id))).toBe('applied');
    const someone = new Phone();
    expect(await sent(someone, 'add-note', note)).toBe('forbidden');
  });

  it('keeps whom a door did not let in for the desk alone', async () => {
    const north = new Door(ctx, event, { profile: 'scan' });
    const { at, door: where } = north.record();
    const scan = { scanId: randomUUID(), eventId: event.id, verdict: 'cancelled', by: 'camera', at, door: where };
    const before = await itemsOf(ctx, rosterScope(event.id));
    for (let i = 0; i < 2; i++) expect(await north.sent('log-scan', scan)).toBe('applied');
    expect(await new Door(ctx, event).sent('log-scan', scan)).toBe('invalid');
    expect(await itemsOf(ctx, rosterScope(event.id))).toEqual(before);
    const rows = await ctx.db.read.selectFrom('scan').selectAll().where('id', '=', scan.scanId).execute();
    expect(rows).toMatchObject([{ verdict: 'cancelled', read_by: 'camera', device_id: north.device.deviceId }]);
    expect(await sent(new Phone(), 'log-scan', scan)).toBe('forbidden');
    const gone = new Door(ctx, event, { access: 'revoked', revokedAt: ctx.clock() });
    expect(await gone.sent('log-scan', { ...scan, scanId: randomUUID() })).toBe('access_withdrawn');
  });

  it('gives the roster of an event without registrations its event, once', async () => {
    const quiet = eventWith({ mode: 'none' });
    await publish(ctx, quiet);
    const items = () => itemsOf(ctx, rosterScope(quiet.id));
    expect(await items()).toEqual([]);
    for (let i = 0; i < 2; i++) await ctx.db.units.one((tx) => openRoster(tx, quiet.id));
    expect((await items()).map((i) => [i.kind, i.id])).toEqual([['event', quiet.id]]);
    await publish(ctx, { ...quiet, title: { fr: 'Changé' } });
    expect((await items()).map((i) => (i.value as ProgrammeEvent).title['fr'])).toEqual(['Changé']);
    expect((await itemsOf(ctx, rosterScope(event.id))).some((i) => i.kind === 'event')).toBe(true);
  });
});
