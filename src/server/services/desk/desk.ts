import { setImmediate as breathe } from 'node:timers/promises';
import { lastDay, localOf } from '#domain/dates.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { fold } from '#domain/text.ts';
import type { DeskEvent } from '#protocol/desk.ts';
import type { Account } from '../people/accounts.ts';
import { mayRead, mayRun, ownEvents } from '../people/accounts.ts';
import type { Context } from '../context.ts';
import { storedEvent } from '../programme/events.ts';
import { ProblemError } from '../problem-error.ts';

/** What a line of the list needs of an event; the counts are read for the lines shown. */
interface Line {
  readonly hash: string;
  readonly event: Omit<DeskEvent, 'capacity' | 'confirmed' | 'waitlisted' | 'arrived'>;
  readonly lastDay: string | undefined;
  /** Title, town and region, folded for searching. */
  readonly text: string;
}

/**
 * Lines made from the events' JSON, kept by content so that ten thousand events are parsed once and not at every request.
 * Only a memory: what the database says is asked each time.
 */
const linesOf = new WeakMap<Context, Map<string, Line>>();

export interface DeskQuery {
  /** Words that title, town or region must contain, without case or accents. */
  readonly q?: string;
  readonly limit: number;
  readonly offset: number;
}

/** The events that the account may run: today's and those to come, soonest first; then undated ones, then past ones, latest first. */
export async function deskList(
  ctx: Context,
  account: Account,
  query: DeskQuery,
): Promise<{ events: DeskEvent[]; total: number }> {
  const lines = await readLines(ctx, account);
  const words = fold(query.q ?? '').split(' ');
  const today = localOf(ctx.clock(), 'Europe/Paris').date;
  const found = lines.filter((line) => words.every((word) => line.text.includes(word)));
  found.sort((a, b) => rankOf(a, today) - rankOf(b, today) || compare(a, b, today));
  const page = found.slice(query.offset, query.offset + query.limit);
  const counts = await readCounts(
    ctx,
    page.map((line) => line.event.id),
  );
  return { events: page.map((line) => ({ ...line.event, ...countsOf(counts, line.event.id) })), total: found.length };
}

/** The line of one event; undefined when the account may not run it. */
export async function deskEventOf(ctx: Context, account: Account, eventId: string): Promise<DeskEvent | undefined> {
  const [line] = await readLines(ctx, account, eventId);
  return line && { ...line.event, ...countsOf(await readCounts(ctx, [eventId]), eventId) };
}

/** @throws ProblemError `not_found`; `forbidden` when the account may not run the event, or for `reading` not read it */
export async function requireEvent(
  ctx: Context,
  account: Account,
  eventId: string,
  purpose: 'running' | 'reading' = 'running',
): Promise<void> {
  const event = await ctx.db.read
    .selectFrom('event')
    .select(['id', 'region'])
    .where('id', '=', eventId)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  if (!event) throw new ProblemError('not_found');
  const may = purpose === 'reading' ? mayRead : mayRun;
  if (!(await may(ctx, account, event))) throw new ProblemError('forbidden');
}

/**
 * An event as it is published, to begin another one or a change with.
 * @throws ProblemError as `requireEvent`
 */
export async function publishedEvent(ctx: Context, account: Account, eventId: string): Promise<ProgrammeEvent> {
  await requireEvent(ctx, account, eventId, 'reading');
  const row = await ctx.db.read
    .selectFrom('event')
    .select(['id', 'slug', 'data'])
    .where('id', '=', eventId)
    .executeTakeFirstOrThrow();
  return { ...storedEvent(row), slug: row.slug };
}

const CHUNK = 200;

async function readLines(ctx: Context, account: Account, eventId?: string): Promise<Line[]> {
  const known = linesOf.get(ctx) ?? new Map<string, Line>();
  linesOf.set(ctx, known);
  const rows = await ctx.db.read
    .selectFrom('event')
    .select(['id', 'content_hash', 'slug'])
    .where('withdrawn_at', 'is', null)
    .$if(eventId !== undefined, (q) => q.where('id', '=', eventId!))
    .$if(account.role === 'regional', (q) => q.where('region', 'in', [...account.regions, '']))
    .$if(account.role === 'organiser', (q) => q.where('id', 'in', ownEvents(ctx.db.read, account.id)))
    .execute();
  const missing = rows.filter((row) => !isSame(known.get(row.id), row)).map((row) => row.id);
  for (let from = 0; from < missing.length; from += CHUNK) {
    const read = await ctx.db.read
      .selectFrom('event')
      .select(['id', 'content_hash', 'slug', 'data'])
      .where('id', 'in', missing.slice(from, from + CHUNK))
      .execute();
    for (const row of read) known.set(row.id, lineOf(row));
    await breathe();
  }
  return rows.flatMap((row) => known.get(row.id) ?? []);
}

/** The slug is given beside the content: the same content may have been given another one since. */
function isSame(line: Line | undefined, row: { content_hash: string; slug: string }): boolean {
  return line?.hash === row.content_hash && line.event.slug === row.slug;
}

function lineOf(row: { content_hash: string; slug: string; data: string }): Line {
  const event = JSON.parse(row.data) as ProgrammeEvent;
  const days = event.sessions.map((s) => s.slot.date).toSorted();
  const lastDays = event.sessions.map((s) => lastDay(s.slot)).toSorted();
  const city = event.venues.find((v) => v.city)?.city;
  const firstDay = days[0];
  const last = lastDays.at(-1);
  return {
    hash: row.content_hash,
    event: {
      id: event.id,
      slug: row.slug,
      editionId: event.editionId,
      title: event.title,
      region: event.region,
      ...(city ? { city } : {}),
      ...(firstDay ? { firstDay } : {}),
      ...(last !== undefined && last !== firstDay ? { lastDay: last } : {}),
      status: event.status,
      ...(event.tour || event.format === 'walk' ? { walk: true as const } : {}),
    },
    lastDay: last,
    text: fold([...Object.values(event.title), city ?? '', event.region].join(' ')),
  };
}

function rankOf(line: Line, today: string): number {
  if (line.lastDay === undefined) return 1;
  return line.lastDay >= today ? 0 : 2;
}

function compare(a: Line, b: Line, today: string): number {
  const past = rankOf(a, today) === 2;
  const [x, y] = [a.event.firstDay ?? '', b.event.firstDay ?? ''];
  if (x !== y) return x < y === past ? 1 : -1;
  return a.text < b.text ? -1 : a.text > b.text ? 1 : 0;
}

interface Counts {
  readonly seats: Map<string, { capacity: number | undefined; confirmed: number; waitlisted: number }>;
  readonly arrived: Map<string, number>;
}

async function readCounts(ctx: Context, eventIds: readonly string[]): Promise<Counts> {
  if (eventIds.length === 0) return { seats: new Map(), arrived: new Map() };
  const [subjects, arrivals] = await Promise.all([
    ctx.db.read
      .selectFrom('subject')
      .select(['event_id', 'capacity', 'confirmed', 'waiting', 'offered'])
      .where('event_id', 'in', eventIds)
      .execute(),
    ctx.db.read
      .selectFrom('check_in')
      .select(['event_id', (e) => e.fn.sum<number>('count').as('count')])
      .where('event_id', 'in', eventIds)
      .where('undone_at', 'is', null)
      .groupBy('event_id')
      .execute(),
  ]);
  const seats: Counts['seats'] = new Map();
  for (const id of new Set(subjects.map((s) => s.event_id))) {
    const mine = subjects.filter((s) => s.event_id === id);
    const offered = mine.filter((s) => s.offered === 1);
    const limited = offered.length > 0 && offered.every((s) => s.capacity !== null);
    seats.set(id, {
      capacity: limited ? sum(offered.map((s) => s.capacity ?? 0)) : undefined,
      confirmed: sum(mine.map((s) => s.confirmed)),
      waitlisted: sum(mine.map((s) => s.waiting)),
    });
  }
  return { seats, arrived: new Map(arrivals.map((a) => [a.event_id, a.count])) };
}

function countsOf(counts: Counts, id: string): Pick<DeskEvent, 'capacity' | 'confirmed' | 'waitlisted' | 'arrived'> {
  const seats = counts.seats.get(id);
  return {
    ...(seats?.capacity === undefined ? {} : { capacity: seats.capacity }),
    confirmed: seats?.confirmed ?? 0,
    waitlisted: seats?.waitlisted ?? 0,
    arrived: counts.arrived.get(id) ?? 0,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}
