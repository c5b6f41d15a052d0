import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { personScope, rosterScope } from '#protocol/scope.ts';
import { join } from 'node:path';
import { readTables } from '#server/db/tables.ts';
import { eraseOwnData, ownDataOf } from '#server/services/people/own-data.ts';
import { keepEdition, purge } from '#server/services/operation/purge.ts';
import { Door } from '../support/door.ts';
import type { Server } from '../support/databases.ts';
import { EDITION, engines, eventWith, Phone, publish, startServer } from '../support/databases.ts';
import { itemsOf, loaded, View } from '../support/scopes.ts';

const DAY = 86_400_000;
const PERSON = {
  firstName: 'Oriane',
  lastName: 'Kervadec',
  email: 'oriane.kervadec@example.org',
  needs: 'boucle magnétique Kervadec',
};
const TOUR: Partial<ProgrammeEvent> = {
  format: 'walk',
  tour: {
    slug: 'balade',
    title: { fr: 'Balade' },
    stops: [{ id: randomUUID(), title: { fr: 'Étape' }, position: { lat: 47, lon: 1 } }],
  },
};
const TRACES = /oriane|kervadec|poussette|marchait|biniou/i;

describe.each(engines)('what is erased of persons on %s', (engine) => {
  const event = eventWith({ mode: 'open', capacity: 3, maxParty: 2, waitingList: true }, TOUR);
  let server: Server;
  let phone: Phone;
  let holder: string;
  let registrationId: string;
  let door: Door;

  beforeEach(async () => {
    server = await startServer(engine);
    await publish(server.ctx, event);
    phone = new Phone();
    holder = (phone.who as { holderId: string }).holderId;
    registrationId = randomUUID();
    await phone.register(server.ctx, event, { registrationId, party: 2, ...PERSON });
    door = new Door(server.ctx, event);
    const at = door.at();
    const common = { eventId: event.id, at, door: 'A' };
    const answers = { [randomUUID()]: 'biniou' };
    await door.sent('check-in', { ...common, checkInId: randomUUID(), ticketId: registrationId, count: 2, answers });
    const { ticket_id: ticketId } = await server.ctx.db.read
      .selectFrom('registration')
      .select('ticket_id')
      .executeTakeFirstOrThrow();
    await door.sent('add-note', { ...common, noteId: randomUUID(), ticketId: ticketId!, text: 'poussette' });
    await phone.send(server.ctx, phone.make('rate-tour', { eventId: event.id, rating: 4, remark: 'on marchait vite' }));
  });
  afterEach(() => server.close());

  /** Every cell of every table in which the person can still be read. */
  const traces = async (): Promise<string[]> => {
    const { databaseUrl, dataDir } = server.ctx.config;
    const address = databaseUrl ?? join(dataDir, 'escale.sqlite');
    return readTables(engine, address, async (reader) => {
      const found: string[] = [];
      for (const table of reader.tables) {
        for await (const row of reader.rows(table)) {
          if (row.some((cell) => typeof cell === 'string' && (TRACES.test(cell) || cell === holder))) {
            found.push(table.name);
          }
        }
      }
      return found.filter((name) => name !== 'replica');
    });
  };

  test('purge leaves nothing of them once the edition has been over for its time; numbers stay', async () => {
    await loaded(server.ctx, door.who, rosterScope(event.id));
    const before = new View();
    await before.catchUp(server.ctx, phone.who, personScope(holder));
    expect(await traces()).not.toEqual([]);
    server.wait(14 * DAY + 365 * DAY);
    expect(await purge(server.ctx, { dryRun: false })).toEqual([]);
    server.wait(3 * DAY);

    const [plan] = await purge(server.ctx, { dryRun: true });
    expect(plan).toMatchObject({ editionId: EDITION.id, keepDays: 365, due: '2027-11-17' });
    expect(plan!.counts).toMatchObject({ events: 1, registrations: 1, arrivals: 1, notes: 1, ratings: 1 });
    expect(await traces()).not.toEqual([]);
    expect(await purge(server.ctx, { dryRun: false })).toEqual([plan]);

    expect(await traces()).toEqual([]);
    const row = await server.ctx.db.read.selectFrom('registration').selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({ id: registrationId, party: 2, state: 'confirmed', first_name: '', email: '' });
    const came = await server.ctx.db.read.selectFrom('check_in').select('count').executeTakeFirstOrThrow();
    expect(came.count).toBe(2);
    const seats = await server.ctx.db.read.selectFrom('subject').select('confirmed').executeTakeFirstOrThrow();
    expect(seats.confirmed).toBe(2);
    const rating = await server.ctx.db.read.selectFrom('tour_rating').select('rating').executeTakeFirst();
    expect(rating).toEqual({ rating: 4 });
    // Their phone and the doors forget: a pull from where they stood, and a first load (C2).
    expect(await before.catchUp(server.ctx, phone.who, personScope(holder))).toBe(true);
    expect(before.items()).toEqual([]);
    const roster = await loaded(server.ctx, door.who, rosterScope(event.id));
    expect(roster!.items().map(({ kind }) => kind)).toEqual(['event']);
    expect(await purge(server.ctx, { dryRun: false })).toEqual([]);
  });

  test('an edition may say for how long, and another edition is not touched', async () => {
    server.wait(40 * DAY);
    expect(await keepEdition(server.ctx, EDITION.id, 20)).toBe(true);
    expect(await keepEdition(server.ctx, 'none', 20)).toBe(false);
    expect(await purge(server.ctx, { editionId: 'other', dryRun: false })).toEqual([]);
    expect(await traces()).not.toEqual([]);
    expect(await purge(server.ctx, { editionId: EDITION.id, dryRun: false })).toMatchObject([{ keepDays: 20 }]);
    expect(await traces()).toEqual([]);
  });

  test('a person sees everything that is held on them, and nobody else does', async () => {
    const mine = await ownDataOf(server.ctx, phone.who);
    expect(mine.registrations).toMatchObject([
      {
        id: registrationId,
        ...PERSON,
        party: 2,
        state: 'confirmed',
        arrivals: [{ count: 2, door: 'A' }],
        notes: [{ text: 'poussette' }],
      },
    ]);
    expect(Object.values(mine.registrations[0]!.arrivals[0]!.answers ?? {})).toEqual(['biniou']);
    expect(mine.ratings).toMatchObject([{ rating: 4, remark: 'on marchait vite' }]);
    const other = await ownDataOf(server.ctx, new Phone().who);
    expect(other).toMatchObject({ registrations: [], ratings: [] });
    await expect(ownDataOf(server.ctx, door.who)).rejects.toMatchObject({ code: 'sign_in_required' });
    await expect(eraseOwnData(server.ctx, { kind: 'anonymous' })).rejects.toMatchObject({ code: 'sign_in_required' });
  });

  test('a person erases themselves: what is to come is cancelled, who waits moves up, a nameless gap stays', async () => {
    const next = new Phone();
    await next.register(server.ctx, event, { party: 2 });
    const nextScope = personScope((next.who as { holderId: string }).holderId);
    expect((await itemsOf(server.ctx, nextScope))[0]!.value).toMatchObject({ state: 'waitlisted' });
    const view = new View();
    await view.catchUp(server.ctx, phone.who, personScope(holder));

    expect(await eraseOwnData(server.ctx, phone.who)).toEqual({ cancelled: 1, erased: 1 });

    expect(await traces()).toEqual([]);
    const entry = (await itemsOf(server.ctx, rosterScope(event.id))).find(({ id }) => id === registrationId);
    expect(entry!.value).toMatchObject({ firstName: '', lastName: '', party: 2, state: 'cancelled' });
    expect((await itemsOf(server.ctx, nextScope))[0]!.value).toMatchObject({ state: 'confirmed' });
    expect(await view.catchUp(server.ctx, phone.who, personScope(holder))).toBe(true);
    expect(view.items()).toEqual([]);
    expect(await eraseOwnData(server.ctx, phone.who)).toEqual({ cancelled: 0, erased: 0 });
    // The address is free again: they may come back.
    expect(await new Phone().register(server.ctx, event, PERSON)).toBe('applied');
  });
});
