import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Allotment } from '#domain/allotment.ts';
import type { DoorRules } from '#domain/door-rules.ts';
import { defaultDoorRules } from '#domain/door-rules.ts';
import { deviceBearer } from '#protocol/credential.ts';
import type { EnrolmentOffer } from '#protocol/enrolment.ts';
import type { PullResponse } from '#protocol/pull.ts';
import { rosterScope } from '#protocol/scope.ts';
import { ensureAccount, grantEvents } from '#server/services/people/accounts.ts';
import { publishEvents, saveEdition } from '#server/services/programme/publishing.ts';
import { engines, Phone } from '../support/databases.ts';
import { Door, rosterOf } from '../support/door.ts';
import { loaded } from '../support/scopes.ts';
import type { TestApp } from '../support/test-app.ts';
import { anEdition, anEvent, openTestApp } from '../support/test-app.ts';

describe.each(engines)('the rules of doors on %s', (engine) => {
  const own = anEvent(1);
  const other = anEvent(2);
  const quiet = anEvent(3, { registration: { mode: 'none' } });
  let server: TestApp;
  let cookie = '';
  beforeAll(async () => {
    server = await openTestApp({}, engine);
    await saveEdition(server.ctx, anEdition);
    await publishEvents(server.ctx, [own, other, quiet]);
    const organiser = await ensureAccount(server.ctx, { email: 'organiser@ville.example', role: 'organiser' });
    await grantEvents(server.ctx, organiser.id, [own.id, quiet.id]);
    cookie = await server.signIn('organiser@ville.example');
  });
  afterAll(() => server.close());

  const url = (eventId = own.id): string => `/api/v1/desk/events/${eventId}/door-rules`;
  const read = (eventId?: string) => server.call({ method: 'GET', url: url(eventId), headers: { cookie } });
  const write = (payload: object, eventId?: string) =>
    server.call({ method: 'PUT', url: url(eventId), headers: { cookie }, payload });
  const rules: DoorRules = {
    lists: [{ id: randomUUID(), name: { fr: 'Déjeuner' }, opensAt: '2026-11-25T11:00:00.000Z' }],
    countsInside: true,
    questions: [{ id: randomUUID(), text: { fr: 'Tenez-vous un stand ?' }, kind: 'yes_no', required: true }],
    walkIns: true,
    allotment: 12,
    admitsRequested: true,
    hiddenNames: false,
    badge: { width: 86, height: 54, fields: ['name', 'qr'] },
  };

  const enrol = async (wish?: object) => {
    const offer = await server.call({
      method: 'POST',
      url: `/api/v1/desk/events/${own.id}/enrolments`,
      headers: { cookie },
      ...(wish ? { payload: wish } : {}),
    });
    const { code } = offer.json<EnrolmentOffer>();
    const deviceId = randomUUID();
    const secret = randomBytes(32).toString('base64url');
    const payload = { code, deviceId, secret, name: 'Téléphone', door: 'Nord' };
    const enrolled = await server.call({ method: 'POST', url: '/api/v1/enrolments', payload });
    return { offer, enrolled, deviceId, headers: { authorization: `Bearer ${deviceBearer(deviceId, secret)}` } };
  };

  test('are the usual ones until the organiser sets them, and reach the doors when they do', async () => {
    expect((await read()).json()).toEqual(defaultDoorRules);
    expect((await write(rules)).json()).toEqual(rules);
    expect((await read()).json()).toEqual(rules);
    expect((await rosterOf(server.ctx, own.id)).rules).toEqual(rules);
    const { deviceId } = new Door(server.ctx, own).device;
    const who = { kind: 'device', deviceId, eventId: own.id, access: 'open', profile: 'full' } as const;
    const snapshot = await loaded(server.ctx, who, rosterScope(own.id));
    expect(snapshot!.items().map((one) => one.kind)).toContain('door-rules');
  });

  test('are read and set by who may run the event, and are whole or not taken', async () => {
    expect((await read(other.id)).json()).toMatchObject({ code: 'forbidden' });
    expect((await write(rules, other.id)).json()).toMatchObject({ code: 'forbidden' });
    expect((await read(randomUUID())).json()).toMatchObject({ code: 'not_found' });
    expect((await server.call({ method: 'GET', url: url() })).json()).toMatchObject({ code: 'sign_in_required' });
    for (const wrong of [
      { ...rules, allotment: -1 },
      { ...rules, lists: [{ id: randomUUID(), name: {} }] },
      { ...rules, badge: { width: 5, height: 50, fields: ['name'] } },
      { countsInside: true },
    ])
      expect((await write(wrong)).json()).toMatchObject({ code: 'bad_request' });
    expect((await read()).json()).toEqual(rules);
  });

  test('open the roster of an event that nobody registers for', async () => {
    expect((await write(rules, quiet.id)).statusCode).toBe(200);
    const door = new Door(server.ctx, quiet);
    const snapshot = await loaded(server.ctx, door.device, rosterScope(quiet.id));
    expect(snapshot!.items().map((one) => one.kind)).toEqual(['door-rules', 'event']);
  });

  test('hide names from the roster and show them again, those of walk-ins too', async () => {
    const names = async () => {
      const { entries, checkIns } = await rosterOf(server.ctx, own.id);
      return [...entries.map((one) => one.lastName), ...checkIns.map((one) => one.walkIn?.name)];
    };
    await new Phone().register(server.ctx, own);
    const door = new Door(server.ctx, own);
    await door.walkIn(undefined, { name: 'Max' });
    expect(await names()).toEqual(['Le Goff', 'Max']);
    await write({ ...rules, hiddenNames: true });
    expect(await names()).toEqual(['', undefined]);
    await new Phone().register(server.ctx, own);
    await door.walkIn(undefined, { name: 'Léo' });
    expect(new Set(await names())).toEqual(new Set(['', undefined]));
    await write(rules);
    expect(new Set(await names())).toEqual(new Set(['Le Goff', 'Max', 'Léo']));
  });

  test('a phone is enrolled with what it may do and where it begins', async () => {
    const listId = rules.lists[0]!.id;
    const scanner = await enrol({ profile: 'scan', listId });
    expect(scanner.enrolled.json()).toMatchObject({ profile: 'scan', listId });
    const whole = await enrol();
    expect(whole.enrolled.json()).toMatchObject({ profile: 'full' });
    expect(whole.enrolled.json()).not.toHaveProperty('listId');
    expect((await enrol({ profile: 'everything' })).offer.json()).toMatchObject({ code: 'bad_request' });
    const payload = { allotmentId: randomUUID(), subjectId: own.id, seats: 3 };
    const take = (headers?: Record<string, string>) =>
      server.call({ method: 'POST', url: '/api/v1/door/allotments', ...(headers ? { headers } : {}), payload });
    expect((await take(scanner.headers)).json()).toMatchObject({ code: 'forbidden' });
    expect((await take()).json()).toMatchObject({ code: 'forbidden' });
    const given = await take(whole.headers);
    expect(given.json<Allotment>()).toMatchObject({ id: payload.allotmentId, seats: 3, deviceId: whole.deviceId });
    expect((await take(whole.headers)).json()).toEqual(given.json());
    const many = { method: 'POST', url: '/api/v1/door/allotments', headers: whole.headers } as const;
    await server.call({ ...many, payload: { ...payload, allotmentId: randomUUID(), seats: 500 } });
    const none = await server.call({ ...many, payload: { ...payload, allotmentId: randomUUID() } });
    expect(none.json()).toMatchObject({ status: 409, code: 'no_seats' });
  });

  test('the desk knows what a phone has not sent yet', async () => {
    const { headers, deviceId } = await enrol();
    const pull = (waiting: number) =>
      server.call({ method: 'POST', url: '/api/v1/pull', headers, payload: { protocol: 1, scopes: {}, waiting } });
    const row = () =>
      server.ctx.db.read.selectFrom('device').selectAll().where('id', '=', deviceId).executeTakeFirstOrThrow();
    expect((await pull(7)).json<PullResponse>().scopes).toEqual({});
    expect(await row()).toMatchObject({ waiting: 7, last_seen_at: server.ctx.clock() });
    server.wait(1000);
    await pull(0);
    expect(await row()).toMatchObject({ waiting: 0, last_seen_at: server.ctx.clock() });
  });

  test('are in the description of the API', async () => {
    const { paths } = (await server.call({ method: 'GET', url: '/api/v1/openapi.json' })).json<{
      paths: Record<string, Record<string, { requestBody?: unknown; responses: Record<string, unknown> }>>;
    }>();
    const desk = paths['/api/v1/desk/events/{eventId}/door-rules']!;
    expect(Object.keys(desk)).toEqual(['get', 'put']);
    expect(JSON.stringify(desk['put']!.requestBody)).toContain('hiddenNames');
    expect(JSON.stringify(paths['/api/v1/door/allotments']!['post']!.responses)).toContain('expiresAt');
  });
});
