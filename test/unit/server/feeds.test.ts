import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publishEvents, saveEdition } from '#server/services/programme/publishing.ts';
import type { TestApp } from '../../support/test-app.ts';
import { anEdition, anEvent, openTestApp } from '../../support/test-app.ts';

let server: TestApp;
beforeAll(async () => {
  server = await openTestApp();
  await saveEdition(server.ctx, anEdition);
  await publishEvents(server.ctx, [anEvent(1), anEvent(2, { region: 'FR' })]);
});
afterAll(() => server.close());

const feed = (file: string, headers: Record<string, string> = {}) =>
  server.app.inject({ url: `/feeds/${anEdition.id}/${file}`, headers: { host: 'programme.example', ...headers } });

describe('the feeds', () => {
  test.each([
    ['52.ics', 'text/calendar; charset=utf-8', /BEGIN:VEVENT/],
    ['52.json', 'application/json; charset=utf-8', /"total":1/],
    ['52.xml', 'application/xml; charset=utf-8', /<schedule>/],
    ['52.geojson', 'application/geo+json; charset=utf-8', /FeatureCollection/],
  ])('%s is served as %s to anybody', async (file, type, text) => {
    const answer = await feed(file);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe(type);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(answer.headers['cache-control']).toMatch(/^public, max-age=300/);
    expect(answer.headers['vary']).toBe('accept-encoding');
    expect(answer.body).toMatch(text);
    expect(answer.body).not.toContain('Événement 2');
  });

  test('FR is the national part, all the whole edition', async () => {
    expect((await feed('FR.ics')).body.match(/BEGIN:VEVENT/g)).toHaveLength(1);
    expect((await feed('all.ics')).body.match(/BEGIN:VEVENT/g)).toHaveLength(2);
    expect((await feed('84.ics')).body).not.toContain('VEVENT');
  });

  test('have a strong tag for the packed and one for the plain bytes, and 304 for who has either', async () => {
    const plain = await feed('52.json');
    const packed = await feed('52.json', { 'accept-encoding': 'br, gzip' });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(packed.rawPayload).toString()).toBe(plain.body);
    expect(plain.headers.etag).toMatch(/^"[\w-]{22}"$/);
    expect(packed.headers.etag).toBe(`${plain.headers.etag!.slice(0, -1)}-gz"`);
    for (const tag of [plain.headers.etag!, packed.headers.etag!, '*', `"x", ${plain.headers.etag}`]) {
      const again = await feed('52.json', { 'if-none-match': tag });
      expect([tag, again.statusCode, again.body]).toEqual([tag, 304, '']);
    }
    expect((await feed('52.json', { 'accept-encoding': 'gzip;q=0' })).headers['content-encoding']).not.toBe('gzip');
    expect((await feed('52.json', { 'if-none-match': '"x"' })).statusCode).toBe(200);
  });

  test('change their tag with what they hold and with nothing else', async () => {
    const before = (await feed('52.ics')).headers.etag;
    await publishEvents(server.ctx, [anEvent(3, { region: '84' })]);
    expect((await feed('52.ics')).headers.etag).toBe(before);
    await publishEvents(server.ctx, [anEvent(4)]);
    const after = await feed('52.ics');
    expect(after.headers.etag).not.toBe(before);
    expect(after.body).toContain('Événement 4');
  });

  test.each(['52.docx', '99.ics', 'all', '..%2f52.ics', '52.constructor'])('%s is not found', async (file) => {
    expect((await feed(file)).statusCode).toBe(404);
  });
  test('an edition that does not exist is not found', async () => {
    expect((await server.app.inject({ url: '/feeds/rien/all.ics' })).statusCode).toBe(404);
  });
});
