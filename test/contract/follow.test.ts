import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ProgrammeEvent, RegistrationPolicy } from '#domain/programme.ts';
import { holderBearer } from '#protocol/credential.ts';
import { ensureAccount } from '#server/services/people/accounts.ts';
import { publishEvents, saveEdition, withdrawEvents } from '#server/services/programme/publishing.ts';
import { secretHash } from '#server/services/people/identity.ts';
import { sendPushes } from '#server/services/mail/push-sending.ts';
import { decideRegistrations } from '#server/services/registration/registration-decisions.ts';
import { engines, Phone, registerArgs } from '../support/databases.ts';
import type { PushService } from '../support/push-service.ts';
import { pushService } from '../support/push-service.ts';
import type { TestApp } from '../support/test-app.ts';
import { anEdition, anEvent, openTestApp } from '../support/test-app.ts';

const secret = (): string => randomBytes(32).toString('base64url');
/** Longer than changes are gathered. */
const SOON = 30_000;

describe.each(engines)('what a device follows, on %s', (engine) => {
  let server: TestApp;
  let service: PushService;
  beforeAll(async () => {
    server = await openTestApp({}, engine);
    service = await pushService();
    await saveEdition(server.ctx, anEdition);
  });
  beforeEach(() => {
    service.received.length = 0;
    service.answer(201);
  });
  afterAll(async () => {
    await server.close();
    await service.close();
  });

  let n = 300;
  const publish = async (registration?: RegistrationPolicy): Promise<ProgrammeEvent> => {
    const event = anEvent(++n, { title: { fr: 'Atelier suivi' }, ...(registration ? { registration } : {}) });
    await publishEvents(server.ctx, [event]);
    return event;
  };
  const moved = (event: ProgrammeEvent, start: string): ProgrammeEvent => ({
    ...event,
    sessions: event.sessions.map((one) => ({ ...one, slot: { ...one.slot, start } })),
  });
  const tell = (payload: object) => server.call({ method: 'POST', url: '/api/v1/follow', payload });
  const follow = async (events: readonly ProgrammeEvent[], more: object): Promise<string> => {
    const follower = secret();
    const answer = await tell({ follower, events: events.map((one) => one.id), language: 'fr', ...more });
    expect(answer.statusCode, answer.body).toBe(200);
    return follower;
  };
  const pass = async (): Promise<number> => {
    server.wait(SOON);
    return sendPushes(server.ctx);
  };
  const followers = () => server.ctx.db.read.selectFrom('follower').selectAll().execute();

  test('a push says that something has changed, to those who follow it alone, once for several changes, and nothing of what', async () => {
    const [event, other] = [await publish(), await publish()];
    const [mine, theirs] = [service.subscribe(), service.subscribe()];
    await follow([event], { push: mine });
    await follow([other], { push: theirs });
    await publishEvents(server.ctx, [moved(event, '10:30')]);
    expect(await sendPushes(server.ctx)).toBe(0);
    await publishEvents(server.ctx, [moved(event, '11:00')]);
    expect(await pass()).toBe(1);
    expect(service.received).toHaveLength(1);
    const [push] = service.received;
    expect(mine.endpoint.endsWith(push!.path)).toBe(true);
    expect(JSON.parse(push!.text)).toEqual({ kind: 'changed' });
    expect(push!.headers).toMatchObject({ 'content-encoding': 'aes128gcm', topic: 'changes', urgency: 'normal' });
    expect(await pass()).toBe(0);
    // A text that nobody would act upon wakes nobody.
    await publishEvents(server.ctx, [{ ...moved(event, '11:00'), summary: { fr: 'Autre résumé' } }]);
    expect(await pass()).toBe(0);
    await withdrawEvents(server.ctx, [event.id]);
    expect(await pass()).toBe(1);
  });

  test('a subscription that the browser gave up is forgotten; a service that is not there is asked again', async () => {
    const event = await publish();
    const before = (await followers()).length;
    await follow([event], { push: service.subscribe() });
    service.answer(503);
    await publishEvents(server.ctx, [moved(event, '10:30')]);
    expect(await pass()).toBe(0);
    service.answer(201);
    expect(await sendPushes(server.ctx)).toBe(0);
    server.wait(60_000);
    expect(await sendPushes(server.ctx)).toBe(1);
    service.answer(410);
    await publishEvents(server.ctx, [moved(event, '11:30')]);
    expect(await pass()).toBe(0);
    expect(await followers()).toHaveLength(before);
    const kept = server.ctx.db.read.selectFrom('follower_event').select('event_id').where('event_id', '=', event.id);
    expect(await kept.execute()).toEqual([]);
  });

  test('what is told takes the place of what was told before; without push and feed nothing is kept', async () => {
    const [first, second] = [await publish(), await publish()];
    const push = service.subscribe();
    const follower = await follow([first], { push });
    await tell({ follower, events: [second.id, second.id], push, language: 'en' });
    await publishEvents(server.ctx, [moved(first, '10:30')]);
    expect(await pass()).toBe(0);
    await publishEvents(server.ctx, [moved(second, '10:30')]);
    expect(await pass()).toBe(1);
    const before = (await followers()).length;
    await tell({ follower, events: [], language: 'fr' });
    expect(await followers()).toHaveLength(before - 1);
  });

  test('what is kept of it is told to whoever has its secret, and to nobody else', async () => {
    const held = async (follower: string) =>
      (await server.call({ method: 'POST', url: '/api/v1/own-data/following', payload: { follower } })).json<{
        held?: { endpoint?: string };
      }>().held;
    const event = await publish();
    const push = service.subscribe();
    const follower = await follow([event], { push, feed: secret() });
    expect(await held(follower)).toMatchObject({
      events: [event.id],
      endpoint: push.endpoint,
      feed: true,
      language: 'fr',
    });
    expect(await held(secret())).toBeUndefined();
    await tell({ follower, events: [], language: 'fr' });
    expect(await held(follower)).toBeUndefined();
  });

  test('an attendee who asked for it is told when something becomes of a registration of theirs, and nobody else is', async () => {
    const [mine, theirs] = [service.subscribe(), service.subscribe()];
    const full = await publish({ mode: 'open', capacity: 1, waitingList: true });
    const asked = await publish({ mode: 'approval' });
    const secrets = [secret(), secret()] as const;
    const [phone, other] = secrets.map((one) => new Phone({ kind: 'holder', holderId: secretHash(one) })) as [
      Phone,
      Phone,
    ];
    const own = async (holder: string, push: object) => {
      const headers = { authorization: `Bearer ${holderBearer(holder)}` };
      const payload = { follower: secret(), events: [], push, own: true, language: 'fr' };
      return server.call({ method: 'POST', url: '/api/v1/follow', payload, headers });
    };
    expect((await own(secrets[0], mine)).statusCode).toBe(200);
    expect((await own(secrets[1], theirs)).statusCode).toBe(200);
    expect((await tell({ follower: secret(), events: [], push: mine, own: true, language: 'fr' })).statusCode).toBe(
      401,
    );

    const first = registerArgs(full);
    await other.send(server.ctx, other.make('register', first));
    const [waits, request] = [registerArgs(full), registerArgs(asked)];
    for (const args of [waits, request]) await phone.send(server.ctx, phone.make('register', args));
    // What they did themselves needs no telling.
    expect(await pass()).toBe(0);
    await other.send(server.ctx, other.make('cancel-registration', { registrationId: first.registrationId }));
    expect(await pass()).toBe(1);
    expect(service.received.map((one) => one.path)).toEqual([new URL(mine.endpoint).pathname]);

    const { id } = await ensureAccount(server.ctx, { email: 'national@etat.example', role: 'national' });
    const national = { id, email: '', role: 'national', regions: [], bodies: [], demo: false } as const;
    await decideRegistrations(server.ctx, national, asked.id, 'refuse', [request.registrationId]);
    await decideRegistrations(server.ctx, national, full.id, 'cancel', [waits.registrationId]);
    // Both in one.
    expect(await pass()).toBe(1);
  });

  test('an endpoint that is no push service, keys that are none and lists without end are refused', async () => {
    const follower = secret();
    const push = service.subscribe();
    for (const bad of [
      { push: { ...push, endpoint: 'https://intern.example/admin' } },
      { push: { ...push, p256dh: 'AAAA' } },
      { push, follower: 'short' },
      { push, events: ['nonsense'] },
      { push, events: Array.from({ length: 501 }, () => '00000000-0000-8000-8000-000000000001') },
    ])
      expect((await tell({ follower, events: [], language: 'fr', ...bad })).json()).toMatchObject({
        code: 'bad_request',
      });
    const key = await server.call({ method: 'GET', url: '/api/v1/push-key' });
    expect(Buffer.from(key.json<{ key: string }>().key, 'base64url')).toHaveLength(65);
  });

  test('a calendar to subscribe to: under its secret alone, as the programme is now, and gone at a word', async () => {
    const [event, second] = [await publish(), await publish()];
    const feed = secret();
    const follower = await follow([event], { feed });
    const read = (name: string) => server.app.inject({ method: 'GET', url: `/feeds/agenda/${name}.ics` });
    const calendar = await read(feed);
    expect(calendar.headers['content-type']).toBe('text/calendar; charset=utf-8');
    expect(calendar.headers['cache-control']).toBe('private, no-cache');
    expect(calendar.body).toContain(`UID:${event.sessions[0]!.id}@escale`);
    expect(calendar.body).not.toContain(second.sessions[0]!.id);
    expect((await read(secret())).statusCode).toBe(404);
    expect((await read(follower)).statusCode).toBe(404);
    expect((await read('nonsense')).statusCode).toBe(404);

    await publishEvents(server.ctx, [{ ...moved(event, '10:45'), status: 'cancelled' }]);
    expect((await read(feed)).body).toContain('DTSTART:20261125T094500Z');
    expect((await read(feed)).body).toContain('STATUS:CANCELLED');
    await tell({ follower, events: [second.id], feed, language: 'en' });
    expect((await read(feed)).body).toContain(second.sessions[0]!.id);
    expect((await read(feed)).body).toContain('My Escale agenda');

    const next = secret();
    await tell({ follower, events: [second.id], feed: next, language: 'en' });
    expect((await read(feed)).statusCode).toBe(404);
    expect((await read(next)).statusCode).toBe(200);
    await tell({ follower, events: [], language: 'en' });
    expect((await read(next)).statusCode).toBe(404);
  });
});
