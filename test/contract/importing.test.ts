import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Edition, ProgrammeEvent } from '#domain/programme.ts';
import { DIRECTORY, programmeScope } from '#protocol/scope.ts';
import type { ImportOutcome } from '#server/services/importing.ts';
import { importProgramme } from '#server/services/importing.ts';
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

function small(declaration: string, title: string): string {
  return `${declaration}<schedule><conference><title>C</title></conference><day date="2026-11-24"><room name="R"><event id="1"><title>${title}</title></event></room></day></schedule>`;
}

/** A gzip file that somebody forgot to unpack. */
const gunzip = (): Uint8Array => readFileSync(FIXTURE);

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 60_001) yield bytes.subarray(at, at + 60_001);
  await Promise.resolve();
}
