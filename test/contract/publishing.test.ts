import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Edition, ProgrammeEvent } from '#domain/programme.ts';
import { DIRECTORY, programmeScope } from '#protocol/scope.ts';
import { migrate } from '#server/db/migrate.ts';
import { openDatabase } from '#server/db/open.ts';
import type { Context } from '#server/services/context.ts';
import { publishEvents, saveEdition, withdrawEvents } from '#server/services/programme/publishing.ts';
import { openTicketKeys, publishTicketKeys } from '#server/services/door/ticket-keys.ts';
import { EDITION, engines, eventWith, Phone, startServer } from '../support/databases.ts';
import type { Server } from '../support/databases.ts';
import { freshDatabase } from '../support/postgres.ts';
import { itemsOf } from '../support/scopes.ts';

describe.each(engines)('publishing on %s', (engine) => {
  let server: Server;
  let ctx: Context;
  beforeAll(async () => {
    server = await startServer(engine);
    ctx = server.ctx;
    await saveEdition(ctx, EDITION);
  });
  afterAll(() => server.close());

  const published = async (event: ProgrammeEvent): Promise<ProgrammeEvent | undefined> => {
    const items = await itemsOf(ctx, programmeScope(event.editionId, event.region));
    return items.find((i) => i.id === event.id)?.value as ProgrammeEvent | undefined;
  };

  it('changes nothing the second time, whatever the order of the keys and the moments of publication', async () => {
    const events = [eventWith({ mode: 'open', capacity: 3 }), eventWith({ mode: 'none' })];
    expect(await publishEvents(ctx, events)).toEqual({ added: 2, changed: 0, unchanged: 0 });
    const again = events.map((event) => ({
      ...(Object.fromEntries(Object.entries(event).toReversed()) as unknown as ProgrammeEvent),
      publishedAt: '2027-01-01T00:00:00.000Z',
      updatedAt: '2027-01-01T00:00:00.000Z',
    }));
    const before = await itemsOf(ctx, programmeScope(EDITION.id, '53'));
    expect(await publishEvents(ctx, again)).toEqual({ added: 0, changed: 0, unchanged: 2 });
    expect(await itemsOf(ctx, programmeScope(EDITION.id, '53'))).toEqual(before);
    const changed = { ...again[0]!, title: { fr: 'Autre' } };
    expect(await publishEvents(ctx, [changed, again[1]!])).toEqual({ added: 0, changed: 1, unchanged: 1 });
    expect(await published(changed)).toMatchObject({ title: { fr: 'Autre' }, publishedAt: events[0]!.publishedAt });
  });

  it('publishes all or none', async () => {
    const good = eventWith({ mode: 'none' });
    const lost = eventWith({ mode: 'none' }, { editionId: 'no-such-edition' });
    await expect(publishEvents(ctx, [good, lost])).rejects.toThrow();
    expect(await published(good)).toBeUndefined();
  });

  it('says places only of what one registers for here, and not what a source claims', async () => {
    const event = eventWith({ mode: 'open', capacity: 30, places: 'full' });
    const away = eventWith({ mode: 'external', url: 'https://ailleurs.example', places: 'few' });
    await publishEvents(ctx, [event, away]);
    expect((await published(event))!.registration.places).toBe('open');
    expect((await published(away))!.registration.places).toBeUndefined();
  });

  it('keeps registrations and seats when an event changes, and forgets what it no longer offers', async () => {
    const event = eventWith({ mode: 'open', capacity: 1 });
    await publishEvents(ctx, [event]);
    expect(await new Phone().register(ctx, event)).toBe('applied');
    await publishEvents(ctx, [{ ...event, title: { fr: 'Nouveau titre' } }]);
    expect((await published(event))!.registration.places).toBe('full');
    expect(await new Phone().register(ctx, event)).toBe('full');
    await publishEvents(ctx, [{ ...event, registration: { mode: 'none' } }]);
    expect(await new Phone().register(ctx, event)).toBe('event_unknown');
    await publishEvents(ctx, [{ ...event, registration: { mode: 'open', capacity: 2 } }]);
    expect(await new Phone().register(ctx, event)).toBe('applied');
    expect(await new Phone().register(ctx, event)).toBe('full');
  });

  it('shows an event under the slug that it has now, also when its content was there before under another', async () => {
    const slug = `atelier-${randomUUID()}`;
    const [first, event] = [1, 2].map(() => eventWith({ mode: 'open', capacity: 6 }, { slug })) as [
      ProgrammeEvent,
      ProgrammeEvent,
    ];
    await publishEvents(ctx, [first, event]);
    await new Phone().register(ctx, event);
    await publishEvents(ctx, [
      { ...event, slug: `${slug}-autre` },
      { ...first, slug: `${slug}-premier` },
    ]);
    await publishEvents(ctx, [event]);
    const phone = new Phone();
    for (let i = 0; i < 5; i++) await phone.register(ctx, event);
    expect(await published(event)).toMatchObject({ slug, registration: { places: 'full' } });
  });

  it('gives a slug to one event, and to each the same one every time', async () => {
    const slug = `atelier-${randomUUID()}`;
    const [a, b, c] = [1, 2, 3].map(() => eventWith({ mode: 'none' }, { slug }));
    await publishEvents(ctx, [a!]);
    await publishEvents(ctx, [b!, c!]);
    const slugs = async () => (await Promise.all([a, b, c].map((e) => published(e!)))).map((e) => e!.slug);
    expect(await slugs()).toEqual([slug, `${slug}-2`, `${slug}-3`]);
    expect(await publishEvents(ctx, [c!, b!, a!])).toMatchObject({ unchanged: 3 });
    await publishEvents(ctx, [{ ...b!, title: { fr: 'Changé' } }]);
    expect(await slugs()).toEqual([slug, `${slug}-2`, `${slug}-3`]);
  });

  it('withdraws with a tombstone and brings back what is published again', async () => {
    const event = eventWith({ mode: 'open' });
    await publishEvents(ctx, [event]);
    expect(await withdrawEvents(ctx, [event.id, randomUUID()])).toBe(1);
    expect(await withdrawEvents(ctx, [event.id])).toBe(0);
    expect(await published(event)).toBeUndefined();
    expect(await publishEvents(ctx, [event])).toEqual({ added: 0, changed: 1, unchanged: 0 });
    expect(await published(event)).toBeDefined();
  });

  it('keeps one current edition in the directory', async () => {
    const next: Edition = { ...EDITION, id: '2027', year: 2027 };
    expect(await saveEdition(ctx, next)).toBe(true);
    expect(await saveEdition(ctx, next)).toBe(false);
    const editions = (await itemsOf(ctx, DIRECTORY)).filter((i) => i.kind === 'edition').map((i) => i.value as Edition);
    expect(editions.filter((e) => e.current).map((e) => e.id)).toEqual(['2027']);
    await saveEdition(ctx, EDITION);
  });

  it('takes ten thousand events in one piece', async () => {
    const events = Array.from({ length: 10_000 }, () => eventWith({ mode: 'open', capacity: 20 }, { region: '24' }));
    expect(await publishEvents(ctx, events)).toEqual({ added: 10_000, changed: 0, unchanged: 0 });
    expect(await itemsOf(ctx, programmeScope(EDITION.id, '24'))).toHaveLength(10_000);
  });

  it('processes that start together on nothing end with one schema, one epoch and one signing key', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'escale-start-'));
    const postgres = engine === 'postgres' ? await freshDatabase() : undefined;
    const starts = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const db = await openDatabase({ dataDir: folder, ...(postgres ? { databaseUrl: postgres.url } : {}) });
        await migrate(db);
        const keys = await openTicketKeys(folder);
        await publishTicketKeys(db, keys);
        return { db, keys };
      }),
    );
    const epochs = await Promise.all(starts.map(({ db }) => db.read.selectFrom('meta').select('value').execute()));
    expect(new Set(epochs.map((rows) => JSON.stringify(rows))).size).toBe(1);
    expect(new Set(starts.map(({ keys }) => JSON.stringify(keys.published))).size).toBe(1);
    const inDirectory = await itemsOf({ ...ctx, db: starts[0]!.db }, DIRECTORY);
    expect(inDirectory.map((i) => i.value)).toEqual(starts[0]!.keys.published);
    const [file, ...others] = await readdir(join(folder, 'keys'));
    expect(others).toEqual([]);
    expect((await stat(join(folder, 'keys', file!))).mode & 0o777).toBe(0o600);
    const text = starts[1]!.keys.issue({
      ticketId: randomUUID(),
      eventId: randomUUID(),
      subjectId: randomUUID(),
      party: 2,
      issuedAt: 1,
    });
    expect(starts[4]!.keys.check(text)?.party).toBe(2);
    await Promise.all(starts.map(({ db }) => db.close()));
    await postgres?.drop();
    await rm(folder, { recursive: true });
  });
});
