import type { CheckIn } from '#domain/check-in.ts';
import { UNDO_WITHIN } from '#domain/check-in.ts';
import { opensFor } from '#domain/door-rules.ts';
import type { Uuid } from '#domain/ids.ts';
import { onList, presenceOf } from '#domain/presence.ts';
import { printedShortCode } from '#domain/ticket.ts';
import type { PaperEntry, PaperOutcome, SheetPerson } from '#protocol/desk.ts';
import type { Tx } from '../../db/units.ts';
import type { Account } from '../people/accounts.ts';
import { checkInById, saveUndone } from '../door/arrivals.ts';
import { checkIn } from '../door/check-ins.ts';
import type { Context } from '../context.ts';
import { requireEvent } from './desk.ts';
import type { Device } from '../door/door-access.ts';
import { doorRulesOf } from '../door/door-rules.ts';
import { answersOf, checkInItem } from '../sync/items.ts';
import { ProblemError } from '../problem-error.ts';

/** People a page of the list. */
const PAGE = 1000;

export interface SheetQuery {
  readonly subject?: Uuid;
  readonly list?: Uuid;
  /** The registration that the page before ended with. */
  readonly after?: Uuid;
}

/**
 * Who may come in, for the paper list and for typing it in afterwards.
 * @throws ProblemError `not_found`; `forbidden` when the account may not run the event
 */
export async function deskSheet(
  ctx: Context,
  account: Account,
  eventId: Uuid,
  { subject, list: listId, after }: SheetQuery,
): Promise<{ people: SheetPerson[]; next?: Uuid }> {
  await requireEvent(ctx, account, eventId, 'reading');
  const rules = await doorRulesOf(ctx.db.read, eventId);
  const list = rules.lists.find((one) => one.id === listId);
  const rows = await ctx.db.read
    .selectFrom('registration')
    .select(['id', 'ticket_id', 'subject_id', 'first_name', 'last_name', 'party', 'needs', 'answers'])
    .where('event_id', '=', eventId)
    .where('state', 'in', rules.admitsRequested ? ['confirmed', 'requested'] : ['confirmed'])
    .$if(subject !== undefined, (q) => q.where('subject_id', '=', subject!))
    .$if(after !== undefined, (q) => q.where('id', '>', after!))
    .orderBy('id')
    .limit(PAGE)
    .execute();
  const here = list ? rows.filter((row) => opensFor(list, row.subject_id)) : rows;
  const arrivals =
    here.length === 0
      ? []
      : await ctx.db.read
          .selectFrom('check_in')
          .selectAll()
          .where(
            'registration_id',
            'in',
            here.map((row) => row.id),
          )
          .execute();
  const byRegistration = Map.groupBy(arrivals, (row) => row.registration_id);
  const last = rows.length === PAGE ? rows.at(-1) : undefined;
  return {
    people: here.map((row) => {
      const ticketId = row.ticket_id ?? row.id;
      const records: CheckIn[] = (byRegistration.get(row.id) ?? []).map((one) => checkInItem(one, false));
      return {
        registrationId: row.id,
        ticketId,
        subjectId: row.subject_id,
        firstName: row.first_name,
        lastName: row.last_name,
        party: row.party,
        ...(row.needs === null ? {} : { needs: row.needs }),
        ...othersOf(row.answers),
        code: printedShortCode(ticketId),
        arrived: presenceOf(onList(records, list?.id), row.party).arrived,
      };
    }),
    ...(last ? { next: last.id } : {}),
  };
}

function othersOf(answers: string | null): { others?: string[] } {
  const others = (answersOf(answers).people ?? []).flatMap((person) => person.name ?? []);
  return others.length > 0 ? { others } : {};
}

/** Somebody at the desk who writes down what a door would have: the account stands where a phone's id does. */
function paperDoor(account: Account, eventId: Uuid): Device {
  return { kind: 'device', deviceId: account.id, eventId, access: 'open', profile: 'full' };
}

/**
 * Records arrivals that a paper list tells of, each by itself, as a door does; sent again they have their effect once.
 * `already`: the whole party was in before. `not_admitted`: cancelled, refused or waiting.
 * @throws ProblemError `not_found`; `forbidden` when the account may not run the event
 */
export async function enterPaper(
  ctx: Context,
  account: Account,
  eventId: Uuid,
  batch: { readonly door: string; readonly entries: readonly PaperEntry[] },
): Promise<PaperOutcome[]> {
  await requireEvent(ctx, account, eventId);
  const outcomes = await ctx.db.units.run(
    batch.entries.map((entry) => (tx: Tx) => enterOne(ctx, tx, account, eventId, batch.door, entry)),
  );
  return outcomes.map((outcome) => {
    if (!outcome.ok) throw outcome.error;
    return outcome.value;
  });
}

async function enterOne(
  ctx: Context,
  tx: Tx,
  account: Account,
  eventId: Uuid,
  door: string,
  { checkInId, registrationId, count, at, listId }: PaperEntry,
): Promise<PaperOutcome> {
  const known = await checkInById(tx, checkInId);
  if (known) return known.device_id === account.id && known.event_id === eventId ? 'recorded' : 'unknown';
  const row = await tx.db
    .selectFrom('registration')
    .select(['ticket_id', 'state', 'party'])
    .where('id', '=', registrationId)
    .where('event_id', '=', eventId)
    .executeTakeFirst();
  if (!row) return 'unknown';
  const rules = await doorRulesOf(tx.db, eventId);
  const admits = row.state === 'confirmed' || (row.state === 'requested' && rules.admitsRequested);
  const isList = listId === undefined || rules.lists.some((list) => list.id === listId);
  if (!admits || !isList) return 'not_admitted';
  const records = await tx.db
    .selectFrom('check_in')
    .selectAll()
    .where('registration_id', '=', registrationId)
    .execute();
  const items: CheckIn[] = onList(
    records.map((one) => checkInItem(one, false)),
    listId,
  );
  const left = row.party - presenceOf(items, row.party).inside;
  if (left <= 0) return 'already';
  const outcome = await checkIn(ctx, tx, paperDoor(account, eventId), {
    checkInId,
    eventId,
    ticketId: row.ticket_id ?? registrationId,
    registrationId,
    count: Math.min(count, left),
    at,
    door,
    ...(listId === undefined ? {} : { listId }),
  });
  return outcome === 'applied' ? 'recorded' : 'unknown';
}

/**
 * Takes back a line that this account has typed in wrongly, for as long as a door could.
 * @throws ProblemError `not_found` (the event, or nothing of the account's), `forbidden`
 */
export async function takeBackPaper(ctx: Context, account: Account, eventId: Uuid, checkInId: Uuid): Promise<void> {
  await requireEvent(ctx, account, eventId);
  const now = ctx.clock();
  const { value } = await ctx.db.units.one(async (tx) => {
    const row = await checkInById(tx, checkInId);
    // From when it was typed in: the paper itself may be of the day before.
    const mine = row?.event_id === eventId && row.device_id === account.id && now - row.received_at <= UNDO_WITHIN;
    if (!mine) return false;
    if (row.undone_at === null) {
      const undone = { at: new Date(now).toISOString(), reason: 'mistake' } as const;
      await saveUndone(tx, row, paperDoor(account, eventId), undone);
    }
    return true;
  });
  if (!value) throw new ProblemError('not_found');
}
