import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { NewsletterIssue } from '#protocol/newsletter.ts';
import { ensureAccount } from '#server/services/people/accounts.ts';
import { createLog } from '#server/log.ts';
import type { Mailer } from '#server/services/mail/mail.ts';
import { createMailer } from '#server/services/mail/mail.ts';
import { forgetPending } from '#server/services/mail/newsletter.ts';
import { sendNewsletters } from '#server/services/mail/newsletter-sending.ts';
import { accountDataOf, deleteOwnAccount, eraseOwnData, ownDataOf } from '#server/services/people/own-data.ts';
import { engines, Phone } from '../support/databases.ts';
import type { PostOffice } from '../support/post-office.ts';
import { postOffice, readable } from '../support/post-office.ts';
import type { TestApp } from '../support/test-app.ts';
import { openTestApp } from '../support/test-app.ts';

const DAY = 86_400_000;

describe.each(engines)('the newsletter on %s', (engine) => {
  let office: PostOffice;
  let server: TestApp;
  let mailer: Mailer;
  const cookies: Record<string, string> = {};
  beforeAll(async () => {
    office = await postOffice();
    server = await openTestApp({ SMTP_URL: office.url, ESCALE_PUBLIC_URL: 'https://programme.example' }, engine);
    mailer = createMailer(server.ctx.config, createLog('silent'));
    for (const role of ['national', 'organiser'] as const) {
      const email = `${role}@etat.example`;
      await ensureAccount(server.ctx, { email, role });
      await server.call({ method: 'POST', url: '/api/v1/sign-in/codes', payload: { email, language: 'fr' } });
      const mail = await vi.waitUntil(() => office.received.find((one) => one.to === email), { timeout: 10_000 });
      const code = /\b\d{6}\b/.exec(readable(mail.raw.slice(mail.raw.indexOf('\r\n\r\n'))))?.[0];
      const answer = await server.call({ method: 'POST', url: '/api/v1/sign-in', payload: { email, code } });
      cookies[role] = String(answer.headers['set-cookie']).split(';', 1)[0]!;
    }
  });
  beforeEach(() => {
    office.received.length = 0;
  });
  afterAll(async () => {
    await server.close();
    await office.close();
  });

  const ask = async (email: string, phone = new Phone(), language = 'fr'): Promise<string> => {
    const { results } = await phone.send(server.ctx, phone.make('subscribe-newsletter', { email, language }));
    return results[0]!.reason ?? results[0]!.outcome;
  };
  const send = () => sendNewsletters(server.ctx, mailer);
  const tokenIn = (raw: string): string => /#(?:confirmer|desabonner)=([\w-]{43})/.exec(readable(raw))![1]!;
  const confirm = (token: string) =>
    server.call({ method: 'POST', url: '/api/v1/newsletter/confirmations', payload: { token } });
  /** As a mail program does it: a form, and no header of ours. */
  const leave = (token: string, type = 'application/x-www-form-urlencoded') =>
    server.app.inject({
      method: 'POST',
      url: `/api/v1/newsletter/unsubscriptions/${token}`,
      headers: { 'content-type': type },
      payload: 'List-Unsubscribe=One-Click',
    });
  const subscriber = async (email: string, language = 'fr'): Promise<string> => {
    await ask(email, new Phone(), language);
    await send();
    const token = tokenIn(office.received.find((one) => one.to === email)!.raw);
    expect((await confirm(token)).statusCode).toBe(200);
    return token;
  };
  const row = (email: string) =>
    server.ctx.db.read.selectFrom('subscriber').selectAll().where('email_key', '=', email).executeTakeFirst();
  const desk = (method: 'GET' | 'PUT' | 'POST' | 'DELETE', path = '', payload?: object, who = 'national') =>
    server.call({
      method,
      url: `/api/v1/newsletter/issues${path}`,
      headers: { cookie: cookies[who] ?? '' },
      ...(payload ? { payload } : {}),
    });
  const draft = async (subject: object, body: object): Promise<NewsletterIssue> =>
    (await desk('PUT', `/${randomUUID()}`, { subject, body })).json<NewsletterIssue>();
  const issue = async (id: string): Promise<NewsletterIssue> =>
    (await desk('GET')).json<{ issues: NewsletterIssue[] }>().issues.find((one) => one.id === id)!;

  test('nobody gets it before they have said so in their own mail', async () => {
    expect(await ask(' Ana@Example.org ')).toBe('applied');
    await send();
    const [mail] = office.received;
    expect(mail!.to).toBe('Ana@example.org');
    expect(readable(mail!.raw)).toContain("Confirmez votre abonnement à l'infolettre");
    expect((await row('ana@example.org'))?.state).toBe('pending');
    const made = await draft({ fr: 'Avant' }, { fr: 'Personne ne lit ceci.' });
    await desk('POST', `/${made.id}/sending`, { basedOn: made.updatedAt });
    await send();
    expect(office.received).toHaveLength(1);
    expect(await issue(made.id)).toMatchObject({ state: 'sent', recipients: 0 });

    const token = tokenIn(mail!.raw);
    expect((await confirm(token)).statusCode).toBe(200);
    expect((await confirm(token)).statusCode).toBe(200);
    expect((await row('ana@example.org'))?.state).toBe('confirmed');
    expect((await confirm('A'.repeat(43))).json()).toMatchObject({ code: 'code_refused' });
    expect((await confirm('nonsense')).json()).toMatchObject({ code: 'bad_request' });
    await leave(token);
  });

  test("asking says nothing of an address, fills nobody's box, and no phone asks for many", async () => {
    const token = await subscriber('known@example.org');
    office.received.length = 0;
    for (let i = 0; i < 5; i++) expect(await ask('known@example.org')).toBe('applied');
    for (let i = 0; i < 5; i++) {
      expect(await ask('strange@example.org')).toBe('applied');
      await send();
    }
    const to = (address: string) => office.received.filter((one) => one.to === address);
    // Each of them three mails a day at most, that of the subscription among them.
    expect(to('strange@example.org')).toHaveLength(3);
    expect(to('known@example.org').length).toBeLessThanOrEqual(2);
    expect(readable(to('known@example.org')[0]!.raw)).toContain('déjà');
    server.wait(DAY);
    await ask('strange@example.org');
    await send();
    expect(to('strange@example.org')).toHaveLength(4);

    const phone = new Phone();
    for (let i = 0; i < 8; i++) expect(await ask(`many-${i}@example.org`, phone)).toBe('applied');
    const asked = server.ctx.db.read.selectFrom('subscriber').select('id').where('email_key', 'like', 'many-%');
    expect(await asked.execute()).toHaveLength(5);
    await leave(token);
  });

  test('an address that is never confirmed is forgotten after a week', async () => {
    await ask('late@example.org');
    await send();
    server.wait(6 * DAY);
    await send();
    expect(await row('late@example.org')).toBeDefined();
    server.wait(2 * DAY);
    await send();
    expect(await row('late@example.org')).toBeUndefined();
  });

  test('an issue goes out once to each, in their language, and can be left with one click', async () => {
    const french = await subscriber('fr@example.org');
    const english = await subscriber('en@example.org', 'en');
    office.received.length = 0;
    const body = { fr: '# Bonjour\n\nVoir [le programme](/) et <b>rien</b>.', en: 'Hello *there*.' };
    const made = await draft({ fr: 'Les nouvelles', en: 'The news' }, body);
    const both = await Promise.all([1, 2].map(() => desk('POST', `/${made.id}/sending`, { basedOn: made.updatedAt })));
    expect(both.map((one) => one.statusCode)).toEqual([200, 200]);
    expect(await issue(made.id)).toMatchObject({ state: 'sending', recipients: 2, sent: 0 });
    await Promise.all([send(), send()]);
    await send();
    expect(office.received.map((one) => one.to).toSorted()).toEqual(['en@example.org', 'fr@example.org']);
    const raw = office.received.find((one) => one.to === 'fr@example.org')!.raw;
    const mail = readable(raw);
    expect(mail).toContain('Subject: Les nouvelles');
    expect(mail).toContain('<a href="https://programme.example/">le programme</a>');
    expect(mail).toContain('&lt;b&gt;rien&lt;/b&gt;');
    expect(raw.replaceAll(/\r?\n\s/g, ' ')).toContain(
      `List-Unsubscribe: <https://programme.example/api/v1/newsletter/unsubscriptions/${french}>`,
    );
    expect(raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(readable(office.received.find((one) => one.to === 'en@example.org')!.raw)).toContain('<em>there</em>');
    expect(await issue(made.id)).toMatchObject({ state: 'sent', sent: 2, failed: 0 });

    expect((await leave(french)).statusCode).toBe(200);
    expect((await leave(french)).statusCode).toBe(200);
    expect((await leave(english, 'multipart/form-data; boundary=x')).statusCode).toBe(200);
    const left = await server.ctx.db.read
      .selectFrom('subscriber')
      .select('id')
      .where('state', '=', 'confirmed')
      .execute();
    expect(left).toEqual([]);
    expect(await row('fr@example.org')).toBeUndefined();
    // What was sent stays in the history, with numbers and no address.
    expect(await issue(made.id)).toMatchObject({ state: 'sent', recipients: 2, sent: 2 });
  });

  test('a server that is not there for a while loses no mail and sends none twice; who left meanwhile gets none', async () => {
    const stays = await subscriber('stays@example.org');
    const leaves = await subscriber('leaves@example.org');
    office.received.length = 0;
    const made = await draft({ fr: 'Plus tard' }, { fr: 'Texte.' });
    await desk('POST', `/${made.id}/sending`, { basedOn: made.updatedAt });
    office.refuse(true);
    expect(await send()).toBe(0);
    expect(await issue(made.id)).toMatchObject({ state: 'sending', sent: 0 });
    await leave(leaves);
    office.refuse(false);
    server.wait(61_000);
    expect(await send()).toBe(1);
    expect(office.received.map((one) => one.to)).toEqual(['stays@example.org']);
    expect(await issue(made.id)).toMatchObject({ state: 'sent', sent: 1, failed: 0 });
    await leave(stays);
  });

  test('the national team alone writes it; a draft that somebody else has changed is not sent unseen', async () => {
    const id = randomUUID();
    const texts = { subject: { fr: 'Un' }, body: { fr: 'Deux' } };
    for (const [method, path] of [
      ['GET', ''],
      ['PUT', `/${id}`],
      ['DELETE', `/${id}`],
      ['POST', `/${id}/test`],
      ['POST', `/${id}/sending`],
    ] as const) {
      const payload =
        method === 'PUT' ? texts : path.endsWith('sending') ? { basedOn: '2026-11-20T09:00:00.000Z' } : undefined;
      expect((await desk(method, path, payload, 'organiser')).json(), `${method} ${path}`).toMatchObject({
        code: 'forbidden',
      });
      expect((await desk(method, path, payload, 'nobody')).json()).toMatchObject({ code: 'sign_in_required' });
    }
    const first = (await desk('PUT', `/${id}`, texts)).json<NewsletterIssue>();
    const second = (await desk('PUT', `/${id}`, { ...texts, basedOn: first.updatedAt })).json<NewsletterIssue>();
    for (const [method, path, payload] of [
      ['PUT', `/${id}`, { ...texts, basedOn: first.updatedAt }],
      ['POST', `/${id}/sending`, { basedOn: first.updatedAt }],
    ] as const)
      expect((await desk(method, path, payload)).json()).toMatchObject({ code: 'edited_elsewhere' });
    expect(
      (await desk('PUT', `/${id}`, { subject: {}, body: { fr: 'x' }, basedOn: second.updatedAt })).statusCode,
    ).toBe(400);

    await desk('POST', `/${id}/test`);
    const mail = await vi.waitUntil(() => office.received.find((one) => one.to === 'national@etat.example'), {
      timeout: 10_000,
    });
    expect(readable(mail.raw)).toContain('Subject: [Essai] Un');
    expect(mail.raw).not.toContain('List-Unsubscribe');
    expect((await desk('DELETE', `/${id}`)).statusCode).toBe(204);
    expect((await desk('POST', `/${id}/test`)).json()).toMatchObject({ code: 'not_found' });
  });

  test('what a device asked for belongs to the data of its owner, and goes with them; who asked from elsewhere is not told of', async () => {
    const phone = new Phone();
    const other = new Phone();
    await ask('oriane@example.org', phone);
    await ask('oriane@example.org', other);
    await send();
    await confirm(tokenIn(office.received.find((one) => one.to === 'oriane@example.org')!.raw));
    expect((await ownDataOf(server.ctx, phone.who)).newsletter).toMatchObject([
      { email: 'oriane@example.org', state: 'confirmed', language: 'fr' },
    ]);
    expect((await ownDataOf(server.ctx, other.who)).newsletter).toEqual([]);
    await eraseOwnData(server.ctx, other.who);
    expect((await row('oriane@example.org'))?.state).toBe('confirmed');
    await eraseOwnData(server.ctx, phone.who);
    expect(await row('oriane@example.org')).toBeUndefined();
  });

  test('what an account takes at its address is among its data, and ends with it', async () => {
    const email = 'depart@etat.example';
    const { id } = await ensureAccount(server.ctx, { email, role: 'organiser' });
    await subscriber(email);
    const account = { id, email, role: 'organiser', regions: [], bodies: [], demo: false } as const;
    const data = await accountDataOf(server.ctx, account);
    expect(data.newsletter).toMatchObject([{ email, state: 'confirmed' }]);
    expect(data.pictures).toEqual([]);
    expect(await deleteOwnAccount(server.ctx, account)).toBe(true);
    expect(await row(email)).toBeUndefined();
  });

  test('who left is remembered by a hash alone, until they are back by their own word or it is long ago', async () => {
    const left = () => server.ctx.db.read.selectFrom('newsletter_left').selectAll().execute();
    const before = (await left()).length;
    await leave(await subscriber('partie@example.org'));
    const rows = await left();
    expect(rows).toHaveLength(before + 1);
    expect(JSON.stringify(rows)).not.toContain('partie');
    office.received.length = 0;
    await subscriber('partie@example.org');
    expect(await left()).toHaveLength(before);
    server.wait(401 * DAY);
    await forgetPending(server.ctx);
    expect(await left()).toEqual([]);
  });
});
