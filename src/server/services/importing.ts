import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { Edition, ProgrammeEvent, RegionCode } from '#domain/programme.ts';
import { zoneOfRegion } from '#domain/regions.ts';
import { frabXmlReader } from '#interop/frab-xml.ts';
import type { Imported, ImportOptions, ImportProblem } from '#interop/imported.ts';
import { noneTaken } from '#interop/imported.ts';
import { webUrl } from '#protocol/primitives.ts';
import { edition as editionSchema, programmeEvent } from '#protocol/programme.ts';
import type { Context } from './context.ts';
import type { Published } from './publishing.ts';
import { publishEvents, saveEdition } from './publishing.ts';

export interface ImportRequest {
  readonly editionId: string;
  readonly region: RegionCode;
  /** Counts what would be and writes nothing. */
  readonly dryRun: boolean;
}

/** `refused`: nothing was written. Counts are of events. */
export type ImportOutcome =
  | ({ readonly kind: 'imported'; readonly read: number; readonly problems: readonly ImportProblem[] } & Published)
  | { readonly kind: 'refused'; readonly problem: ImportProblem };

/**
 * Takes a frab schedule in as a stream of bytes. Items that cannot be events are named and the others taken; a file that is
 * no schedule, or is cut off, changes nothing. What was taken before and has not changed is left as it is.
 */
export async function importFrabXml(
  ctx: Context,
  bytes: AsyncIterable<Uint8Array>,
  request: ImportRequest,
): Promise<ImportOutcome> {
  const reader = frabXmlReader(optionsFor(ctx, request));
  let decoder: Decoder | undefined;
  try {
    for await (const chunk of bytes) {
      if (!decoder) {
        const found = decoderFor(chunk);
        if (typeof found === 'string') return { kind: 'refused', problem: { message: found, line: 1 } };
        decoder = found;
      }
      const problem = reader.write(decoder.decode(chunk, { stream: true }));
      if (problem) return { kind: 'refused', problem };
    }
    reader.write(decoder?.decode() ?? '');
  } catch (error) {
    // The decoder's word for bytes that are no text in the encoding.
    if (!(error instanceof TypeError)) throw error;
    return { kind: 'refused', problem: { message: `its bytes are not ${decoder?.encoding ?? 'utf-8'}` } };
  }
  return take(ctx, reader.end(), request);
}

function optionsFor(ctx: Context, { editionId, region }: ImportRequest): ImportOptions {
  return {
    editionId,
    region,
    zone: zoneOfRegion(region),
    at: new Date(ctx.clock()).toISOString(),
    digest: (text) => createHash('sha256').update(text).digest(),
  };
}

type Decoder = InstanceType<typeof TextDecoder>;

/** Of the byte order mark or the XML declaration; UTF-8 without either. A text says why there is none. */
function decoderFor(start: Uint8Array): Decoder | string {
  const head = Buffer.from(start.subarray(0, 200)).toString('latin1');
  const marked = head.startsWith('\u00ff\u00fe')
    ? 'utf-16le'
    : head.startsWith('\u00fe\u00ff')
      ? 'utf-16be'
      : undefined;
  const label = marked ?? /^[^>]*<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(head)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(label, { fatal: true });
  } catch {
    return `the encoding ${label} is not known`;
  }
}

async function take(ctx: Context, imported: Imported, request: ImportRequest): Promise<ImportOutcome> {
  if (imported.kind === 'refused') return imported;
  const problems = [...imported.refused];
  const events: ProgrammeEvent[] = [];
  for (const { event, externalId, line } of imported.items) {
    const parsed = v.safeParse(programmeEvent, withoutBadLinks(event));
    if (parsed.success) events.push(parsed.output);
    else problems.push({ message: problemOf(parsed.issues[0]), line, item: externalId });
  }
  const read = events.length + problems.length;
  const [first, ...others] = problems;
  if (first && events.length === 0) return { kind: 'refused', problem: noneTaken([first, ...others]) };
  const before = await readEdition(ctx, request.editionId);
  const edition = v.safeParse(editionSchema, await editionFor(ctx, before, imported.edition));
  if (!edition.success)
    return { kind: 'refused', problem: { message: `the conference: ${problemOf(edition.issues[0])}` } };
  if (events.length === 0) return { kind: 'imported', read, problems, added: 0, changed: 0, unchanged: 0 };
  if (request.dryRun) {
    const counts = before
      ? await rehearse(ctx, (rehearsal) => publishEvents(rehearsal, events))
      : { added: events.length, changed: 0, unchanged: 0 };
    return { kind: 'imported', read, problems, ...counts };
  }
  await saveEdition(ctx, edition.output);
  const source = imported.edition.source;
  return { kind: 'imported', read, problems, ...(await publishEvents(ctx, events, source)) };
}

/** One bad address among the links is no reason to lose the event. */
function withoutBadLinks(event: ProgrammeEvent): ProgrammeEvent {
  const { links, source, ...rest } = event;
  const good = links?.filter((l) => v.is(webUrl, l.url)) ?? [];
  const { url, ...named } = source ?? { name: '' };
  return {
    ...rest,
    ...(good.length > 0 ? { links: good } : {}),
    ...(source ? { source: url !== undefined && v.is(webUrl, url) ? source : named } : {}),
  };
}

function problemOf(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  return path === null ? issue.message : `${path}: ${issue.message}`;
}

async function readEdition(ctx: Context, id: string): Promise<Edition | undefined> {
  const row = await ctx.db.read.selectFrom('edition').select('data').where('id', '=', id).executeTakeFirst();
  return row && (JSON.parse(row.data) as Edition);
}

/** An edition that is there keeps all that it says and gains the themes that it lacks; the first one of a database is the current one. */
async function editionFor(ctx: Context, before: Edition | undefined, made: Edition): Promise<Edition> {
  if (before) {
    const known = new Set(before.themes.map((t) => t.code));
    return { ...before, themes: [...before.themes, ...made.themes.filter((t) => !known.has(t.code))] };
  }
  const any = await ctx.db.read.selectFrom('edition').select('id').limit(1).executeTakeFirst();
  return { ...made, current: any === undefined };
}

class Rehearsed extends Error {}

/** Does a use case in transactions that are all taken back. */
async function rehearse<T>(ctx: Context, work: (ctx: Context) => Promise<T>): Promise<T> {
  const { units } = ctx.db;
  const one: typeof units.one = async (unit) => {
    let value: Awaited<ReturnType<typeof unit>> | undefined;
    try {
      await units.one(async (tx) => {
        value = await unit(tx);
        throw new Rehearsed();
      });
    } catch (error) {
      if (!(error instanceof Rehearsed)) throw error;
    }
    return { value: value!, heads: {} };
  };
  const run: typeof units.run = (works) =>
    Promise.all(
      works.map((unit) =>
        one(unit).then(
          (done) => ({ ok: true, ...done }) as const,
          (error: unknown) => ({ ok: false, error }) as const,
        ),
      ),
    );
  return work({ ...ctx, db: { ...ctx.db, units: { one, run, onCommit: (listener) => units.onCommit(listener) } } });
}
