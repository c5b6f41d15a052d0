import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { push } from '#server/services/sync/push.ts';
import { createLog } from '#server/log.ts';
import { sendLetters } from '#server/services/mail/letters.ts';
import type { Mailer } from '#server/services/mail/mail.ts';
import { createMailer } from '#server/services/mail/mail.ts';
import { publishEvents, saveEdition, withdrawEvents } from '#server/services/programme/publishing.ts';
import { engines } from '../support/databases.ts';
import type { PostOffice, Received } from '../support/post-office.ts';
import { postOffice, readable } from '../support/post-office.ts';
import type { TestApp } from '../support/test-app.ts';
import { anEdition, anEvent, openTestApp } from '../support/test-app.ts';

let last = 0;
const uuid = () => `00000000-0000-7000-8000-${(++last).toString(16).padStart(12, '0')}`;

describe.each(engines)('letters on %s', (engine) => {
  let office: PostOffice;
  let server: TestApp;
  let mailer: Mailer;
  beforeAll(async () => {
    office = await postOffice();
    server = await openTestApp({ SMTP_URL: office.url, ESCALE_PUBLIC_URL: 'https://programme.example' }, engine);
    mailer = createMailer(server.ctx.config, createLog('silent'));
    await saveEdition(server.ctx, anEdition);
  });
  afterAll(async () => {
    await server.close();
    await office.close();
  });

  let n = 0;
  const publish = async (part: Partial<ProgrammeEvent>): Promise<ProgrammeEvent> => {
    const event = anEvent(100 + ++n, { title: { fr: 'Atelier des lettres', en: 'Workshop of letters' }, ...part });
    await publishEvents(server.ctx, [event]);
    return event;
  };
  const mutate = (holder: string, seq: number, name: string, args: object) =>
    push(
      server.ctx,
      { kind: 'holder', holderId: holder.padEnd(43, '0') },
      {
        protocol: 1,
        replicaId: replicaOf(holder),
        mutations: [{ seq, mutationId: uuid(), name, version: 1, args, clientAt: '2026-11-20T08:00:00.000Z' }],
      },
    );
  const replicas = new Map<string, string>();
  const replicaOf = (holder: string): string => {
    if (!replicas.has(holder)) replicas.set(holder, uuid());
    return replicas.get(holder)!;
  };
  const register = async (holder: string, event: ProgrammeEvent, language: 'fr' | 'en' = 'fr'): Promise<string> => {
    const registrationId = uuid();
    const { results } = await mutate(holder, 1, 'register', {
      registrationId,
      eventId: event.id,
      subjectId: event.id,
      firstName: 'Zoé',
      lastName: 'Ö',
      email: `${holder}@example.org`,
      party: 1,
      language,
    });
    expect(results[0]!.outcome).toBe('applied');
    return registrationId;
  };
  /** What has come since the last look. */
  const sent = async (): Promise<Received[]> => {
    await sendLetters(server.ctx, mailer);
    return office.received.splice(0);
  };

  test('a confirmation brings the ticket as a picture and the days as a calendar, in the reader’s language, once', async () => {
    const event = await publish({ registration: { mode: 'open', capacity: 5 } });
    await register('ana', event, 'en');
    const [mail, ...more] = await sent();
    expect(more).toEqual([]);
    expect(mail!.to).toBe('ana@example.org');
    const text = readable(mail!.raw);
    expect(text).toContain('Subject: Registration confirmed: Workshop of letters');
    expect(text).toContain('Hello Zoé,');
    expect(text).toMatch(/Ticket code: [0-9A-Z]{4}-[0-9A-Z]{4}/);
    expect(mail!.raw).toMatch(/Content-Type: image\/gif; name=ticket\.gif/);
    expect(mail!.raw).toMatch(/Content-Type: text\/calendar/);
    expect(text).toContain('https://programme.example/billets/');
    expect(await sent()).toEqual([]);
  });

  test('who waits hears so, and hears of the place that becomes free', async () => {
    const event = await publish({ registration: { mode: 'open', capacity: 1, waitingList: true } });
    const first = await register('bea', event);
    await register('cid', event);
    const texts = (await sent()).map((mail) => readable(mail.raw));
    expect(texts.find((text) => text.includes('cid@'))).toContain("liste d'attente, à la place 1");
    await mutate('bea', 2, 'cancel-registration', { registrationId: first });
    const after = await sent();
    expect(after.map((mail) => mail.to).toSorted()).toEqual(['bea@example.org', 'cid@example.org']);
    expect(readable(after.find((mail) => mail.to.startsWith('cid'))!.raw)).toContain("Une place s'est libérée");
  });

  test('what changes is told once, together, and not at all when it was changed back', async () => {
    const event = await publish({ registration: { mode: 'open' } });
    await register('dan', event);
    await sent();
    await publishEvents(server.ctx, [{ ...event, status: 'postponed' }]);
    await publishEvents(server.ctx, [{ ...event, status: 'cancelled' }]);
    expect(await sent()).toEqual([]);
    server.wait(600_000);
    const [mail, ...more] = await sent();
    expect(more).toEqual([]);
    expect(readable(mail!.raw)).toContain('il est annulé');
    await publishEvents(server.ctx, [{ ...event, status: 'postponed' }]);
    await publishEvents(server.ctx, [{ ...event, status: 'cancelled' }]);
    server.wait(600_000);
    expect(await sent()).toEqual([]);
    await withdrawEvents(server.ctx, [event.id]);
    server.wait(600_000);
    expect(readable((await sent())[0]!.raw)).toContain("il n'est plus au programme");
  });

  test('a post office that is closed is tried again later, under the same message id, and nothing is lost', async () => {
    const event = await publish({ registration: { mode: 'open' } });
    office.refuse(true);
    await register('eva', event);
    expect(await sent()).toEqual([]);
    office.refuse(false);
    expect(await sent()).toEqual([]);
    server.wait(120_000);
    const [mail] = await sent();
    expect(mail!.to).toBe('eva@example.org');
    expect(mail!.raw).toMatch(/Message-ID: <[0-9a-f-]{36}@escale>/i);
  });

  test('two processes that look at the same moment send each letter once', async () => {
    const event = await publish({ registration: { mode: 'open' } });
    for (const holder of ['f1', 'f2', 'f3', 'f4', 'f5']) await register(holder, event);
    await Promise.all([sendLetters(server.ctx, mailer), sendLetters(server.ctx, mailer)]);
    const to = office.received.splice(0).map((mail) => mail.to);
    expect(to.toSorted()).toEqual(['f1', 'f2', 'f3', 'f4', 'f5'].map((holder) => `${holder}@example.org`));
  });
});
