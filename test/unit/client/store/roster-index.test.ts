import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { CheckIn, RosterEntry } from '#domain/check-in.ts';
import { requestBody, requestText } from '#domain/request-code.ts';
import { shortCodeOf } from '#domain/ticket.ts';
import type { DoorRow, OutboxRow } from '#client/store/database.ts';
import { NameIndex } from '#client/store/name-index.ts';
import type { PackItem } from '#client/store/packs.ts';
import { Roster, RosterIndex } from '#client/store/roster-index.ts';
import { itemsOfRoster, readRoster, rosterPage, rowOf, writeRoster } from '#client/store/roster-packs.ts';

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

test('who comes along is found by their own name, and is kept with what was answered for the door', () => {
  const given = { answers: { [randomUUID()]: 'yes' }, people: [{}, { name: 'Zoé Œuf' }] };
  const pair = entry('Ana', 'Le Goff', { party: 2, ...given });
  const single = entry('Jean', 'Martin', { needs: 'boucle' });
  const pack = readRoster(writeRoster([put(pair), put(single)]).buffer);
  expect(itemsOfRoster(pack)).toEqual([put(pair), put(single)]);
  const roster = new Roster();
  roster.take(pack);
  const index = new RosterIndex(roster, undefined);
  expect(index.search('zoe', 9)).toEqual([pair]);
  expect(index.search('oeuf ana', 9)).toEqual([pair]);
});

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

  test('are found in spite of a slip of the finger, after those that are spelt so', () => {
    const index = new NameIndex([
      ['Martine', 'Duchamp'],
      ['Martin', 'Dupont'],
      ['Maxime', 'Bernard'],
      ['Guillaume', 'Fernandez'],
      ['Ana', 'Lopez'],
    ]);
    // A letter changed, left out, added, two swapped.
    for (const typed of ['mertin', 'matin', 'marttin', 'matrin']) expect(index.search(typed, 9)).toContain(1);
    expect(index.search('martin', 9)).toEqual([1, 0]);
    // Two slips only in a long word.
    expect(index.search('gilaume', 9)).toEqual([]);
    expect(index.search('gilllaume', 9)).toEqual([3]);
    expect(index.search('fernadnes', 9)).toEqual([3]);
    // A slip in a word that is not finished yet.
    expect(index.search('fenrand', 9)).toEqual([3]);
    // In a short word another letter is another name.
    expect(index.search('ano', 9)).toEqual([]);
    expect(index.search('fernandez giullaume', 9)).toEqual([3]);
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
  expect(itemsOfRoster(readRoster(writeRoster(all).buffer))).toEqual(all);
});

test('L3 a page that an earlier version of the app stored is read as well', () => {
  const [zoe, ana] = [entry('Zoé', 'Kervella', { party: 3 }), entry('Ana', 'Le Goff')];
  const gone = { kind: 'entry' as const, id: randomUUID() };
  const text = JSON.stringify({ entries: [rowOf(zoe), rowOf(ana)], others: [gone] });
  const page = readRoster(new TextEncoder().encode(text).buffer);
  expect(itemsOfRoster(page)).toEqual([put(zoe), put(ana), gone]);
  expect(page.byTicket(ana.ticketId!)).toEqual(rowOf(ana));
});

describe('roster', () => {
  test('answers for everybody before its pages are read, and the same afterwards', () => {
    const people = Array.from({ length: 60 }, (_, i) => entry(`P${i}`, 'Le Goff', { party: 1 + (i % 3) }));
    const [first, second, third] = people as [RosterEntry, RosterEntry, RosterEntry];
    const { ticketId: _, ...waiting } = entry('Noé', 'Bihan', { state: 'waitlisted' });
    const reissued = { ...second, ticketId: randomUUID() };
    const stored = (items: readonly PackItem[]) => readRoster(writeRoster(items).buffer);
    const arrival = { id: randomUUID(), eventId, ticketId: first.ticketId!, count: 1, at: '2026-11-24T09:00:00.000Z' };
    const came = { kind: 'check-in' as const, id: arrival.id, value: { ...arrival, door: 'Sud', deviceId: 'd' } };
    const made = (): Roster => {
      const roster = new Roster();
      for (let at = 0; at < 60; at += 20) roster.take(stored(people.slice(at, at + 20).map(put)));
      roster.take(stored([put(waiting), came]));
      roster.lay(stored([put(reissued), { kind: 'entry', id: third.registrationId }]));
      roster.overlay([], door);
      return roster;
    };
    const told = (roster: Roster) => {
      const index = new RosterIndex(roster, undefined);
      const tickets = [...people, reissued].map((one) => one.ticketId!);
      return {
        byTicket: tickets.map((id) => index.byTicket(id)),
        byCode: tickets.map((id) => index.byShortCode(shortCodeOf(id))),
        byRegistration: [...people, waiting].map((one) => index.byRegistration(one.registrationId)),
        checkIns: tickets.map((id) => index.checkIns(id)),
        stranger: [index.byTicket(randomUUID()), index.byRegistration(randomUUID()), index.byShortCode('ZZZZZZZZ')],
      };
    };
    const unread = made();
    expect(new RosterIndex(unread, undefined).counted).toBe(false);
    const before = told(unread);
    expect(before.byTicket).toEqual([first, undefined, undefined, ...people.slice(3), reissued]);
    expect(before.byCode.slice(0, 3)).toEqual([[first], [], []]);
    expect(before.byRegistration.slice(0, 3)).toEqual([first, reissued, undefined]);
    expect(before.checkIns[0]).toEqual([came.value]);
    expect(before.stranger).toEqual([undefined, undefined, []]);
    // A page at a time, as a door reads them.
    for (unread.readOn(); !unread.isRead; unread.readOn()) expect(told(unread)).toEqual(before);
    expect(told(unread)).toEqual(before);
    const index = new RosterIndex(unread, undefined);
    expect(index.counted).toBe(true);
    const seats = people.reduce((sum, one) => sum + one.party, 0) - third.party;
    expect(index.counts).toEqual({ registrations: 59, seats, arrived: 1, inside: 1 });
    expect(new RosterIndex(made(), undefined).counts).toEqual(index.counts);
    expect(index.search('p1 goff', 1)).toEqual([reissued]);
    expect(index.everyone()).toHaveLength(60);
  });

  test('answers by ticket, by short code and by name, and forgets what was replaced', () => {
    const roster = new Roster();
    const zoe = entry('Zoé', 'Kervella', { party: 3 });
    roster.take(rosterPage([put(zoe), put(entry('Ana', 'Le Goff', { state: 'waitlisted' }))]));
    roster.overlay([], door);
    const index = new RosterIndex(roster, undefined);
    expect(index.byTicket(zoe.ticketId!)).toEqual(zoe);
    expect(index.byShortCode(shortCodeOf(zoe.ticketId!))).toEqual([zoe]);
    expect(index.byShortCode('ZZZZZZZZ')).toEqual([]);
    expect(index.byRegistration(zoe.registrationId)).toEqual(zoe);
    expect(index.search('zoe kerv', 5)).toEqual([zoe]);
    expect(index.counts).toEqual({ registrations: 1, seats: 3, arrived: 0, inside: 0 });
    const reissued = { ...zoe, ticketId: randomUUID() };
    roster.lay(rosterPage([put(reissued), { kind: 'revoked', id: zoe.ticketId!, value: { ticketId: zoe.ticketId } }]));
    expect(index.byTicket(zoe.ticketId!)).toBeUndefined();
    expect(index.byTicket(reissued.ticketId)).toEqual(reissued);
    expect(index.isRevoked(zoe.ticketId!)).toBe(true);
    expect(index.search('zoe', 5)).toEqual([reissued]);
    expect(new RosterIndex(roster, undefined).counts.registrations).toBe(1);
    roster.lay(rosterPage([{ kind: 'entry', id: zoe.registrationId }]));
    expect(index.byTicket(reissued.ticketId)).toBeUndefined();
    expect(index.search('zoe', 5)).toEqual([]);
  });

  test('A1 a door sees its own arrivals at once, taken back ones included, and each once', () => {
    const roster = new Roster();
    const zoe = entry('Zoé', 'Kervella', { party: 3 });
    const ticketId = zoe.ticketId!;
    roster.take(rosterPage([put(zoe)]));
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
    roster.lay(rosterPage([{ kind: 'check-in', id: checkInId, value: base }]));
    roster.overlay([arrived], door);
    expect(new RosterIndex(roster, undefined).checkIns(ticketId)).toHaveLength(1);
    expect(new RosterIndex(roster, undefined).latest(5)).toHaveLength(1);
  });

  function doorWith(...items: PackItem[]): Roster {
    const roster = new Roster();
    roster.take(rosterPage(items));
    return roster;
  }

  const arrival = (more: Partial<CheckIn>): CheckIn => ({
    id: randomUUID(),
    eventId,
    ticketId: randomUUID(),
    count: 1,
    at: '2026-11-17T14:00:00.000Z',
    deviceId: randomUUID(),
    door: 'A',
    ...more,
  });
  const item = (one: CheckIn): PackItem => ({ kind: 'check-in', id: one.id, value: one });
  const see = (roster: Roster, ...rows: OutboxRow[]): RosterIndex => {
    roster.overlay(rows, door);
    return new RosterIndex(roster, undefined);
  };

  test('counts who came and who is inside over all doors, by list, and finds what two doors admitted both', () => {
    const zoe = entry('Zoé', 'Kervella', { party: 2 });
    const ana = entry('Ana', 'Le Goff');
    const ticketId = zoe.ticketId!;
    const listId = randomUUID();
    const first = arrival({ ticketId, count: 2 });
    const second = arrival({ ticketId, at: '2026-11-17T14:04:00.000Z', door: 'B' });
    const lunch = arrival({ ticketId, listId, at: '2026-11-17T15:00:00.000Z' });
    const walkIn = arrival({ count: 3, walkIn: { subjectId: eventId } });
    const roster = doorWith(
      put(zoe),
      put(ana),
      item(first),
      item(second),
      item(lunch),
      item({ ...walkIn, ticketId: walkIn.id }),
    );
    const index = see(roster);
    expect(index.counts).toEqual({ registrations: 2, seats: 3, arrived: 5, inside: 5 });
    expect(index.countsOf({ id: listId, name: { fr: 'Repas' } })).toMatchObject({ arrived: 1, inside: 1 });
    expect(index.countsOf({ id: listId, name: {}, subjectIds: [] })).toMatchObject({ seats: 0 });
    expect(index.doubles).toMatchObject([{ first: { door: 'A' }, second: { door: 'B' }, over: 1 }]);
    expect(index.presence(ticketId, 2, undefined)).toMatchObject({ arrived: 2, inside: 2 });

    // One leaves, at this phone: laid over at once, and the same once the server has it.
    const left = { checkInId: randomUUID(), eventId, ticketId, count: 1, at: '2026-11-17T16:00:00.000Z', door: 'Nord' };
    const exit = row(1, 'check-in', { ...left, exit: true });
    expect(see(roster, exit).counts).toMatchObject({ arrived: 5, inside: 4 });
    roster.lay(rosterPage([item(arrival({ ...left, id: left.checkInId, exit: true }))]));
    expect(see(roster, exit).counts).toMatchObject({ arrived: 5, inside: 4 });

    const settled = row(2, 'settle-check-in', {
      checkInId: second.id,
      eventId,
      as: 'accepted',
      at: '2026-11-17T16:01:00.000Z',
      door: 'Nord',
    });
    const after = see(roster, exit, settled);
    expect(after.doubles).toEqual([]);
    expect(after.counts).toMatchObject({ arrived: 6, inside: 5 });
    // Laid over only: without it all is as before.
    expect(see(roster).doubles).toHaveLength(1);
    roster.lay(rosterPage([{ kind: 'check-in', id: second.id }]));
    expect(see(roster).doubles).toEqual([]);
    expect(see(roster).counts).toMatchObject({ arrived: 5, inside: 4 });
  });

  test('knows someone who came in before their ticket was known, and who came in with none', () => {
    const zoe = entry('Zoé', 'Kervella', { party: 2 });
    const { ticketId, ...asked } = entry('Ana', 'Le Goff', { state: 'requested' });
    const byTicket = arrival({ ticketId: zoe.ticketId! });
    const byRegistration = arrival({ ticketId: asked.registrationId, registrationId: asked.registrationId });
    const roster = doorWith(put(asked), item(byTicket), item(byRegistration));
    expect(see(roster).counts).toMatchObject({ arrived: 2 });
    expect(see(roster).doubles).toEqual([]);
    roster.lay(rosterPage([put(zoe), put({ ...asked, state: 'confirmed', ticketId: ticketId! })]));
    const index = see(roster);
    expect(index.checkIns(zoe.ticketId!)).toEqual([byTicket]);
    expect(index.checkIns(ticketId!)).toEqual([byRegistration]);
    roster.lay(rosterPage([item({ ...byTicket, registrationId: zoe.registrationId, count: 3 })]));
    expect(see(roster).counts).toMatchObject({ arrived: 3 });
    expect(see(roster).presence(zoe.ticketId!, 2, undefined)).toMatchObject({ arrived: 2 });
  });

  test('A1 lays walk-ins, notes, answers, reasons and the last word on a record over at once', () => {
    const zoe = entry('Zoé', 'Kervella');
    const roster = doorWith(put(zoe));
    const at = '2026-11-17T14:00:00.000Z';
    const checkInId = randomUUID();
    const walkIn = row(1, 'admit-walk-in', {
      checkInId,
      eventId,
      subjectId: eventId,
      count: 4,
      at,
      door: 'Nord',
      name: 'Ali',
    });
    const note = row(2, 'add-note', {
      noteId: randomUUID(),
      eventId,
      ticketId: zoe.ticketId!,
      text: 'Badge rouge',
      at,
      door: 'Nord',
    });
    const answered = row(3, 'answer-questions', { checkInId, eventId, answers: { [eventId]: 'yes' }, at });
    const undone = row(4, 'undo-check-in', { checkInId, eventId, at });
    const reason = row(5, 'undo-check-in', { checkInId, eventId, at, reason: 'wrong_count' });
    expect(see(roster, walkIn, note).counts).toMatchObject({ arrived: 4 });
    expect(see(roster, walkIn, note).notes(zoe.ticketId!)).toMatchObject([{ text: 'Badge rouge', door: 'Nord' }]);
    const after = see(roster, walkIn, note, answered, undone, reason);
    expect(after.counts).toMatchObject({ arrived: 0 });
    expect(after.latest(5)).toMatchObject([
      { walkIn: { name: 'Ali' }, undoneFor: 'wrong_count', answers: { [eventId]: 'yes' } },
    ]);
    expect(see(roster).latest(5)).toEqual([]);
  });

  test('P5 someone whose request was read is in the list, inside when they were let in, until the server says more', () => {
    const roster = doorWith();
    const registrationId = randomUUID();
    const request = requestText(
      requestBody(
        {
          mutationId: randomUUID(),
          holderId: 'A'.repeat(43),
          registrationId,
          eventId,
          subjectId: eventId,
          firstName: 'Inès',
          lastName: 'Ait',
          email: 'ines@example.org',
          party: 2,
          language: 'fr',
          askedAt: 1_793_000_000,
        },
        new Uint8Array(32),
      ),
      new Uint8Array(64),
    );
    const read = row(1, 'courier', { eventId, request });
    const admitted = { checkInId: randomUUID(), count: 2, at: '2026-11-17T14:00:00.000Z', door: 'Nord' };
    expect(see(roster, read).search('ines', 5)).toMatchObject([{ state: 'requested', party: 2 }]);
    expect(see(roster, read).isCarried(registrationId)).toBe(true);
    const inside = see(roster, read, row(2, 'courier', { eventId, request, admitted }));
    expect(inside.counts).toMatchObject({ arrived: 2 });
    expect(inside.byRegistration(registrationId)).toMatchObject({ state: 'confirmed' });
    roster.lay(rosterPage([put({ ...entry('Inès', 'Ait', { party: 2 }), registrationId })]));
    expect(see(roster, read).isCarried(registrationId)).toBe(false);
    expect(see(roster, read).search('ines', 5)).toHaveLength(1);
  });
});
