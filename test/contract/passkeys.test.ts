import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PasskeyCreation, PasskeyRequest, PasskeySignIn, SignInMeans } from '#protocol/sign-in-ways.ts';
import type { Sessions } from '#protocol/team.ts';
import { ensureAccount } from '#server/services/people/accounts.ts';
import type { Lies } from '../support/authenticator.ts';
import { Authenticator } from '../support/authenticator.ts';
import { engines } from '../support/databases.ts';
import type { TestApp } from '../support/test-app.ts';
import { openTestApp } from '../support/test-app.ts';

const ORIGIN = 'http://localhost:3000';
const ANNE = 'anne@nantes.example';
const LUC = 'luc@brest.example';

describe.each(engines)('passkeys on %s', (engine) => {
  let server: TestApp;
  let anne: string;
  let device: Authenticator;

  beforeEach(async () => {
    server = await openTestApp({}, engine);
    for (const email of [ANNE, LUC]) await ensureAccount(server.ctx, { email, role: 'organiser', language: 'en' });
    anne = await server.signIn(ANNE);
    device = new Authenticator(ORIGIN);
  });
  afterEach(() => server.close());

  const call = (cookie: string, method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: object) =>
    server.call({
      method,
      url: `/api/v1${path}`,
      headers: { cookie, 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' },
      ...(payload ? { payload } : {}),
    });
  const creation = async (cookie: string) =>
    (await call(cookie, 'POST', '/account/passkeys/options')).json<PasskeyCreation>();
  const add = async (cookie: string, lies?: Lies, from = device) =>
    call(cookie, 'POST', '/account/passkeys', from.create(await creation(cookie), lies));
  const challenge = async () => (await call('', 'POST', '/sign-in/passkey/options')).json<PasskeyRequest>();
  const signIn = (answer: PasskeySignIn) => call('', 'POST', '/sign-in/passkey', answer);
  const enter = async (lies?: Lies, from = device) => signIn(from.answer(await challenge(), lies));
  const mails = async (subject: RegExp): Promise<string[]> => {
    const folder = join(server.ctx.config.dataDir, 'mail');
    const names = (await readdir(folder)).filter((name) => name.endsWith('.eml'));
    const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    return texts.filter((text) => subject.test(text));
  };

  test('one is made by who is signed in, listed, renamed, used and removed, and the mailbox hears of it', async () => {
    const options = await creation(anne);
    expect(options.rp.id).toBe('localhost');
    expect(options.authenticatorSelection).toMatchObject({ residentKey: 'required', userVerification: 'required' });
    expect(JSON.stringify(options.user.id)).not.toContain('anne');
    const made = await call(anne, 'POST', '/account/passkeys', device.create(options));
    const [key] = made.json<SignInMeans>().passkeys;
    expect(key).toMatchObject({ name: 'Firefox · Linux', since: '2026-11-20T09:00:00.000Z' });
    expect(key).not.toHaveProperty('lastUsedAt');
    await vi.waitFor(async () => expect(await mails(/A passkey opens your Escale account/)).toHaveLength(1));
    expect((await creation(anne)).excludeCredentials).toHaveLength(1);

    expect((await call(anne, 'PUT', `/account/passkeys/${key!.id}`, { name: ' Mon téléphone ' })).statusCode).toBe(204);
    server.wait(60_000);
    const entered = await enter();
    expect(entered.json()).toMatchObject({ email: ANNE });
    const cookie = String(entered.headers['set-cookie']).split(';')[0]!;
    expect((await call(cookie, 'GET', '/account/sessions')).json<Sessions>().sessions.map((one) => one.by)).toEqual(
      expect.arrayContaining(['code', 'passkey']),
    );
    expect((await call(cookie, 'GET', '/account/means')).json<SignInMeans>().passkeys).toMatchObject([
      { name: 'Mon téléphone', lastUsedAt: '2026-11-20T09:01:00.000Z' },
    ]);
    const data = (await call(cookie, 'GET', '/account/data')).json<{ passkeys: object[]; sessions: object[] }>();
    expect(data.passkeys).toMatchObject([{ name: 'Mon téléphone' }]);

    expect((await call(anne, 'DELETE', `/account/passkeys/${key!.id}`)).statusCode).toBe(204);
    await vi.waitFor(async () => expect(await mails(/A way to sign in was removed/)).toHaveLength(1));
    expect((await enter()).json()).toMatchObject({ code: 'passkey_refused' });
  });

  test('an answer that lies about anything opens nothing', async () => {
    await add(anne);
    const other = new Authenticator(ORIGIN);
    await add(await server.signIn(LUC), {}, other);
    const lies: Lies[] = [
      { origin: 'https://evil.example' },
      { origin: 'http://localhost:3001' },
      { rpId: 'evil.example' },
      { challenge: 'A'.repeat(43) },
      { unverified: true },
      { signedBy: other },
      { userHandle: Buffer.from('somebody else').toString('base64url') },
    ];
    for (const lie of lies) {
      const refused = await enter(lie);
      expect([Object.keys(lie), refused.statusCode, refused.json()]).toMatchObject([
        Object.keys(lie),
        403,
        { code: 'passkey_refused' },
      ]);
      expect(refused.headers['set-cookie']).toBeUndefined();
    }
    expect((await enter()).statusCode).toBe(200);
  });

  test('a challenge counts once, for five minutes, and for nothing but what it was asked for', async () => {
    await add(anne);
    const asked = await challenge();
    const answer = device.answer(asked);
    const both = await Promise.all([signIn(answer), signIn(answer)]);
    expect(both.map((one) => one.statusCode).toSorted((a, b) => a - b)).toEqual([200, 403]);
    const late = device.answer(await challenge());
    server.wait(5 * 60_000);
    expect((await signIn(late)).statusCode).toBe(403);
    // One that was given for making a key.
    const { challenge: forMaking } = await creation(anne);
    expect((await enter({ challenge: forMaking })).statusCode).toBe(403);
    const { challenge: forEntering } = await challenge();
    expect((await add(anne, { challenge: forEntering })).statusCode).toBe(403);
    const luc = await server.signIn(LUC);
    const hers = await creation(anne);
    expect((await call(luc, 'POST', '/account/passkeys', new Authenticator(ORIGIN).create(hers))).statusCode).toBe(403);
    const rows = await server.ctx.db.read.selectFrom('passkey_challenge').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(forEntering);
  });

  test('a copy of a key is noticed by its count; a key that never counts is not suspected', async () => {
    await add(anne);
    expect((await enter()).statusCode).toBe(200);
    expect((await enter()).statusCode).toBe(200);
    device.counter = 0;
    expect((await enter()).statusCode).toBe(403);
    device.counter = 2;
    const asked = [await challenge(), await challenge()];
    const one = device.answer(asked[0]!);
    device.counter = 2;
    const copy = device.answer(asked[1]!);
    const both = await Promise.all([signIn(one), signIn(copy)]);
    expect(both.map((answer) => answer.statusCode).toSorted((a, b) => a - b)).toEqual([200, 403]);

    const cloud = new Authenticator(ORIGIN, { counts: false });
    await add(await server.signIn(LUC), {}, cloud);
    for (let times = 0; times < 3; times++) expect((await enter({}, cloud)).json()).toMatchObject({ email: LUC });
  });

  test('a key made for another address, unseen or twice is not taken', async () => {
    for (const lie of [{ origin: 'https://evil.example' }, { rpId: 'evil.example' }, { unverified: true }] as Lies[]) {
      expect([lie, (await add(anne, lie)).json()]).toMatchObject([lie, { code: 'passkey_refused' }]);
    }
    const made = device.create(await creation(anne));
    expect((await call(anne, 'POST', '/account/passkeys', made)).statusCode).toBe(200);
    expect((await call(anne, 'POST', '/account/passkeys', made)).statusCode).toBe(403);
    const broken = { ...made, response: { ...made.response, attestationObject: 'AAAA' } };
    await creation(anne);
    expect((await call(anne, 'POST', '/account/passkeys', broken)).json()).toMatchObject({ code: 'passkey_refused' });
    expect((await call(anne, 'GET', '/account/means')).json<SignInMeans>().passkeys).toHaveLength(1);
  });

  test('nobody touches the keys of another, and twenty are enough', async () => {
    const made = await add(anne);
    const { id } = made.json<SignInMeans>().passkeys[0]!;
    const luc = await server.signIn(LUC);
    expect((await call(luc, 'PUT', `/account/passkeys/${id}`, { name: 'X' })).statusCode).toBe(404);
    expect((await call(luc, 'DELETE', `/account/passkeys/${id}`)).statusCode).toBe(404);
    for (let number = 1; number < 20; number++) expect((await add(anne)).statusCode).toBe(200);
    expect((await call(anne, 'POST', '/account/passkeys/options')).json()).toMatchObject({ code: 'too_large' });
  });

  test('an account that is ended takes its keys with it', async () => {
    await add(anne);
    await call(anne, 'POST', '/account/passkeys/options');
    expect((await call(anne, 'DELETE', '/account')).statusCode).toBe(204);
    for (const table of ['passkey', 'passkey_challenge'] as const) {
      expect(await server.ctx.db.read.selectFrom(table).selectAll().execute()).toEqual([]);
    }
    expect((await enter()).statusCode).toBe(403);
  });

  test('they are bound to the public address, whatever a request calls itself by', async () => {
    const open = await openTestApp({ ESCALE_PUBLIC_URL: 'https://programme.example' }, engine);
    try {
      const ask = (host: string) =>
        open.call({ method: 'POST', url: '/api/v1/sign-in/passkey/options', headers: { host } });
      expect((await ask('evil.example')).json()).toMatchObject({ rpId: 'programme.example' });
    } finally {
      await open.close();
    }
    for (const host of ['127.0.0.1:3000', '[::1]:3000', 'evil.example']) {
      const asked = await server.call({ method: 'POST', url: '/api/v1/sign-in/passkey/options', headers: { host } });
      expect([host, asked.json()]).toMatchObject([host, { code: 'bad_request' }]);
    }
  });
});
