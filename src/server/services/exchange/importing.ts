import { createHash } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import * as v from 'valibot';
import type { Uuid } from '#domain/ids.ts';
import type { Edition, ProgrammeEvent, RegionCode } from '#domain/programme.ts';
import { NATIONAL, zoneOfRegion } from '#domain/regions.ts';
import { textIn } from '#domain/text.ts';
import type { ImportFormat } from '#interop/formats.ts';
import { readable } from '#interop/formats.ts';
import type { Imported, ImportedItem, ImportOptions, ImportProblem } from '#interop/imported.ts';
import { noneTaken } from '#interop/imported.ts';
import type { Marks } from '#interop/merge.ts';
import { marksOf, mergeImport } from '#interop/merge.ts';
import type { Written } from '#interop/written.ts';
import { webUrl } from '#protocol/primitives.ts';
import { edition as editionSchema, programmeEvent } from '#protocol/programme.ts';
import type { Tx } from '../../db/units.ts';
import type { Context } from '../context.ts';
import { locatePlace } from '../programme/geography.ts';
import type { Account } from '../people/accounts.ts';
import { proposePlan, saveImportProposals, wholeAmong } from '../proposing/import-proposals.ts';
import type { Published } from '../programme/publishing.ts';
import { ChangedMeanwhile, publishEvents, saveEditionIn } from '../programme/publishing.ts';
import { readProgramme } from './reading.ts';

export interface ImportRequest {
  readonly format: ImportFormat;
  readonly editionId: string;
  /** Of every event; without it each is where its address or position is, else in the national part. */
  readonly region?: RegionCode;
  /** Nothing outside of this region is added or changed, and no edition is made. */
  readonly within?: RegionCode;
  /** In whose name it is proposed to the moderators, instead of being published. */
  readonly proposer?: Account;
  /** Says what would be and writes nothing. */
  readonly dryRun: boolean;
  /** Of this server, for the addresses of its own pages. */
  readonly origin: string;
  /** How the file is read; here and now, unless something else must go on meanwhile. */
  readonly read?: typeof readProgramme;
}

/** What an import does, or would do, with one event; those that stay as they are and lost nothing are not told. */
export interface ImportChange {
  /** `kept`: only edited here and in the file; `withdrawn`: taken out of the programme here, and left out. */
  readonly action: 'added' | 'changed' | 'kept' | 'withdrawn';
  readonly title: string;
  readonly region: RegionCode;
  readonly item: string;
  readonly line?: number;
  /** Fields taken from the file, texts with their language: `title.fr`. */
  readonly taken: readonly string[];
  /** Fields that the file changed and that stay as they were edited here. */
  readonly kept: readonly string[];
}

/** `refused`: nothing was written. Counts are of events. */
export type ImportOutcome =
  | ({
      readonly kind: 'imported';
      readonly read: number;
      readonly problems: readonly ImportProblem[];
      readonly notes: readonly string[];
      readonly changes: readonly ImportChange[];
      /** The edition did not exist. */
      readonly makesEdition: boolean;
      /** How many of the events that are new or changed went to the moderators, and how many lack something; absent when they were published. */
      readonly proposed?: { readonly submitted: number; readonly drafts: number };
    } & Published)
  | { readonly kind: 'refused'; readonly problem: ImportProblem };

/** A busy desk may change an event between the look and the deed; the third time in a row is somebody else's turn to wait. */
const TRIES = 3;
/** Events that are looked at before others get their turn. */
const TURN = 50;

/**
 * Takes a programme in as a stream of bytes. Items that cannot be events are named and the others taken, all in one unit; a
 * file that is none of the format's, or is cut off, changes nothing. What the file has not changed since it was last read, and
 * what was edited here since, stays (see interop/README.md).
 */
export async function importProgramme(
  ctx: Context,
  bytes: AsyncIterable<Uint8Array>,
  request: ImportRequest,
): Promise<ImportOutcome> {
  const before = await readEdition(ctx, request.editionId);
  const options = optionsFor(ctx, request, before);
  const imported = await (request.read ?? readProgramme)(bytes, request.format, options);
  if (imported.kind === 'refused') return imported;
  for (let tries = 1; ; tries++) {
    try {
      return await take(ctx, imported, request, options);
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile) || tries === TRIES) throw error;
    }
  }
}

function optionsFor(ctx: Context, { editionId, region }: ImportRequest, edition: Edition | undefined): ImportOptions {
  return {
    editionId,
    ...(region === undefined ? {} : { region }),
    zone: zoneOfRegion(region ?? NATIONAL),
    themes: edition?.themes ?? [],
    at: new Date(ctx.clock()).toISOString(),
    digest: sha256,
    locate: locatePlace,
  };
}

const sha256 = (text: string): Uint8Array => createHash('sha256').update(text).digest();

interface Plan {
  readonly events: ProgrammeEvent[];
  readonly expected: Map<Uuid, string>;
  readonly origins: { externalId: string; eventId: Uuid; marks: Marks }[];
  readonly changes: ImportChange[];
  /** Of the events that are new or changed: what is published of them. */
  readonly published: Map<Uuid, ProgrammeEvent>;
  readonly problems: ImportProblem[];
  added: number;
  changed: number;
  unchanged: number;
}

async function take(
  ctx: Context,
  imported: Imported & { kind: 'programme' },
  request: ImportRequest,
  options: ImportOptions,
): Promise<ImportOutcome> {
  const before = await readEdition(ctx, request.editionId);
  if (!before && request.within !== undefined)
    return {
      kind: 'refused',
      problem: { message: `there is no edition ${request.editionId}, and only the national team makes one` },
    };
  const made = v.safeParse(editionSchema, await editionFor(ctx, before, imported.edition));
  if (!made.success) return { kind: 'refused', problem: { message: `the conference: ${problemOf(made.issues[0])}` } };
  const plan = await planFor(ctx, imported, made.output, request, options);
  const proposals = request.proposer && (await proposePlan(ctx, request.proposer, made.output, plan));
  const { problems, added, changed, unchanged } = plan;
  const [first, ...others] = problems;
  if (first && added + changed + unchanged === 0) return { kind: 'refused', problem: noneTaken([first, ...others]) };
  const outcome: ImportOutcome = {
    kind: 'imported',
    read: added + changed + unchanged + problems.length,
    problems,
    notes: imported.notes,
    changes: plan.changes,
    makesEdition: !before,
    added,
    changed,
    unchanged,
    ...(proposals ? { proposed: wholeAmong(proposals) } : {}),
  };
  if (request.dryRun || added + changed + unchanged === 0) return outcome;
  if (request.proposer && proposals) {
    const { proposer } = request;
    await ctx.db.units.one(async (tx) => {
      await saveImportProposals(ctx, tx, proposer, request.editionId, proposals);
      await saveOrigins(tx, ctx, plan, request);
    });
    return outcome;
  }
  await publishEvents(ctx, plan.events, {
    ...(imported.edition.source ? { source: imported.edition.source } : {}),
    expected: plan.expected,
    before: async (tx) => void (await saveEditionIn(tx, made.output)),
    after: (tx) => saveOrigins(tx, ctx, plan, request),
  });
  return outcome;
}

/** What is to be done with each item, from what the database says now. */
async function planFor(
  ctx: Context,
  imported: Imported & { kind: 'programme' },
  edition: Edition,
  request: ImportRequest,
  options: ImportOptions,
): Promise<Plan> {
  const { image, carries, family } = readable[request.format];
  const { region: _, ...free } = options;
  const written: Written = {
    edition,
    origin: request.origin,
    at: options.at,
    digest: sha256,
    externalId: () => undefined,
  };
  const origins = await readOrigins(ctx, request.editionId, family);
  const idOf = (item: ImportedItem): Uuid[] => [
    ...(origins.get(item.externalId) ? [origins.get(item.externalId)!.eventId] : []),
    ...(item.eventId === undefined ? [] : [item.eventId]),
    item.event.id,
  ];
  const rows = await readRows(ctx, request.editionId, imported.items.flatMap(idOf));
  const plan: Plan = {
    events: [],
    expected: new Map(),
    origins: [],
    changes: [],
    published: new Map(),
    problems: [...imported.refused],
    added: 0,
    changed: 0,
    unchanged: 0,
  };
  const seen = new Map<Uuid, string>();
  let looked = 0;
  for (const item of imported.items) {
    const { externalId, line } = item;
    const where = { item: externalId, ...(line === undefined ? {} : { line }) };
    const refuse = (message: string): void => void plan.problems.push({ message, ...where });
    const id = idOf(item).find((one) => rows.has(one)) ?? item.event.id;
    const row = rows.get(id);
    const parsed = v.safeParse(programmeEvent, withoutBadLinks({ ...item.event, id }));
    if (!parsed.success) {
      refuse(problemOf(parsed.issues[0]));
      continue;
    }
    const theirs = parsed.output;
    const outside =
      request.within !== undefined &&
      [theirs.region, row?.region].find((one) => one !== undefined && one !== request.within);
    if (outside) {
      refuse(`it is of another region (${outside})`);
      continue;
    }
    const twin = seen.get(id);
    if (twin !== undefined) {
      refuse(`it is the same event as ${twin}`);
      continue;
    }
    seen.set(id, externalId);
    const tell = (
      action: ImportChange['action'],
      event: ProgrammeEvent,
      taken: readonly string[],
      kept: readonly string[],
    ): void =>
      void plan.changes.push({
        action,
        title: textIn(event.title, 'fr').text,
        region: event.region,
        ...where,
        taken,
        kept,
      });
    const marks = marksOf(theirs, carries, sha256);
    if (!row) {
      plan.added++;
      plan.events.push(theirs);
      plan.origins.push({ externalId, eventId: id, marks });
      tell('added', theirs, [], []);
      continue;
    }
    if (++looked % TURN === 0) await breathe();
    const base = origins.get(externalId)?.marks;
    if (row.withdrawn_at === null && base && isSame(base, marks)) {
      // The file says what it said: whatever was edited here stays.
      plan.unchanged++;
      continue;
    }
    const ours = JSON.parse(row.data) as ProgrammeEvent;
    if (row.withdrawn_at !== null) {
      plan.unchanged++;
      tell('withdrawn', ours, [], []);
      continue;
    }
    const ownImage = image(ours, written, free) ?? ours;
    const merge = mergeImport(
      { ours, image: ownImage, theirs: atHome(theirs, ours, ownImage), ...(base ? { base } : {}) },
      carries,
      sha256,
    );
    const merged = v.safeParse(programmeEvent, { ...merge.event, updatedAt: options.at });
    if (!merged.success) {
      refuse(problemOf(merged.issues[0]));
      continue;
    }
    plan.origins.push({ externalId, eventId: id, marks });
    if (merge.taken.length > 0) {
      plan.changed++;
      plan.events.push(merged.output);
      plan.expected.set(id, row.content_hash);
      plan.published.set(id, ours);
      tell('changed', ours, merge.taken, merge.kept);
    } else {
      plan.unchanged++;
      if (merge.kept.length > 0) tell('kept', ours, [], merge.kept);
    }
  }
  return plan;
}

const isSame = (a: Marks, b: Marks): boolean => {
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return left.length === right.length && left.every(([path, mark]) => b[path] === mark);
};

/** The page of an event on this server is that page by whatever name the server went when the file was written. */
function atHome(theirs: ProgrammeEvent, ours: ProgrammeEvent, image: ProgrammeEvent): ProgrammeEvent {
  const path = URL.parse(theirs.registration.url ?? '')?.pathname;
  return path === `/evenements/${ours.slug}/inscription` ? { ...theirs, registration: image.registration } : theirs;
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

async function readRows(ctx: Context, editionId: string, ids: readonly Uuid[]) {
  const rows = [];
  const all = [...new Set(ids)];
  for (let from = 0; from < all.length; from += 500) {
    const part = await ctx.db.read
      .selectFrom('event')
      .select(['id', 'region', 'data', 'content_hash', 'withdrawn_at'])
      .where('id', 'in', all.slice(from, from + 500))
      .where('edition_id', '=', editionId)
      .execute();
    rows.push(...part);
  }
  return new Map(rows.map((row) => [row.id, row]));
}

async function readOrigins(ctx: Context, editionId: string, family: string) {
  const rows = await ctx.db.read
    .selectFrom('origin')
    .select(['external_id', 'event_id', 'marks'])
    .where('edition_id', '=', editionId)
    .where('family', '=', family)
    .execute();
  return new Map(
    rows.map((row) => [row.external_id, { eventId: row.event_id, marks: JSON.parse(row.marks) as Marks }]),
  );
}

async function saveOrigins(tx: Tx, ctx: Context, { origins }: Plan, request: ImportRequest): Promise<void> {
  const { family } = readable[request.format];
  for (let from = 0; from < origins.length; from += 100) {
    const rows = origins.slice(from, from + 100).map(({ externalId, eventId, marks }) => ({
      edition_id: request.editionId,
      family,
      external_id: externalId,
      event_id: eventId,
      marks: JSON.stringify(marks),
      read_at: ctx.clock(),
    }));
    await tx.db
      .insertInto('origin')
      .values(rows)
      .onConflict((c) =>
        c.columns(['edition_id', 'family', 'external_id']).doUpdateSet((e) => ({
          event_id: e.ref('excluded.event_id'),
          marks: e.ref('excluded.marks'),
          read_at: e.ref('excluded.read_at'),
        })),
      )
      .execute();
  }
}
