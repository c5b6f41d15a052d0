import type { UndoReason } from '#domain/check-in.ts';
import type { Answers } from '#domain/door-rules.ts';
import { rosterScope } from '#protocol/scope.ts';
import { prepared } from '../../db/prepared.ts';
import type { Tx } from '../../db/units.ts';
import type { Context } from '../context.ts';
import type { Device } from './door-access.ts';
import { claimed } from './door-access.ts';
import { hidingNames } from './door-rules.ts';
import type { CheckInRow } from '../sync/items.ts';
import { checkInItem } from '../sync/items.ts';

/** What a phone says of an arrival, as it is kept. */
export function arrivalRow(
  ctx: Context,
  who: Device,
  args: {
    readonly checkInId: string;
    readonly count: number;
    readonly at: string;
    readonly door: string;
    readonly listId?: string;
    readonly answers?: Readonly<Record<string, string>>;
  },
  guest: { readonly ticket_id: string; readonly registration_id: string | null },
): CheckInRow {
  const now = ctx.clock();
  return {
    id: args.checkInId,
    event_id: who.eventId,
    ...guest,
    count: args.count,
    at: claimed(args.at, now),
    received_at: now,
    device_id: who.deviceId,
    door: args.door,
    undone_at: null,
    undone_by: null,
    undone_for: null,
    list_id: args.listId ?? null,
    exit: 0,
    answers: args.answers ? JSON.stringify(args.answers) : null,
    walk_in_subject: null,
    walk_in_name: null,
    seats: 0,
    allotted: 0,
    allotment_id: null,
    settled_as: null,
    settled_by: null,
    settled_at: null,
  };
}

/** Marks a record as taken back, once: a second time changes nothing. */
export async function saveUndone(
  tx: Tx,
  row: CheckInRow,
  who: Device,
  undone: { readonly at: string; readonly reason: UndoReason | null },
): Promise<void> {
  const change = { undone_at: undone.at, undone_by: who.deviceId, undone_for: undone.reason };
  const changed = await tx.db
    .updateTable('check_in')
    .set(change)
    .where('id', '=', row.id)
    .where('undone_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
  if (changed) await logCheckIn(tx, changed);
}

/** Why a record was taken back, where nobody has said so yet. */
export async function saveReason(tx: Tx, row: CheckInRow, reason: UndoReason): Promise<void> {
  const changed = await tx.db
    .updateTable('check_in')
    .set({ undone_for: reason })
    .where('id', '=', row.id)
    .where('undone_for', 'is', null)
    .returningAll()
    .executeTakeFirst();
  if (changed) await logCheckIn(tx, changed);
}

export async function saveAnswers(tx: Tx, row: CheckInRow, answers: Answers): Promise<void> {
  const changed = await tx.db
    .updateTable('check_in')
    .set({ answers: JSON.stringify(answers) })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirst();
  if (changed) await logCheckIn(tx, changed);
}

const byId = prepared(['id'], (db, { id }: { readonly id: string }) =>
  db.selectFrom('check_in').selectAll().where('id', '=', id),
);

export async function checkInById(tx: Tx, id: string): Promise<CheckInRow | undefined> {
  return (await byId(tx, { id }))[0];
}

const columns = Object.keys({
  id: 0,
  event_id: 0,
  ticket_id: 0,
  registration_id: 0,
  count: 0,
  at: 0,
  received_at: 0,
  device_id: 0,
  door: 0,
  undone_at: 0,
  undone_by: 0,
  undone_for: 0,
  list_id: 0,
  exit: 0,
  answers: 0,
  walk_in_subject: 0,
  walk_in_name: 0,
  seats: 0,
  allotted: 0,
  allotment_id: 0,
  settled_as: 0,
  settled_by: 0,
  settled_at: 0,
} satisfies Record<keyof CheckInRow, 0>) as (keyof CheckInRow)[];

const insert = prepared(columns, (db, row: CheckInRow) => db.insertInto('check_in').values({ ...row }));

/** Keeps a record and tells the doors. */
export async function addCheckIn(tx: Tx, row: CheckInRow): Promise<void> {
  await insert(tx, row);
  await logCheckIn(tx, row);
}

/** Tells the doors of a record, without the name that somebody gave where names are hidden. */
export async function logCheckIn(tx: Tx, row: CheckInRow): Promise<void> {
  const hidden = row.walk_in_name !== null && (await hidingNames(tx, [row.event_id])).has(row.event_id);
  tx.log(rosterScope(row.event_id), 'check-in', row.id, checkInItem(row, hidden));
}
