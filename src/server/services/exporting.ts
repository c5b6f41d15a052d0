import { createHash } from 'node:crypto';
import type { Uuid } from '#domain/ids.ts';
import type { Edition, ProgrammeEvent, RegionCode } from '#domain/programme.ts';
import { regionsAndNational } from '#domain/regions.ts';
import type { ExportFormat } from '#interop/formats.ts';
import { readable, writable } from '#interop/formats.ts';
import type { Written } from '#interop/written.ts';
import { DIRECTORY, programmeScope } from '#protocol/scope.ts';
import { headsOf } from '../db/heads.ts';
import type { Context } from './context.ts';
import { withPlaces } from './events.ts';

export interface ExportRequest {
  readonly format: ExportFormat;
  readonly editionId: string;
  /** Without it the whole edition. */
  readonly region?: RegionCode;
  /** Of this server, for the addresses of its pages. */
  readonly origin: string;
}

/** A file of a programme, in pieces. */
export interface Exported {
  readonly type: string;
  /** `demo-2026-52.ics` */
  readonly fileName: string;
  readonly events: number;
  readonly pieces: Iterable<string>;
}

/** Published events of an edition or of one region of it, in the order of their days, as a file; undefined when there is no such edition. */
export async function exportProgramme(ctx: Context, request: ExportRequest): Promise<Exported | undefined> {
  const { format, editionId, region } = request;
  const edition = await readEdition(ctx, editionId);
  if (!edition) return undefined;
  const events = await publishedEvents(ctx, editionId, region);
  const { write, type, ending } = writable[format];
  const written: Written = {
    edition,
    origin: request.origin,
    at: events.reduce((latest, e) => (e.updatedAt > latest ? e.updatedAt : latest), '2000-01-01T00:00:00.000Z'),
    digest: (text) => createHash('sha256').update(text).digest(),
    externalId: await externalIds(ctx, editionId, format),
  };
  const fileName = `${editionId}${region === undefined ? '' : `-${region.toLowerCase()}`}.${ending}`;
  return { type, fileName, events: events.length, pieces: write(events, written) };
}

/**
 * A text that is another one as soon as an export would be: the heads of the logs that it is made from. It costs a look at a
 * few rows, where making the file costs reading the programme. Undefined when there is no such edition.
 */
export async function exportVersion(
  ctx: Context,
  { format, editionId, region, origin }: ExportRequest,
): Promise<string | undefined> {
  if (!(await readEdition(ctx, editionId))) return undefined;
  const regions = region === undefined ? regionsAndNational.map((r) => r.code) : [region];
  const scopes = [DIRECTORY, ...regions.map((code) => programmeScope(editionId, code))];
  const heads = await headsOf(ctx.db.read, scopes);
  const state = scopes.map((scope) => [scope, heads.get(scope)?.epoch, heads.get(scope)?.head]);
  return createHash('sha256')
    .update(JSON.stringify([VERSION, format, origin, state]))
    .digest('base64url')
    .slice(0, 22);
}

/** Raised when a writer writes the same programme otherwise. */
const VERSION = 1;

async function readEdition(ctx: Context, id: string): Promise<Edition | undefined> {
  const row = await ctx.db.read.selectFrom('edition').select('data').where('id', '=', id).executeTakeFirst();
  return row && (JSON.parse(row.data) as Edition);
}

const PART = 500;

/** With what is public of their places. */
async function publishedEvents(
  ctx: Context,
  editionId: string,
  region: RegionCode | undefined,
): Promise<ProgrammeEvent[]> {
  const events: ProgrammeEvent[] = [];
  const places = new Map(
    (
      await ctx.db.read
        .selectFrom('subject')
        .innerJoin('event', 'event.id', 'subject.event_id')
        .select(['subject.id', 'subject.places'])
        .where('event.edition_id', '=', editionId)
        .execute()
    ).map((row) => [row.id, row.places]),
  );
  for (let last: Uuid | undefined; ;) {
    const rows = await ctx.db.read
      .selectFrom('event')
      .select(['id', 'data'])
      .where('edition_id', '=', editionId)
      .where('withdrawn_at', 'is', null)
      .$if(region !== undefined, (q) => q.where('region', '=', region!))
      .$if(last !== undefined, (q) => q.where('id', '>', last!))
      .orderBy('id')
      .limit(PART)
      .execute();
    for (const row of rows) events.push(withPlaces(JSON.parse(row.data) as ProgrammeEvent, places));
    last = rows.at(-1)?.id;
    if (rows.length < PART) break;
  }
  const startOf = (event: ProgrammeEvent): string =>
    event.sessions.reduce((first, { slot }) => {
      const start = `${slot.date} ${slot.start ?? ''}`;
      return start < first ? start : first;
    }, '9999');
  return events
    .map((event) => ({ event, key: `${startOf(event)} ${event.id}` }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ event }) => event);
}

/** The names under which events came from the format's own world. */
async function externalIds(ctx: Context, editionId: string, format: ExportFormat): Promise<Written['externalId']> {
  if (format === 'geojson' || format === 'json-ld') return () => undefined;
  const rows = await ctx.db.read
    .selectFrom('origin')
    .select(['event_id', 'external_id'])
    .where('edition_id', '=', editionId)
    .where('family', '=', readable[format].family)
    .execute();
  const ids = new Map(rows.map((row) => [row.event_id, row.external_id]));
  return (event) => ids.get(event.id);
}
