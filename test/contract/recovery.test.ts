import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Registration } from '#domain/registration.ts';
import { holderBearer } from '#protocol/credential.ts';
import { personScope } from '#protocol/scope.ts';
import { secretHash } from '#server/services/people/identity.ts';
import { publishEvents, saveEdition } from '#server/services/programme/publishing.ts';
import { push } from '#server/services/sync/push.ts';
import { engines } from '../support/databases.ts';
import { itemsOf } from '../support/scopes.ts';
import type { TestApp } from '../support/test-app.ts';
import { anEdition, anEvent, openTestApp } from '../support/test-app.ts';

let last = 0;
const uuid = () => `00000000-0000-7000-8000-${(++last).toString(16).padStart(12, '0')}`;
const phone = () => randomBytes(32).toString('base64url');

describe.each(engines)('finding tickets again on %s', (engine) => {
  let server: TestApp;
  const event = anEvent(1, { registration: { mode: 'open' } });
  beforeAll(async () => {
    server = await openTestApp({}, engine);
    await saveEdition(server.ctx, anEdition);
    await publishEvents(server.ctx, [event]);
  });
  afterAll(() => server.close());

  const register = async (secret: string, email: string): Promise<string> => {
    const registrationId = uuid();
    const args = {
      registrationId,
      eventId: event.id,
      subjectId: event.id,
      firstName: 'Zoé',
      lastName: 'Ö',
      email,
      party: 1,
      language: 'fr',
    };
    const clientAt = '2026-11-20T08:00:00.000Z';
    const mutations = [{ seq: 1, mutationId: uuid(), name: 'register', version: 1, args, clientAt }];
    const who = { kind: 'holder', holderId: secretHash(secret) } as const;
    await push(server.ctx, who, { protocol: 1, replicaId: uuid(), mutations });
    return registrationId;
  };
  const post = (path: string, payload: object, secret?: string) =>
    server.call({
      method: 'POST',
      url: `/api/v1/recovery${path}`,
      headers: secret ? { authorization: `Bearer ${holderBearer(secret)}` } : {},
      payload,
    });
  /** Codes mailed to an address, waited for a little: mail goes out after the answer. */
  const codes = async (email: string, atLeast: number): Promise<string[]> => {
    const folder = join(server.ctx.config.dataDir, 'mail');
    for (let tries = 0; ; tries++) {
      const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml')).toSorted();
      const mails = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
      const found = mails
        .filter((mail) => mail.includes(`To: ${email}`) && mail.includes('Retrouver vos billets'))
        .flatMap(
          (mail) =>
            /code : (\d{6})|code=C2=A0: (\d{6})|: (\d{6})/.exec(mail.replaceAll('=\n', ''))?.slice(1).find(Boolean) ??
            [],
        );
      if (found.length >= atLeast || tries === 100) return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const held = async (secret: string): Promise<Registration[]> =>
    (await itemsOf(server.ctx, personScope(secretHash(secret)))).map((item) => item.value as Registration);

  test('the tickets of an address come to the phone that knows its code, and leave the other', async () => {
    const [lost, found] = [phone(), phone()];
    const id = await register(lost, 'ana@example.org');
    expect((await post('/codes', { email: 'Ana@Example.org', language: 'fr' })).statusCode).toBe(202);
    const [code] = await codes('Ana@example.org', 1);
    const answer = await post('', { email: 'ana@example.org', code }, found);
    expect(answer.json()).toEqual({ registrations: 1 });
    expect(await held(found)).toMatchObject([{ id, state: 'confirmed', ticket: expect.stringMatching(/^ESCALE1/) }]);
    expect(await held(lost)).toEqual([]);
    expect((await post('', { email: 'ana@example.org', code }, found)).json().code).toBe('code_refused');
  });

  test('an address that nobody registered with gets the same answer and no mail', async () => {
    expect((await post('/codes', { email: 'nobody@example.org', language: 'fr' })).statusCode).toBe(202);
    await register(phone(), 'bea@example.org');
    await post('/codes', { email: 'bea@example.org', language: 'fr' });
    expect(await codes('bea@example.org', 1)).toHaveLength(1);
    expect(await codes('nobody@example.org', 0)).toEqual([]);
  });

  test('a code is guessed five times at most, and grows old', async () => {
    const lost = phone();
    await register(lost, 'cid@example.org');
    await post('/codes', { email: 'cid@example.org', language: 'fr' });
    const [code] = await codes('cid@example.org', 1);
    const wrong = code === '000000' ? '000001' : '000000';
    for (let i = 0; i < 5; i++)
      expect((await post('', { email: 'cid@example.org', code: wrong }, phone())).statusCode).toBe(403);
    expect((await post('', { email: 'cid@example.org', code }, phone())).json().code).toBe('code_refused');
    expect(await held(lost)).toHaveLength(1);
    await post('/codes', { email: 'cid@example.org', language: 'fr' });
    const later = (await codes('cid@example.org', 2)).at(-1);
    server.wait(16 * 60_000);
    expect((await post('', { email: 'cid@example.org', code: later }, phone())).json().code).toBe('code_refused');
  });

  test('only an attendee asks', async () => {
    expect((await post('', { email: 'ana@example.org', code: '123456' })).statusCode).toBe(401);
  });
});
