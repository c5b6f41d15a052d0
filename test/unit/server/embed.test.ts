import { afterAll, beforeAll, expect, test } from 'vitest';
import { publishEvents, saveEdition } from '#server/services/programme/publishing.ts';
import type { TestApp } from '../../support/test-app.ts';
import { anEdition, anEvent, openTestApp } from '../../support/test-app.ts';

let server: TestApp;
let slug: string;

beforeAll(async () => {
  server = await openTestApp({ ESCALE_PUBLIC_URL: 'https://programme.example' });
  await saveEdition(server.ctx, anEdition);
  const event = anEvent(1, { title: { fr: 'Café <script>alert(1)</script> & "débat"', en: 'Coffee' } });
  slug = event.slug;
  await publishEvents(server.ctx, [event]);
});
afterAll(() => server.close());

const get = (url: string) => server.app.inject({ method: 'GET', url });

test('other sites may frame an event, and nothing in it runs, is fetched or tells who looks', async () => {
  const answer = await get(`/embed/evenements/${slug}`);
  expect(answer.statusCode).toBe(200);
  const policy = String(answer.headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain('frame-ancestors *');
  expect(policy).not.toContain('script-src');
  expect(answer.headers).not.toHaveProperty('x-frame-options');
  expect(answer.headers).not.toHaveProperty('set-cookie');
  expect(answer.body).toContain('Café &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;débat&quot;');
  expect(answer.body).not.toMatch(/<script|src=|@import/);
  expect(answer.body).toContain(`href="https://programme.example/evenements/${slug}"`);
});

test('it speaks English when asked, and falls back when asked for anything else', async () => {
  const english = (await get(`/embed/evenements/${slug}?langue=en`)).body;
  expect(english).toContain('<html lang="en">');
  expect(english).toContain('Coffee');
  expect((await get(`/embed/evenements/${slug}?langue=%22onload`)).body).toContain('<html lang="fr">');
});

test('what is not there says so in the frame, and only this page may be framed', async () => {
  expect((await get('/embed/evenements/nulle-part')).statusCode).toBe(404);
  const other = await get('/healthz');
  expect(String(other.headers['content-security-policy'])).toContain("frame-ancestors 'none'");
  expect(other.headers['x-frame-options']).toBe('DENY');
});
