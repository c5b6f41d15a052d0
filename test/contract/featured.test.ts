import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Featured } from '#domain/featured.ts';
import { CONTENT } from '#protocol/scope.ts';
import { ensureAccount } from '#server/services/people/accounts.ts';
import { publishEvents, saveEdition } from '#server/services/programme/publishing.ts';
import { engines } from '../support/databases.ts';
import { itemsOf } from '../support/scopes.ts';
import type { TestApp } from '../support/test-app.ts';
import { anEdition, anEvent, openTestApp } from '../support/test-app.ts';

const [one, two, elsewhere] = [anEvent(1), anEvent(2), anEvent(3, { region: '76' })];

describe.each(engines)('what is featured on %s', (engine) => {
  let server: TestApp;
  const cookies: Record<string, string> = {};
  beforeAll(async () => {
    server = await openTestApp({}, engine);
    await saveEdition(server.ctx, anEdition);
    await publishEvents(server.ctx, [one, two, elsewhere]);
    await ensureAccount(server.ctx, { email: 'regional@etat.example', role: 'regional', region: '52' });
    await ensureAccount(server.ctx, { email: 'national@etat.example', role: 'national' });
    for (const who of ['regional', 'national']) cookies[who] = await server.signIn(`${who}@etat.example`);
  });
  afterAll(() => server.close());

  const put = (who: string, place: string, events: readonly object[], basedOn?: string) => {
    // Each at a moment of its own, as the trail tells them.
    server.wait(1000);
    return server.call({
      method: 'PUT',
      url: `/api/v1/content/featured/${anEdition.id}/${place}`,
      headers: { cookie: cookies[who] ?? '' },
      payload: { events, ...(basedOn === undefined ? {} : { basedOn }) },
    });
  };
  const shown = async (place: string): Promise<Featured | undefined> =>
    (await itemsOf(server.ctx, CONTENT)).find((item) => item.id === `${anEdition.id}/${place}`)?.value as
      | Featured
      | undefined;
  const trail = async (eventId: string): Promise<string[]> => {
    const rows = await server.ctx.db.read
      .selectFrom('deed')
      .select(['kind', 'about'])
      .where('event_id', '=', eventId)
      .orderBy('id')
      .execute();
    return rows.map((row) => `${row.kind} ${row.about}`);
  };
  const code = (answer: { json(): unknown }): string => (answer.json() as { code: string }).code;

  test('reaches every device, in its order and with its days, and leaves a trail', async () => {
    const events = [{ eventId: elsewhere.id, from: '2026-11-20', to: '2026-11-30' }, { eventId: one.id }];
    const answer = await put('national', 'home', events);
    expect(answer.statusCode).toBe(200);
    expect(await shown('home')).toMatchObject({ editionId: anEdition.id, place: 'home', events });
    expect(await trail(one.id)).toEqual(['featured home']);
  });

  test('a second choice names the first; what was there can be put back, and both stand in the trail', async () => {
    const before = (await shown('home'))!;
    expect(code(await put('national', 'home', [{ eventId: two.id }]))).toBe('edited_elsewhere');
    const changed = await put('national', 'home', [{ eventId: two.id }], before.updatedAt);
    const { updatedAt } = changed.json<Featured>();
    expect(updatedAt > before.updatedAt).toBe(true);
    expect((await put('national', 'home', before.events, updatedAt)).statusCode).toBe(200);
    expect((await shown('home'))!.events).toEqual(before.events);
    expect(await trail(one.id)).toEqual(['featured home', 'unfeatured home', 'featured home']);
  });

  test('a correspondent chooses for the page of their region, of events that are there', async () => {
    expect((await put('regional', '52', [{ eventId: one.id }])).statusCode).toBe(200);
    const { updatedAt } = (await shown('52'))!;
    expect(code(await put('regional', '52', [{ eventId: elsewhere.id }], updatedAt))).toBe('not_found');
    expect(code(await put('regional', '76', [{ eventId: elsewhere.id }]))).toBe('forbidden');
    expect(code(await put('regional', 'home', [{ eventId: one.id }]))).toBe('forbidden');
  });

  test('no more than six, none twice, none that ends before it begins, none that is not published', async () => {
    const { updatedAt } = (await shown('home'))!;
    const many = Array.from({ length: 7 }, (_, at) => ({ eventId: anEvent(at + 1).id }));
    expect(code(await put('national', 'home', many, updatedAt))).toBe('bad_request');
    expect(code(await put('national', 'home', [{ eventId: one.id }, { eventId: one.id }], updatedAt))).toBe(
      'bad_request',
    );
    const backwards = [{ eventId: one.id, from: '2026-11-21', to: '2026-11-20' }];
    expect(code(await put('national', 'home', backwards, updatedAt))).toBe('bad_request');
    expect(code(await put('national', 'home', [{ eventId: anEvent(9).id }], updatedAt))).toBe('not_found');
    expect((await shown('home'))!.updatedAt).toBe(updatedAt);
  });
});
