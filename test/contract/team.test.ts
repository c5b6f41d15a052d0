import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Sessions, Team } from '#protocol/team.ts';
import { ensureAccount } from '#server/services/people/accounts.ts';
import { publishEvents, saveEdition } from '#server/services/programme/publishing.ts';
import { engines } from '../support/databases.ts';
import type { TestApp } from '../support/test-app.ts';
import { anEdition, anEvent, openTestApp } from '../support/test-app.ts';

describe.each(engines)('a team on %s', (engine) => {
  let server: TestApp;
  let national: string;

  beforeEach(async () => {
    server = await openTestApp({}, engine);
    await ensureAccount(server.ctx, { email: 'equipe@etat.example', role: 'national' });
    await ensureAccount(server.ctx, { email: 'region@etat.example', role: 'regional', regions: ['52'] });
    await ensureAccount(server.ctx, { email: 'anne@nantes.example', role: 'organiser', bodies: ['Ville de Nantes'] });
    await ensureAccount(server.ctx, { email: 'luc@brest.example', role: 'organiser', bodies: ['Ville de Brest'] });
    national = await server.signIn('equipe@etat.example');
  });
  afterEach(() => server.close());

  const call = (cookie: string, method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object) =>
    server.call({ method, url: `/api/v1${path}`, headers: { cookie }, ...(payload ? { payload } : {}) });
  const invite = async (cookie: string, email: string, role: string, more: object = {}) =>
    (
      await call(cookie, 'POST', '/team/invitations', { email, role, regions: [], bodies: [], language: 'fr', ...more })
    ).json<{ kind?: string; reason?: string; code?: string; id?: string }>();
  const mails = async (address: string): Promise<string[]> => {
    const folder = join(server.ctx.config.dataDir, 'mail');
    const names = await readdir(folder).catch(() => []);
    const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    return texts.filter((one) => one.toLowerCase().includes(`to: ${address.toLowerCase()}`));
  };

  test('whoever is invited has an account once they sign in with the mailed code, and not before', async () => {
    expect(await invite(national, 'Neuf@Etat.example', 'regional', { regions: ['53', '52'] })).toMatchObject({
      kind: 'invited',
    });
    const [mail] = await vi.waitUntil(async () => {
      const found = await mails('Neuf@Etat.example');
      return found.length > 0 && found;
    });
    expect(mail).toContain('/connexion');
    const before = await call(national, 'GET', '/team');
    expect(before.json<Team>().invitations).toMatchObject([
      { email: 'Neuf@Etat.example', role: 'regional', regions: ['53', '52'], invitedBy: 'equipe@etat.example' },
    ]);
    const wrong = { email: 'neuf@etat.example', code: '000000' };
    expect((await server.call({ method: 'POST', url: '/api/v1/sign-in', payload: wrong })).statusCode).toBe(403);
    const accounts = () => server.ctx.db.read.selectFrom('account').select('email').execute();
    expect(await accounts()).toHaveLength(4);

    const cookie = await server.signIn('neuf@etat.example');
    const me = (await call(cookie, 'GET', '/me')).json<{ me: object }>().me;
    expect(me).toMatchObject({ role: 'regional', regions: ['53', '52'], region: '53' });
    expect((await call(national, 'GET', '/team')).json<Team>().invitations).toEqual([]);
    expect(await invite(national, 'neuf@etat.example', 'organiser', { bodies: ['X'] })).toEqual({
      kind: 'refused',
      reason: 'known',
    });
  });

  test('an invitation ends, and can be taken back', async () => {
    const { id } = await invite(national, 'tard@etat.example', 'auditor');
    await call(national, 'DELETE', `/team/invitations/${id}`);
    await invite(national, 'perime@etat.example', 'auditor');
    server.wait(31 * 86_400_000);
    for (const email of ['tard@etat.example', 'perime@etat.example']) {
      await call('', 'POST', '/sign-in/codes', { email, language: 'fr' });
    }
    const code = await server.askForCode('anne@nantes.example');
    expect(code).toMatch(/^\d{6}$/);
    expect(await server.mailedCodes('tard@etat.example')).toEqual([]);
    expect(await server.mailedCodes('perime@etat.example')).toEqual([]);
  });

  test('each invites whom they may', async () => {
    const region = await server.signIn('region@etat.example');
    const anne = await server.signIn('anne@nantes.example');
    const bodies = { bodies: ['VILLE DE  NANTES'] };
    expect(await invite(region, 'a@x.example', 'organiser', { bodies: ['Hôpital'] })).toMatchObject({
      kind: 'invited',
    });
    expect(await invite(region, 'b@x.example', 'regional', { regions: ['52'] })).toMatchObject({ code: 'forbidden' });
    expect(await invite(anne, 'c@x.example', 'organiser', { bodies: ['ville de nantes'] })).toMatchObject({
      kind: 'invited',
    });
    expect(await invite(anne, 'd@x.example', 'organiser', { bodies: ['Ville de Brest'] })).toMatchObject({
      reason: 'not_your_body',
    });
    expect(await invite(anne, 'e@x.example', 'organiser')).toMatchObject({ reason: 'bodies_missing' });
    expect(await invite(anne, 'f@x.example', 'national', bodies)).toMatchObject({ code: 'forbidden' });
    expect(await invite(national, 'g@x.example', 'regional')).toMatchObject({ reason: 'regions_missing' });
    // What one may not see one does not invite anew either.
    expect(await invite(anne, 'a@x.example', 'organiser', { bodies: ['Ville de Nantes'] })).toMatchObject({
      reason: 'known',
    });
  });

  test('each sees their own team', async () => {
    const anne = await server.signIn('anne@nantes.example');
    await ensureAccount(server.ctx, { email: 'zoe@nantes.example', role: 'organiser', bodies: ['ville de nantes'] });
    const emails = async (cookie: string) =>
      (await call(cookie, 'GET', '/team')).json<Team>().people.map((one) => one.email);
    expect(await emails(anne)).toEqual(['anne@nantes.example', 'zoe@nantes.example']);
    expect(await emails(national)).toHaveLength(5);
    expect(await emails(await server.signIn('region@etat.example'))).toEqual(['region@etat.example']);
  });

  test('an account that is ended can do nothing any more; what it did keeps its place', async () => {
    await saveEdition(server.ctx, anEdition);
    await publishEvents(server.ctx, [anEvent(1)]);
    const luc = await server.signIn('luc@brest.example');
    const people = (await call(national, 'GET', '/team')).json<Team>().people;
    const id = people.find((one) => one.email === 'luc@brest.example')!.id;
    expect((await call(luc, 'DELETE', `/team/people/${id}`)).statusCode).toBe(403);
    expect((await call(national, 'DELETE', `/team/people/${id}`)).statusCode).toBe(204);
    expect((await call(luc, 'GET', '/desk/events')).statusCode).toBe(401);
    expect((await call(national, 'DELETE', `/team/people/${id}`)).statusCode).toBe(404);
    const left = await server.ctx.db.read.selectFrom('account').selectAll().where('id', '=', id).execute();
    expect(left).toMatchObject([{ email: '', bodies: '[]' }]);
    const self = people.find((one) => one.self)!.id;
    expect((await call(national, 'DELETE', `/team/people/${self}`)).statusCode).toBe(403);
    // The last of the national team cannot leave: nobody could invite anybody.
    expect((await call(national, 'DELETE', '/account')).statusCode).toBe(403);
    const anne = await server.signIn('anne@nantes.example');
    expect((await call(anne, 'DELETE', '/account')).statusCode).toBe(204);
    expect((await call(anne, 'GET', '/account/data')).statusCode).toBe(401);
    // The address is free: they may be invited anew.
    expect(await invite(national, 'luc@brest.example', 'auditor')).toMatchObject({ kind: 'invited' });
  });

  test('sessions are told apart, and ended one by one or all but this one', async () => {
    const sessions = async (cookie: string) =>
      (await call(cookie, 'GET', '/account/sessions')).json<Sessions>().sessions;
    const signInWith = async (agent: string): Promise<string> => {
      const payload = { email: 'luc@brest.example', code: await server.askForCode('luc@brest.example') };
      const headers = { 'user-agent': agent };
      const answer = await server.call({ method: 'POST', url: '/api/v1/sign-in', payload, headers });
      return String(answer.headers['set-cookie']).split(';', 1)[0]!;
    };
    const phone = await signInWith('Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0');
    server.wait(60_000);
    const desk = await signInWith('Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/140.0 Safari/537');
    server.wait(60_000);
    const third = await signInWith('curl/8');
    const mine = await sessions(desk);
    expect(mine.map((one) => one.device)).toEqual(
      expect.arrayContaining(['Firefox · Android', 'Chrome · Windows', undefined]),
    );
    expect(mine.filter((one) => one.current).map((one) => one.device)).toEqual(['Chrome · Windows']);
    expect(mine.map((one) => one.id)).not.toContain(desk.split('=')[1]);

    const other = mine.find((one) => one.device === 'Firefox · Android')!.id;
    const stranger = await server.signIn('anne@nantes.example');
    expect((await call(stranger, 'DELETE', `/account/sessions/${other}`)).statusCode).toBe(404);
    expect((await call(desk, 'DELETE', `/account/sessions/${other}`)).statusCode).toBe(204);
    expect((await call(phone, 'GET', '/team')).statusCode).toBe(401);
    expect((await call(desk, 'DELETE', '/account/sessions')).statusCode).toBe(204);
    expect((await call(third, 'GET', '/team')).statusCode).toBe(401);
    expect(await sessions(desk)).toHaveLength(1);
    expect((await call(stranger, 'GET', '/team')).statusCode).toBe(200);
  });
});
