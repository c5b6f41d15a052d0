import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProgrammeEvent, Tour } from '#domain/programme.ts';
import type { DeskTour, TourEdit } from '#protocol/desk-tour.ts';
import { personScope, programmeScope } from '#protocol/scope.ts';
import { ensureAccount, grantEvents } from '#server/services/people/accounts.ts';
import { publishEvents, saveEdition } from '#server/services/programme/publishing.ts';
import { engines, Phone } from '../support/databases.ts';
import { itemsOf } from '../support/scopes.ts';
import type { TestApp } from '../support/test-app.ts';
import { anEdition, anEvent, openTestApp } from '../support/test-app.ts';

const stop = (n: number) => ({
  id: `00000000-0000-8000-8002-${String(n).padStart(12, '0')}`,
  title: { fr: `Étape ${n}`, en: `Stop ${n}` },
  position: { lat: 47.2 + n / 1000, lon: -1.55 },
});
const aTour = (...stops: number[]): Tour => ({
  slug: 'balade-a-nantes',
  title: { fr: 'Balade à Nantes' },
  stops: stops.map(stop),
});

describe.each(engines)('tours on %s', (engine) => {
  const walk = anEvent(1, { format: 'walk', tour: aTour(1, 2) });
  const plain = anEvent(2, { format: 'walk', registration: { mode: 'none' } });
  const others = anEvent(3);
  let server: TestApp;
  let cookie: string;

  beforeAll(async () => {
    server = await openTestApp({}, engine);
    await saveEdition(server.ctx, anEdition);
    await publishEvents(server.ctx, [walk, plain, others]);
    const organiser = await ensureAccount(server.ctx, { email: 'organiser@ville.example', role: 'organiser' });
    await grantEvents(server.ctx, organiser.id, [walk.id, plain.id]);
    cookie = await server.signIn('organiser@ville.example');
  });
  afterAll(() => server.close());

  const read = async (id: string, headers: Record<string, string> = { cookie }) =>
    server.call({ method: 'GET', url: `/api/v1/desk/events/${id}/tour`, headers });
  const save = async (id: string, payload: TourEdit | object, headers: Record<string, string> = { cookie }) =>
    server.call({ method: 'PUT', url: `/api/v1/desk/events/${id}/tour`, payload, headers });
  const published = async (id: string): Promise<ProgrammeEvent> => {
    const items = await itemsOf(server.ctx, programmeScope(anEdition.id, '52'));
    return items.find((item) => item.id === id)!.value as ProgrammeEvent;
  };
  const { slug: _, ...edited } = aTour(2, 3, 1);

  test('a tour is read and changed by who may run its event alone', async () => {
    expect((await read(walk.id)).json()).toMatchObject({ tour: walk.tour, format: 'walk' });
    expect((await read(walk.id, {})).json()).toMatchObject({ code: 'sign_in_required' });
    expect((await read(others.id)).json()).toMatchObject({ code: 'forbidden' });
    expect((await save(others.id, { tour: edited, basedOn: 'none' })).json()).toMatchObject({ code: 'forbidden' });
    expect((await published(others.id)).tour).toBeUndefined();
  });

  test('a changed tour is published with its event, under the address that it had', async () => {
    const { version } = (await read(walk.id)).json<DeskTour>();
    const answer = await save(walk.id, { tour: edited, basedOn: version });
    expect(answer.json()).toMatchObject({ tour: { ...edited, slug: 'balade-a-nantes' } });
    const event = await published(walk.id);
    expect(event.tour).toEqual({ slug: 'balade-a-nantes', ...edited });
    expect(event.updatedAt > walk.updatedAt).toBe(true);
    expect(event).toMatchObject({ title: walk.title, slug: walk.slug, publishedAt: walk.publishedAt });
  });

  test('of two editors who began with the same tour the second is told, and nothing is written over', async () => {
    const { version } = (await read(walk.id)).json<DeskTour>();
    const first = await save(walk.id, { tour: { ...edited, length: 1200 }, basedOn: version });
    expect(first.statusCode).toBe(200);
    const second = await save(walk.id, { tour: { ...edited, length: 900 }, basedOn: version });
    expect(second.json()).toMatchObject({ code: 'edited_elsewhere' });
    expect((await published(walk.id)).tour?.length).toBe(1200);
    // Two that arrive together are no different.
    const now = first.json<DeskTour>().version;
    const both = await Promise.all([
      save(walk.id, { tour: { ...edited, length: 1 }, basedOn: now }),
      save(walk.id, { tour: { ...edited, length: 2 }, basedOn: now }),
    ]);
    expect(both.map((one) => one.statusCode).toSorted((a, b) => a - b)).toEqual([200, 409]);
  });

  test('a change of something else of the event stands beside a change of its tour', async () => {
    const { version } = (await read(walk.id)).json<DeskTour>();
    const event = await published(walk.id);
    await publishEvents(server.ctx, [{ ...event, title: { fr: 'Renommé' } }]);
    expect((await save(walk.id, { tour: edited, basedOn: version })).statusCode).toBe(200);
    expect(await published(walk.id)).toMatchObject({ title: { fr: 'Renommé' }, tour: edited });
  });

  test('an event gets its first tour under its own address, and loses it again', async () => {
    const none = (await read(plain.id)).json<DeskTour>();
    expect(none.tour).toBeUndefined();
    const made = (await save(plain.id, { tour: edited, basedOn: none.version })).json<DeskTour>();
    expect(made.tour?.slug).toBe(plain.slug);
    const gone = (await save(plain.id, { tour: null, basedOn: made.version })).json<DeskTour>();
    expect(gone.tour).toBeUndefined();
    expect((await published(plain.id)).tour).toBeUndefined();
  });

  test.each([
    ['no stop', { ...edited, stops: [] }],
    ['a stop twice', { ...edited, stops: [stop(1), stop(1)] }],
    ['a place that is none', { ...edited, stops: [{ ...stop(1), position: { lat: 91, lon: 0 } }] }],
    [
      'a route off the earth',
      {
        ...edited,
        route: [
          [0, 0],
          [0, 181],
        ],
      },
    ],
    ['a route of one point', { ...edited, route: [[47, -1]] }],
    ['a route too long for a phone', { ...edited, route: Array.from({ length: 2001 }, (_, i) => [i / 100, 0]) }],
    ['101 stops', { ...edited, stops: Array.from({ length: 101 }, (_, i) => stop(i + 1)) }],
  ])('refuses %s, and changes nothing', async (_name, tour) => {
    const { version } = (await read(walk.id)).json<DeskTour>();
    expect((await save(walk.id, { tour, basedOn: version })).json()).toMatchObject({ code: 'bad_request' });
    expect((await read(walk.id)).json<DeskTour>().version).toBe(version);
  });

  describe('ratings', () => {
    const holder = (phone: Phone) => (phone.who as { holderId: string }).holderId;
    const rate = async (phone: Phone, args: object): Promise<string> => {
      const answer = await phone.send(server.ctx, phone.make('rate-tour', args));
      return answer.results[0]!.reason ?? answer.results[0]!.outcome;
    };
    const ratings = async (headers: Record<string, string> = { cookie }) =>
      (await server.call({ method: 'GET', url: `/api/v1/desk/events/${walk.id}/ratings`, headers })).json();

    test('one a person: the latest stands, comes back to its holder, and nobody else learns who', async () => {
      const [ana, bo] = [new Phone(), new Phone()];
      expect(await ratings()).toEqual({ count: 0, spread: [0, 0, 0, 0, 0], remarks: [] });
      expect(await rate(ana, { eventId: walk.id, rating: 2, remark: 'Trop vite.', seen: 3 })).toBe('applied');
      server.wait(60_000);
      expect(await rate(ana, { eventId: walk.id, rating: 4, remark: 'Finalement bien.', seen: 3 })).toBe('applied');
      server.wait(60_000);
      expect(await rate(bo, { eventId: walk.id, rating: 5 })).toBe('applied');
      expect(await ratings()).toEqual({
        count: 2,
        average: 4.5,
        spread: [0, 0, 0, 1, 1],
        remarks: [{ rating: 4, remark: 'Finalement bien.', seen: 3, at: '2026-11-20T09:01:00.000Z' }],
      });
      const own = (await itemsOf(server.ctx, personScope(holder(ana)))).filter((item) => item.kind === 'tour-rating');
      expect(own.map((item) => item.value)).toEqual([
        { eventId: walk.id, rating: 4, remark: 'Finalement bien.', seen: 3, at: '2026-11-20T09:01:00.000Z' },
      ]);
      expect(await itemsOf(server.ctx, personScope(holder(new Phone())))).toEqual([]);
      expect(await ratings({})).toMatchObject({ code: 'sign_in_required' });
    });

    test('P2: the same rating sent again after a lost answer is one', async () => {
      const phone = new Phone();
      const mutation = phone.make('rate-tour', { eventId: walk.id, rating: 1 });
      await phone.send(server.ctx, mutation);
      const before = (await ratings()) as { count: number };
      expect((await phone.send(server.ctx, mutation)).results[0]!.outcome).toBe('applied');
      expect(await ratings()).toMatchObject({ count: before.count });
    });

    test('what is no rating, or of no tour, is refused by itself', async () => {
      const phone = new Phone();
      expect(await rate(phone, { eventId: walk.id, rating: 6 })).toBe('invalid');
      expect(await rate(phone, { eventId: walk.id, rating: 3.5 })).toBe('invalid');
      expect(await rate(phone, { eventId: walk.id, rating: 3, remark: 'x'.repeat(1001) })).toBe('invalid');
      expect(await rate(phone, { eventId: others.id, rating: 3 })).toBe('tour_unknown');
      expect(await rate(phone, { eventId: randomUUID(), rating: 3 })).toBe('event_unknown');
    });
  });
});
