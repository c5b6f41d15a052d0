import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JournalPage } from '#protocol/desk.ts';
import { forgetOldDeeds } from '#server/services/desk/journal.ts';
import { purge } from '#server/services/operation/purge.ts';
import { ensureAccount, grantEvents } from '#server/services/people/accounts.ts';
import { publishEvents, saveEdition } from '#server/services/programme/publishing.ts';
import { engines } from '../support/databases.ts';
import type { TestApp } from '../support/test-app.ts';
import { anEdition, anEvent, openTestApp } from '../support/test-app.ts';

const DAY = 86_400_000;

describe.each(engines)('the journal on %s', (engine) => {
  const event = anEvent(700);
  let server: TestApp;
  const cookies: Record<string, string> = {};
  beforeAll(async () => {
    server = await openTestApp({}, engine);
    await saveEdition(server.ctx, anEdition);
    await publishEvents(server.ctx, [event]);
    for (const role of ['national', 'organiser', 'auditor'] as const) {
      const { id } = await ensureAccount(server.ctx, { email: `${role}@desk.example`, role });
      if (role === 'organiser') await grantEvents(server.ctx, id, [event.id]);
      cookies[role] = await server.signIn(`${role}@desk.example`);
    }
  });
  afterAll(() => server.close());

  const call = (who: string, method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, payload?: object | Buffer) => {
    server.wait(1000);
    return server.call({
      method,
      url: `/api/v1${path}`,
      headers: {
        cookie: cookies[who]!,
        ...(Buffer.isBuffer(payload) ? { 'content-type': 'application/octet-stream' } : {}),
      },
      ...(payload ? { payload } : {}),
    });
  };
  const read = async (query = ''): Promise<JournalPage> =>
    (await call('auditor', 'GET', `/desk/journal${query}`)).json<JournalPage>();

  test('has who did what at whatever desk, the latest first, a page at a time, for the nation and the auditor', async () => {
    const invitation = {
      email: 'neuve@etat.example',
      role: 'organiser',
      regions: [],
      bodies: ['Ville'],
      language: 'fr',
    };
    await call('national', 'POST', '/team/invitations', invitation);
    const article = '00000000-0000-7000-8000-0000000a0001';
    const words = { title: { fr: 'Une actualité' }, body: { fr: 'Texte.' }, publishedAt: '2026-01-01T00:00:00.000Z' };
    expect((await call('national', 'PUT', `/content/articles/${article}`, words)).statusCode).toBeLessThan(300);
    await call('national', 'DELETE', `/content/articles/${article}`);
    await call('national', 'DELETE', `/content/articles/${article}`);
    await call('national', 'PUT', `/editions/${anEdition.id}/proposals`, {
      before: null,
      rules: { steps: ['nation'] },
    });
    const file = Buffer.from('titre;date;ville\nUn atelier;2030-11-24;Nantes\n');
    for (const dryRun of ['1', '0', '0'])
      await call(
        'national',
        'POST',
        `/desk/imports?format=csv&edition=${anEdition.id}&region=52&dryRun=${dryRun}`,
        file,
      );
    await call('organiser', 'POST', `/desk/events/${event.id}/enrolments`, { profile: 'scan' });
    const { entries, next } = await read();
    expect(next).toBeUndefined();
    expect(entries.map(({ deed, by, about, count }) => [deed, by?.split('@')[0], about, count])).toEqual([
      ['door_offered', 'organiser', undefined, undefined],
      ['programme_imported', 'national', anEdition.id, 1],
      ['rules_set', 'national', anEdition.title['fr'], undefined],
      ['content_removed', 'national', 'Une actualité', undefined],
      ['content_edited', 'national', 'Une actualité', undefined],
      ['invited', 'national', 'neuve@etat.example', undefined],
    ]);
    expect(entries[0]!.event).toEqual({ id: event.id, title: event.title });
    const first = await read('?limit=4');
    expect([...first.entries, ...(await read(`?limit=4&before=${first.next}`)).entries]).toEqual(entries);
    expect((await call('auditor', 'GET', '/desk/journal?before=hier')).json()).toMatchObject({ code: 'bad_request' });
    expect((await call('organiser', 'GET', '/desk/journal')).statusCode).toBe(403);
  });

  test('forgets what was done to an event with its edition, and the rest after thirteen months', async () => {
    const { ctx } = server;
    const later = (days: number) => ({ ...ctx, clock: () => ctx.clock() + days * DAY });
    expect(await forgetOldDeeds(later(390), { dryRun: false })).toBe(0);
    expect(await forgetOldDeeds(later(400), { dryRun: true })).toBe(5);
    expect((await purge(later(5000), { dryRun: false }))[0]!.counts.deeds).toBe(1);
    expect((await read()).entries).toHaveLength(5);
    expect(await forgetOldDeeds(later(400), { dryRun: false })).toBe(5);
    expect(await read()).toEqual({ entries: [] });
  });
});
