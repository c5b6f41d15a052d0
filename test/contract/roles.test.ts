import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultDoorRules } from '#domain/door-rules.ts';
import { ensureAccount, grantEvents } from '#server/services/people/accounts.ts';
import { publishEvents, saveEdition } from '#server/services/programme/publishing.ts';
import type { TestApp } from '../support/test-app.ts';
import { anEdition, anEvent, openTestApp } from '../support/test-app.ts';

const NOBODY = 'nobody';
const roles = ['organiser', 'colleague', 'other', 'regional', 'elsewhere', 'national', 'auditor', NOBODY] as const;
type Role = (typeof roles)[number];

const EVERYBODY = roles.filter((role) => role !== NOBODY);
const RUNS: readonly Role[] = ['organiser', 'colleague', 'regional', 'national'];
const READS: readonly Role[] = [...RUNS, 'auditor'];
const NATIONAL: readonly Role[] = ['national'];
const WRITES = EVERYBODY.filter((role) => role !== 'auditor');

const own = anEvent(1);
const E = `/desk/events/${own.id}`;
const ID = randomUUID();
const PICTURE = Buffer.from('no picture');
const text = { fr: 'Texte' };

/** Every call that a signed-in person can make, and who may. A route that is in none of the lists fails the last test. */
const calls: readonly (readonly [string, string, object | Buffer | undefined, readonly Role[]])[] = [
  ['GET', '/desk/events', undefined, EVERYBODY],
  ['GET', E, undefined, READS],
  ['GET', `${E}/published`, undefined, READS],
  ['GET', `${E}/registrations`, undefined, READS],
  ['GET', `${E}/arrivals`, undefined, READS],
  ['GET', `${E}/audit`, undefined, READS],
  ['GET', `${E}/sheet`, undefined, READS],
  ['GET', `${E}/certificates`, undefined, READS],
  ['GET', `${E}/door-rules`, undefined, READS],
  ['GET', `${E}/tour`, undefined, READS],
  ['GET', `${E}/ratings`, undefined, READS],
  ['GET', `${E}/question`, undefined, READS],
  ['GET', `${E}/registration-form`, undefined, READS],
  ['GET', `${E}/exports/registrations?language=fr&separator=%3B`, undefined, READS],
  ['GET', `${E}/afterwards`, undefined, READS],
  ['PUT', `${E}/afterwards`, { text: {}, basedOn: 'x' }, RUNS],
  ['GET', '/geocode?q=nantes', undefined, EVERYBODY],
  ['POST', `${E}/enrolments`, { profile: 'scan' }, RUNS],
  ['DELETE', `${E}/devices/${ID}`, undefined, RUNS],
  ['PUT', `${E}/door-rules`, { ...defaultDoorRules }, RUNS],
  ['PUT', `${E}/tour`, { tour: null, basedOn: 'x' }, RUNS],
  ['PUT', `${E}/question`, { question: null, basedOn: 'x' }, RUNS],
  ['PUT', `${E}/answers/${ID}`, {}, RUNS],
  ['PUT', `${E}/registration-form`, { form: { questions: [] }, basedOn: 'x' }, RUNS],
  ['POST', `${E}/check-ins/${ID}/settlement`, { as: 'mistake' }, RUNS],
  ['POST', `${E}/paper`, { door: 'A', entries: [paperLine()] }, RUNS],
  ['DELETE', `${E}/paper/${ID}`, undefined, RUNS],
  ['POST', `${E}/registrations`, byHand(), RUNS],
  ['POST', `${E}/registrations/imports?dryRun=1`, PICTURE, RUNS],
  ['POST', `${E}/registrations/decisions`, { decision: 'approve', registrationIds: [ID] }, RUNS],
  ['POST', `${E}/messages`, { subject: 'Bonjour', text: 'Texte', states: ['confirmed'] }, RUNS],
  ['GET', '/desk/certificates/ABCDEFGHJKLM', undefined, EVERYBODY],
  ['GET', '/desk/exports?format=ics&edition=2026', undefined, ['regional', 'elsewhere', 'national', 'auditor']],
  ['POST', '/desk/imports?format=ics&edition=2026&region=52', PICTURE, ['regional', 'national']],
  ['PUT', `/pictures/${createHash('sha256').update(PICTURE).digest('hex')}`, PICTURE, WRITES],
  ['PUT', '/editions/2026/proposals', { before: null, rules: { steps: ['nation'] } }, NATIONAL],
  ['PUT', '/content/pages/accessibilite', { title: text, body: text, basedOn: '2026-01-01T00:00:00.000Z' }, NATIONAL],
  ['PUT', `/content/articles/${ID}`, { title: text, body: text, publishedAt: '2026-01-01T00:00:00.000Z' }, NATIONAL],
  ['DELETE', `/content/articles/${ID}`, undefined, NATIONAL],
  ['PUT', '/content/featured/edition-test/home', { events: [], basedOn: '2026-01-01T00:00:00.000Z' }, NATIONAL],
  [
    'PUT',
    '/content/featured/edition-test/52',
    { events: [], basedOn: '2026-01-01T00:00:00.000Z' },
    ['regional', 'national'],
  ],
  ['GET', '/desk/figures?edition=edition-test', undefined, EVERYBODY],
  ['GET', '/desk/figures?edition=edition-test&region=52', undefined, EVERYBODY.filter((role) => role !== 'elsewhere')],
  ['GET', '/desk/journal', undefined, ['national', 'auditor']],
  ['GET', '/newsletter/issues', undefined, NATIONAL],
  ['PUT', `/newsletter/issues/${ID}`, { subject: text, body: text }, NATIONAL],
  ['POST', `/newsletter/issues/${ID}/test`, undefined, NATIONAL],
  ['POST', `/newsletter/issues/${ID}/sending`, { basedOn: '2026-01-01T00:00:00.000Z' }, NATIONAL],
  ['DELETE', `/newsletter/issues/${ID}`, undefined, NATIONAL],
  ['GET', '/team', undefined, EVERYBODY],
  ['POST', '/team/invitations', invitation('national'), NATIONAL],
  ['POST', '/team/invitations', invitation('organiser'), WRITES],
  ['DELETE', `/team/invitations/${ID}`, undefined, WRITES],
  ['DELETE', `/team/people/${ID}`, undefined, NATIONAL],
  ['GET', '/account/sessions', undefined, EVERYBODY],
  ['DELETE', `/account/sessions/${ID}`, undefined, EVERYBODY],
  ['DELETE', '/account/sessions', undefined, EVERYBODY],
  ['GET', '/account/data', undefined, EVERYBODY],
  ['GET', '/account/means', undefined, EVERYBODY],
  ['POST', '/account/passkeys/options', undefined, EVERYBODY],
  ['POST', '/account/passkeys', noPasskey(), EVERYBODY],
  ['PUT', `/account/passkeys/${ID}`, { name: 'Téléphone' }, EVERYBODY],
  ['DELETE', `/account/passkeys/${ID}`, undefined, EVERYBODY],
  ['DELETE', `/account/identities/${ID}`, undefined, EVERYBODY],
];

/** What other credentials open, or everybody; `DELETE /account` ends the accounts of this test, and has one of its own. */
const others = [
  /^\/(me|config|push|pull|hints|openapi\.json|enrolments|door\/allotments|devices\/ready|own-data|own-data\/(erasure|following)|push-key|follow)$/,
  /^\/(snapshots|recovery|sign-in|packs|newsletter\/(confirmations|unsubscriptions)|events|addresses|proposals|push-subscriptions)(\/|$)/,
  /^\/account$/,
  /^\/desk\/events\/:eventId\/arrivals\/stream$/,
];

function paperLine() {
  return { checkInId: ID, registrationId: ID, count: 1, at: '2026-11-24T10:00:00.000Z' };
}

function byHand() {
  const person = { firstName: 'Ana', lastName: 'Le Goff', email: 'ana@example.org', party: 1, language: 'fr' };
  return { registrationId: randomUUID(), subjectId: own.id, ...person };
}

function noPasskey() {
  const response = { clientDataJSON: 'AAAA', attestationObject: 'AAAA' };
  return { id: 'AAAA', rawId: 'AAAA', type: 'public-key', clientExtensionResults: {}, response };
}

function invitation(role: string) {
  const bodies = role === 'organiser' ? ['Ville de Nantes'] : [];
  return { email: `${role}.neuf@etat.example`, role, regions: [], bodies, language: 'fr' };
}

describe('what each role may do', () => {
  let server: TestApp;
  const cookies: Partial<Record<Role, string>> = {};

  beforeAll(async () => {
    server = await openTestApp();
    await saveEdition(server.ctx, anEdition);
    await publishEvents(server.ctx, [own, anEvent(2)]);
    const accounts = {
      organiser: { role: 'organiser', bodies: ['Ville de Nantes'] },
      colleague: { role: 'organiser', bodies: ['VILLE DE NANTES '] },
      other: { role: 'organiser', bodies: ['Ville de Nantes-Est', 'Ville de Nantes (autre)'] },
      regional: { role: 'regional', regions: ['53', '52'] },
      elsewhere: { role: 'regional', regions: ['76'] },
      national: { role: 'national' },
      auditor: { role: 'auditor' },
    } as const;
    for (const [name, account] of Object.entries(accounts)) {
      const email = `${name}@desk.example`;
      const { id } = await ensureAccount(server.ctx, { email, ...account });
      if (name === 'organiser') await grantEvents(server.ctx, id, [own.id]);
      if (name === 'other') await grantEvents(server.ctx, id, [anEvent(2).id]);
      cookies[name as Role] = await server.signIn(email);
    }
  });
  afterAll(() => server.close());

  test.each(calls)('%s %s', async (method, path, body, allowed) => {
    const answers: string[] = [];
    for (const role of roles) {
      const answer = await server.call({
        method,
        url: `/api/v1${path}`,
        headers: {
          cookie: cookies[role] ?? '',
          ...(Buffer.isBuffer(body) ? { 'content-type': 'application/octet-stream' } : {}),
        },
        ...(body === undefined ? {} : { payload: body }),
      });
      const { code } = answer.headers['content-type']?.toString().includes('problem')
        ? answer.json<{ code: string }>()
        : { code: 'done' };
      if (role === NOBODY) expect(code).toBe('sign_in_required');
      // A request that is not understood says nothing of who may make it.
      expect(code, `${role}: ${answer.body.slice(0, 300)}`).not.toBe('bad_request');
      if (code !== 'forbidden' && code !== 'sign_in_required') answers.push(role);
    }
    expect(answers).toEqual(roles.filter((role) => allowed.includes(role)));
  });

  test('every route of the API is in the table, or is no matter of roles', async () => {
    const described = await server.call({ method: 'GET', url: '/api/v1/openapi.json' });
    const { paths } = described.json<{ paths: Record<string, Record<string, unknown>> }>();
    const known = calls.map(([method, path]) => `${method} ${path.split('?')[0]}`);
    const missing = Object.entries(paths).flatMap(([path, methods]) => {
      const url = path.replace('/api/v1', '').replace(/\{(\w+)\}/g, ':$1');
      if (!path.startsWith('/api/v1') || others.some((pattern) => pattern.test(url))) return [];
      const shape = new RegExp(`^${url.replace(/:\w+/g, '[^/]+')}$`);
      return Object.keys(methods).flatMap((method) => {
        const name = method.toUpperCase();
        return known.some((one) => one.startsWith(`${name} `) && shape.test(one.slice(name.length + 1)))
          ? []
          : [`${name} ${url}`];
      });
    });
    expect(missing).toEqual([]);
  });
});
