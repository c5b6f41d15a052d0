import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ensureAccount } from '#server/services/people/accounts.ts';
import { DEMO_CODE } from '#server/services/people/sign-in.ts';
import type { TestApp } from '../support/test-app.ts';
import { openTestApp } from '../support/test-app.ts';
import { engines } from '../support/databases.ts';

describe.each(engines)('sign-in on %s', (engine) => {
  const ADDRESS = 'organisatrice@ville.example';
  let server: TestApp;

  beforeAll(async () => {
    server = await openTestApp({}, engine);
    await ensureAccount(server.ctx, { email: ADDRESS, role: 'organiser' });
  });
  afterAll(() => server.close());

  const signIn = (email: string, code: string) =>
    server.call({ method: 'POST', url: '/api/v1/sign-in', payload: { email, code } });
  const me = (cookie?: string) => server.call({ method: 'GET', url: '/api/v1/me', headers: cookie ? { cookie } : {} });

  test('a mailed code opens a session that the browser keeps from scripts', async () => {
    const code = await server.askForCode(ADDRESS);
    const answer = await signIn(` ${ADDRESS.toUpperCase()} `, code);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ email: ADDRESS, role: 'organiser', demo: false });
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    expect((await me(cookie.split(';')[0])).json()).toMatchObject({ me: { email: ADDRESS } });
    const token = cookie.split(';')[0]!.split('=')[1]!;
    const sessions = await server.ctx.db.read.selectFrom('session').selectAll().execute();
    expect(JSON.stringify(sessions)).not.toContain(token);
  });

  test('a code works once', async () => {
    const code = await server.askForCode(ADDRESS);
    expect((await signIn(ADDRESS, code)).statusCode).toBe(200);
    const again = await signIn(ADDRESS, code);
    expect(again.statusCode).toBe(403);
    expect(again.json()).toMatchObject({ code: 'code_refused' });
  });

  test('a code is good for ten minutes', async () => {
    const code = await server.askForCode(ADDRESS);
    server.wait(10 * 60_000);
    expect((await signIn(ADDRESS, code)).json()).toMatchObject({ code: 'code_refused' });
  });

  test('a code that was tried five times wrongly is worth nothing', async () => {
    const code = await server.askForCode(ADDRESS);
    const wrong = code === '000000' ? '000001' : '000000';
    const tries = await Promise.all(Array.from({ length: 5 }, () => signIn(ADDRESS, wrong)));
    expect(tries.map((t) => t.statusCode)).toEqual([403, 403, 403, 403, 403]);
    expect((await signIn(ADDRESS, code)).statusCode).toBe(403);
    server.wait(10 * 60_000);
  });

  test('an unknown address gets the same answer and no mail', async () => {
    const ask = (email: string) =>
      server.call({ method: 'POST', url: '/api/v1/sign-in/codes', payload: { email, language: 'en' } });
    const before = (await server.mailedCodes(ADDRESS)).length;
    const [known, unknown] = await Promise.all([ask(ADDRESS), ask('personne@ailleurs.example')]);
    expect([unknown.statusCode, unknown.body]).toEqual([known.statusCode, known.body]);
    expect(known.statusCode).toBe(202);
    await vi.waitUntil(async () => (await server.mailedCodes(ADDRESS)).length > before);
    expect(await server.mailedCodes('personne@ailleurs.example')).toEqual([]);
  });

  test('the database holds no code that can be read', async () => {
    const code = await server.askForCode(ADDRESS);
    const rows = await server.ctx.db.read.selectFrom('sign_in_code').selectAll().execute();
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(code);
  });

  test('a sign-out ends the session, and thirty days do', async () => {
    const cookie = await server.signIn(ADDRESS);
    const out = await server.call({ method: 'DELETE', url: '/api/v1/sign-in', headers: { cookie } });
    expect([out.statusCode, out.json()]).toEqual([200, {}]);
    expect((await me(cookie)).json()).toEqual({ me: null });
    const other = await server.signIn(ADDRESS);
    server.wait(30 * 86_400_000);
    expect((await me(other)).json()).toEqual({ me: null });
  });

  test('what changes something is refused without the header that no other site can send', async () => {
    const cookie = await server.signIn(ADDRESS);
    const forged = await server.app.inject({ method: 'DELETE', url: '/api/v1/sign-in', headers: { cookie } });
    expect(forged.statusCode).toBe(400);
    expect((await me(cookie)).json()).toMatchObject({ me: { email: ADDRESS } });
  });

  test('a demonstration account signs in with the printed code, on this machine only', async () => {
    const demo = 'organisatrice@escale.example';
    await ensureAccount(server.ctx, { email: demo, role: 'organiser', demo: true });
    expect((await signIn(demo, DEMO_CODE)).json()).toMatchObject({ demo: true });
    expect((await signIn(ADDRESS, DEMO_CODE)).json()).toMatchObject({ code: 'code_refused' });
    const forwarded = [
      { host: 'programme.example' },
      { origin: 'https://programme.example' },
      { 'x-forwarded-for': '203.0.113.7' },
      { 'x-forwarded-host': 'programme.example' },
    ];
    for (const headers of forwarded) {
      const payload = { email: demo, code: DEMO_CODE };
      const outside = await server.call({ method: 'POST', url: '/api/v1/sign-in', headers, payload });
      expect([headers, outside.json()]).toMatchObject([headers, { code: 'code_refused' }]);
    }
  });

  test('a server for others than this machine knows no demonstration account', async () => {
    const open = await openTestApp({ ESCALE_PUBLIC_URL: 'https://programme.example' });
    try {
      const demo = 'organisatrice@escale.example';
      await ensureAccount(open.ctx, { email: demo, role: 'organiser', demo: true });
      const payload = { email: demo, code: DEMO_CODE };
      const answer = await open.call({ method: 'POST', url: '/api/v1/sign-in', payload });
      expect(answer.json()).toMatchObject({ code: 'code_refused' });
    } finally {
      await open.close();
    }
  });

  test('over https the cookie is Secure and bound to the host', async () => {
    const open = await openTestApp({ ESCALE_PUBLIC_URL: 'https://programme.example' });
    try {
      await ensureAccount(open.ctx, { email: ADDRESS, role: 'national' });
      const payload = { email: ADDRESS, code: await open.askForCode(ADDRESS) };
      const answer = await open.call({ method: 'POST', url: '/api/v1/sign-in', payload });
      expect(String(answer.headers['set-cookie'])).toMatch(
        /^__Host-escale-session=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      );
    } finally {
      await open.close();
    }
  });
});
