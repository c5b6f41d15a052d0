import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { CheckIn } from '#domain/check-in.ts';
import type { DoorRules } from '#domain/door-rules.ts';
import { opensFor } from '#domain/door-rules.ts';
import type { Uuid } from '#domain/ids.ts';
import { presenceOf } from '#domain/presence.ts';
import type { DeskArrivals, DeskDouble } from '#protocol/desk.ts';
import type { Heads } from '#protocol/hints.ts';
import { rosterScope } from '#protocol/scope.ts';
import type { Account } from '../people/accounts.ts';
import { settle } from '../door/check-ins.ts';
import type { Context } from '../context.ts';
import { requireEvent } from './desk.ts';
import { doorRulesOf } from '../door/door-rules.ts';
import { currentHeads } from '../sync/heads.ts';
import type { CheckInRow } from '../sync/items.ts';
import { checkInItem } from '../sync/items.ts';
import { ProblemError } from '../problem-error.ts';

/** The numbers of one event, as they were counted last. */
interface Count {
  readonly arrivals: DeskArrivals;
  /** Where the roster's log stood at least. */
  readonly head: Head;
  /** When it was done and how long it took, the process's clock, milliseconds. */
  readonly at: number;
  readonly took: number;
}

type Head = Heads[string];

interface Counted {
  last?: Count;
  /** Under way, or waiting for its turn: whoever asks meanwhile gets the same. */
  next?: Promise<Count>;
}

const counted = new WeakMap<Context, Map<Uuid, Counted>>();
/** Events whose numbers are remembered. */
const REMEMBERED = 50;
/** A count that took a while is followed by a rest that many times as long: the doors must not feel that a desk looks on. */
const REST = 10;

/**
 * Who has come, who is inside and who is missing, over all doors. Counted once a state of the log, however many desks ask; of a large
 * evening not at every arrival: the answer then waits a little, and is of the moment at which it is given.
 * @throws ProblemError `not_found`; `forbidden` when the account may not run the event
 */
export async function deskArrivals(ctx: Context, account: Account, eventId: Uuid): Promise<DeskArrivals> {
  await requireEvent(ctx, account, eventId, 'reading');
  const mine = countedOf(ctx, eventId);
  const head = await headOf(ctx, eventId);
  for (;;) {
    const { last } = mine;
    if (last && last.head.epoch === head.epoch && last.head.cursor >= head.cursor) return last.arrivals;
    mine.next ??= recount(ctx, eventId, mine).finally(() => delete mine.next);
    const { head: reached } = await mine.next;
    // The log has begun anew meanwhile: what was counted since is of it.
    if (reached.epoch !== head.epoch) return (mine.last ?? (await recount(ctx, eventId, mine))).arrivals;
  }
}

function countedOf(ctx: Context, eventId: Uuid): Counted {
  const known = counted.get(ctx) ?? new Map<Uuid, Counted>();
  counted.set(ctx, known);
  const mine = known.get(eventId) ?? {};
  known.delete(eventId);
  known.set(eventId, mine);
  const oldest = known.keys().next().value;
  if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
  return mine;
}

async function recount(ctx: Context, eventId: Uuid, mine: Counted): Promise<Count> {
  const { last } = mine;
  const due = last ? last.at + last.took * REST - performance.now() : 0;
  if (due > 0) await sleep(due);
  const start = performance.now();
  // The head first: what comes in meanwhile may be counted already, and is counted again.
  const head = await headOf(ctx, eventId);
  const arrivals = await countArrivals(ctx, eventId);
  const at = performance.now();
  mine.last = { arrivals, head, at, took: at - start };
  return mine.last;
}

async function headOf(ctx: Context, eventId: Uuid): Promise<Head> {
  const scope = rosterScope(eventId);
  return (await currentHeads(ctx, [scope]))[scope] ?? { epoch: '', cursor: 0 };
}

/**
 * Decides what a double admission was.
 * @throws ProblemError `not_found` (the event, or it has no such record), `forbidden`
 */
export async function settleAtDesk(
  ctx: Context,
  account: Account,
  eventId: Uuid,
  checkInId: Uuid,
  as: 'mistake' | 'accepted',
): Promise<void> {
  await requireEvent(ctx, account, eventId);
  const decision = { as, by: account.email, at: new Date(ctx.clock()).toISOString() };
  const { value } = await ctx.db.units.one((tx) => settle(tx, eventId, checkInId, decision));
  if (!value) throw new ProblemError('not_found');
}

type Tally = Omit<DeskArrivals['event'], 'expected'>;
const NOTHING: Tally = { arrived: 0, inside: 0, walkIns: 0, absent: 0 };
/** The arrivals at the event itself among the lists. */
const EVENT = '';

async function countArrivals(ctx: Context, eventId: Uuid): Promise<DeskArrivals> {
  const rules = await doorRulesOf(ctx.db.read, eventId);
  const [expected, simple, others, doors] = await Promise.all([
    readExpected(ctx, eventId, rules),
    readSimple(ctx, eventId),
    readOthers(ctx, eventId),
    readDoors(ctx, eventId),
  ]);
  // By list, then by subject; an arrival of which nobody knows the subject is under the event's own id.
  const tallies = new Map<string, Map<Uuid, Tally>>();
  const add = (list: string, subject: Uuid, more: Partial<Tally>): void => {
    const bySubject = tallies.get(list) ?? new Map<Uuid, Tally>();
    tallies.set(list, bySubject);
    const before = bySubject.get(subject) ?? NOTHING;
    bySubject.set(subject, sum([before, { ...NOTHING, ...more }]));
  };
  for (const { list_id, subject_id, walk_in, people } of simple) {
    const n = people;
    add(
      list_id ?? EVENT,
      subject_id ?? eventId,
      walk_in ? { arrived: n, inside: n, walkIns: n } : { arrived: n, inside: n },
    );
  }
  const doubles: DeskDouble[] = [];
  for (const records of Map.groupBy(others, (row) => `${row.list_id ?? EVENT} ${row.ticket_id}`).values()) {
    const [one] = records;
    if (!one) continue;
    const items: CheckIn[] = records.map((row) => checkInItem(row, false));
    const party = one.party ?? Math.max(...records.map((row) => row.count));
    const found = presenceOf(items, party);
    const walkIn = one.walk_in_subject !== null;
    const subject = one.walk_in_subject ?? one.subject_id ?? eventId;
    add(one.list_id ?? EVENT, subject, {
      arrived: found.arrived,
      inside: found.inside,
      ...(walkIn ? { walkIns: found.arrived } : {}),
    });
    for (const { ticketId, first, second, over } of found.doubles) {
      doubles.push({
        ticketId,
        name: nameOf(one),
        party,
        ...(one.list_id === null ? {} : { listId: one.list_id }),
        first: admissionOf(first),
        second: admissionOf(second),
        over,
      });
    }
  }
  const tallyOf = (list: string, subjects?: readonly Uuid[]): DeskArrivals['event'] => {
    const here = [...(tallies.get(list) ?? [])].filter(([id]) => !subjects || subjects.includes(id));
    const awaited = [...expected].filter(([id]) => !subjects || subjects.includes(id));
    const all = sum(here.map(([, tally]) => tally));
    const seats = awaited.reduce((n, [, party]) => n + party, 0);
    return { ...all, expected: seats, absent: Math.max(0, seats - (all.arrived - all.walkIns)) };
  };
  const ids = await ctx.db.read.selectFrom('subject').select('id').where('event_id', '=', eventId).execute();
  return {
    event: tallyOf(EVENT),
    subjects: ids.map(({ id }) => ({ id, ...tallyOf(EVENT, [id]) })),
    lists: rules.lists.map((list) => ({
      id: list.id,
      name: list.name,
      ...tallyOf(
        list.id,
        ids.map(({ id }) => id).filter((id) => opensFor(list, id)),
      ),
    })),
    doors: doors.map((row) => ({
      door: row.door,
      arrived: row.arrived,
      left: row.gone,
      ...(row.last_at === null ? {} : { lastAt: row.last_at }),
    })),
    doubles: doubles.toSorted((a, b) => (a.second.at < b.second.at ? 1 : -1)),
    countsInside: rules.countsInside,
  };
}

/** Seats of who may come in, by subject. */
async function readExpected(ctx: Context, eventId: Uuid, rules: DoorRules): Promise<Map<Uuid, number>> {
  const rows = await ctx.db.read
    .selectFrom('registration')
    .select(['subject_id', (e) => e.fn.sum<number>('party').as('people')])
    .where('event_id', '=', eventId)
    .where('state', 'in', rules.admitsRequested ? ['confirmed', 'requested'] : ['confirmed'])
    .groupBy('subject_id')
    .execute();
  return new Map(rows.map((row) => [row.subject_id, row.people]));
}

/** Records that count, by ticket and list, with how many there are. */
function perTicket(ctx: Context, eventId: Uuid) {
  return ctx.db.read
    .selectFrom('check_in as c')
    .leftJoin('registration as r', 'r.id', 'c.registration_id')
    .select((e) => [
      'c.ticket_id',
      'c.list_id',
      e.fn.countAll<number>().as('records'),
      e.fn.sum<number>('c.count').as('people'),
      e.fn.max('c.exit').as('exits'),
      e.fn.max('c.settled_as').as('settled'),
      e.fn.max('c.walk_in_subject').as('walk_in_subject'),
      e.fn.max('r.subject_id').as('subject_id'),
      e.fn.max('r.party').as('party'),
    ])
    .where('c.event_id', '=', eventId)
    .where('c.undone_at', 'is', null)
    .groupBy(['c.ticket_id', 'c.list_id']);
}

/** One arrival within its party: nearly all of them, added up where they lie. */
const isSimple = sql<boolean>`(t.records = 1 and t.exits = 0 and t.settled is null and t.people <= coalesce(t.party, t.people))`;

async function readSimple(ctx: Context, eventId: Uuid) {
  const walkIn = sql<number>`case when walk_in_subject is null then 0 else 1 end`;
  return ctx.db.read
    .selectFrom(perTicket(ctx, eventId).as('t'))
    .select((e) => [
      'list_id',
      e.fn.coalesce('walk_in_subject', 'subject_id').as('subject_id'),
      walkIn.as('walk_in'),
      e.fn.sum<number>('people').as('people'),
    ])
    .where(isSimple)
    .groupBy((e) => ['list_id', e.fn.coalesce('walk_in_subject', 'subject_id'), walkIn])
    .execute();
}

/** The records of all other tickets, for the rule that every door runs. */
async function readOthers(ctx: Context, eventId: Uuid) {
  return ctx.db.read
    .selectFrom(perTicket(ctx, eventId).as('t'))
    .innerJoin('check_in', (join) =>
      join
        .onRef('check_in.ticket_id', '=', 't.ticket_id')
        .on((e) =>
          e.or([
            e('check_in.list_id', '=', e.ref('t.list_id')),
            e.and([e('check_in.list_id', 'is', null), e('t.list_id', 'is', null)]),
          ]),
        ),
    )
    .leftJoin('registration', 'registration.id', 'check_in.registration_id')
    .selectAll('check_in')
    .select(['registration.party', 'registration.subject_id', 'registration.first_name', 'registration.last_name'])
    .where('check_in.event_id', '=', eventId)
    .where('check_in.undone_at', 'is', null)
    .where((e) => e.not(isSimple))
    .execute();
}

async function readDoors(ctx: Context, eventId: Uuid) {
  return ctx.db.read
    .selectFrom('check_in')
    .select((e) => [
      'door',
      e.fn.sum<number>(e.case().when('exit', '=', 0).then(e.ref('count')).else(0).end()).as('arrived'),
      e.fn.sum<number>(e.case().when('exit', '=', 1).then(e.ref('count')).else(0).end()).as('gone'),
      e.fn.max('at').as('last_at'),
    ])
    .where('event_id', '=', eventId)
    .where('undone_at', 'is', null)
    .groupBy('door')
    .orderBy('door')
    .limit(100)
    .execute();
}

function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (all, one) => ({
      arrived: all.arrived + one.arrived,
      inside: all.inside + one.inside,
      walkIns: all.walkIns + one.walkIns,
      absent: all.absent + one.absent,
    }),
    NOTHING,
  );
}

function nameOf(
  row: Pick<CheckInRow, 'walk_in_name'> & { first_name: string | null; last_name: string | null },
): string {
  return [row.first_name, row.last_name].filter(Boolean).join(' ') || (row.walk_in_name ?? '');
}

function admissionOf(record: CheckIn): DeskDouble['first'] {
  const { id: checkInId, at, door, deviceId, count } = record;
  return { checkInId, at, door, deviceId, count };
}
