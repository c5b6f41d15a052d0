import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Edition, ProgrammeEvent } from '#domain/programme.ts';
import { DIRECTORY, programmeScope } from '#protocol/scope.ts';
import type { ExportFormat } from '#interop/formats.ts';
import { exportProgramme } from '#server/services/exchange/exporting.ts';
import type { ImportOutcome, ImportRequest } from '#server/services/exchange/importing.ts';
import { importProgramme } from '#server/services/exchange/importing.ts';
import { publishEvents, withdrawEvents } from '#server/services/programme/publishing.ts';
import { engines, startServer } from '../support/databases.ts';
import type { Server } from '../support/databases.ts';
import { itemsOf } from '../support/scopes.ts';

const FIXTURE = new URL('../fixtures/fosdem-2024.frab.xml.gz', import.meta.url);
const fosdem = gunzipSync(readFileSync(FIXTURE));

describe.each(engines)('importing on %s', (engine) => {
  let server: Server;
  beforeAll(async () => (server = await startServer(engine)));
  afterAll(() => server.close());

  const take = (bytes: Uint8Array, more: { edition?: string; region?: string; dryRun?: boolean } = {}) =>
    importProgramme(server.ctx, pieces(bytes), {
      format: 'frab-xml',
      origin: 'http://localhost:3000',
      editionId: more.edition ?? 'fosdem-2024',
      ...(more.region ? { region: more.region } : {}),
      dryRun: more.dryRun ?? false,
    });
  const counts = (outcome: ImportOutcome) =>
    outcome.kind === 'refused'
      ? outcome.problem.message
      : [outcome.read, outcome.added, outcome.changed, outcome.unchanged, outcome.problems.length];
  const editions = async () => (await itemsOf(server.ctx, DIRECTORY)).filter((i) => i.kind === 'edition');
  const talks = () => itemsOf(server.ctx, programmeScope('fosdem-2024', 'FR'));

  it('rehearses without writing', async () => {
    expect(counts(await take(fosdem, { dryRun: true }))).toEqual([674, 674, 0, 0, 0]);
    expect(await editions()).toEqual([]);
  });
  it('refuses a file that is cut off, at its line, and changes nothing', async () => {
    const outcome = await take(fosdem.subarray(0, 300_000));
    expect(outcome).toMatchObject({ kind: 'refused', problem: { line: 4292 } });
    expect(await editions()).toEqual([]);
  });
  it('takes the whole of FOSDEM 2024; the first edition of a database is the current one', async () => {
    expect(counts(await take(fosdem))).toEqual([674, 674, 0, 0, 0]);
    const [edition] = await editions();
    expect(edition!.value as Edition).toMatchObject({ id: 'fosdem-2024', year: 2024, kind: 'imported', current: true });
    expect(await talks()).toHaveLength(674);
  });
  it('changes nothing the second time', async () => {
    const heads = () => server.ctx.db.read.selectFrom('scope_head').selectAll().orderBy('scope').execute();
    const before = await heads();
    expect(counts(await take(fosdem))).toEqual([674, 0, 0, 674, 0]);
    expect(await heads()).toEqual(before);
  });
  it('changes what has changed, and rehearses that too', async () => {
    const edited = Buffer.from(
      fosdem.toString('utf8').replace('Creative Coding with TurtleStitch', 'Broderie et code'),
    );
    expect(counts(await take(edited, { dryRun: true }))).toEqual([674, 0, 1, 673, 0]);
    expect(counts(await take(edited))).toEqual([674, 0, 1, 673, 0]);
    const titles = (await talks()).map((i) => Object.values((i.value as ProgrammeEvent).title)[0]);
    expect(titles).toContain('Broderie et code');
  });
  it('puts events into the region that is asked for, in a second edition beside the first', async () => {
    expect(counts(await take(fosdem, { edition: 'copie-2024', region: '04' }))).toEqual([674, 674, 0, 0, 0]);
    const there = await itemsOf(server.ctx, programmeScope('copie-2024', '04'));
    expect(there).toHaveLength(674);
    expect((there[0]!.value as ProgrammeEvent).sessions[0]!.slot.zone).toBe('Indian/Reunion');
    expect((await editions()).map((i) => (i.value as Edition).current)).toEqual([false, true]);
  });
  it('names events that cannot be taken and takes the others', async () => {
    const bad = fosdem
      .toString('utf8')
      .replace('<start>10:30</start>', '<start>99:30</start>')
      .replace('id="10566"', '');
    const outcome = await take(Buffer.from(bad), { edition: 'deux-mauvais' });
    expect(counts(outcome)).toEqual([674, 673, 0, 0, 1]);
    if (outcome.kind === 'imported')
      expect(outcome.problems).toEqual([{ message: 'its start "99:30" is no time', line: 86, item: '10528' }]);
  });
  it('reads the encodings that it knows and refuses bytes that are none', async () => {
    const latin = Buffer.from(small('<?xml version="1.0" encoding="ISO-8859-1"?>', 'Été'), 'latin1');
    expect(counts(await take(latin, { edition: 'latin' }))).toEqual([1, 1, 0, 0, 0]);
    expect(((await itemsOf(server.ctx, programmeScope('latin', 'FR')))[0]!.value as ProgrammeEvent).title).toEqual({
      und: 'Été',
    });
    const wrong = Buffer.from(small('', 'Été'), 'latin1');
    expect(counts(await take(wrong, { edition: 'faux' }))).toBe('its bytes are not utf-8');
    const unknown = Buffer.from(small('<?xml version="1.0" encoding="x-klingon"?>', 'T'));
    expect(counts(await take(unknown, { edition: 'faux' }))).toBe('the encoding x-klingon is not known');
    expect(counts(await take(new Uint8Array(0), { edition: 'faux' }))).toMatch(/root element/);
    expect(counts(await take(gunzip(), { edition: 'faux' }))).toBe('it is compressed (gzip): unpack it first');
  });
});

describe.each(engines)('keeping what was edited here, on %s', (engine) => {
  let server: Server;
  beforeAll(async () => (server = await startServer(engine)));
  afterAll(() => server.close());

  const take = (text: string, more: Partial<ImportRequest> = {}) =>
    importProgramme(server.ctx, pieces(Buffer.from(text)), {
      format: 'openagenda',
      origin: 'http://localhost:3000',
      editionId: 'oa-2026',
      dryRun: false,
      ...more,
    });
  const done = (outcome: ImportOutcome) => {
    if (outcome.kind === 'refused') throw new Error(outcome.problem.message);
    return outcome;
  };
  const counts = (outcome: ImportOutcome) => {
    const { read, added, changed, unchanged, problems } = done(outcome);
    return [read, added, changed, unchanged, problems.length];
  };
  const source = (more: object = {}) => ({
    uid: 7,
    title: { fr: 'Visite', en: 'Visit' },
    description: { fr: 'Une visite.' },
    conditions: { fr: 'Gratuit' },
    timings: [{ begin: '2026-11-24T10:00:00+01:00', end: '2026-11-24T11:00:00+01:00' }],
    location: { uid: 3, name: 'Musée', address: '1 rue A', postalCode: '35000', city: 'Rennes' },
    ...more,
  });
  const file = (...events: object[]): string => JSON.stringify({ events });
  const event = async (): Promise<ProgrammeEvent> => {
    const items = await itemsOf(server.ctx, programmeScope('oa-2026', '53'));
    return items.find((i) => i.kind === 'event')!.value as ProgrammeEvent;
  };
  /** Somebody at the desk. */
  const edit = async (change: Partial<ProgrammeEvent>) =>
    publishEvents(server.ctx, [{ ...(await event()), ...change }]);

  it('puts an event where its address is', async () => {
    expect(counts(await take(file(source())))).toEqual([1, 1, 0, 0, 0]);
    expect(await event()).toMatchObject({ region: '53', department: '35', title: { fr: 'Visite', en: 'Visit' } });
  });
  it('leaves an event as it was edited here while the file stays the same', async () => {
    const { sessions } = await event();
    await edit({
      title: { fr: 'Visite guidée', en: 'Visit' },
      statusNote: { fr: 'Nouveau' },
      sessions: [{ ...sessions[0]!, registration: { mode: 'open', capacity: 9 } }],
    });
    expect(counts(await take(file(source())))).toEqual([1, 0, 0, 1, 0]);
    expect((await event()).title['fr']).toBe('Visite guidée');
  });
  it('takes what changed in the file, field by field and language by language, and keeps what was edited here', async () => {
    const changed = source({
      title: { fr: 'Grande visite', en: 'Great visit' },
      conditions: { fr: 'Sur inscription' },
    });
    const rehearsed = done(await take(file(changed), { dryRun: true }));
    expect(rehearsed.changes).toEqual([
      {
        action: 'changed',
        title: 'Visite guidée',
        region: '53',
        item: '7',
        line: 1,
        taken: ['title.en', 'conditions.fr'],
        kept: ['title.fr'],
      },
    ]);
    expect((await event()).title['en']).toBe('Visit');
    expect(counts(await take(file(changed)))).toEqual([1, 0, 1, 0, 0]);
    expect(await event()).toMatchObject({
      title: { fr: 'Visite guidée', en: 'Great visit' },
      conditions: { fr: 'Sur inscription' },
      statusNote: { fr: 'Nouveau' },
    });
    expect(done(await take(file(changed))).changes).toEqual([]);
  });
  it('moves a session and keeps its name, to which registrations hang, and its places', async () => {
    const [before] = (await event()).sessions;
    const moved = source({
      title: { fr: 'Grande visite', en: 'Great visit' },
      conditions: { fr: 'Sur inscription' },
      timings: [{ begin: '2026-11-25T14:00:00+01:00', end: '2026-11-25T15:00:00+01:00' }],
    });
    expect(counts(await take(file(moved)))).toEqual([1, 0, 1, 0, 0]);
    const [after] = (await event()).sessions;
    expect(after).toMatchObject({
      id: before!.id,
      slot: { date: '2026-11-25', start: '14:00', end: '15:00' },
      registration: { mode: 'open', capacity: 9 },
    });
  });
  it('takes a table that was edited elsewhere, and finds its events by their ids', async () => {
    const written = async (format: ExportFormat): Promise<string> => {
      const exported = await exportProgramme(server.ctx, {
        format,
        editionId: 'oa-2026',
        origin: 'http://localhost:3000',
      });
      return (await Array.fromAsync(exported!.pieces)).join('');
    };
    const table = await written('csv');
    expect(counts(await take(table, { format: 'csv' }))).toEqual([1, 0, 0, 1, 0]);
    const edited = table.replace('Sur inscription', 'Entrée libre');
    expect(counts(await take(edited, { format: 'csv' }))).toEqual([1, 0, 1, 0, 0]);
    expect((await event()).conditions).toEqual({ fr: 'Entrée libre' });
    for (const format of ['openagenda', 'frab-xml', 'frab-json', 'ics', 'csv'] as const)
      expect([format, counts(await take(await written(format), { format }))]).toEqual([format, [1, 0, 0, 1, 0]]);
    expect(JSON.parse(await written('openagenda'))).toMatchObject({ events: [{ uid: 7 }] });
  });
  it('knows its own pages by whatever name the server went', async () => {
    const open = { registration: { mode: 'open' } as const, sessions: [{ ...(await event()).sessions[0]! }] };
    await edit(open);
    const exported = await exportProgramme(server.ctx, {
      format: 'openagenda',
      editionId: 'oa-2026',
      origin: 'https://a.example',
    });
    expect(
      counts(await take((await Array.fromAsync(exported!.pieces)).join(''), { origin: 'https://b.example' })),
    ).toEqual([1, 0, 0, 1, 0]);
  });
  it('leaves out what was taken out of the programme here', async () => {
    const { id } = await event();
    await withdrawEvents(server.ctx, [id]);
    const outcome = done(await take(file(source())));
    expect([outcome.unchanged, outcome.changes[0]?.action]).toEqual([1, 'withdrawn']);
    expect(await itemsOf(server.ctx, programmeScope('oa-2026', '53'))).toEqual([]);
  });
  it('touches nothing outside of the region that it is told to stay in, and makes no edition there', async () => {
    const elsewhere = source({
      uid: 8,
      location: { name: 'Musée', postalCode: '44000', city: 'Nantes', address: 'x' },
    });
    expect(await take(file(elsewhere), { within: '53' })).toEqual({
      kind: 'refused',
      problem: { message: 'it is of another region (52)', item: '8', line: 1 },
    });
    const nowhere = await take(file(source({ uid: 9 })), { within: '53', editionId: 'neuve' });
    expect(nowhere).toMatchObject({
      kind: 'refused',
      problem: { message: expect.stringMatching(/national/) as string },
    });
  });
  it('names two items that are one event', async () => {
    const first = source({ uid: 10 });
    await take(file(first));
    const id = (await event()).id;
    const twice = file(first, source({ uid: 11, extIds: [{ key: 'escale', value: id }] }));
    const outcome = done(await take(twice));
    expect(outcome.problems).toEqual([{ message: 'it is the same event as 10', item: '11', line: 1 }]);
  });
});

function small(declaration: string, title: string): string {
  return `${declaration}<schedule><conference><title>C</title></conference><day date="2026-11-24"><room name="R"><event id="1"><title>${title}</title></event></room></day></schedule>`;
}

/** A gzip file that somebody forgot to unpack. */
const gunzip = (): Uint8Array => readFileSync(FIXTURE);

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 60_001) yield bytes.subarray(at, at + 60_001);
  await Promise.resolve();
}
