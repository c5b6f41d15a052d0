import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DIRECTORY, personScope, rosterScope } from '#protocol/scope.ts';
import type { Registration } from '#domain/registration.ts';
import { listKeys, revokeKey, rotateKeys } from '#server/services/door/rotate-keys.ts';
import { openTicketKeys } from '#server/services/door/ticket-keys.ts';
import { Door } from '../support/door.ts';
import type { Server } from '../support/databases.ts';
import { engines, eventWith, Phone, publish, startServer } from '../support/databases.ts';
import { itemsOf } from '../support/scopes.ts';

describe.each(engines)('ticket keys on %s', (engine) => {
  const event = eventWith({ mode: 'open', maxParty: 5 });
  let server: Server;
  beforeEach(async () => {
    server = await startServer(engine);
    await publish(server.ctx, event);
  });
  afterEach(() => server.close());

  const ticketOf = async (phone: Phone): Promise<Registration> => {
    const scope = personScope((phone.who as { holderId: string }).holderId);
    const item = (await itemsOf(server.ctx, scope)).find(({ kind }) => kind === 'registration');
    return item!.value as Registration;
  };
  const directory = async (): Promise<string[]> =>
    (await itemsOf(server.ctx, DIRECTORY)).filter(({ kind }) => kind === 'ticket-key').map(({ id }) => id);

  test('a new key signs, the one before goes on verifying, and a running server notices', async () => {
    const other = await server.another();
    const old = server.ctx.keys.published[0]!.keyId;
    const before = new Phone();
    await before.register(server.ctx, event);
    const keyId = await rotateKeys(server.ctx);
    expect(await directory()).toEqual(expect.arrayContaining([old, keyId]));

    const signed = { ticketId: randomUUID(), eventId: event.id, subjectId: event.id, party: 1, issuedAt: 1 };
    const text = server.ctx.keys.issue(signed);
    expect(other.keys.check(text)).toBeUndefined();
    expect(await other.keys.reload()).toBe(true);
    expect(other.keys.check(text)).toMatchObject({ keyId });
    expect(await other.keys.reload()).toBe(false);
    expect(server.ctx.keys.check((await ticketOf(before)).ticket!)).toMatchObject({ keyId: old });

    const after = new Phone();
    await after.register(other, event);
    expect(server.ctx.keys.check((await ticketOf(after)).ticket!)).toMatchObject({ keyId });
    expect(await listKeys(server.ctx)).toEqual([
      { keyId: old, signs: false, tickets: 1 },
      { keyId, signs: true, tickets: 1 },
    ]);
  });

  test('a revoked key is trusted nowhere; its tickets are replaced, told and mailed, and doors learn of the old ones', async () => {
    const phone = new Phone();
    await phone.register(server.ctx, event, { party: 2 });
    const old = await ticketOf(phone);
    const door = new Door(server.ctx, event);
    const arrival = { eventId: event.id, count: 1, at: door.at(), door: 'A' };
    const checkIn = { ...arrival, checkInId: randomUUID(), ticketId: old.ticketId!, ticket: old.ticket! };
    expect(await door.sent('check-in', checkIn)).toBe('applied');
    const noteId = randomUUID();
    const remark = { noteId, eventId: event.id, ticketId: old.ticketId!, text: 'poussette', at: door.at(), door: 'A' };
    expect(await door.sent('add-note', remark)).toBe('applied');
    await server.ctx.db.units.one((tx) => tx.db.deleteFrom('letter').execute());

    const compromised = server.ctx.keys.published[0]!.keyId;
    await rotateKeys(server.ctx);
    expect(await revokeKey(server.ctx, compromised, 0)).toBe(1);

    const fresh = await ticketOf(phone);
    expect(fresh).toMatchObject({ id: old.id, state: 'confirmed', party: 2 });
    expect(fresh.ticketId).not.toBe(old.ticketId);
    expect(server.ctx.keys.check(fresh.ticket!)?.ticketId).toBe(fresh.ticketId);
    expect(server.ctx.keys.check(old.ticket!)).toBeUndefined();
    expect(await directory()).not.toContain(compromised);
    const roster = await itemsOf(server.ctx, rosterScope(event.id));
    expect(roster.find(({ kind }) => kind === 'revoked')?.value).toEqual({ ticketId: old.ticketId });
    expect(roster.find(({ kind }) => kind === 'entry')?.value).toMatchObject({ ticketId: fresh.ticketId });
    expect(roster.find(({ kind }) => kind === 'check-in')?.value).toMatchObject({ ticketId: fresh.ticketId });
    expect(roster.find(({ id }) => id === noteId)?.value).toMatchObject({ ticketId: fresh.ticketId });
    const letters = await server.ctx.db.read.selectFrom('letter').select(['kind', 'registration_id']).execute();
    expect(letters).toEqual([{ kind: 'ticket_replaced', registration_id: old.id }]);

    // A door that was offline admitted the second of the party with the old ticket: they came, and count once.
    const late = { ...arrival, checkInId: randomUUID(), ticketId: old.ticketId!, ticket: old.ticket! };
    expect(await new Door(server.ctx, event).sent('check-in', late)).toBe('applied');
    const records = await server.ctx.db.read.selectFrom('check_in').select(['ticket_id', 'registration_id']).execute();
    expect(records).toEqual([
      { ticket_id: fresh.ticketId, registration_id: old.id },
      { ticket_id: fresh.ticketId, registration_id: old.id },
    ]);
    // What was forged with the key is nobody's.
    const forged = { ...arrival, checkInId: randomUUID(), ticketId: randomUUID(), ticket: old.ticket! };
    expect(await door.sent('check-in', forged)).toBe('ticket_unknown');

    expect(await revokeKey(server.ctx, compromised, 0)).toBeUndefined();
    expect((await openTicketKeys(server.ctx.config.dataDir)).published.map(({ keyId }) => keyId)).not.toContain(
      compromised,
    );
  });

  test('tickets of what is over, or cancelled, are left alone', async () => {
    const phone = new Phone();
    await phone.register(server.ctx, event);
    const { id } = await ticketOf(phone);
    await phone.send(server.ctx, phone.make('cancel-registration', { registrationId: id }));
    await new Phone().register(server.ctx, event);
    server.wait(60 * 86_400_000);
    const [key] = server.ctx.keys.published;
    await rotateKeys(server.ctx);
    expect(await revokeKey(server.ctx, key!.keyId, 0)).toBe(0);
  });
});
