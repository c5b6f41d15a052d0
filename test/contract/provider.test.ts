import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { SignInMeans } from '#protocol/sign-in-ways.ts';
import type { Sessions } from '#protocol/team.ts';
import { ensureAccount } from '#server/services/people/accounts.ts';
import { engines } from '../support/databases.ts';
import type { Person } from '../support/identity-provider.ts';
import { IdentityProvider, passThrough } from '../support/identity-provider.ts';
import type { TestApp } from '../support/test-app.ts';
import { openTestApp } from '../support/test-app.ts';

const ORIGIN = 'http://localhost:3000';
const START = '/api/v1/sign-in/provider';

describe.each(engines)('signing in through a provider on %s', (engine) => {
  let provider: IdentityProvider;
  let server: TestApp;
  let number = 0;

  const open = async (signedUserInfo: boolean, more: Record<string, string> = {}): Promise<void> => {
    provider = await IdentityProvider.start({ origin: ORIGIN, signedUserInfo });
    server = await openTestApp({ ...provider.environment, ...more }, engine);
  };
  const close = async (): Promise<void> => {
    await server.close();
    await provider.stop();
  };
  /** Somebody with an account, who is at the provider now. @returns their address */
  const somebody = async (verified?: boolean): Promise<string> => {
    const sub = `anne${++number}`;
    const email = `${sub}@nantes.example`;
    await ensureAccount(server.ctx, { email, role: 'organiser', language: 'en' });
    provider.person = { sub, email, ...(verified === undefined ? {} : { verified }) };
    return email;
  };
  afterEach(() => void (provider.tamper = undefined));

  /** Where an answer sends the browser, and what it gives it to keep. */
  const visit = async (path: string, cookie = '') => {
    const answer = await server.app.inject({ url: path, headers: { cookie, host: 'localhost:3000' } });
    expect(answer.statusCode).toBe(303);
    const cookies = answer.cookies.map(({ name, value }) => `${name}=${value}`);
    return { to: String(answer.headers.location), cookies, attributes: String(answer.headers['set-cookie'] ?? '') };
  };
  const leave = async (path = START) => {
    const { to, cookies } = await visit(path);
    return { to, cookie: cookies.join('; ') };
  };
  /** The path at which the provider sends the browser back. */
  const meet = async (address: string): Promise<string> => {
    const back = await passThrough(provider, address);
    expect(back.origin).toBe(ORIGIN);
    return back.pathname + back.search;
  };
  const signIn = async (path?: string) => {
    const { to, cookie } = await leave(path);
    return visit(await meet(to), cookie);
  };
  /** The cookie of a session that the provider has opened. */
  const entered = async () => (await signIn()).cookies.find((one) => one.startsWith('escale-session='))!;
  const sessions = async () => (await server.ctx.db.read.selectFrom('session').select('id').execute()).length;
  const concern = (to: string) => new URL(to, ORIGIN).searchParams.get('souci');
  const call = (cookie: string, method: 'GET' | 'DELETE', path: string) =>
    server.call({ method, url: `/api/v1${path}`, headers: { cookie } });
  const mails = async (to: string): Promise<string[]> => {
    const folder = join(server.ctx.config.dataDir, 'mail');
    const names = await readdir(folder).catch(() => []);
    const texts = await Promise.all(
      names.filter((name) => name.endsWith('.eml')).map((name) => readFile(join(folder, name), 'utf8')),
    );
    return texts.filter((text) => text.includes(`To: ${to}`)).map((text) => text.replaceAll('=\n', ''));
  };

  describe('that speaks as ProConnect', () => {
    // No word on whether an address is verified, and UserInfo as a signed JWT.
    beforeAll(() => open(true, { OIDC_SIGNED_USERINFO: 'yes', OIDC_TRUST_EMAIL: 'yes', OIDC_ACR: 'eidas1 eidas2' }));
    afterAll(close);

    test('its answer opens a session, which says how it was opened and is ended there too', async () => {
      const email = await somebody();
      provider.person = { sub: 'majuscules', email: email.toUpperCase() };
      const { to, cookie } = await leave(`${START}?retour=${encodeURIComponent('/proposer/1?x=2')}`);
      const asked = new URL(to).searchParams;
      expect(Object.fromEntries(asked)).toMatchObject({
        response_type: 'code',
        scope: 'openid email',
        code_challenge_method: 'S256',
        redirect_uri: `${ORIGIN}/api/v1/sign-in/provider/callback`,
      });
      expect(asked.get('claims')).toBe('{"id_token":{"acr":{"essential":true,"values":["eidas1","eidas2"]}}}');
      for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name)!.length).toBeGreaterThan(31);
      const back = await visit(await meet(to), cookie);
      expect(back.to).toBe('/connexion?connecte=1&retour=%2Fproposer%2F1%3Fx%3D2');
      expect(back.attributes).toMatch(/escale-session=[^;]+;.*HttpOnly; SameSite=Lax/);

      const session = back.cookies.find((one) => one.startsWith('escale-session='))!;
      expect((await call(session, 'GET', '/me')).json()).toMatchObject({ me: { email } });
      expect((await call(session, 'GET', '/account/sessions')).json<Sessions>().sessions).toMatchObject([
        { by: 'provider', current: true },
      ]);
      const row = await server.ctx.db.read.selectFrom('session').selectAll().executeTakeFirst();
      expect(row!.id_token).toMatch(/^[\w-]{100,}$/);
      expect(Buffer.from(row!.id_token!, 'base64url').toString('latin1')).not.toMatch(/eyJ/);

      const out = await call(session, 'DELETE', '/sign-in');
      const onward = new URL(out.json<{ onward: string }>().onward);
      expect(onward.origin + onward.pathname).toBe(`${provider.issuer}/session/end`);
      expect(onward.searchParams.get('post_logout_redirect_uri')).toBe(`${ORIGIN}/connexion`);
      expect(onward.searchParams.get('id_token_hint')).toMatch(/^eyJ/);
      expect(onward.searchParams.get('state')!.length).toBeGreaterThan(31);
      // The provider takes it: it asks its person to confirm, and does not complain.
      const there = await fetch(onward, { redirect: 'manual' });
      expect(there.status).toBe(200);
      expect((await call(session, 'GET', '/me')).json()).toEqual({ me: null });
    });

    test('the account stays the same person’s when their address changes, and nobody else’s when the address does', async () => {
      const email = await somebody();
      const { sub } = provider.person as Person;
      await signIn();
      provider.person = { sub, email: 'anne.leroux@nantes.example' };
      const session = await entered();
      expect((await call(session, 'GET', '/me')).json()).toMatchObject({ me: { email } });
      const { identities } = (await call(session, 'GET', '/account/means')).json<SignInMeans>();
      expect(identities).toMatchObject([{ provider: 'Identité d’essai' }]);
      await vi.waitFor(async () =>
        expect((await mails(email)).filter((one) => /signed in to your account/.test(one))).toHaveLength(1),
      );

      provider.person = { sub: `${sub}-bis`, email };
      expect(concern((await signIn()).to)).toBe('linked_elsewhere');
      expect((await call(session, 'DELETE', `/account/identities/${identities[0]!.id}`)).statusCode).toBe(204);
      expect((await signIn()).to).toContain('connecte=1');
      provider.person = { sub };
      expect(concern((await signIn()).to)).toBe('unverified_email');
    });

    test('a word that is not signed as agreed is worth nothing', async () => {
      provider.tamper = (path, body) => {
        if (path !== '/token') return;
        const [head, , signature] = String(body['id_token']).split('.');
        const { sub: _, ...claims } = JSON.parse(
          Buffer.from(String(body['id_token']).split('.')[1]!, 'base64url').toString(),
        ) as Record<string, unknown>;
        const payload = Buffer.from(JSON.stringify({ ...claims, sub: 'somebody-else' })).toString('base64url');
        body['id_token'] = `${head}.${payload}.${signature}`;
      };
      await somebody();
      const before = await sessions();
      expect(concern((await signIn()).to)).toBe('untrusted');
      expect(await sessions()).toBe(before);
    });

    test('a session of the provider’s is ended from another device as any other is', async () => {
      await somebody();
      const [one, other] = [await entered(), await entered()];
      const { sessions: held } = (await call(one, 'GET', '/account/sessions')).json<Sessions>();
      const there = held.find((session) => !session.current)!;
      expect((await call(one, 'DELETE', `/account/sessions/${there.id}`)).statusCode).toBe(204);
      expect((await call(other, 'GET', '/me')).json()).toEqual({ me: null });
      expect((await call(one, 'GET', '/account/data')).json()).toMatchObject({
        identities: [{ issuer: provider.issuer, subject: `anne${number}` }],
        sessions: [{ by: 'provider' }],
      });
      expect((await call(one, 'DELETE', '/account')).statusCode).toBe(204);
      const rows = await server.ctx.db.read.selectFrom('account_identity').select('subject').execute();
      expect(rows.map((row) => row.subject)).not.toContain(`anne${number}`);
    });
  });

  test('UserInfo without a signature is refused where one was agreed', async () => {
    await open(false, { OIDC_SIGNED_USERINFO: 'yes' });
    try {
      await somebody(true);
      expect(concern((await signIn()).to)).toBe('untrusted');
    } finally {
      await close();
    }
  });

  test('a level of authentication that was not reached opens nothing', async () => {
    await open(false, { OIDC_ACR: 'eidas3' });
    try {
      await somebody(true);
      expect(new URL((await leave()).to).searchParams.get('acr_values')).toBe('eidas3');
      expect(concern((await signIn()).to)).toBe('untrusted');
      expect(await sessions()).toBe(0);
    } finally {
      await close();
    }
  });

  describe('that vouches for addresses', () => {
    beforeAll(() => open(false));
    afterAll(close);

    test('an address that it does not vouch for opens nothing', async () => {
      const email = await somebody();
      for (const person of [
        { sub: 'a', email, verified: false },
        { sub: 'a', email },
        { sub: 'a' },
        { sub: 'a', email: 'no address', verified: true },
      ]) {
        provider.person = person;
        expect([person, concern((await signIn()).to)]).toEqual([person, 'unverified_email']);
      }
      expect(await server.ctx.db.read.selectFrom('account_identity').select('id').execute()).toEqual([]);
    });

    test('somebody unknown has no account made for them; somebody invited has', async () => {
      provider.person = { sub: 'neuf', email: 'neuf@etat.example', verified: true };
      expect(concern((await signIn()).to)).toBe('unknown_person');
      await ensureAccount(server.ctx, { email: 'equipe@etat.example', role: 'national' });
      const national = await server.signIn('equipe@etat.example');
      const payload = { email: 'Neuf@etat.example', role: 'auditor', regions: [], bodies: [], language: 'fr' };
      await server.call({ method: 'POST', url: '/api/v1/team/invitations', headers: { cookie: national }, payload });
      const session = await entered();
      expect((await call(session, 'GET', '/me')).json()).toMatchObject({ me: { role: 'auditor' } });
    });

    test('an answer counts once, in the browser that asked, and for a quarter of an hour', async () => {
      await somebody(true);
      const first = await leave();
      const path = await meet(first.to);
      expect(concern((await visit(path)).to)).toBe('expired');
      expect(concern((await visit(path, `escale-trip=${'A'.repeat(43)}`)).to)).toBe('expired');
      const wrong = path.replace(/state=[^&]+/, `state=${'A'.repeat(43)}`);
      expect(concern((await visit(wrong, first.cookie)).to)).toBe('expired');
      expect((await visit(path, first.cookie)).to).toContain('connecte=1');
      expect(concern((await visit(path, first.cookie)).to)).toBe('expired');

      const late = await leave();
      const back = await meet(late.to);
      server.wait(15 * 60_000);
      expect(concern((await visit(back, late.cookie)).to)).toBe('expired');
    });

    test('two tabs of one browser do not undo each other', async () => {
      await somebody(true);
      const one = await leave();
      const other = await server.app.inject({ url: START, headers: { cookie: one.cookie, host: 'localhost:3000' } });
      const paths = [await meet(one.to), await meet(String(other.headers.location))];
      for (const path of paths) expect((await visit(path, one.cookie)).to).toContain('connecte=1');
    });

    test('the code of one sign-in is worth nothing in another, and neither is another nonce', async () => {
      await somebody(true);
      const [one, other] = [await leave(), await leave()];
      const code = new URL(await meet(one.to), ORIGIN).searchParams.get('code')!;
      const path = (await meet(other.to)).replace(/code=[^&]+/, `code=${code}`);
      expect(concern((await visit(path, other.cookie)).to)).toBe('expired');

      const third = await leave();
      const changed = new URL(third.to);
      changed.searchParams.set('nonce', 'N'.repeat(43));
      expect(concern((await visit(await meet(changed.href), third.cookie)).to)).toBe('untrusted');
    });

    test('whoever refuses, and a provider that is away, end on the sign-in page', async () => {
      const lines = vi.spyOn(server.ctx.log, 'warn');
      provider.person = 'refuses';
      expect(await signIn()).toMatchObject({ to: '/connexion?souci=cancelled&retour=%2Fespace' });
      const gone = await leave();
      await somebody(true);
      const path = await meet(gone.to);
      await provider.stop();
      expect(concern((await visit(path, gone.cookie)).to)).toBe('unavailable');
      expect(JSON.stringify(lines.mock.calls)).not.toMatch(/secret|@|code=|state=/);
      await provider.start();
      expect((await signIn()).to).toContain('connecte=1');
    });

    test('only pages of ours are gone on to, and clients learn the name of the provider and nothing else', async () => {
      await somebody(true);
      for (const retour of ['https://evil.example', '//evil.example', '/\\evil.example', 'espace']) {
        expect((await signIn(`${START}?retour=${encodeURIComponent(retour)}`)).to).toBe(
          '/connexion?connecte=1&retour=%2Fespace',
        );
      }
      const config = await server.call({ method: 'GET', url: '/api/v1/config' });
      expect(config.json()).toEqual({ provider: { name: 'Identité d’essai' } });
    });
  });

  test('a provider that was never there is said to be away, and one that is not configured has no address', async () => {
    await open(false);
    await provider.stop();
    expect(await visit(`${START}?retour=%2Fproposer`)).toMatchObject({
      to: '/connexion?souci=unavailable&retour=%2Fproposer',
    });
    const without = await openTestApp();
    try {
      expect((await without.call({ method: 'GET', url: START })).statusCode).toBe(404);
    } finally {
      await without.close();
      await close();
    }
  });
});
