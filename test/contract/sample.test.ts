import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, localOf } from '#domain/dates.ts';
import type { Featured } from '#domain/featured.ts';
import type { Edition, ProgrammeEvent } from '#domain/programme.ts';
import type { Proposal } from '#domain/proposal.ts';
import { regions, regionsAndNational } from '#domain/regions.ts';
import { edition as editionSchema, programmeEvent } from '#protocol/programme.ts';
import { CONTENT, DIRECTORY, moderationScope, programmeScope, rosterScope } from '#protocol/scope.ts';
import { loadSample, refreshSample } from '#server/services/operation/sample.ts';
import { makeDemoData } from '#server/services/operation/demo-data.ts';
import { engines, START, startServer } from '../support/databases.ts';
import type { Server } from '../support/databases.ts';
import { itemsOf } from '../support/scopes.ts';

const DAY = 86_400_000;
const TODAY = localOf(START, 'Europe/Paris').date;
const words = (event: ProgrammeEvent): string => JSON.stringify(event.title) + JSON.stringify(event.description);

describe.each(engines)('the sample on %s', (engine) => {
  let server: Server;
  let editions: Edition[];
  let demo: Edition;
  beforeAll(async () => {
    server = await startServer(engine);
    expect(await loadSample(server.ctx)).toBe('loaded');
    editions = await readEditions();
    demo = editions.find((e) => e.kind === 'demo')!;
  });
  afterAll(() => server.close());

  const proposals = async (): Promise<Proposal[]> => {
    const rows = await server.ctx.db.read.selectFrom('proposal').select('data').orderBy('id').execute();
    return rows.map((row) => JSON.parse(row.data) as Proposal);
  };
  const readEditions = async (): Promise<Edition[]> =>
    (await itemsOf(server.ctx, DIRECTORY)).filter((i) => i.kind === 'edition').map((i) => i.value as Edition);
  const eventsOf = async (editionId: string): Promise<ProgrammeEvent[]> => {
    const scopes = await Promise.all(
      regionsAndNational.map((r) => itemsOf(server.ctx, programmeScope(editionId, r.code))),
    );
    return scopes.flat().map((i) => i.value as ProgrammeEvent);
  };

  it('holds the editions since 2014, with days only where they are known, and one current', () => {
    const archive = editions.filter((e) => e.kind === 'archive');
    expect(archive.map((e) => e.year).toSorted((a, b) => a - b)).toEqual([
      2014, 2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024,
    ]);
    expect(archive.every((e) => e.source)).toBe(true);
    const of = (year: number) => archive.find((e) => e.year === year)!;
    expect(of(2024)).toMatchObject({ from: '2024-11-04', to: '2024-11-30' });
    expect(of(2016)).toMatchObject({ from: '2016-11-14' });
    expect(of(2016)).not.toHaveProperty('to');
    expect(of(2021)).not.toHaveProperty('from');
    expect(editions.filter((e) => e.current)).toEqual([demo]);
    for (const one of editions) v.parse(editionSchema, one);
  });

  it('tells the real events with the hours that their sources give and no others', async () => {
    const [angers] = await eventsOf('innovation-publique-2016');
    expect(angers!.sessions.map((s) => s.slot)).toEqual([{ date: '2016-11-15', zone: 'Europe/Paris' }]);
    const [montpellier] = await eventsOf('innovation-publique-2018');
    expect(montpellier!.sessions.map((s) => [s.slot.start, s.slot.end])).toEqual([
      ['10:00', '10:40'],
      ['10:40', '12:00'],
      ['12:00', '13:30'],
      ['13:30', '16:00'],
    ]);
    expect(montpellier!.tour!.stops).toHaveLength(3);
    const [limoges] = await eventsOf('innovation-publique-2021');
    expect(limoges!.sessions[0]!.slot).toEqual({ date: '2021-11-24', zone: 'Europe/Paris' });
    expect(limoges!.bodies).toHaveLength(6);
    for (const event of [angers!, montpellier!, limoges!]) {
      v.parse(programmeEvent, event);
      expect(event.registration.mode).toBe('none');
      expect(event.venues.every((p) => p.position?.approximate)).toBe(true);
    }
  });

  it('has a fictional programme in every region, some of it today, of every kind', async () => {
    const events = await eventsOf(demo.id);
    expect(events.length).toBeGreaterThanOrEqual(110);
    for (const event of events) v.parse(programmeEvent, event);
    expect(new Set(events.map((e) => e.slug)).size).toBe(events.length);
    expect(regions.every((r) => events.some((e) => e.region === r.code))).toBe(true);
    expect(new Set(events.map((e) => e.title['fr'])).size).toBeGreaterThanOrEqual(60);
    expect(events.every((e) => e.title['en'] && e.summary?.['en'] && e.description?.['en'])).toBe(true);
    expect(events.some((e) => /lorem|undefined/i.test(words(e)))).toBe(false);
    const today = events.filter((e) => e.sessions.some((s) => s.slot.date === TODAY));
    expect(today.length).toBeGreaterThanOrEqual(6);
    expect(today.some((e) => e.venues[0]?.city === 'Montpellier' && e.sessions[0]!.slot.start)).toBe(true);
    expect(new Set(events.map((e) => e.status))).toEqual(
      new Set(['scheduled', 'rescheduled', 'moved_online', 'postponed', 'full', 'cancelled']),
    );
    expect(new Set(events.map((e) => e.attendanceMode)).size).toBe(3);
    expect(events.filter((e) => e.tour).map((e) => e.tour!.stops.length)).toEqual(expect.arrayContaining([3, 4]));
    expect(events.filter((e) => e.availability).length).toBeGreaterThanOrEqual(2);
    expect(events.some((e) => e.sessions.some((s) => !s.slot.start))).toBe(true);
    expect(
      events.filter((e) => e.region === '04').every((e) => e.sessions.every((s) => s.slot.zone === 'Indian/Reunion')),
    ).toBe(true);
  });

  it('has people registered by the way of everybody: a roster, a full event, some who wait', async () => {
    const rows = await server.ctx.db.read.selectFrom('subject').selectAll().where('confirmed', '>', 0).execute();
    expect(rows.every((r) => r.capacity === null || r.confirmed <= r.capacity)).toBe(true);
    expect(rows.some((r) => r.waiting_parties > 0 && r.places === 'full')).toBe(true);
    const [organiser] = await server.ctx.db.read
      .selectFrom('account')
      .selectAll()
      .where('role', '=', 'organiser')
      .execute();
    const owned = await server.ctx.db.read
      .selectFrom('event_organiser')
      .selectAll()
      .where('account_id', '=', organiser!.id)
      .execute();
    const rosters = await Promise.all(owned.map((o) => itemsOf(server.ctx, rosterScope(o.event_id))));
    const largest = Math.max(...rosters.map((items) => items.filter((i) => i.kind === 'entry').length));
    expect(largest).toBeGreaterThanOrEqual(40);
    const signed = await server.ctx.db.read
      .selectFrom('registration')
      .select('ticket')
      .where('state', '=', 'confirmed')
      .execute();
    expect(signed.every((r) => server.ctx.keys.check(r.ticket!))).toBe(true);
  });

  it('is loaded once, and taken up where a load was cut off', async () => {
    const count = async () => (await server.ctx.db.read.selectFrom('registration').select('id').execute()).length;
    const before = await count();
    expect(await loadSample(server.ctx)).toBe('present');
    const cut = await server.ctx.db.read
      .selectFrom('meta')
      .selectAll()
      .where('key', '=', 'sample')
      .executeTakeFirstOrThrow();
    await server.ctx.db.units.one((tx) =>
      tx.db
        .updateTable('meta')
        .set({ value: cut.value.replace('loaded', 'loading') })
        .where('key', '=', 'sample')
        .execute(),
    );
    expect(await loadSample(server.ctx)).toBe('loaded');
    expect(await count()).toBe(before);
  });

  it('makes as much as a measurement wants, once, and never in a real edition', async () => {
    const request = { editionId: 'mesure', events: 30, registrations: 250 };
    const made = await makeDemoData(server.ctx, request, () => undefined);
    expect(made).toMatchObject({ kind: 'made', added: 31, registered: 250 });
    if (made.kind === 'made') expect(await itemsOf(server.ctx, rosterScope(made.eventId))).toHaveLength(251);
    expect(await makeDemoData(server.ctx, request, () => undefined)).toMatchObject({ added: 0 });
    // Nobody made up is written to.
    expect(await server.ctx.db.read.selectFrom('letter').select('id').execute()).toEqual([]);
    expect(
      await makeDemoData(server.ctx, { ...request, editionId: 'innovation-publique-2018' }, () => undefined),
    ).toEqual({ kind: 'not_demo' });
  });

  it('features events on the first page and on a region’s', async () => {
    const featured = (await itemsOf(server.ctx, CONTENT)).filter((item) => item.kind === 'featured');
    expect(featured.map((item) => item.id).toSorted()).toEqual([`${demo.id}/76`, `${demo.id}/home`]);
    const events = await eventsOf(demo.id);
    const dropped = ['cancelled', 'postponed'];
    for (const { value } of featured) {
      for (const { eventId } of (value as Featured).events) {
        const event = events.find((one) => one.id === eventId);
        expect(event && !dropped.includes(event.status)).toBe(true);
      }
    }
  });

  it('moves along once all of it is past, with the same events and registrations', async () => {
    expect(await refreshSample(server.ctx)).toBe('unchanged');
    const before = await eventsOf(demo.id);
    const proposed = await proposals();
    server.wait(60 * DAY);
    expect(await refreshSample(server.ctx)).toBe('moved');
    expect(await refreshSample(server.ctx)).toBe('unchanged');
    const after = await eventsOf(demo.id);
    expect(after.map((e) => e.id).toSorted(byText)).toEqual(before.map((e) => e.id).toSorted(byText));
    expect(after.map((e) => e.slug).toSorted(byText)).toEqual(before.map((e) => e.slug).toSorted(byText));
    const now = localOf(START + 60 * DAY, 'Europe/Paris').date;
    const moved = await proposals();
    expect(moved.length).toBe(proposed.length);
    expect(moved.filter((one) => one.content.sessions?.length).length).toBeGreaterThanOrEqual(5);
    for (const [at, { content, submittedAt }] of moved.entries()) {
      const was = proposed[at]!;
      const days = (of: Proposal['content']) => (of.sessions ?? []).map((session) => session.slot.date);
      expect(days(content)).toEqual(days(was.content).map((day) => addDays(day, 60)));
      if (submittedAt) expect(Date.parse(submittedAt) - Date.parse(was.submittedAt!)).toBe(60 * DAY);
    }
    const [shown] = moved.filter((one) => one.state === 'submitted');
    const items = await itemsOf(server.ctx, moderationScope(shown!.content.region!));
    expect(items.find((item) => item.id === shown!.id)?.value).toEqual(shown);
    expect(after.filter((e) => e.sessions.some((s) => s.slot.date === now)).length).toBeGreaterThanOrEqual(6);
    expect((await readEditions()).find((e) => e.kind === 'demo' && e.id === demo.id)).toMatchObject({
      current: true,
      year: 2027,
    });
  });
});

describe('a database that is not empty', () => {
  it('is left alone', async () => {
    const server = await startServer('sqlite');
    try {
      await makeDemoData(server.ctx, { editionId: 'a-moi', events: 1, registrations: 0 }, () => undefined);
      expect(await loadSample(server.ctx)).toBe('not_empty');
      expect(await refreshSample(server.ctx)).toBe('absent');
    } finally {
      await server.close();
    }
  });
});

const byText = (a: string, b: string): number => (a < b ? -1 : 1);
