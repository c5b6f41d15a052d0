import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Figures } from '#domain/figures.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import type { Registration } from '#domain/registration.ts';
import * as v from 'valibot';
import { deskFigures as schema } from '#protocol/figures.ts';
import { personScope } from '#protocol/scope.ts';
import { migrateTables } from '#server/db/migrate.ts';
import { openDatabase } from '#server/db/open.ts';
import type { Account } from '#server/services/people/accounts.ts';
import { grantEvents } from '#server/services/people/accounts.ts';
import { deskArrivals } from '#server/services/desk/desk-arrivals.ts';
import { deskFigures } from '#server/services/desk/figures.ts';
import type { ProblemError } from '#server/services/problem-error.ts';
import { publishEvents, withdrawEvents } from '#server/services/programme/publishing.ts';
import { EDITION, engines, eventWith, Phone, publish, startServer } from '../support/databases.ts';
import type { Server } from '../support/databases.ts';
import { Door } from '../support/door.ts';
import { freshDatabase } from '../support/postgres.ts';
import { Chain } from '../support/proposing.ts';
import { itemsOf } from '../support/scopes.ts';

const OPEN = { mode: 'open', capacity: 50, maxParty: 4 } as const;
const onDay = (date: string): Pick<ProgrammeEvent, 'sessions'> => ({
  sessions: [{ id: crypto.randomUUID(), slot: { date, start: '14:00', end: '17:00', zone: 'Europe/Paris' } }],
});

/** A programme of which every number is known. */
const workshop = eventWith(OPEN, { department: '35', ...onDay('2026-11-17') });
const visit = eventWith(
  { ...OPEN, capacity: 2, waitingList: true },
  { department: '29', format: 'visit', audiences: ['public', 'agents'], ...onDay('2026-11-24') },
);
const talk = eventWith(OPEN, { region: '76', department: '31', format: 'conference', audiences: ['public'] });
const podcast = eventWith({ mode: 'none' }, { region: 'FR', format: 'podcast', audiences: ['public'], sessions: [] });
const silent = eventWith(OPEN, { region: '76', department: '31', audiences: [], ...onDay('2026-11-10') });
const withdrawn = eventWith(OPEN, { department: '56' });

describe.each(engines)('figures on %s', (engine) => {
  let server: Server;
  let who: Chain['who'] & { readonly auditor: Account };

  const register = async (
    event: ProgrammeEvent,
    party: number,
  ): Promise<Registration & { cancel(): Promise<void> }> => {
    const phone = new Phone();
    await phone.register(server.ctx, event, { party });
    const items = await itemsOf(server.ctx, personScope((phone.who as { holderId: string }).holderId));
    const registration = items.find((item) => item.kind === 'registration')!.value as Registration;
    const cancel = async (): Promise<void> => {
      const args = { registrationId: registration.id };
      await phone.send(server.ctx, phone.make('cancel-registration', args));
    };
    return { ...registration, cancel };
  };
  const ask = async (
    account: Account,
    more: { region?: string; from?: string; to?: string } = {},
  ): Promise<Figures & { reach: string; all: readonly string[] }> => {
    const { figures, reach, regions, ...rest } = await deskFigures(server.ctx, account, {
      edition: EDITION.id,
      ...more,
    });
    expect(v.is(schema, { figures, reach, regions, ...rest })).toBe(true);
    return { ...figures, reach, all: regions };
  };
  const problem = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'answered',
      (error: ProblemError) => error.code ?? error.message,
    );

  beforeAll(async () => {
    server = await startServer(engine);
    const { ctx } = server;
    await publish(ctx, workshop, visit, talk, podcast, silent, withdrawn);
    const chain = await Chain.open(ctx);
    const auditor: Account = { ...chain.who.national, id: crypto.randomUUID(), role: 'auditor' };
    who = { ...chain.who, auditor };
    await grantEvents(ctx, who.organiser.id, [visit.id]);

    const four = await register(workshop, 4);
    const two = await register(workshop, 2);
    const cancelled = await register(workshop, 3);
    await cancelled.cancel();
    await register(visit, 2);
    await register(visit, 1);
    await register(talk, 1);
    await register(silent, 1);
    await register(withdrawn, 1);
    // 00:30 on the 4th in Paris, and still the 3rd at Greenwich.
    server.wait(Date.parse('2026-11-03T23:30:00Z') - ctx.clock());
    await register(workshop, 1);
    await publishEvents(ctx, [{ ...talk, status: 'cancelled' }]);
    await withdrawEvents(ctx, [withdrawn.id]);

    await chain.draft();
    await chain.submitted();
    const asked = await chain.submitted();
    await chain.decide(who.regional, asked, 'request_changes', 'Où est l’entrée ?');

    server.wait(Date.parse('2026-11-17T13:10:00Z') - ctx.clock());
    const doors = [new Door(ctx, workshop), new Door(ctx, workshop)] as const;
    const admit = async (door: Door, { id, ticketId }: Registration, count: number, more: object = {}) =>
      expect(await door.sent('check-in', { ...door.record(), ticketId, registrationId: id, count, ...more })).toBe(
        'applied',
      );
    await admit(doors[0], four, 4);
    // Two doors that did not know of each other let the same two in.
    await admit(doors[0], two, 2);
    await admit(doors[1], two, 2);
    const mistaken = { checkInId: crypto.randomUUID() };
    await admit(doors[1], four, 1, mistaken);
    const taken = { ...mistaken, eventId: workshop.id, at: doors[1].at(), reason: 'mistake' };
    expect(await doors[1].sent('undo-check-in', taken)).toBe('applied');
    server.wait(Date.parse('2026-11-17T14:10:00Z') - ctx.clock());
    const { id } = await doors[0].take(2);
    expect(await doors[0].walkIn(id)).toBe('applied');
  });
  afterAll(() => server.close());

  it('while an event goes on knows who came, and nobody as absent', async () => {
    const { total, unrecorded } = await ask(who.national);
    expect(total).toEqual({
      events: 4,
      cancelled: 1,
      registered: 10,
      waiting: 1,
      arrived: 7,
      walkIns: 1,
      awaited: 0,
      absent: 0,
    });
    expect(unrecorded).toBe(1);
  });

  it('once it is over counts who did not come, where arrivals were recorded, as the desk of the event does', async () => {
    server.wait(Date.parse('2026-11-18T08:00:00Z') - server.ctx.clock());
    const { total } = await ask(who.national);
    expect(total).toMatchObject({ awaited: 7, absent: 1, arrived: 7, walkIns: 1 });
    const { event } = await deskArrivals(server.ctx, who.national, workshop.id);
    expect(event).toMatchObject({ arrived: 7, walkIns: 1, absent: 1, expected: 7 });
  });

  it('adds up by region and département, the empty ones among them', async () => {
    const { regions, departments } = await ask(who.national);
    const of = (code: string) => regions.find((row) => row.region === code);
    expect(of('53')).toMatchObject({ events: 2, cancelled: 0, registered: 9, waiting: 1, arrived: 7, absent: 1 });
    expect(of('76')).toMatchObject({ events: 1, cancelled: 1, registered: 1, arrived: 0, awaited: 0 });
    expect(of('FR')).toMatchObject({ events: 1 });
    expect(of('11')).toMatchObject({ events: 0 });
    expect(departments).toHaveLength(101);
    expect(departments.filter((row) => row.events > 0).map((row) => row.department)).toEqual(['29', '35', '31']);
    expect(departments.find((row) => row.department === '56')).toMatchObject({ region: '53', events: 0 });
  });

  it('by format, by audience, by state, and over time', async () => {
    const figures = await ask(who.national);
    const events = (rows: readonly { events: number }[], key: string) =>
      Object.fromEntries(rows.map((row) => [(row as never)[key], row.events]));
    expect(events(figures.formats, 'format')).toEqual({ workshop: 2, visit: 1, podcast: 1, conference: 0 });
    expect(events(figures.audiences, 'audience')).toEqual({ agents: 2, managers: 0, public: 2 });
    expect(figures.audiences[0]).toMatchObject({ registered: 9, arrived: 7 });
    expect(figures.registrations).toEqual([
      { state: 'requested', parties: 0, people: 0 },
      { state: 'confirmed', parties: 5, people: 10 },
      { state: 'waitlisted', parties: 1, people: 1 },
      { state: 'refused', parties: 0, people: 0 },
      { state: 'cancelled', parties: 1, people: 3 },
    ]);
    expect(figures.eventDays).toEqual([
      { at: '2026-11-10', count: 1 },
      { at: '2026-11-17', count: 1 },
      { at: '2026-11-24', count: 1 },
    ]);
    expect(figures.registrationDays).toEqual([
      { at: '2026-11-02', count: 13 },
      { at: '2026-11-04', count: 1 },
    ]);
    expect(figures.arrivalTimes).toEqual([{ at: '2026-11-17', count: 7 }]);
  });

  it('of one day tells the hours of its arrivals, and nothing of what has no day', async () => {
    const day = await ask(who.national, { from: '2026-11-17', to: '2026-11-17' });
    expect(day.total).toMatchObject({ events: 1, registered: 7, arrived: 7 });
    expect(day.arrivalTimes).toEqual([
      { at: '2026-11-17T14', count: 6 },
      { at: '2026-11-17T15', count: 1 },
    ]);
    expect((await ask(who.national, { from: '2026-11-18' })).total).toMatchObject({ events: 1, registered: 2 });
    expect((await ask(who.national, { to: '2026-11-09' })).total.events).toBe(0);
  });

  it('shows a correspondent their regions, and refuses the others', async () => {
    const mine = await ask(who.regional);
    expect(mine).toMatchObject({ reach: 'regions', all: ['53'] });
    expect(mine.total).toMatchObject({ events: 2, cancelled: 0, registered: 9 });
    expect(mine.departments.map((row) => [row.department, row.events])).toEqual([
      ['22', 0],
      ['29', 1],
      ['35', 1],
      ['56', 0],
    ]);
    expect((await ask(who.elsewhere)).total).toMatchObject({ events: 1, cancelled: 1, registered: 1 });
    expect(await problem(ask(who.elsewhere, { region: '53' }))).toBe('forbidden');
    expect(await problem(deskFigures(server.ctx, who.national, { edition: 'nulle-part' }))).toBe('not_found');
  });

  it('shows an organiser the events that they run, and what they proposed', async () => {
    const own = await ask(who.organiser);
    expect(own.reach).toBe('own');
    expect(own.total).toMatchObject({ events: 1, registered: 2, waiting: 1, arrived: 0 });
    expect(own.departments.map((row) => row.department)).toEqual(['29']);
    expect(own.regions.map((row) => row.region)).toEqual(['53']);
    expect(own.proposals.find((row) => row.state === 'draft')).toEqual({ state: 'draft', added: 1, changes: 0 });
    expect((await ask(who.other)).total).toMatchObject({ events: 0, registered: 0 });
    expect((await ask(who.other)).proposals.every((row) => row.added === 0)).toBe(true);
  });

  it('shows the auditor what the national team sees: what is handed in, and no drafts', async () => {
    const [team, auditor] = [await ask(who.national), await ask(who.auditor)];
    expect(auditor).toEqual(team);
    expect(team.proposals).toEqual([
      { state: 'submitted', added: 1, changes: 0 },
      { state: 'changes_requested', added: 1, changes: 0 },
      { state: 'approved', added: 0, changes: 0 },
      { state: 'refused', added: 0, changes: 0 },
      { state: 'withdrawn', added: 0, changes: 0 },
    ]);
    expect((await ask(who.national, { region: '76' })).proposals.every((row) => row.added === 0)).toBe(true);
  });
});

describe.each(engines)('a database of before, on %s', (engine) => {
  it('is counted by what its events say', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'escale-before-'));
    const postgres = engine === 'postgres' ? await freshDatabase() : undefined;
    const db = await openDatabase({ dataDir: folder, ...(postgres ? { databaseUrl: postgres.url } : {}) });
    try {
      await migrateTables(db.owner, engine, { to: '0015_leaving' });
      const insert = (table: string, row: Record<string, string | number>) =>
        sql`insert into ${sql.table(table)} (${sql.join(Object.keys(row).map((key) => sql.ref(key)))})
          values (${sql.join(Object.values(row))})`.execute(db.owner);
      await insert('edition', { id: EDITION.id, data: JSON.stringify(EDITION), current: 1 });
      for (const event of [visit, podcast])
        await insert('event', {
          id: event.id,
          edition_id: event.editionId,
          slug: event.slug,
          wanted_slug: event.slug,
          region: event.region,
          data: JSON.stringify(event),
          content_hash: '',
          published_at: event.publishedAt,
        });
      await migrateTables(db.owner, engine);
      const rows = await db.read
        .selectFrom('event')
        .select(['format', 'audiences', 'status', 'first_day', 'last_day'])
        .orderBy('format', 'desc')
        .execute();
      const days = { first_day: '2026-11-24', last_day: '2026-11-24' };
      expect(rows).toEqual([
        { format: 'visit', audiences: 'public agents', status: 'scheduled', ...days },
        { format: 'podcast', audiences: 'public', status: 'scheduled', first_day: null, last_day: null },
      ]);
    } finally {
      await db.close();
      await postgres?.drop();
      await rm(folder, { recursive: true });
    }
  });
});
