import { createHash } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Uuid } from '#domain/ids.ts';
import type { Edition, ProgrammeEvent, RegionCode } from '#domain/programme.ts';
import { regionsAndNational } from '#domain/regions.ts';
import type { ExportFormat } from '#interop/formats.ts';
import { readable, writable, writeProgramme } from '#interop/formats.ts';
import type { Written } from '#interop/written.ts';
import { DIRECTORY, programmeScope } from '#protocol/scope.ts';
import { headsOf } from '../../db/heads.ts';
import type { Context } from '../context.ts';
import { withPlaces } from '../programme/events.ts';

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
  readonly pieces: AsyncIterable<string>;
}

/** Published events of an edition or of one region of it, in the order of their days, as a file; undefined when there is no such edition. */
export async function exportProgramme(ctx: Context, request: ExportRequest): Promise<Exported | undefined> {
  const { format, editionId, region } = request;
  const edition = await readEdition(ctx, editionId);
  if (!edition) return undefined;
  const order = await publishedOrder(ctx, editionId, region);
  const { type, ending } = writable[format];
  const written: Written = {
    edition,
    origin: request.origin,
    at: order.changedAt,
    digest: (text) => createHash('sha256').update(text).digest(),
    externalId: await externalIds(ctx, editionId, format),
  };
  const fileName = `${editionId}${region === undefined ? '' : `-${region.toLowerCase()}`}.${ending}`;
  return { type, fileName, pieces: writeProgramme(format, eventsInOrder(ctx, editionId, order.ids), written) };
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

const PART = 250;

/** The ids of published events in the order of their days, and when the last of them was changed; the events themselves are let go. */
async function publishedOrder(
  ctx: Context,
  editionId: string,
  region: RegionCode | undefined,
): Promise<{ ids: Uuid[]; changedAt: string }> {
  const keys: { id: Uuid; key: string }[] = [];
  let changedAt = '2000-01-01T00:00:00.000Z';
  for (let last = ''; ;) {
    const rows = await ctx.db.read
      .selectFrom('event')
      .select(['id', 'data'])
      .where('edition_id', '=', editionId)
      .where('withdrawn_at', 'is', null)
      .$if(region !== undefined, (q) => q.where('region', '=', region!))
      .where('id', '>', last)
      .orderBy('id')
      .limit(PART)
      .execute();
    for (const row of rows) {
      const event = JSON.parse(row.data) as ProgrammeEvent;
      if (event.updatedAt > changedAt) changedAt = event.updatedAt;
      keys.push({ id: row.id, key: `${startOf(event)} ${row.id}` });
    }
    last = rows.at(-1)?.id ?? last;
    if (rows.length < PART) break;
    await breathe();
  }
  return { ids: keys.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map(({ id }) => id), changedAt };
}

function startOf(event: ProgrammeEvent): string {
  return event.sessions.reduce((first, { slot }) => {
    const start = `${slot.date} ${slot.start ?? ''}`;
    return start < first ? start : first;
  }, '9999');
}

/** With what is public of their places. What was taken out of the programme meanwhile is left out. */
async function* eventsInOrder(ctx: Context, editionId: string, ids: readonly Uuid[]): AsyncGenerator<ProgrammeEvent> {
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
  for (let from = 0; from < ids.length; from += PART) {
    const part = ids.slice(from, from + PART);
    const rows = await ctx.db.read
      .selectFrom('event')
      .select(['id', 'data'])
      .where('id', 'in', part)
      .where('withdrawn_at', 'is', null)
      .execute();
    const data = new Map(rows.map((row) => [row.id, row.data]));
    for (const id of part) {
      const text = data.get(id);
      if (text !== undefined) yield withPlaces(JSON.parse(text) as ProgrammeEvent, places);
    }
    await breathe();
  }
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
