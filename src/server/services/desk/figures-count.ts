import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { CheckIn } from '#domain/check-in.ts';
import type { LocalDate } from '#domain/dates.ts';
import { localOf } from '#domain/dates.ts';
import type { DoorRules } from '#domain/door-rules.ts';
import type { EventFigures, Figures } from '#domain/figures.ts';
import { foldFigures, seriesOf } from '#domain/figures.ts';
import type { Uuid } from '#domain/ids.ts';
import { presenceOf } from '#domain/presence.ts';
import type { Audience, RegionCode } from '#domain/programme.ts';
import { audiences } from '#domain/programme.ts';
import { proposalStates } from '#domain/proposal.ts';
import { registrationStates } from '#domain/registration.ts';
import type { Schema } from '../../db/schema.ts';
import { ownEvents } from '../people/accounts.ts';
import { checkInItem } from '../sync/items.ts';

/** What is counted, of whose events. It can be sent to a thread. */
export interface FiguresQuestion {
  readonly editionId: string;
  /** Those that may be asked about and are. */
  readonly regions: readonly RegionCode[];
  /** Of an organiser: nothing but the events that they run, and what they proposed. */
  readonly accountId?: Uuid;
  /** Days of the events, both included. */
  readonly from?: LocalDate;
  readonly to?: LocalDate;
  /** What lies before it is over. */
  readonly today: LocalDate;
}

type Db = Kysely<Schema>;

/** Clocks of all series: a programme that spans the oceans still has one calendar. */
const ZONE = 'Europe/Paris';
const HOUR = 3_600_000;
/** Names in one query. */
const EVENTS_AT_ONCE = 500;

/** Counts where the rows lie, all of one moment; what comes out of the database is a line an event and a line an hour. */
export function countFigures(db: Db, question: FiguresQuestion): Promise<Figures> {
  return db
    .transaction()
    .setAccessMode('read only')
    .setIsolationLevel('repeatable read')
    .execute((moment) => countIn(moment, question));
}

async function countIn(db: Db, question: FiguresQuestion): Promise<Figures> {
  const events = await readEvents(db, question);
  const parties = await readParties(db, question);
  const asked = await readAsked(db, question);
  const arrivals = await readArrivals(db, question);
  const admitting = await readAdmitting(db);
  const lines = events.map((row): EventFigures => {
    const states = parties.get(row.id);
    const people = (state: string): number => states?.get(state)?.people ?? 0;
    const came = arrivals.byEvent.get(row.id);
    return {
      id: row.id,
      region: row.region,
      ...(row.department === null ? {} : { department: row.department }),
      format: row.format,
      audiences: audiencesOf(row.audiences),
      status: row.status,
      ...(row.first_day === null ? {} : { firstDay: row.first_day }),
      ...(row.last_day === null ? {} : { lastDay: row.last_day }),
      confirmed: people('confirmed'),
      requested: people('requested'),
      waitlisted: people('waitlisted'),
      expected: people('confirmed') + (admitting.has(row.id) ? people('requested') : 0),
      arrived: came?.arrived ?? 0,
      walkIns: came?.walkIns ?? 0,
    };
  });
  const oneDay = question.from !== undefined && question.from === question.to;
  return {
    ...foldFigures(lines, question.today, question.accountId === undefined ? question.regions : []),
    registrations: registrationStates.map((state) => {
      const all = [...parties.values()].flatMap((states) => states.get(state) ?? []);
      const sum = (key: 'parties' | 'people') => all.reduce((n, one) => n + one[key], 0);
      return { state, parties: sum('parties'), people: sum('people') };
    }),
    proposals: await readProposals(db, question),
    registrationDays: seriesOf(asked, (hour) => localOf(hour * HOUR, ZONE).date),
    arrivalTimes: seriesOf(arrivals.hours, (hour) => {
      const { date, time } = localOf(hour * HOUR, ZONE);
      return oneDay ? `${date}T${time.slice(0, 2)}` : date;
    }),
  };
}

/** The events asked about, to be narrowed and read. */
function eventsOf(db: Db, { editionId, regions, accountId, from, to }: FiguresQuestion) {
  return db
    .selectFrom('event')
    .where('event.edition_id', '=', editionId)
    .where('event.region', 'in', [...regions, ''])
    .where('event.withdrawn_at', 'is', null)
    .$if(accountId !== undefined, (q) => q.where('event.id', 'in', ownEvents(db, accountId!)))
    .$if(from !== undefined, (q) => q.where('event.last_day', '>=', from!))
    .$if(to !== undefined, (q) => q.where('event.first_day', '<=', to!));
}

function readEvents(db: Db, question: FiguresQuestion) {
  return eventsOf(db, question)
    .select(['id', 'region', 'department', 'format', 'audiences', 'status', 'first_day', 'last_day'])
    .execute();
}

/** Of events that take place: who is registered for a cancelled one has no place. */
function takingPlace(db: Db, question: FiguresQuestion) {
  return eventsOf(db, question).select('event.id').where('event.status', '<>', 'cancelled');
}

interface Parties {
  readonly parties: number;
  readonly people: number;
}

async function readParties(db: Db, question: FiguresQuestion): Promise<Map<Uuid, Map<string, Parties>>> {
  const rows = await db
    .selectFrom('registration')
    .select((e) => ['event_id', 'state', e.fn.countAll<number>().as('parties'), e.fn.sum<number>('party').as('people')])
    .where('event_id', 'in', takingPlace(db, question))
    .groupBy(['event_id', 'state'])
    .execute();
  const byEvent = new Map<Uuid, Map<string, Parties>>();
  for (const { event_id, state, parties, people } of rows) {
    const states = byEvent.get(event_id) ?? new Map<string, Parties>();
    byEvent.set(event_id, states.set(state, { parties, people }));
  }
  return byEvent;
}

/** People who asked, by the hour since 1970: which day that was the calendar says, and no database need know its summer time. */
function readAsked(db: Db, question: FiguresQuestion) {
  const hour = sql<number>`requested_at / ${sql.lit(HOUR)}`;
  return db
    .selectFrom('registration')
    .select((e) => [hour.as('hour'), e.fn.sum<number>('party').as('count')])
    .where('event_id', 'in', takingPlace(db, question))
    .groupBy(hour)
    .execute();
}

interface Arrivals {
  readonly byEvent: ReadonlyMap<Uuid, { arrived: number; walkIns: number }>;
  readonly hours: readonly { readonly hour: number; readonly count: number }[];
}

/**
 * People who came in, counted as the desk of one event counts them: a ticket with one arrival within its party is added up where it
 * lies, and the rule that every door runs is asked about the others.
 */
async function readArrivals(db: Db, question: FiguresQuestion): Promise<Arrivals> {
  const byEvent = new Map<Uuid, { arrived: number; walkIns: number }>();
  const hours: { hour: number; count: number }[] = [];
  const add = (eventId: Uuid, hour: string, people: number, walkIn: boolean): void => {
    const sums = byEvent.get(eventId) ?? { arrived: 0, walkIns: 0 };
    byEvent.set(eventId, sums);
    sums.arrived += people;
    if (walkIn) sums.walkIns += people;
    hours.push({ hour: Math.floor(Date.parse(`${hour}:00:00Z`) / HOUR), count: people });
  };
  const walkIn = sql<number>`case when t.walk_in is null then 0 else 1 end`;
  const hour = sql<string>`substr(t.first_at, 1, 13)`;
  const simple = sql<number>`case when ${isSimple} then 1 else 0 end`;
  const sums = await db
    .selectFrom(perTicket(db, question).as('t'))
    .select((e) => [
      'event_id',
      hour.as('hour'),
      walkIn.as('walk_in'),
      simple.as('simple'),
      e.fn.sum<number>('people').as('people'),
    ])
    .groupBy(['event_id', hour, walkIn, simple])
    .execute();
  for (const row of sums) if (row.simple === 1) add(row.event_id, row.hour, row.people, row.walk_in === 1);
  const uneven = new Set(sums.flatMap((row) => (row.simple === 1 ? [] : [row.event_id])));
  const rows = await readRecords(db, question, [...uneven]);
  for (const records of Map.groupBy(rows, (row) => `${row.event_id} ${row.ticket_id}`).values()) {
    const one = records.toSorted((a, b) => (a.at < b.at ? -1 : 1))[0]!;
    const items: CheckIn[] = records.map((row) => checkInItem(row, true));
    const { arrived } = presenceOf(items, one.party ?? Math.max(...records.map((row) => row.count)));
    if (arrived > 0) add(one.event_id, one.at.slice(0, 13), arrived, one.walk_in_subject !== null);
  }
  return { byEvent, hours };
}

/** The records of tickets that are more than one arrival within its party, of events that have some: a part of them at a time. */
async function readRecords(db: Db, question: FiguresQuestion, eventIds: readonly Uuid[]) {
  const rows = [];
  for (let from = 0; from < eventIds.length; from += EVENTS_AT_ONCE) {
    const part = await db
      .selectFrom(
        perTicket(db, question)
          .where('c.event_id', 'in', eventIds.slice(from, from + EVENTS_AT_ONCE))
          .as('t'),
      )
      .innerJoin('check_in', (join) =>
        join.onRef('check_in.ticket_id', '=', 't.ticket_id').onRef('check_in.event_id', '=', 't.event_id'),
      )
      .leftJoin('registration', 'registration.id', 'check_in.registration_id')
      .selectAll('check_in')
      .select('registration.party')
      .where('check_in.undone_at', 'is', null)
      .where('check_in.list_id', 'is', null)
      .where((e) => e.not(isSimple))
      .execute();
    rows.push(...part);
  }
  return rows;
}

/** Records that count, by ticket: arrivals at the event itself, not at its lists. */
function perTicket(db: Db, question: FiguresQuestion) {
  return db
    .selectFrom('check_in as c')
    .leftJoin('registration as r', 'r.id', 'c.registration_id')
    .select((e) => [
      'c.event_id',
      'c.ticket_id',
      e.fn.countAll<number>().as('records'),
      e.fn.sum<number>('c.count').as('people'),
      e.fn.min('c.at').as('first_at'),
      e.fn.max('c.exit').as('exits'),
      e.fn.max('c.settled_as').as('settled'),
      e.fn.max('c.walk_in_subject').as('walk_in'),
      e.fn.max('r.party').as('party'),
    ])
    .where('c.event_id', 'in', takingPlace(db, question))
    .where('c.undone_at', 'is', null)
    .where('c.list_id', 'is', null)
    .groupBy(['c.event_id', 'c.ticket_id']);
}

const isSimple = sql<boolean>`(t.records = 1 and t.exits = 0 and t.settled is null and t.people <= coalesce(t.party, t.people))`;

/** Events whose doors let in who has no answer yet. */
async function readAdmitting(db: Db): Promise<Set<Uuid>> {
  const rows = await db.selectFrom('door_rules').select(['event_id', 'data']).execute();
  return new Set(rows.flatMap((row) => ((JSON.parse(row.data) as DoorRules).admitsRequested ? [row.event_id] : [])));
}

/** Proposals that moderators see, or an organiser's own; what is being written is nobody's but its author's. */
async function readProposals(
  db: Db,
  { editionId, regions, accountId }: FiguresQuestion,
): Promise<Figures['proposals']> {
  const change = sql<number>`case when event_id is null then 0 else 1 end`;
  const rows = await db
    .selectFrom('proposal')
    .select((e) => ['state', change.as('change'), e.fn.countAll<number>().as('count')])
    .where('edition_id', '=', editionId)
    .$if(accountId === undefined, (q) => q.where('region', 'in', [...regions, '']))
    .$if(accountId !== undefined, (q) => q.where('author_id', '=', accountId!))
    .groupBy(['state', change])
    .execute();
  const of = (state: string, changes: boolean): number =>
    rows.find((row) => row.state === state && (row.change === 1) === changes)?.count ?? 0;
  return proposalStates
    .filter((state) => state !== 'draft' || accountId !== undefined)
    .map((state) => ({ state, added: of(state, false), changes: of(state, true) }));
}

function audiencesOf(text: string): Audience[] {
  const said = text.split(' ');
  return audiences.filter((one) => said.includes(one));
}
