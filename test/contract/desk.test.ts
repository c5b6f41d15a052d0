import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deviceBearer } from '#protocol/credential.ts';
import type { EnrolmentOffer } from '#protocol/enrolment.ts';
import { ensureAccount, grantEvents } from '#server/services/people/accounts.ts';
import { publishEvents, saveEdition } from '#server/services/programme/publishing.ts';
import type { TestApp } from '../support/test-app.ts';
import { anEdition, anEvent, openTestApp } from '../support/test-app.ts';
import { engines } from '../support/databases.ts';

describe.each(engines)("the desk and the door's enrolment on %s", (engine) => {
  const own = anEvent(1, { title: { fr: 'Atelier d’été à Nantes' } });
  const sameRegion = anEvent(2);
  const elsewhere = anEvent(3, { region: '76' });
  const past = anEvent(4, {
    region: '76',
    sessions: [{ id: '00000000-0000-8000-8001-000000000004', slot: { date: '2025-11-12', zone: 'Europe/Paris' } }],
  });
  let server: TestApp;
  const cookies: Record<string, string> = {};

  beforeAll(async () => {
    server = await openTestApp({}, engine);
    await saveEdition(server.ctx, anEdition);
    await publishEvents(server.ctx, [own, sameRegion, elsewhere, past]);
    const organiser = await ensureAccount(server.ctx, { email: 'organiser@ville.example', role: 'organiser' });
    await grantEvents(server.ctx, organiser.id, [own.id]);
    await ensureAccount(server.ctx, { email: 'regional@etat.example', role: 'regional', region: '52' });
    await ensureAccount(server.ctx, { email: 'national@etat.example', role: 'national' });
    for (const email of ['organiser@ville.example', 'regional@etat.example', 'national@etat.example']) {
      cookies[email.split('@')[0]!] = await server.signIn(email);
    }
  });
  afterAll(() => server.close());

  const get = (who: string, path: string) =>
    server.call({ method: 'GET', url: `/api/v1/desk/${path}`, headers: { cookie: cookies[who] ?? '' } });
  const ids = (answer: { json: () => { events: { id: string }[] } }) => answer.json().events.map((e) => e.id);

  test('each account sees the events that it may run, those to come before those past', async () => {
    expect(ids(await get('organiser', 'events'))).toEqual([own.id]);
    expect(new Set(ids(await get('regional', 'events')))).toEqual(new Set([own.id, sameRegion.id]));
    const all = await get('national', 'events');
    expect(all.json()).toMatchObject({ total: 4 });
    expect(ids(all).at(-1)).toBe(past.id);
    expect((await get('nobody', 'events')).json()).toMatchObject({ code: 'sign_in_required' });
  });

  test('a list is searched without accents and read a page at a time', async () => {
    expect(ids(await get('national', 'events?q=ete nantes'))).toEqual([own.id]);
    const second = await get('national', 'events?limit=1&offset=1');
    expect(second.json()).toMatchObject({ total: 4 });
    expect(ids(second)).toHaveLength(1);
    expect((await get('national', 'events?limit=9999')).json()).toMatchObject({ code: 'bad_request' });
  });

  test('a changed event is listed as it is now', async () => {
    await publishEvents(server.ctx, [{ ...sameRegion, title: { fr: 'Renommé' } }]);
    expect(ids(await get('regional', 'events?q=renomme'))).toEqual([sameRegion.id]);
  });

  test('an event is opened by who may run it alone', async () => {
    expect((await get('organiser', `events/${own.id}`)).json()).toMatchObject({
      event: { id: own.id, capacity: 20, confirmed: 0, arrived: 0 },
      organisers: ['Ville'],
      subjects: [{ id: own.id, capacity: 20, confirmed: 0, waitlisted: 0, held: 0 }],
      devices: [],
    });
    expect((await get('organiser', `events/${sameRegion.id}`)).json()).toMatchObject({ code: 'forbidden' });
    expect((await get('regional', `events/${elsewhere.id}`)).json()).toMatchObject({ code: 'forbidden' });
    expect((await get('national', `events/${elsewhere.id}`)).statusCode).toBe(200);
    expect((await get('national', 'events/00000000-0000-8000-8000-999999999999')).statusCode).toBe(404);
    expect((await get('national', 'events/nonsense')).json()).toMatchObject({ code: 'bad_request' });
  });

  test('an event is had as it is published by who may run it, and by nobody else', async () => {
    expect((await get('organiser', `events/${own.id}/published`)).json()).toMatchObject({
      id: own.id,
      title: own.title,
    });
    expect((await get('organiser', `events/${sameRegion.id}/published`)).json()).toMatchObject({ code: 'forbidden' });
    expect((await get('regional', `events/${elsewhere.id}/published`)).json()).toMatchObject({ code: 'forbidden' });
    expect((await get('nobody', `events/${own.id}/published`)).json()).toMatchObject({ code: 'sign_in_required' });
  });

  async function offer(who = 'organiser', eventId = own.id) {
    return server.call({
      method: 'POST',
      url: `/api/v1/desk/events/${eventId}/enrolments`,
      headers: { cookie: cookies[who] ?? '', 'content-type': 'application/json' },
    });
  }
  const phone = () => ({
    deviceId: crypto.randomUUID(),
    secret: randomBytes(32).toString('base64url'),
    name: 'Téléphone d’Anne',
    door: 'Entrée',
  });
  const enrol = (payload: object) => server.call({ method: 'POST', url: '/api/v1/enrolments', payload });

  test('a link enrols one phone, once; the same phone asking again gets the same answer', async () => {
    const offered = await offer();
    expect(offered.statusCode).toBe(201);
    const { code, url } = offered.json<EnrolmentOffer>();
    expect(url).toBe(`http://localhost:3000/emargement#enrolement=${code}`);
    const mine = phone();
    const first = await enrol({ code: code.toLowerCase(), ...mine });
    expect(first.json()).toEqual({
      deviceId: mine.deviceId,
      eventId: own.id,
      editionId: anEdition.id,
      expiresAt: '2026-11-27T11:00:00.000Z',
      profile: 'full',
    });
    server.wait(3_600_000);
    expect((await enrol({ code, ...mine })).json()).toEqual(first.json());
    expect((await enrol({ code, ...phone() })).json()).toMatchObject({ status: 409, code: 'enrolment_used' });
    const stolen = { ...mine, secret: phone().secret };
    expect((await enrol({ code, ...stolen })).json()).toMatchObject({ code: 'enrolment_used' });
    const rows = await server.ctx.db.read.selectFrom('device').selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(mine.secret);
  });

  test('of two phones that use a link at the same moment one is enrolled', async () => {
    const { code } = (await offer()).json<EnrolmentOffer>();
    const answers = await Promise.all([enrol({ code, ...phone() }), enrol({ code, ...phone() })]);
    expect(answers.map((a) => a.statusCode).toSorted((a, b) => a - b)).toEqual([200, 409]);
  });

  test('a link is good for half an hour, an unknown code for nothing', async () => {
    const { code } = (await offer()).json<EnrolmentOffer>();
    server.wait(30 * 60_000);
    expect((await enrol({ code, ...phone() })).json()).toMatchObject({ status: 410, code: 'enrolment_expired' });
    expect((await enrol({ code: '0'.repeat(20), ...phone() })).json()).toMatchObject({ code: 'code_refused' });
    expect((await enrol({ code: 'short', ...phone() })).json()).toMatchObject({ code: 'bad_request' });
  });

  test('only who may run the event hands out links', async () => {
    expect((await offer('organiser', sameRegion.id)).json()).toMatchObject({ code: 'forbidden' });
    expect((await offer('nobody')).json()).toMatchObject({ code: 'sign_in_required' });
  });

  test('a phone becomes ready, reads its roster, and no more once it is revoked', async () => {
    const { code } = (await offer()).json<EnrolmentOffer>();
    const mine = phone();
    await enrol({ code, ...mine });
    const authorization = `Bearer ${deviceBearer(mine.deviceId, mine.secret)}`;
    const ready = await server.call({
      method: 'POST',
      url: '/api/v1/devices/ready',
      headers: { authorization },
      payload: { rosterCursor: 1 },
    });
    expect(ready.statusCode).toBe(204);
    const roster = () =>
      server.call({
        method: 'POST',
        url: '/api/v1/pull',
        headers: { authorization },
        payload: { protocol: 1, scopes: { [`roster/${own.id}`]: { epoch: '', cursor: 0 } } },
      });
    expect((await roster()).json()).toMatchObject({ scopes: { [`roster/${own.id}`]: { kind: 'changes' } } });

    const other = await server.call({
      method: 'DELETE',
      url: `/api/v1/desk/events/${sameRegion.id}/devices/${mine.deviceId}`,
      headers: { cookie: cookies['regional'] ?? '' },
    });
    expect(other.statusCode).toBe(404);
    const revoked = await server.call({
      method: 'DELETE',
      url: `/api/v1/desk/events/${own.id}/devices/${mine.deviceId}`,
      headers: { cookie: cookies['organiser'] ?? '' },
    });
    expect(revoked.statusCode).toBe(204);
    expect((await roster()).json()).toMatchObject({ scopes: { [`roster/${own.id}`]: { kind: 'gone' } } });
    const detail = (await get('organiser', `events/${own.id}`)).json<{ devices: { id: string; state: string }[] }>();
    expect(detail.devices.find((d) => d.id === mine.deviceId)).toMatchObject({ state: 'revoked' });
  });

  test('a wrong secret opens nothing', async () => {
    const answer = await server.call({
      method: 'POST',
      url: '/api/v1/devices/ready',
      headers: { authorization: `Bearer ${deviceBearer(crypto.randomUUID(), phone().secret)}` },
      payload: { rosterCursor: 1 },
    });
    expect(answer.json()).toMatchObject({ status: 401, code: 'credential_refused' });
  });
});
