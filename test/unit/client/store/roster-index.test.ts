import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { RosterEntry } from '#domain/check-in.ts';
import { shortCodeOf } from '#domain/ticket.ts';
import type { DoorRow, OutboxRow } from '#client/store/database.ts';
import { NameIndex } from '#client/store/name-index.ts';
import { Roster, RosterIndex } from '#client/store/roster-index.ts';
import { itemsOfRoster, readRoster, rosterPack, writeRoster } from '#client/store/roster-packs.ts';

const door: DoorRow = { deviceId: randomUUID(), secret: 's', name: 'Tel', door: 'Nord', createdAt: 0, state: 'ready' };
const eventId = randomUUID();

function entry(firstName: string, lastName: string, more: Partial<RosterEntry> = {}): RosterEntry {
  const registrationId = randomUUID();
  return {
    registrationId,
    subjectId: eventId,
    firstName,
    lastName,
    party: 1,
    state: 'confirmed',
    ticketId: randomUUID(),
    ...more,
  };
}

const put = (one: RosterEntry) => ({ kind: 'entry' as const, id: one.registrationId, value: one });

function row(seq: number, name: OutboxRow['name'], args: OutboxRow['args']): OutboxRow {
  const mutationId = randomUUID();
  return {
    replicaId: 'r',
    seq,
    replica: door.deviceId,
    mutationId,
    name,
    version: 1,
    args,
    clientAt: '',
    state: 'waiting',
  };
}

describe('names', () => {
  test('are found without accents, case or order, and by beginnings', () => {
    const index = new NameIndex([
      ['Hélène', "D'Œuvre"],
      ['Jean-Paul', 'Le Goff'],
      ['Jeanne', 'Legoff'],
      ['Ana', 'Le Goff'],
    ]);
    expect(index.search('oeuvre hel', 9)).toEqual([0]);
    expect(index.search('LE GOFF', 9)).toEqual([1, 3]);
    expect(index.search('goff', 9)).toEqual([1, 3]);
    expect(index.search('jean', 9)).toEqual([1, 2]);
    expect(index.search('jean', 1)).toEqual([1]);
    expect(index.search('paul goff jean', 9)).toEqual([1]);
    expect(index.search('', 9)).toEqual([]);
    expect(index.search('zzz', 9)).toEqual([]);
    expect(new NameIndex([]).search('a', 9)).toEqual([]);
  });
});

test('L3 a packed roster holds each of its items as it was', () => {
  const items = [
    put(entry('Zoé', 'Kervella', { party: 3 })),
    put(entry('Ana', 'Le Goff', { needs: 'fauteuil' })),
    { kind: 'entry' as const, id: randomUUID() },
    { kind: 'revoked' as const, id: 'r', value: { ticketId: 'r' } },
  ];
  const { ticketId: _, ...waiting } = entry('Noé', 'Bihan', { state: 'waitlisted' });
  const all = [put(waiting), put({ ...waiting, registrationId: randomUUID(), needs: 'boucle' }), ...items];
  expect(itemsOfRoster(readRoster(writeRoster(all)))).toEqual(all);
});

describe('roster', () => {
  test('answers by ticket, by short code and by name, and forgets what was replaced', () => {
    const roster = new Roster();
    const zoe = entry('Zoé', 'Kervella', { party: 3 });
    roster.take(rosterPack([put(zoe), put(entry('Ana', 'Le Goff', { state: 'waitlisted' }))]));
    roster.overlay([], door);
    const index = new RosterIndex(roster, undefined);
    expect(index.byTicket(zoe.ticketId!)).toEqual(zoe);
    expect(index.byShortCode(shortCodeOf(zoe.ticketId!))).toEqual(zoe);
    expect(index.search('zoe kerv', 5)).toEqual([zoe]);
    expect(index.counts).toEqual({ registrations: 1, seats: 3, arrived: 0 });
    const reissued = { ...zoe, ticketId: randomUUID() };
    roster.lay(rosterPack([put(reissued), { kind: 'revoked', id: zoe.ticketId!, value: { ticketId: zoe.ticketId } }]));
    expect(index.byTicket(zoe.ticketId!)).toBeUndefined();
    expect(index.byTicket(reissued.ticketId)).toEqual(reissued);
    expect(index.isRevoked(zoe.ticketId!)).toBe(true);
    expect(index.search('zoe', 5)).toEqual([reissued]);
    expect(new RosterIndex(roster, undefined).counts.registrations).toBe(1);
    roster.lay(rosterPack([{ kind: 'entry', id: zoe.registrationId }]));
    expect(index.byTicket(reissued.ticketId)).toBeUndefined();
    expect(index.search('zoe', 5)).toEqual([]);
  });

  test('A1 a door sees its own arrivals at once, taken back ones included, and each once', () => {
    const roster = new Roster();
    const zoe = entry('Zoé', 'Kervella', { party: 3 });
    const ticketId = zoe.ticketId!;
    roster.take(rosterPack([put(zoe)]));
    const checkInId = randomUUID();
    const arrived = row(1, 'check-in', {
      checkInId,
      eventId,
      ticketId,
      count: 2,
      at: '2026-11-17T14:00:00Z',
      door: 'Nord',
    });
    roster.overlay([arrived], door);
    expect(new RosterIndex(roster, undefined).counts.arrived).toBe(2);
    expect(new RosterIndex(roster, undefined).checkIns(ticketId)).toMatchObject([{ id: checkInId, count: 2 }]);

    const undone = row(2, 'undo-check-in', { checkInId, eventId, at: '2026-11-17T14:01:00Z' });
    roster.overlay([arrived, undone], door);
    const after = new RosterIndex(roster, undefined);
    expect(after.counts.arrived).toBe(0);
    expect(after.checkIns(ticketId)).toMatchObject([{ id: checkInId, undoneAt: '2026-11-17T14:01:00Z' }]);

    const { args } = arrived as { args: { checkInId: string } };
    const base = { ...args, id: args.checkInId, deviceId: door.deviceId };
    roster.lay(rosterPack([{ kind: 'check-in', id: checkInId, value: base }]));
    roster.overlay([arrived], door);
    expect(new RosterIndex(roster, undefined).checkIns(ticketId)).toHaveLength(1);
    expect(new RosterIndex(roster, undefined).latest(5)).toHaveLength(1);
  });
});
