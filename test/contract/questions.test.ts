import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EventQuestion, QuestionAnswer, QuestionPart } from '#domain/event-question.ts';
import { MAX_ANSWERS } from '#domain/event-question.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import type { DeskQuestion } from '#protocol/event-question.ts';
import { personScope, programmeScope, questionScope } from '#protocol/scope.ts';
import { ensureAccount, grantEvents } from '#server/services/people/accounts.ts';
import { publishEvents, saveEdition } from '#server/services/programme/publishing.ts';
import {
  contributionsOf,
  forgetContributions,
  personalAnswers,
  unsignAnswers,
} from '#server/services/programme/question-persons.ts';
import { engines, Phone } from '../support/databases.ts';
import { itemsOf, loaded } from '../support/scopes.ts';
import type { TestApp } from '../support/test-app.ts';
import { anEdition, anEvent, openTestApp } from '../support/test-app.ts';

const opening = (n: number) => ({
  id: `00000000-0000-8000-8003-${String(n).padStart(12, '0')}`,
  label: { fr: `Piste ${n}`, en: `Way in ${n}` },
});
const question: EventQuestion = {
  text: { fr: 'De quoi avons-nous besoin ?', en: 'What do we need?' },
  openings: [1, 2, 3].map(opening),
};

describe.each(engines)('a question put to all on %s', (engine) => {
  const asking = anEvent(1, { question });
  const closed = anEvent(2, { question: { ...question, closed: true } });
  const silent = anEvent(3);
  let server: TestApp;
  let cookie: string;

  beforeAll(async () => {
    server = await openTestApp({}, engine);
    await saveEdition(server.ctx, anEdition);
    await publishEvents(server.ctx, [asking, closed, silent]);
    const organiser = await ensureAccount(server.ctx, { email: 'organiser@ville.example', role: 'organiser' });
    await grantEvents(server.ctx, organiser.id, [asking.id, silent.id]);
    cookie = await server.signIn('organiser@ville.example');
  });
  afterAll(() => server.close());

  const holder = (phone: Phone) => (phone.who as { holderId: string }).holderId;
  const say = async (phone: Phone, name: string, args: object): Promise<string> => {
    const answer = await phone.send(server.ctx, phone.make(name, args));
    return answer.results[0]!.reason ?? answer.results[0]!.outcome;
  };
  const answer = (phone: Phone, more: object = {}, answerId: string = randomUUID()) =>
    say(phone, 'answer-question', { answerId, eventId: asking.id, text: 'Du temps.', ...more });
  const support = (phone: Phone, answerId: string, yes = true) =>
    say(phone, 'support-answer', { answerId, eventId: asking.id, support: yes });
  const answers = async (): Promise<QuestionAnswer[]> =>
    (await itemsOf(server.ctx, questionScope(asking.id))).map((item) => item.value as QuestionAnswer);
  const partOf = async (phone: Phone): Promise<QuestionPart | undefined> =>
    (await itemsOf(server.ctx, personScope(holder(phone)))).find((item) => item.kind === 'question-part')?.value as
      | QuestionPart
      | undefined;
  const desk = async (method: 'GET' | 'PUT', path: string, payload?: object, headers: object = { cookie }) =>
    server.call({
      method,
      url: `/api/v1/desk/events/${path}`,
      headers: { ...headers },
      ...(payload ? { payload } : {}),
    });

  test('an answer, signed or not, is for everybody to read, and nobody learns whose it is', async () => {
    const [ana, bo] = [new Phone(), new Phone()];
    const [first, second] = [randomUUID(), randomUUID()];
    expect(await answer(ana, { opening: opening(1).id, name: 'Ana' }, first)).toBe('applied');
    expect(await answer(bo, { text: ' Des outils,\net du temps. ' }, second)).toBe('applied');
    const at = '2026-11-20T09:00:00.000Z';
    expect((await answers()).toSorted((a, b) => (a.name ? -1 : b.name ? 1 : 0))).toEqual([
      { id: first, eventId: asking.id, opening: opening(1).id, text: 'Du temps.', name: 'Ana', support: 0, at },
      { id: second, eventId: asking.id, text: 'Des outils,\net du temps.', support: 0, at },
    ]);
    expect(JSON.stringify(await answers())).not.toContain(holder(ana));
    expect(await partOf(bo)).toEqual({
      eventId: asking.id,
      answers: [{ id: second, text: 'Des outils,\net du temps.', at }],
      supports: [],
    });
    // Who has never been here before gets them in one load, as the programme.
    const view = await loaded(server.ctx, { kind: 'anonymous' }, questionScope(asking.id));
    expect(view?.items()).toHaveLength(2);
  });

  test('P2: the same answer and the same support sent again count once; a support is one a person and can be taken back', async () => {
    const [ana, bo, cleo] = [new Phone(), new Phone(), new Phone()];
    const id = randomUUID();
    const mutation = ana.make('answer-question', { answerId: id, eventId: asking.id, text: 'Une fois.' });
    await ana.send(server.ctx, mutation);
    expect((await ana.send(server.ctx, mutation)).results[0]!.outcome).toBe('applied');
    expect(await answer(ana, { text: 'Deux fois.' }, id)).toBe('applied');
    expect((await answers()).filter((one) => one.id === id)).toMatchObject([{ text: 'Une fois.' }]);
    expect(await answer(bo, {}, id)).toBe('invalid');

    const count = async () => (await answers()).find((one) => one.id === id)?.support;
    expect(await Promise.all([support(bo, id), support(cleo, id)])).toEqual(['applied', 'applied']);
    expect(await support(bo, id)).toBe('applied');
    expect(await count()).toBe(2);
    expect((await partOf(bo))?.supports).toEqual([id]);
    expect(await support(ana, id)).toBe('invalid');
    expect(await support(bo, id, false)).toBe('applied');
    expect(await support(bo, id, false)).toBe('applied');
    expect(await count()).toBe(1);
    expect((await partOf(bo))?.supports).toEqual([]);
  });

  test('A1: the device is told where the log of the answers stands, to count its own support until then', async () => {
    const [ana, bo] = [new Phone(), new Phone()];
    const id = randomUUID();
    await answer(ana, {}, id);
    const { results } = await bo.send(
      server.ctx,
      bo.make('support-answer', { answerId: id, eventId: asking.id, support: true }),
    );
    const head = await server.ctx.db.read
      .selectFrom('scope_head')
      .selectAll()
      .where('scope', '=', questionScope(asking.id))
      .executeTakeFirstOrThrow();
    expect(results[0]!.reached[questionScope(asking.id)]).toEqual({ epoch: head.epoch, cursor: head.head });
    expect(results[0]!.reached[personScope(holder(bo))]).toBeDefined();
  });

  test('who wrote it takes it back whole, and nobody else does', async () => {
    const [ana, bo] = [new Phone(), new Phone()];
    const id = randomUUID();
    await answer(ana, { name: 'Ana' }, id);
    await support(bo, id);
    expect(await say(bo, 'withdraw-answer', { answerId: id, eventId: asking.id })).toBe('answer_unknown');
    expect(await say(ana, 'withdraw-answer', { answerId: id, eventId: asking.id })).toBe('applied');
    expect(await say(ana, 'withdraw-answer', { answerId: id, eventId: asking.id })).toBe('applied');
    expect((await answers()).some((one) => one.id === id)).toBe(false);
    expect(await support(bo, id)).toBe('answer_unknown');
    for (const table of ['question_answer', 'answer_support'] as const) {
      const column = table === 'question_answer' ? 'id' : 'answer_id';
      expect(await server.ctx.db.read.selectFrom(table).selectAll().where(column, '=', id).execute()).toEqual([]);
    }
  });

  test('a person gets what they said and has it deleted; long after, answers stay and nobody is behind them', async () => {
    const [ana, bo] = [new Phone(), new Phone()];
    const [hers, his] = [randomUUID(), randomUUID()];
    await answer(ana, { name: 'Ana' }, hers);
    await answer(bo, { name: 'Bo' }, his);
    await support(ana, his);
    await support(bo, hers);
    expect(await contributionsOf(server.ctx, holder(ana))).toMatchObject([
      { eventId: asking.id, answers: [{ id: hers, name: 'Ana' }], supports: [his] },
    ]);
    await server.ctx.db.units.one((tx) => forgetContributions(tx, holder(ana)));
    expect((await answers()).find((one) => one.id === his)).toMatchObject({ support: 0, name: 'Bo' });
    expect((await answers()).some((one) => one.id === hers)).toBe(false);
    expect(await partOf(ana)).toBeUndefined();
    expect(await contributionsOf(server.ctx, holder(ana))).toEqual([]);

    const cleo = new Phone();
    await support(cleo, his);
    expect(await personalAnswers(server.ctx, asking.id)).toBeGreaterThan(0);
    const { value: scopes } = await server.ctx.db.units.one((tx) => unsignAnswers(tx, asking.id));
    expect(scopes).toEqual(expect.arrayContaining([personScope(holder(bo)), personScope(holder(cleo))]));
    expect(await personalAnswers(server.ctx, asking.id)).toBe(0);
    const left = (await answers()).find((one) => one.id === his);
    expect(left).toMatchObject({ support: 1, text: 'Du temps.' });
    expect(left).not.toHaveProperty('name');
    expect(await partOf(bo)).toBeUndefined();
    expect(await partOf(cleo)).toBeUndefined();
    const hide = await desk('PUT', `${asking.id}/answers/${his}`, { hidden: 'Plus tard.' });
    expect(hide.statusCode).toBe(200);
  });

  test('what is no answer, or of no open question, is refused by itself, and nobody fills the page', async () => {
    const phone = new Phone();
    expect(await answer(phone, { text: '  ' })).toBe('invalid');
    expect(await answer(phone, { text: 'x'.repeat(501) })).toBe('invalid');
    expect(await answer(phone, { text: 'a\u0000b' })).toBe('invalid');
    expect(await answer(phone, { name: 'a\nb' })).toBe('invalid');
    expect(await answer(phone, { opening: randomUUID() })).toBe('question_unknown');
    expect(await answer(phone, { eventId: silent.id })).toBe('question_unknown');
    expect(await answer(phone, { eventId: randomUUID() })).toBe('event_unknown');
    expect(await answer(phone, { eventId: closed.id })).toBe('question_closed');
    for (let n = 0; n < MAX_ANSWERS; n++) expect(await answer(phone)).toBe('applied');
    expect(await answer(phone)).toBe('too_many_answers');
  });

  test('the organiser hides an answer with a reason that its author alone reads, and shows it again', async () => {
    const [ana, bo] = [new Phone(), new Phone()];
    const id = randomUUID();
    await answer(ana, { text: 'Hors sujet.' }, id);
    await support(bo, id);
    const hide = await desk('PUT', `${asking.id}/answers/${id}`, { hidden: 'Vise une personne.' });
    expect(hide.json<DeskQuestion>().answers.find((one) => one.id === id)).toMatchObject({
      hidden: 'Vise une personne.',
      support: 1,
    });
    expect((await answers()).some((one) => one.id === id)).toBe(false);
    expect((await partOf(ana))?.answers).toMatchObject([{ id, hidden: 'Vise une personne.' }]);
    expect(await support(new Phone(), id)).toBe('answer_unknown');
    await desk('PUT', `${asking.id}/answers/${id}`, {});
    expect((await answers()).find((one) => one.id === id)).toMatchObject({ support: 1, text: 'Hors sujet.' });
    expect((await partOf(ana))?.answers[0]).not.toHaveProperty('hidden');

    const refused = async (path: string, headers: object) =>
      (await desk('PUT', path, { hidden: 'Non.' }, headers)).json();
    expect(await refused(`${asking.id}/answers/${id}`, {})).toMatchObject({ code: 'sign_in_required' });
    expect(await refused(`${closed.id}/answers/${id}`, { cookie })).toMatchObject({ code: 'forbidden' });
    expect(await refused(`${silent.id}/answers/${id}`, { cookie })).toMatchObject({ code: 'not_found' });
  });

  test('a question is put, changed, closed with what came out of it and taken away, never over somebody else’s', async () => {
    const published = async (): Promise<ProgrammeEvent> =>
      (await itemsOf(server.ctx, programmeScope(anEdition.id, '52'))).find((item) => item.id === silent.id)!
        .value as ProgrammeEvent;
    const none = (await desk('GET', `${silent.id}/question`)).json<DeskQuestion>();
    expect(none).toMatchObject({ version: 'none', answers: [] });
    const put = async (next: object | null, basedOn: string) =>
      (await desk('PUT', `${silent.id}/question`, { question: next, basedOn })).json<
        DeskQuestion & { code?: string }
      >();
    const asked = await put(question, none.version);
    expect((await published()).question).toEqual(question);
    const outcome = {
      outcome: { fr: '- du temps\n- des outils' },
      links: [{ label: 'Photos', url: 'https://example.org/p' }],
    };
    const ended = await put({ ...question, closed: true, ...outcome }, asked.version);
    expect((await published()).question).toEqual({ ...question, closed: true, ...outcome });
    expect((await put(question, asked.version)).code).toBe('edited_elsewhere');
    expect((await put({ ...question, openings: [opening(1), opening(1)] }, ended.version)).code).toBe('bad_request');
    expect((await put({ ...question, links: [{ label: 'x', url: 'javascript:alert(1)' }] }, ended.version)).code).toBe(
      'bad_request',
    );
    expect((await put(null, ended.version)).version).toBe('none');
    expect((await published()).question).toBeUndefined();
    expect((await published()).title).toEqual(silent.title);
    expect((await desk('GET', `${closed.id}/question`)).json()).toMatchObject({ code: 'forbidden' });
  });
});
