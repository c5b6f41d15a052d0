import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gzipSync } from 'node:zlib';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problem } from '#protocol/problem.ts';
import { MAX_PUSH_BYTES } from '#protocol/push.ts';
import { buildApp } from '#server/app.ts';
import type { App } from '#server/routes/schemas.ts';
import { publishEvents, saveEdition } from '#server/services/programme/publishing.ts';
import type { TestApp } from '../../support/test-app.ts';
import { anEdition, anEvent, openTestApp } from '../../support/test-app.ts';

const SCOPE = `programme/${anEdition.id}/52`;
let server: TestApp;

beforeAll(async () => {
  server = await openTestApp();
  await saveEdition(server.ctx, anEdition);
  await publishEvents(server.ctx, [anEvent(1)]);
});
afterAll(() => server.close());

const holder = { authorization: `Bearer h.${'a'.repeat(43)}` };
const post = (url: string, payload: unknown, headers: Record<string, string> = {}) =>
  server.call({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', ...headers },
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  });

const zipped = (payload: Buffer) =>
  server.call({
    method: 'POST',
    url: '/api/v1/push',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip', ...holder },
    payload,
  });

test.each([
  ['malformed JSON', () => post('/api/v1/push', '{"protocol":'), 400, 'bad_request'],
  ['an empty body', () => post('/api/v1/push', ''), 400, 'bad_request'],
  ['a body that poisons prototypes', () => post('/api/v1/push', '{"__proto__":{"a":1}}'), 400, 'bad_request'],
  [
    'a body of another shape',
    () => post('/api/v1/pull', { protocol: 1, scopes: { 'person/x': 1 } }),
    400,
    'bad_request',
  ],
  ['too large a body', () => post('/api/v1/push', `"${'x'.repeat(MAX_PUSH_BYTES)}"`), 413, 'too_large'],
  ['a small body that unpacks to too large a one', () => zipped(gzipSync(' '.repeat(50_000_000))), 413, 'too_large'],
  ['a compressed body that is none', () => zipped(Buffer.from('not gzip')), 400, 'bad_request'],
  [
    'another content type',
    () => post('/api/v1/push', '<a/>', { 'content-type': 'text/xml' }),
    415,
    'unsupported_media',
  ],
  ['an address that does not exist', () => server.call({ url: '/api/v1/nothing' }), 404, 'not_found'],
  ['another method', () => server.call({ method: 'PUT', url: '/api/v1/push' }), 404, 'not_found'],
  ['an address that cannot be read', () => server.call({ url: '/api/v1/%zz' }), 400, 'bad_request'],
  [
    'a bearer that is none',
    () => server.call({ url: '/api/v1/snapshots/pages/nohash?scope=directory' }),
    400,
    'bad_request',
  ],
  ['a push by nobody', () => post('/api/v1/push', aPush), 401, 'sign_in_required'],
  [
    'a credential of another kind',
    () => post('/api/v1/push', aPush, { authorization: 'Basic eA==' }),
    401,
    'credential_refused',
  ],
  ['an older client', () => post('/api/v1/push', aPush, { 'escale-protocol': '0' }), 426, 'protocol_too_old'],
  ['a newer client', () => post('/api/v1/push', aPush, { 'escale-protocol': '99' }), 503, 'busy'],
])('%s gets a problem document', async (_what, ask, status, code) => {
  const answer = await ask();
  expect(answer.statusCode).toBe(status);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(answer.headers['escale-protocol']).toBe('1');
  expect(answer.headers['cache-control']).toBe('no-store');
  const document = v.parse(problem, answer.json());
  expect(document).toMatchObject({ status, code });
  expect(answer.body).not.toMatch(/\.ts|node_modules|at \w+ \(/);
});

const aPush = {
  protocol: 1,
  replicaId: '0192f0c1-0000-7000-8000-000000000001',
  mutations: [
    {
      seq: 1,
      mutationId: '0192f0c1-0000-7000-8000-000000000002',
      name: 'cancel-registration',
      version: 1,
      args: { registrationId: '0192f0c1-0000-7000-8000-000000000003' },
      clientAt: '2026-11-20T09:00:00.000Z',
    },
  ],
};

test('what a request held is not repeated in its problem document', async () => {
  const answer = await post('/api/v1/sign-in', { email: 'jeanne.secrete@ville.example', code: 'pas un code' });
  expect(answer.statusCode).toBe(400);
  expect(answer.body).not.toMatch(/jeanne|pas un code/);
});

test('a push is answered with its verdict', async () => {
  const answer = await post('/api/v1/push', aPush, holder);
  expect(answer.json()).toMatchObject({
    last: 1,
    results: [{ seq: 1, outcome: 'refused', reason: 'registration_unknown' }],
  });
});

test('a push may come compressed', async () => {
  const answer = await zipped(gzipSync(JSON.stringify(aPush)));
  expect(answer.json()).toMatchObject({ last: 1, results: [{ seq: 1, outcome: 'refused' }] });
});

test('a gap tells the last number that the server has', async () => {
  const gap = { ...aPush, mutations: [{ ...aPush.mutations[0], seq: 9, mutationId: crypto.randomUUID() }] };
  expect((await post('/api/v1/push', gap, holder)).json()).toMatchObject({ status: 409, code: 'replica_gap', last: 1 });
});

test('a flood by one credential is slowed down, and says when to come again', async () => {
  const open = await openTestApp({ HOST: '0.0.0.0' });
  try {
    const headers = { authorization: `Bearer h.${'b'.repeat(43)}`, 'content-type': 'application/json' };
    const answers = [];
    for (let i = 0; i < 125; i++) {
      answers.push(await open.call({ method: 'POST', url: '/api/v1/push', headers, payload: '{}' }));
    }
    const last = answers.at(-1)!;
    expect(last.json()).toMatchObject({ status: 429, code: 'too_many_requests' });
    expect(Number(last.headers['retry-after'])).toBeGreaterThan(0);
    const other = { ...headers, authorization: `Bearer h.${'c'.repeat(43)}` };
    expect((await open.call({ method: 'POST', url: '/api/v1/push', headers: other, payload: '{}' })).statusCode).toBe(
      400,
    );
  } finally {
    await open.close();
  }
});

test('a first load is a manifest and pages that any cache may keep', async () => {
  const manifests = await server.call({ url: `/api/v1/snapshots?scope=directory&scope=${SCOPE}` });
  const { manifests: found } = manifests.json<{ manifests: { scope: string; pages: { hash: string }[] }[] }>();
  expect(found.map((m) => m.scope)).toEqual(['directory', SCOPE]);
  const url = `/api/v1/snapshots/pages/${found[1]!.pages[0]!.hash}?scope=${SCOPE}`;
  const plain = await server.call({ url });
  expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(plain.json()).toMatchObject([{ kind: 'event', id: anEvent(1).id }]);
  const zipped = await server.call({ url, headers: { 'accept-encoding': 'gzip' } });
  expect(zipped.headers['content-encoding']).toBe('gzip');
  expect(zipped.rawPayload.length).toBeLessThan(plain.rawPayload.length);
  const squeezed = await server.call({ url, headers: { 'accept-encoding': 'gzip, deflate, br' } });
  expect(squeezed.headers['content-encoding']).toBe('br');
  expect(brotliDecompressSync(squeezed.rawPayload).equals(plain.rawPayload)).toBe(true);
  const known = await server.call({ url, headers: { 'if-none-match': String(plain.headers['etag']) } });
  expect(known.statusCode).toBe(304);
  const stale = await server.call({ url: url.replace(/[0-9a-f]{64}/, '0'.repeat(64)) });
  expect(stale.json()).toMatchObject({ status: 410, code: 'snapshot_stale' });
});

test('a scope that the bearer may not read is absent, and its pages are', async () => {
  const url = `/api/v1/snapshots?scope=roster/${anEvent(1).id}`;
  expect((await server.call({ url, headers: holder })).json()).toMatchObject({ manifests: [] });
  expect((await server.call({ url: '/api/v1/snapshots?scope=own' })).json()).toMatchObject({ manifests: [] });
});

test('no address names a person: one’s own scope is asked for as such', async () => {
  const answer = await server.call({ url: '/api/v1/snapshots?scope=own&scope=directory', headers: holder });
  const { manifests } = answer.json<{ manifests: { scope: string }[] }>();
  expect(manifests.map((m) => m.scope)).toEqual([expect.stringMatching(/^person\/[\w-]{43}$/), 'directory']);
  for (const path of ['snapshots', `snapshots/pages/${'0'.repeat(64)}`, 'hints']) {
    const refused = await server.call({ url: `/api/v1/${path}?scope=person/${'x'.repeat(43)}`, headers: holder });
    expect(refused.json()).toMatchObject({ status: 400, code: 'bad_request' });
  }
});

test('hints tell the heads at once and again when they rise, and end with the server', async () => {
  const open = await openTestApp();
  await saveEdition(open.ctx, anEdition);
  await open.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = open.app.server.address() as AddressInfo;
  let text = '';
  const ended = new Promise<void>((resolve, reject) => {
    const asking = request({ port, path: `/api/v1/hints?scope=directory&scope=${SCOPE}` }, (answer) => {
      expect(answer.headers['content-type']).toMatch(/^text\/event-stream/);
      expect(answer.headers['escale-protocol']).toBe('1');
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      answer.once('end', resolve);
    });
    asking.on('error', reject).end();
  });
  const heard = async (pattern: RegExp) => {
    for (let tries = 0; tries < 100 && !pattern.test(text); tries++) await new Promise((r) => setTimeout(r, 20));
    expect(text).toMatch(pattern);
  };
  await heard(/event: heads\ndata: \{"directory":\{"epoch":"[^"]+","cursor":\d+\}\}\n\n/);
  await publishEvents(open.ctx, [anEvent(7)]);
  await heard(new RegExp(`data: \\{"${SCOPE}":\\{"epoch":"[^"]+","cursor":\\d+\\}\\}`));
  await open.close();
  await ended;
});

test('health, readiness and metrics answer', async () => {
  expect((await server.call({ url: '/healthz' })).body).toBe('ok\n');
  expect((await server.call({ url: '/readyz' })).body).toBe('ready\n');
  expect((await server.call({ url: '/metrics' })).body).toMatch(
    /^http_requests_total\{method="GET",route="\/readyz",status="200"\} 1$/m,
  );
});

test('every operation is described, with schemas and no dangling reference', async () => {
  const answer = await server.call({ url: '/api/v1/openapi.json' });
  const document = answer.json<{
    openapi: string;
    paths: Record<string, Record<string, { responses: Record<string, unknown>; requestBody?: unknown }>>;
  }>();
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining([
      '/api/v1/push',
      '/api/v1/pull',
      '/api/v1/snapshots',
      '/api/v1/hints',
      '/api/v1/enrolments',
    ]),
  );
  for (const operations of Object.values(document.paths)) {
    for (const operation of Object.values(operations))
      expect(Object.keys(operation.responses).length).toBeGreaterThan(0);
  }
  expect(JSON.stringify(document.paths['/api/v1/push']?.['post']?.requestBody)).toContain('mutationId');
  expect(answer.body).not.toContain('"$ref"');
});

test('every answer keeps strangers out by its headers', async () => {
  const { headers } = await server.call({ url: '/healthz' });
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
  expect(policy).not.toContain('unsafe-inline');
  expect(policy).toContain("frame-ancestors 'none'");
  expect(headers['x-content-type-options']).toBe('nosniff');
});

test('the built client is served: its document for every page, hashed files for ever', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'escale-client-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Escale</title>');
  await writeFile(join(folder, 'sw.js'), '//');
  await writeFile(join(folder, '.stamp'), 'hash');
  await writeFile(join(folder, 'assets/index-DEADBEEF.js'), 'export {};');
  await writeFile(join(folder, 'assets/index-DEADBEEF.js.br'), brotliCompressSync('export {};'));
  const app: App = await buildApp(server.ctx, { clientFolder: folder });
  try {
    const get = (url: string, accept = 'text/html') => app.inject({ url, headers: { accept } });
    for (const url of [
      '/',
      '/evenements/evenement-1',
      '/billets/1',
      '/espace/evenements/1',
      '/hors-ligne',
      '/?edition=x',
    ]) {
      const page = await get(url);
      expect([url, page.statusCode]).toEqual([url, 200]);
      expect(page.body).toMatch(/<title>([^<]+ · )?Escale<\/title>/);
      expect(page.headers['cache-control']).toBe('no-cache');
    }
    expect((await get('/nulle/part')).statusCode).toBe(404);
    expect((await get('/nulle/part')).body).toContain('<title>Escale</title>');
    expect((await get('/nulle/part', 'application/json')).headers['content-type']).toMatch(/problem/);
    expect((await get('/assets/index-gone.js', '*/*')).statusCode).toBe(404);
    expect((await get('/assets/index-DEADBEEF.js', '*/*')).headers['cache-control']).toBe(
      'public, max-age=31536000, immutable',
    );
    const packed = await app.inject({ url: '/assets/index-DEADBEEF.js', headers: { 'accept-encoding': 'gzip, br' } });
    expect(packed.headers).toMatchObject({
      'content-encoding': 'br',
      'content-type': expect.stringMatching(/^(text|application)\/javascript/),
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect((await get('/sw.js', '*/*')).headers['cache-control']).toBe('no-cache');
    expect((await get('/.stamp', '*/*')).statusCode).toBe(404);
    expect((await get('/..%2f..%2fpackage.json', '*/*')).statusCode).toBe(404);
  } finally {
    await app.close();
    await rm(folder, { recursive: true });
  }
});
