import type { LocalDate } from '#domain/dates.ts';
import { lastDay, localOf } from '#domain/dates.ts';
import type { EventCard } from '#domain/event-card.ts';
import { cardOf } from '#domain/event-card.ts';
import type { FrontPage } from '#domain/front-page.ts';
import { forOneDay, frontOf } from '#domain/front-page.ts';
import type { Featured } from '#domain/featured.ts';
import { featuredId, shownOf } from '#domain/featured.ts';
import { daysOf, entriesOf, programmeOrder } from '#domain/programme-days.ts';
import type { Edition, Places, ProgrammeEvent, RegionCode } from '#domain/programme.ts';
import { regionsAndNational } from '#domain/regions.ts';
import type { LocalizedText } from '#domain/text.ts';
import type { Context } from '../context.ts';
import { storedEvent, withPlaces } from './events.ts';
import { exportVersion } from '../exchange/exporting.ts';

/** A published event in a list for those without JavaScript. */
export interface Listed {
  readonly slug: string;
  readonly title: LocalizedText;
  readonly region: RegionCode;
  readonly city?: string;
  /** First and last day of its sessions. */
  readonly from?: string;
  readonly to?: string;
  readonly updatedAt: string;
}

interface Listing {
  readonly version: string;
  /** When it was made, and the day on which that was. */
  readonly at: number;
  readonly day: LocalDate;
  readonly events: readonly Listed[];
  /** What the list begins with on that day, without what is public of its places. */
  readonly front: readonly EventCard[];
  readonly counts: Pick<FrontPage, 'total' | 'past' | 'from' | 'until'>;
  readonly featured: boolean;
}

/** How long a list may be behind: making it reads a whole edition, and every registration that fills a session would ask for it. */
const FRESH = 60_000;
const listings = new WeakMap<Context, Map<string, { done?: Listing; coming?: Promise<Listing> }>>();

/** The events of an edition in the order of their days, at most a minute old. */
export async function listEdition(ctx: Context, edition: Edition): Promise<readonly Listed[]> {
  return (await listingOf(ctx, edition)).events;
}

/** What a first visit shows of an edition before anything else has come, at most a minute old. @param others whether there are other editions */
export async function frontPage(ctx: Context, edition: Edition, others: boolean): Promise<FrontPage> {
  const { front, counts, featured } = await listingOf(ctx, edition);
  return { edition, others, featured, ...counts, cards: await withTheirPlaces(ctx, front) };
}

async function listingOf(ctx: Context, edition: Edition): Promise<Listing> {
  const known = listings.get(ctx) ?? new Map<string, { done?: Listing; coming?: Promise<Listing> }>();
  listings.set(ctx, known);
  const entry = known.get(edition.id) ?? {};
  known.set(edition.id, entry);
  const { done } = entry;
  if (done && ctx.clock() - done.at < FRESH && ctx.clock() >= done.at && done.day === today(ctx)) return done;
  entry.coming ??= makeListing(ctx, edition, done)
    .then((listing) => (entry.done = listing))
    .finally(() => delete entry.coming);
  return entry.coming;
}

async function makeListing(ctx: Context, edition: Edition, before: Listing | undefined): Promise<Listing> {
  const at = ctx.clock();
  const day = today(ctx);
  const version = (await exportVersion(ctx, { format: 'csv', editionId: edition.id, origin: '' })) ?? '';
  if (before?.version === version && before.day === day) return { ...before, at };
  const events: Listed[] = [];
  const cards: EventCard[] = [];
  for (let last = ''; ;) {
    const rows = await ctx.db.read
      .selectFrom('event')
      .select(['id', 'data'])
      .where('edition_id', '=', edition.id)
      .where('withdrawn_at', 'is', null)
      .where('id', '>', last)
      .orderBy('id')
      .limit(250)
      .execute();
    for (const row of rows) {
      const event = JSON.parse(row.data) as ProgrammeEvent;
      events.push(listed(event));
      cards.push(cardOf(event));
    }
    last = rows.at(-1)?.id ?? last;
    if (rows.length < 250) break;
  }
  const key = (e: Listed): string => `${e.from ?? '9999'} ${e.slug}`;
  const days = daysOf(entriesOf(programmeOrder(cards), day));
  const { cards: front, total, past, from, until } = forOneDay(frontOf({ edition, others: false }, days, day));
  return {
    version,
    at,
    day,
    events: events.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)),
    front,
    counts: { total, past, from, ...(until === undefined ? {} : { until }) },
    featured: shownOf(await featuredAtHome(ctx, edition.id), cards, { now: at, today: day }).length > 0,
  };
}

async function featuredAtHome(ctx: Context, editionId: string): Promise<Featured | undefined> {
  const row = await ctx.db.read
    .selectFrom('content')
    .select('data')
    .where('kind', '=', 'featured')
    .where('id', '=', featuredId(editionId, 'home'))
    .executeTakeFirst();
  return row && (JSON.parse(row.data) as Featured);
}

async function withTheirPlaces(ctx: Context, cards: readonly EventCard[]): Promise<EventCard[]> {
  const ids = cards.map((card) => card.id);
  if (ids.length === 0) return [];
  const rows = await ctx.db.read
    .selectFrom('event')
    .select(['id', 'data'])
    .where('id', 'in', ids)
    .where('withdrawn_at', 'is', null)
    .execute();
  const subjects = await ctx.db.read
    .selectFrom('subject')
    .select(['id', 'places'])
    .where('event_id', 'in', ids)
    .execute();
  const places = new Map<string, Places>(subjects.map((s) => [s.id, s.places]));
  const now = new Map(rows.map((row) => [row.id, cardOf(withPlaces(storedEvent(row), places))]));
  return ids.flatMap((id) => now.get(id) ?? []);
}

function listed(event: ProgrammeEvent): Listed {
  const first = event.sessions.map((s) => s.slot.date).toSorted()[0] ?? event.availability?.from;
  const last =
    event.sessions
      .map((s) => lastDay(s.slot))
      .toSorted()
      .at(-1) ?? event.availability?.to;
  const city = event.venues.find((v) => v.city)?.city;
  return {
    slug: event.slug,
    title: event.title,
    region: event.region,
    ...(city === undefined ? {} : { city }),
    ...(first === undefined ? {} : { from: first }),
    ...(last === undefined ? {} : { to: last }),
    updatedAt: event.updatedAt,
  };
}

/** A published event with its edition and what is public of its places; undefined when no published event has this slug. */
export async function publishedEvent(
  ctx: Context,
  slug: string,
): Promise<{ event: ProgrammeEvent; edition: Edition } | undefined> {
  const row = await ctx.db.read
    .selectFrom('event')
    .innerJoin('edition', 'edition.id', 'event.edition_id')
    .select(['event.id', 'event.data', 'edition.data as edition'])
    .where('event.slug', '=', slug)
    .where('event.withdrawn_at', 'is', null)
    .executeTakeFirst();
  if (!row) return undefined;
  const subjects = await ctx.db.read
    .selectFrom('subject')
    .select(['id', 'places'])
    .where('event_id', '=', row.id)
    .execute();
  const places = new Map<string, Places>(subjects.map((s) => [s.id, s.places]));
  return { event: withPlaces(storedEvent(row), places), edition: JSON.parse(row.edition) as Edition };
}

/** All editions, the current one first, then the latest. */
export async function publicEditions(ctx: Context): Promise<Edition[]> {
  const rows = await ctx.db.read.selectFrom('edition').select('data').execute();
  const editions = rows.map((row) => JSON.parse(row.data) as Edition);
  return editions.toSorted(
    (a, b) => Number(b.current) - Number(a.current) || b.year - a.year || (a.id < b.id ? -1 : 1),
  );
}

/** How many events each region of an edition has; those that have none are left out. */
export async function countByRegion(
  ctx: Context,
  editionId: string,
): Promise<{ region: RegionCode; events: number }[]> {
  const rows = await ctx.db.read
    .selectFrom('event')
    .select(['region', (e) => e.fn.countAll<number>().as('events')])
    .where('edition_id', '=', editionId)
    .where('withdrawn_at', 'is', null)
    .groupBy('region')
    .execute();
  const counts = new Map(rows.map((row) => [row.region, row.events]));
  return regionsAndNational.flatMap(({ code }) => {
    const events = counts.get(code) ?? 0;
    return events > 0 ? [{ region: code, events }] : [];
  });
}

/** Today in the programme's own country. */
export const today = (ctx: Context): string => localOf(ctx.clock(), 'Europe/Paris').date;
