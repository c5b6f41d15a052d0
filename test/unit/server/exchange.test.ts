import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DIRECTORY, programmeScope } from '#protocol/scope.ts';
import type { ImportAnswer } from '#protocol/exchange.ts';
import { MAX_IMPORT } from '#protocol/exchange.ts';
import { ensureAccount } from '#server/services/people/accounts.ts';
import { publishEvents, saveEdition } from '#server/services/programme/publishing.ts';
import { itemsOf } from '../../support/scopes.ts';
import type { TestApp } from '../../support/test-app.ts';
import { anEdition, anEvent, openTestApp } from '../../support/test-app.ts';

let server: TestApp;
const cookies: Record<string, string> = {};
beforeAll(async () => {
  server = await openTestApp();
  await saveEdition(server.ctx, anEdition);
  await publishEvents(server.ctx, [anEvent(1), anEvent(2, { region: '84' })]);
  for (const [role, region] of [['national'], ['regional', '52'], ['organiser']] as const) {
    await ensureAccount(server.ctx, { email: `${role}@exemple.fr`, role, ...(region ? { region } : {}) });
    cookies[role] = await server.signIn(`${role}@exemple.fr`);
  }
});
afterAll(() => server.close());

const FILE = 'titre;date;code_postal;lieu\nAtelier;2026-11-24;44000;Mairie\n';
const send = (role: string | undefined, query: string, body: string | Buffer = FILE) =>
  server.call({
    method: 'POST',
    url: `/api/v1/desk/imports?${query}`,
    headers: { 'content-type': 'application/octet-stream', ...(role ? { cookie: cookies[role]! } : {}) },
    payload: body,
  });
const QUERY = `format=csv&edition=${anEdition.id}`;
const events = (region: string) => itemsOf(server.ctx, programmeScope(anEdition.id, region));

describe('a programme from the desk', () => {
  test('is looked at first, and nothing is written', async () => {
    const answer = (await send('national', `${QUERY}&dryRun=1`)).json<ImportAnswer>();
    expect(answer).toMatchObject({
      kind: 'imported',
      dryRun: true,
      read: 1,
      added: 1,
      changes: [{ title: 'Atelier', region: '52' }],
    });
    expect(await events('52')).toHaveLength(1);
  });
  test('is taken in by the national team, where each event is', async () => {
    expect((await send('national', QUERY)).json()).toMatchObject({ kind: 'imported', added: 1 });
    expect(await events('52')).toHaveLength(2);
    expect((await send('national', QUERY)).json()).toMatchObject({ added: 0, unchanged: 1 });
  });
  test('makes an edition for the national team alone', async () => {
    expect((await send('national', 'format=csv&edition=neuve&dryRun=1')).json()).toMatchObject({ makesEdition: true });
    expect((await send('regional', 'format=csv&edition=neuve')).json()).toMatchObject({ kind: 'refused' });
    const editions = (await itemsOf(server.ctx, DIRECTORY)).filter((i) => i.kind === 'edition');
    expect(editions.map((i) => i.id)).toEqual([anEdition.id]);
  });
  test('of a correspondent is of their region, and no event of another one is touched', async () => {
    expect((await send('regional', QUERY, 'titre;date\nRégional;2026-11-24\n')).json()).toMatchObject({
      added: 1,
      changes: [{ region: '52' }],
    });
    const other = `id;titre;date\n${anEvent(2).id};Pris;2026-11-24\nx;Bon;2026-11-24\n`;
    expect((await send('regional', QUERY, other)).json()).toMatchObject({
      added: 1,
      refused: 1,
      problems: [{ message: 'it is of another region (84)', line: 2 }],
    });
    expect(JSON.stringify(await events('84'))).not.toContain('Pris');
    expect((await send('regional', `${QUERY}&region=84`)).statusCode).toBe(403);
  });
  test('is refused in one answer that says what is wrong and where', async () => {
    expect((await send('national', QUERY, 'a;b\n')).json()).toMatchObject({ kind: 'refused', problem: { line: 1 } });
    expect((await send('national', QUERY, Buffer.from([0x1f, 0x8b, 8, 0]))).json()).toMatchObject({
      kind: 'refused',
      problem: { message: 'it is compressed (gzip): unpack it first' },
    });
  });
  test.each([
    ['nobody', undefined, QUERY, 401],
    ['an organiser', 'organiser', QUERY, 403],
    ['an organiser who only looks', 'organiser', `${QUERY}&dryRun=1`, 403],
    ['another format', 'national', `format=docx&edition=${anEdition.id}`, 400],
    ['an edition that is none', 'national', 'format=csv&edition=../x', 400],
    ['a region that is none', 'national', `${QUERY}&region=99`, 400],
  ])('%s is refused', async (_who, role, query, status) => {
    expect((await send(role, query)).statusCode).toBe(status);
  });
  test('may be large, but not without measure', async () => {
    const row = `Atelier;2026-11-24;44000;${'x'.repeat(200)}\n`;
    const large = `titre;date;code_postal;lieu\n${row.repeat(5000)}`;
    expect((await send('national', `${QUERY}&dryRun=1`, large)).statusCode).toBe(200);
    expect((await send('national', `${QUERY}&dryRun=1`, 'x'.repeat(MAX_IMPORT + 1))).statusCode).toBe(413);
  });
  test('is sent as a file and nothing else', async () => {
    const answer = await server.call({
      method: 'POST',
      url: `/api/v1/desk/imports?${QUERY}`,
      headers: { 'content-type': 'application/json', cookie: cookies['national']! },
      payload: '{}',
    });
    expect(answer.statusCode).toBe(415);
  });
});

describe('a programme to take away', () => {
  const get = (role: string | undefined, query: string) =>
    server.call({ url: `/api/v1/desk/exports?${query}`, headers: role ? { cookie: cookies[role]! } : {} });
  test.each([
    ['csv', 'text/csv; charset=utf-8', 'csv'],
    ['openagenda', 'application/json', 'json'],
    ['ics', 'text/calendar; charset=utf-8', 'ics'],
    ['frab-xml', 'application/xml', 'xml'],
    ['frab-json', 'application/json', 'json'],
    ['geojson', 'application/geo+json', 'geojson'],
    ['json-ld', 'application/ld+json', 'jsonld'],
  ])('is a file in %s', async (format, type, ending) => {
    const answer = await get('regional', `format=${format}&edition=${anEdition.id}&region=52`);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe(type);
    expect(answer.headers['content-disposition']).toBe(`attachment; filename="${anEdition.id}-52.${ending}"`);
    expect(answer.body).toContain('Événement 1');
    expect(answer.body).not.toContain('Événement 2');
  });
  test('is for those whose work it is', async () => {
    const query = `format=csv&edition=${anEdition.id}`;
    expect((await get(undefined, query)).statusCode).toBe(401);
    expect((await get('organiser', query)).statusCode).toBe(403);
    expect((await get('national', 'format=csv&edition=rien')).statusCode).toBe(404);
  });
});
