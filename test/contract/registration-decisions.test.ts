import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProgrammeEvent, RegistrationPolicy } from '#domain/programme.ts';
import type { Registration } from '#domain/registration.ts';
import { personScope } from '#protocol/scope.ts';
import { ensureAccount, grantEvents } from '#server/services/people/accounts.ts';
import { publishEvents, saveEdition } from '#server/services/programme/publishing.ts';
import { push } from '#server/services/sync/push.ts';
import { engines } from '../support/databases.ts';
import { itemsOf } from '../support/scopes.ts';
import type { TestApp } from '../support/test-app.ts';
import { anEdition, anEvent, openTestApp } from '../support/test-app.ts';

let last = 0;
const uuid = () => `00000000-0000-7000-8000-${(++last).toString(16).padStart(12, '0')}`;

describe.each(engines)("an organiser's decisions on %s", (engine) => {
  let server: TestApp;
  const cookies: Record<string, string> = {};
  beforeAll(async () => {
    server = await openTestApp({}, engine);
    await saveEdition(server.ctx, anEdition);
    await ensureAccount(server.ctx, { email: 'organiser@ville.example', role: 'organiser' });
    await ensureAccount(server.ctx, { email: 'stranger@ville.example', role: 'organiser' });
    await ensureAccount(server.ctx, { email: 'elsewhere@etat.example', role: 'regional', region: '76' });
    await ensureAccount(server.ctx, { email: 'national@etat.example', role: 'national' });
    for (const who of ['organiser@ville', 'stranger@ville', 'elsewhere@etat', 'national@etat'])
      cookies[who.split('@')[0]!] = await server.signIn(`${who}.example`);
  });
  afterAll(() => server.close());

  let n = 0;
  const publish = async (
    registration: RegistrationPolicy,
    more: Partial<ProgrammeEvent> = {},
  ): Promise<ProgrammeEvent> => {
    const event = anEvent(200 + ++n, { registration, ...more });
    await publishEvents(server.ctx, [event]);
    const { id } = await ensureAccount(server.ctx, { email: 'organiser@ville.example', role: 'organiser' });
    await grantEvents(server.ctx, id, [event.id]);
    return event;
  };
  const holderOf = (registrationId: string) => registrationId.replaceAll('-', '').padEnd(43, '0');
  const register = async (event: ProgrammeEvent, party = 1): Promise<string> => {
    const registrationId = uuid();
    const args = {
      registrationId,
      eventId: event.id,
      subjectId: event.id,
      firstName: 'Zoé',
      lastName: 'Ö',
      email: `${registrationId}@example.org`,
      party,
      language: 'fr',
    };
    await push(
      server.ctx,
      { kind: 'holder', holderId: holderOf(registrationId) },
      {
        protocol: 1,
        replicaId: uuid(),
        mutations: [
          { seq: 1, mutationId: uuid(), name: 'register', version: 1, args, clientAt: '2026-11-20T08:00:00.000Z' },
        ],
      },
    );
    return registrationId;
  };
  const post = (who: string, event: ProgrammeEvent, path: string, payload: object) =>
    server.call({
      method: 'POST',
      url: `/api/v1/desk/events/${event.id}/${path}`,
      headers: { cookie: cookies[who] ?? '' },
      payload,
    });
  const decide = (event: ProgrammeEvent, decision: string, ...registrationIds: string[]) =>
    post('organiser', event, 'registrations/decisions', { decision, registrationIds });
  /** As its holder sees it. */
  const seen = async (registrationId: string): Promise<Registration> => {
    const items = await itemsOf(server.ctx, personScope(holderOf(registrationId)));
    return items.find((item) => item.id === registrationId)!.value as Registration;
  };
  const letters = async (registrationId: string): Promise<string[]> => {
    const rows = await server.ctx.db.read
      .selectFrom('letter')
      .select('kind')
      .where('registration_id', '=', registrationId)
      .execute();
    return rows.map((row) => row.kind).toSorted();
  };

  test('a request is approved while there are places, and its maker has a ticket and a letter', async () => {
    const event = await publish({ mode: 'approval', capacity: 2, maxParty: 2 });
    const [pair, single] = [await register(event, 2), await register(event)];
    expect((await decide(event, 'approve', single)).json()).toEqual({ done: 1, failed: [] });
    expect((await decide(event, 'approve', pair)).json()).toEqual({
      done: 0,
      failed: [{ registrationId: pair, reason: 'full' }],
    });
    expect(await seen(single)).toMatchObject({ state: 'confirmed', ticket: expect.stringMatching(/^ESCALE1/) });
    expect(await letters(single)).toEqual(['confirmed', 'requested']);
    expect((await decide(event, 'refuse', pair)).json().done).toBe(1);
    expect(await seen(pair)).toMatchObject({ state: 'refused', reason: 'by_organiser' });
    expect(
      (await decide(event, 'approve', pair, single, uuid())).json().failed.map((one: { reason: string }) => one.reason),
    ).toEqual(['wrong_state', 'wrong_state', 'unknown']);
  });

  test('places taken back go to those who wait, in their order, unless somebody is let past', async () => {
    const event = await publish({ mode: 'open', capacity: 1, waitingList: true });
    const [first, second, third] = [await register(event), await register(event), await register(event)];
    expect((await decide(event, 'move_up', third)).json().failed[0].reason).toBe('full');
    expect((await decide(event, 'cancel', first)).json().done).toBe(1);
    expect((await seen(second)).state).toBe('confirmed');
    expect(await seen(third)).toMatchObject({ state: 'waitlisted', position: 1 });
    expect(await letters(first)).toContain('cancelled_by_organiser');
    await publishEvents(server.ctx, [{ ...event, registration: { mode: 'open', capacity: 1, waitingList: true } }]);
    const fourth = await register(event);
    await decide(event, 'cancel', second);
    expect((await seen(third)).state).toBe('confirmed');
    await decide(event, 'refuse', fourth);
    expect((await seen(fourth)).state).toBe('refused');
  });

  test('nobody moves up beyond the seats when two decisions meet', async () => {
    const event = await publish({ mode: 'approval', capacity: 1 });
    const both = [await register(event), await register(event)];
    const answers = await Promise.all(both.map((id) => decide(event, 'approve', id)));
    expect(answers.map((answer) => answer.json().done).toSorted((a: number, b: number) => a - b)).toEqual([0, 1]);
  });

  test('a message goes to those meant, each in a mail of their own, and is kept', async () => {
    const event = await publish({ mode: 'open', capacity: 1, waitingList: true });
    const [inside, waiting] = [await register(event), await register(event)];
    const message = { subject: 'Entrée par la cour', text: 'À demain.', states: ['confirmed'] };
    expect((await post('organiser', event, 'messages', message)).json()).toEqual({ recipients: 1 });
    expect(await letters(inside)).toContain('message');
    expect(await letters(waiting)).not.toContain('message');
    const kept = await server.ctx.db.read.selectFrom('message').selectAll().where('event_id', '=', event.id).execute();
    expect(kept).toMatchObject([{ subject: 'Entrée par la cour' }]);
  });

  test('somebody without a phone is registered by hand, once', async () => {
    const event = await publish({ mode: 'open', capacity: 1 });
    const person = {
      registrationId: uuid(),
      subjectId: event.id,
      firstName: 'Odile',
      lastName: 'Ô',
      email: 'odile@example.org',
      party: 1,
      language: 'fr',
    };
    expect((await post('organiser', event, 'registrations', person)).json()).toEqual({ state: 'confirmed' });
    expect((await post('organiser', event, 'registrations', person)).json()).toEqual({ state: 'confirmed' });
    const other = { ...person, registrationId: uuid(), email: 'x@example.org' };
    expect((await post('organiser', event, 'registrations', other)).json()).toEqual({
      state: 'refused',
      reason: 'full',
    });
  });

  test('what the organiser asks is answered by hand as on the form, and nothing else is kept', async () => {
    const [meal, stranger] = [uuid(), uuid()];
    const question = { id: meal, text: { fr: 'Repas' }, kind: 'text', required: true, perPerson: true } as const;
    const event = await publish(
      { mode: 'open', capacity: 3, maxParty: 2 },
      { registrationForm: { questions: [question] } },
    );
    const registrationId = uuid();
    const people = [
      { answers: { [meal]: 'sans sel', [stranger]: 'x' } },
      { name: 'Paul Œuf', answers: { [meal]: 'tout' } },
    ];
    const person = { firstName: 'Odile', lastName: 'Ô', email: 'odile.deux@example.org', party: 2, language: 'fr' };
    const body = { registrationId, subjectId: event.id, ...person, people };
    expect((await post('organiser', event, 'registrations', body)).json()).toEqual({ state: 'confirmed' });
    const row = await server.ctx.db.read
      .selectFrom('registration')
      .select('answers')
      .where('id', '=', registrationId)
      .executeTakeFirstOrThrow();
    expect(JSON.parse(row.answers!)).toEqual({
      people: [{ answers: { [meal]: 'sans sel' } }, { name: 'Paul Œuf', answers: { [meal]: 'tout' } }],
    });
  });

  test('only who runs the event decides', async () => {
    const event = await publish({ mode: 'approval' });
    const id = await register(event);
    for (const [who, status] of [
      ['nobody', 401],
      ['stranger', 403],
      ['elsewhere', 403],
      ['national', 200],
    ] as const) {
      const body = { decision: 'approve', registrationIds: [id] };
      expect((await post(who, event, 'registrations/decisions', body)).statusCode, who).toBe(status);
    }
    const elsewhere = await publish({ mode: 'approval' });
    expect((await decide(elsewhere, 'cancel', id)).json().failed[0].reason).toBe('unknown');
  });
});
