import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Article, ContentPage } from '#domain/content.ts';
import { CONTENT } from '#protocol/scope.ts';
import { ensureAccount } from '#server/services/people/accounts.ts';
import { publishDefaultPages } from '#server/services/programme/content.ts';
import { engines } from '../support/databases.ts';
import { itemsOf } from '../support/scopes.ts';
import type { TestApp } from '../support/test-app.ts';
import { openTestApp } from '../support/test-app.ts';

const ID = '00000000-0000-7000-8000-0000000000a1';

describe.each(engines)('news and pages on %s', (engine) => {
  let server: TestApp;
  const cookies: Record<string, string> = {};
  beforeAll(async () => {
    server = await openTestApp({}, engine);
    await ensureAccount(server.ctx, { email: 'organiser@ville.example', role: 'organiser' });
    await ensureAccount(server.ctx, { email: 'regional@etat.example', role: 'regional', region: '52' });
    await ensureAccount(server.ctx, { email: 'national@etat.example', role: 'national' });
    for (const who of ['organiser@ville', 'regional@etat', 'national@etat'])
      cookies[who.split('@')[0]!] = await server.signIn(`${who}.example`);
    await publishDefaultPages(server.ctx, '2026-11-01T08:00:00.000Z');
  });
  afterAll(() => server.close());

  const call = (method: 'PUT' | 'DELETE', who: string, path: string, payload?: object) =>
    server.call({
      method,
      url: `/api/v1/content/${path}`,
      headers: { cookie: cookies[who] ?? '' },
      ...(payload ? { payload } : {}),
    });
  const pages = async (): Promise<ContentPage[]> =>
    (await itemsOf(server.ctx, CONTENT)).filter((i) => i.kind === 'page').map((i) => i.value as ContentPage);
  const articles = async (): Promise<Article[]> =>
    (await itemsOf(server.ctx, CONTENT)).filter((i) => i.kind === 'article').map((i) => i.value as Article);
  const page = async (): Promise<ContentPage> => (await pages()).find((one) => one.id === 'confidentialite')!;

  test('the pages that the law asks for are there from the start, in both languages', async () => {
    const all = await pages();
    expect(all.map((one) => one.id).toSorted()).toEqual(['accessibilite', 'confidentialite', 'mentions-legales']);
    for (const one of all) expect(Object.keys(one.body).toSorted()).toEqual(['en', 'fr']);
  });

  test('the national team edits a page; a second edit from the same text is refused, and a restart keeps the first', async () => {
    const before = await page();
    const edit = { title: { fr: 'Vie privée' }, body: { fr: 'Texte.' }, basedOn: before.updatedAt };
    expect((await call('PUT', 'national', 'pages/confidentialite', edit)).statusCode).toBe(200);
    const late = await call('PUT', 'national', 'pages/confidentialite', { ...edit, body: { fr: 'Autre.' } });
    expect([late.statusCode, late.json().code]).toEqual([409, 'edited_elsewhere']);
    await publishDefaultPages(server.ctx, '2026-12-01T08:00:00.000Z');
    expect(await page()).toMatchObject({ title: { fr: 'Vie privée' }, body: { fr: 'Texte.' } });
    expect(await page()).not.toHaveProperty('unedited');
  });

  test('news is written, changed under its address, and taken away', async () => {
    const first = { title: { fr: 'Œuvre ouverte' }, body: { fr: 'Un.' }, publishedAt: '2026-11-20T08:00:00.000Z' };
    const made = await call('PUT', 'national', `articles/${ID}`, first);
    expect(made.json()).toMatchObject({ id: ID, slug: 'oeuvre-ouverte' });
    const again = await call('PUT', 'national', `articles/${ID}`, first);
    expect(again.json().code).toBe('edited_elsewhere');
    const changed = { ...first, title: { fr: 'Autre titre' }, basedOn: made.json().updatedAt };
    expect((await call('PUT', 'national', `articles/${ID}`, changed)).json().slug).toBe('oeuvre-ouverte');
    expect(await articles()).toMatchObject([{ title: { fr: 'Autre titre' } }]);
    expect((await call('DELETE', 'national', `articles/${ID}`)).statusCode).toBe(204);
    expect((await call('DELETE', 'national', `articles/${ID}`)).statusCode).toBe(204);
    expect(await articles()).toEqual([]);
  });

  test('nobody else writes', async () => {
    const edit = { title: { fr: 'X' }, body: { fr: 'X' }, basedOn: (await page()).updatedAt };
    for (const [who, status] of [
      ['organiser', 403],
      ['regional', 403],
      ['nobody', 401],
    ] as const) {
      expect((await call('PUT', who, 'pages/confidentialite', edit)).statusCode).toBe(status);
      expect((await call('PUT', who, `articles/${ID}`, { ...edit, publishedAt: edit.basedOn })).statusCode).toBe(
        status,
      );
      expect((await call('DELETE', who, `articles/${ID}`)).statusCode).toBe(status);
    }
  });

  test('what is no text is refused', async () => {
    const edit = { title: { fr: ' ' }, body: {}, basedOn: (await page()).updatedAt };
    expect((await call('PUT', 'national', 'pages/confidentialite', edit)).statusCode).toBe(400);
    expect((await call('PUT', 'national', 'pages/autre', edit)).statusCode).toBe(400);
  });
});
