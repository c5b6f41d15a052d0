import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_PICTURE_BYTES } from '#domain/picture.ts';
import { ensureAccount } from '#server/services/people/accounts.ts';
import { dropUnusedPictures } from '#server/services/programme/picture-cleaning.ts';
import { engines, eventWith, publish } from '../support/databases.ts';
import type { TestApp } from '../support/test-app.ts';
import { openTestApp } from '../support/test-app.ts';

const PICTURE = readFileSync(new URL('../fixtures/qr/12.png', import.meta.url));
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe.each(engines)('pictures of events on %s', (engine) => {
  let server: TestApp;
  let cookie: string;
  beforeAll(async () => {
    server = await openTestApp({}, engine);
    await ensureAccount(server.ctx, { email: 'organiser@ville.example', role: 'organiser' });
    cookie = await server.signIn('organiser@ville.example');
  });
  afterAll(() => server.close());

  const put = async (payload: Buffer, sha256 = hashOf(payload), headers: Record<string, string> = { cookie }) => {
    const answer = await server.call({
      method: 'PUT',
      url: `/api/v1/pictures/${sha256}`,
      headers: { ...headers, 'content-type': 'application/octet-stream' },
      payload,
    });
    return [answer.statusCode, answer.body === '' ? '' : answer.json().code];
  };

  test('a picture is taken, twice as well as once, and served as a picture and nothing else', async () => {
    expect(await put(PICTURE)).toEqual([204, '']);
    expect(await put(PICTURE)).toEqual([204, '']);
    const answer = await server.app.inject({ method: 'GET', url: `/pictures/${hashOf(PICTURE)}` });
    expect(answer.rawPayload.equals(PICTURE)).toBe(true);
    expect(answer.headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect(answer.headers['content-security-policy']).toContain('sandbox');
    const again = await server.app.inject({
      method: 'GET',
      url: `/pictures/${hashOf(PICTURE)}`,
      headers: { 'if-none-match': String(answer.headers.etag) },
    });
    expect(again.statusCode).toBe(304);
  });

  test('what is no picture, not what it says, too large or nobody\u2019s is refused, and nothing of it is kept', async () => {
    const page = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    expect(await put(page)).toEqual([415, 'unsupported_media']);
    expect(await put(PICTURE, hashOf(page))).toEqual([400, 'bad_request']);
    expect(await put(Buffer.concat([PICTURE, Buffer.alloc(MAX_PICTURE_BYTES)]))).toEqual([413, 'too_large']);
    expect(await put(PICTURE, hashOf(PICTURE), {})).toEqual([401, 'sign_in_required']);
    for (const sha256 of [hashOf(page), 'f'.repeat(64)]) {
      expect((await server.app.inject({ method: 'GET', url: `/pictures/${sha256}` })).statusCode).toBe(404);
    }
  });

  test('what nothing shows goes once its draft would long have been sent; what an event shows stays, and so does what was sent again', async () => {
    const day = 86_400_000;
    const [shown, unused, again] = [1, 2, 3].map((n) => Buffer.concat([PICTURE, Buffer.from([n])]));
    for (const picture of [shown!, unused!, again!]) expect(await put(picture)).toEqual([204, '']);
    const url = `https://programme.example/pictures/${hashOf(shown!)}`;
    await publish(server.ctx, eventWith({ mode: 'none' }, { image: { url } }));
    server.wait(60 * day);
    cookie = await server.signIn('organiser@ville.example');
    expect(await put(again!)).toEqual([204, '']);
    expect(await dropUnusedPictures(server.ctx, { dryRun: false })).toBe(0);
    server.wait(31 * day);
    // The one of the first test as well.
    expect(await dropUnusedPictures(server.ctx, { dryRun: true })).toBe(2);
    expect(await dropUnusedPictures(server.ctx, { dryRun: false })).toBe(2);
    const found = async (picture: Buffer) =>
      (await server.app.inject({ method: 'GET', url: `/pictures/${hashOf(picture)}` })).statusCode;
    expect(await Promise.all([shown!, unused!, again!, PICTURE].map(found))).toEqual([200, 404, 200, 404]);
  });
});
