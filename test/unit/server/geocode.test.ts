import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureAccount } from '#server/services/people/accounts.ts';
import type { TestApp } from '../../support/test-app.ts';
import { openTestApp } from '../../support/test-app.ts';

/** Of the shape that the Base adresse nationale documents (addok), and what is none. */
const ANSWERS: Readonly<Record<string, string>> = {
  '50 place Zeus Montpellier': JSON.stringify({
    type: 'FeatureCollection',
    features: [
      {
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [3.893552, 43.608224] },
        properties: {
          label: '50 Place Zeus 34000 Montpellier',
          score: 0.97,
          name: '50 Place Zeus',
          postcode: '34000',
          citycode: '34172',
          city: 'Montpellier',
          type: 'housenumber',
        },
      },
      {
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [1000, 1000] },
        properties: { label: 'Nulle part' },
      },
    ],
  }),
  'un portail': '<html>Bienvenue</html>',
  'autre chose': '{"features":"aucune"}',
};

const asked: string[] = [];
const upstream = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://upstream');
  asked.push(`${url.pathname} ${url.searchParams.get('q')} ${request.headers.cookie ?? 'no cookie'}`);
  if (url.searchParams.get('q') === 'ailleurs')
    return response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end();
  response.end(ANSWERS[url.searchParams.get('q') ?? ''] ?? '{"features":[]}');
});
let server: TestApp;
let cookie: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const { port } = upstream.address() as AddressInfo;
  server = await openTestApp({ ESCALE_GEOCODER: `http://127.0.0.1:${port}/geocodage/search` });
  await ensureAccount(server.ctx, { email: 'organiser@ville.example', role: 'organiser' });
  cookie = await server.signIn('organiser@ville.example');
});
afterAll(async () => {
  await server.close();
  upstream.close();
});

const look = (q: string, headers: Record<string, string> = { cookie }) =>
  server.app.inject({ method: 'GET', url: `/api/v1/geocode?${new URLSearchParams({ q })}`, headers });

test('an address is found, and only its words leave the server', async () => {
  const answer = await look('50 place Zeus Montpellier');
  expect(answer.json()).toEqual({
    addresses: [
      {
        label: '50 Place Zeus 34000 Montpellier',
        address: '50 Place Zeus',
        postalCode: '34000',
        city: 'Montpellier',
        lat: 43.608224,
        lon: 3.893552,
      },
    ],
  });
  expect(asked).toEqual(['/geocodage/search 50 place Zeus Montpellier no cookie']);
});

test.each(['un portail', 'autre chose', 'ailleurs'])('an answer that is none (%s) is no address', async (q) => {
  const answer = await look(q);
  expect([answer.statusCode, answer.json().code]).toEqual([503, 'busy']);
});

test('nobody looks without being signed in, and nothing is looked for where no geocoder is', async () => {
  expect((await look('Montpellier', {})).statusCode).toBe(401);
  expect((await look('M')).statusCode).toBe(400);
  const without = await openTestApp();
  try {
    await ensureAccount(without.ctx, { email: 'organiser@ville.example', role: 'organiser' });
    const headers = { cookie: await without.signIn('organiser@ville.example') };
    const answer = await without.app.inject({ method: 'GET', url: '/api/v1/geocode?q=Montpellier', headers });
    expect(answer.statusCode).toBe(404);
    expect((await without.app.inject({ method: 'GET', url: '/api/v1/config' })).json()).toEqual({});
  } finally {
    await without.close();
  }
  expect((await server.app.inject({ method: 'GET', url: '/api/v1/config' })).json()).toEqual({ geocoder: true });
});
