import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from '#server/app.ts';
import type { App } from '#server/routes/schemas.ts';
import { publishEvents, saveEdition, withdrawEvents } from '#server/services/programme/publishing.ts';
import type { TestApp } from '../../support/test-app.ts';
import { anEdition, anEvent, openTestApp } from '../../support/test-app.ts';

const SHELL = `<!doctype html>
<html lang="fr">
  <head>
    <title>Escale</title>
    <meta
      name="description"
      content="L'application"
    />
  </head>
  <body>
    <div id="root"></div>
    <noscript><p>Escale a besoin de JavaScript</p></noscript>
    <script type="module" src="/assets/index-DEADBEEF.js"></script>
  </body>
</html>`;

let server: TestApp;
let app: App;
let folder: string;

beforeAll(async () => {
  server = await openTestApp({ ESCALE_PUBLIC_URL: 'https://programme.example' });
  folder = await mkdtemp(join(tmpdir(), 'escale-shell-'));
  await writeFile(join(folder, 'index.html'), SHELL);
  app = await buildApp(server.ctx, { clientFolder: folder });
  await saveEdition(server.ctx, { ...anEdition, from: '2026-11-02', to: '2026-11-30' });
  await publishEvents(server.ctx, [
    anEvent(1, {
      title: { fr: 'Café </script> & "innovation"', en: 'Coffee' },
      summary: { fr: 'Parler <b>simplement</b>.' },
      description: { fr: 'Un **atelier**.\n\nAvec <img src=x onerror=alert(1)>.' },
      venues: [
        { id: '00000000-0000-8000-8002-000000000001', name: 'Médiathèque', postalCode: '44000', city: 'Nantes' },
      ],
    }),
    anEvent(2, {
      title: { en: 'Only English' },
      status: 'cancelled',
      afterwards: { en: 'Ten ideas & **one** way on.' },
      afterwardsPictures: [
        { url: `https://programme.example/pictures/${'a'.repeat(64)}`, alt: { en: 'A "wall"' }, licence: 'CC BY 4.0' },
      ],
    }),
    anEvent(3),
  ]);
  await withdrawEvents(server.ctx, [anEvent(3).id]);
});
afterAll(async () => {
  await app.close();
  await server.close();
  await rm(folder, { recursive: true });
});

const get = (url: string, headers: Record<string, string> = {}) =>
  app.inject({ url, headers: { accept: '*/*', ...headers } });
const dataIn = (html: string): Record<string, unknown>[] =>
  [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/g)].map(
    (m) => JSON.parse(m[1]!) as Record<string, unknown>,
  );
const meta = (html: string, name: string): string | undefined =>
  new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)"`).exec(html)?.[1];

describe('an event without JavaScript', () => {
  test('has title, description, address, preview, data and a text of its own', async () => {
    const page = await get('/evenements/evenement-1');
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    const html = page.body;
    expect(html).toContain('<title>Café &lt;/script&gt; &amp; &quot;innovation&quot; · Escale</title>');
    expect(html).toContain('<link rel="canonical" href="https://programme.example/evenements/evenement-1" />');
    expect(html.match(/name="description"/g)).toHaveLength(1);
    expect(meta(html, 'description')).toBe('Parler &lt;b&gt;simplement&lt;/b&gt;. (25 novembre 2026, 10:00, Nantes)');
    expect(meta(html, 'og:title')).toContain('Café');
    expect(meta(html, 'og:url')).toBe('https://programme.example/evenements/evenement-1');
    expect(meta(html, 'og:image')).toBe('https://programme.example/icons/icon-512.png');
    expect(meta(html, 'twitter:card')).toBe('summary');
    expect(html).toMatch(
      /<noscript>[^]*<h1>Café[^]*25 novembre 2026, 10:00–12:00[^]*Médiathèque, 44000 Nantes[^]*<\/noscript>/,
    );
    const [data] = dataIn(html);
    expect(data).toMatchObject({
      '@type': 'Event',
      name: 'Café </script> & "innovation"',
      startDate: '2026-11-25T10:00:00+01:00',
      endDate: '2026-11-25T12:00:00+01:00',
      eventStatus: 'https://schema.org/EventScheduled',
      inLanguage: 'fr',
      location: { '@type': 'Place', address: { postalCode: '44000', addressLocality: 'Nantes' } },
      offers: { price: 0, availability: 'https://schema.org/InStock' },
    });
  });
  test('keeps the app as it was, and nothing of an event becomes markup', async () => {
    const { body } = await get('/evenements/evenement-1');
    expect(body).toContain('<div id="root"></div>');
    expect(body).toContain('src="/assets/index-DEADBEEF.js"');
    expect(body).not.toMatch(/<img|<b>|onerror=alert\(1\)>(?!\.)/);
    expect(body.match(/<script/g)).toHaveLength(2);
  });
  test('is in its own language and says what became of it', async () => {
    const { body } = await get('/evenements/evenement-2');
    expect(body).toContain('<html lang="en"');
    expect(body).toContain('<title>Only English (cancelled) · Escale</title>');
    expect(dataIn(body)[0]).toMatchObject({ eventStatus: 'https://schema.org/EventCancelled', inLanguage: 'en' });
  });
  test.each(['/evenements/rien', '/evenements/evenement-3', '/editions/rien', '/regions/99'])(
    '%s is the app with status 404',
    async (url) => {
      const page = await get(url, { accept: 'text/html' });
      expect(page.statusCode).toBe(404);
      expect(page.body).toContain('<div id="root"></div>');
    },
  );
  test('says what came out of it, with its pictures in words and whose they are', async () => {
    const { body } = await get('/evenements/evenement-2');
    expect(body).toContain('<h2>What came out of it</h2>\n<p>Ten ideas &amp; one way on.</p>');
    expect(body).toContain('alt="A &quot;wall&quot;" /><figcaption>CC BY 4.0</figcaption>');
  });

  test('is told to have stayed the same', async () => {
    const first = await get('/evenements/evenement-1');
    const again = await get('/evenements/evenement-1', { 'if-none-match': String(first.headers.etag) });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    expect(first.headers['cache-control']).toBe('no-cache');
  });
});

test('lists name their events, their regions and their feeds', async () => {
  for (const url of ['/', '/editions/edition-test', '/?edition=edition-test']) {
    const { body, statusCode } = await get(url);
    expect(statusCode).toBe(200);
    expect(body).toContain('<a href="/evenements/evenement-1">');
    expect(body).toContain('<span lang="en">Only English</span>');
    expect(body).not.toContain('Événement 3');
    expect(body).toContain('<a href="/regions/52">Pays de la Loire</a> (2)');
    expect(body).toContain('<a href="/feeds/edition-test/all.ics">');
    expect(meta(body, 'description')).toMatch(/^Du 2 novembre 2026 au 30 novembre 2026 · 2 événements/);
    expect(dataIn(body).at(-1)).toMatchObject({ '@type': 'EventSeries', startDate: '2026-11-02' });
  }
  const region = await get('/regions/52');
  expect(region.body).toContain('<h1>Pays de la Loire : Édition d’essai</h1>');
  expect(region.body).toContain('href="/feeds/edition-test/52.ics"');
  expect((await get('/regions/84')).body).not.toContain('evenement-1');
});

test('the front page brings the beginning of its list for the app, and no other page does', async () => {
  const front = (html: string): unknown =>
    JSON.parse(/<script type="application\/json" id="front">(.*?)<\/script>/.exec(html)?.[1] ?? 'null');
  const { body } = await get('/');
  expect(front(body)).toMatchObject({
    edition: { id: anEdition.id },
    total: 2,
    others: false,
    featured: false,
    cards: [
      { slug: 'evenement-1', title: { fr: 'Café </script> & "innovation"' }, places: 'open' },
      { slug: 'evenement-2', status: 'cancelled' },
    ],
  });
  for (const path of [
    '/regions/52',
    `/editions/${anEdition.id}`,
    `/?edition=${anEdition.id}`,
    '/evenements/evenement-1',
  ])
    expect(front((await get(path)).body)).toBeNull();
});

test('the file that the worker keeps has no words in it', async () => {
  expect((await get('/index.html')).body).toBe(SHELL);
});

test('robots are told where the pages are and where they have no business', async () => {
  const robots = (await get('/robots.txt')).body;
  expect(robots).toContain('Disallow: /espace');
  expect(robots).toContain('Sitemap: https://programme.example/sitemap.xml');
  expect((await get('/sitemap.xml')).body).toContain('<loc>https://programme.example/sitemaps/edition-test.xml</loc>');
  const map = await get('/sitemaps/edition-test.xml');
  expect(map.headers['content-type']).toBe('application/xml; charset=utf-8');
  expect(map.body).toContain(
    '<loc>https://programme.example/evenements/evenement-2</loc><lastmod>2026-11-01</lastmod>',
  );
  expect(map.body).not.toContain('evenement-3');
  expect((await get('/sitemaps/rien.xml')).statusCode).toBe(404);
});
