import type { Allotment } from '#domain/allotment.ts';
import type { Instant } from '#domain/dates.ts';
import type { Uuid } from '#domain/ids.ts';
import type { AllotmentRow, EscaleDatabase } from './database.ts';
import { durably } from './database.ts';
import { newId } from './ids.ts';
import { append } from './outbox.ts';

/** Seats that this phone keeps for walk-ins of one subject. */
export interface HeldSeats {
  readonly rows: readonly AllotmentRow[];
  readonly seats: number;
  readonly left: number;
  /** The most that one allotment has left: a carried request takes all of its seats out of one. */
  readonly most: number;
  /** The server has not answered yet whether there are more. */
  readonly asking: boolean;
}

/** Adds up what a phone holds for a subject at a moment of the corrected clock. */
export function heldSeats(rows: readonly AllotmentRow[], subjectId: Uuid, now: Instant): HeldSeats {
  const mine = rows.filter((row) => row.subjectId === subjectId);
  const live = mine.filter((row) => row.state === 'held' && now < Date.parse(row.expiresAt ?? ''));
  const left = live.map((row) => seatsLeft(row, now));
  return {
    rows: live,
    seats: live.reduce((sum, row) => sum + row.seats, 0),
    left: left.reduce((sum, n) => sum + n, 0),
    most: Math.max(0, ...left),
    asking: mine.some((row) => row.state === 'asking' && !row.unwanted),
  };
}

/** What is left in an allotment by this phone's own count; nothing once it has ended. */
function seatsLeft(row: AllotmentRow, now: Instant): number {
  if (row.state !== 'held' || row.expiresAt === undefined || now >= Date.parse(row.expiresAt)) return 0;
  return Math.max(0, row.seats - seatsUsed(row));
}

function seatsUsed(row: AllotmentRow): number {
  return Object.values(row.uses).reduce((sum, count) => sum + count, 0);
}

/** Writes down that seats are asked for, before they are: a lost answer is asked for again and takes none twice. */
export async function beginAllotment(
  db: EscaleDatabase,
  wanted: Pick<AllotmentRow, 'deviceId' | 'eventId' | 'subjectId' | 'asked'>,
): Promise<AllotmentRow> {
  const row: AllotmentRow = { ...wanted, id: newId(), state: 'asking', seats: 0, uses: {} };
  await durably(() => db.allotments.put(row));
  return row;
}

/** The server's answer. Seats that nobody wants any more go back at once. */
export async function finishAllotment(db: EscaleDatabase, given: Allotment): Promise<void> {
  const mutationId = newId();
  await durably(() =>
    db.transaction('rw', db.allotments, db.replicas, db.outbox, async () => {
      const row = await db.allotments.get(given.id);
      if (row?.state !== 'asking') return;
      const { unwanted, ...rest } = row;
      const { seats, expiresAt, ended } = given;
      const over = ended === true || unwanted === true;
      await db.allotments.put({ ...rest, seats, expiresAt, state: over ? 'ended' : 'held' });
      if (unwanted && !ended)
        await append(db, row.deviceId, 'return-allotment', { allotmentId: row.id, eventId: row.eventId }, mutationId);
    }),
  );
}

/** The server gave none. */
export async function abandonAllotment(db: EscaleDatabase, id: Uuid): Promise<void> {
  await db.transaction('rw', db.allotments, async () => {
    const row = await db.allotments.get(id);
    if (row?.state === 'asking') await db.allotments.delete(id);
  });
}

/** Gives back what is left of an allotment; from this write on nobody is admitted out of it. */
export async function giveBack(db: EscaleDatabase, id: Uuid): Promise<void> {
  const mutationId = newId();
  await durably(() =>
    db.transaction('rw', db.allotments, db.replicas, db.outbox, async () => {
      const row = await db.allotments.get(id);
      if (row) await returnOne(db, row, mutationId);
    }),
  );
}

/** Gives back everything that a phone holds; inside the caller's transaction. */
export async function returnAll(db: EscaleDatabase, deviceId: string): Promise<void> {
  const rows = await db.allotments.filter((row) => row.deviceId === deviceId).toArray();
  for (const row of rows) await returnOne(db, row, newId());
}

async function returnOne(db: EscaleDatabase, row: AllotmentRow, mutationId: Uuid): Promise<void> {
  if (row.state === 'asking') await db.allotments.put({ ...row, unwanted: true });
  if (row.state !== 'held') return;
  await db.allotments.put({ ...row, state: 'ended' });
  const args = { allotmentId: row.id, eventId: row.eventId };
  await append(db, row.deviceId, 'return-allotment', args, mutationId);
}

/** Nothing is left of what a phone holds, by the server's word; inside the caller's transaction. */
export async function endAllotments(db: EscaleDatabase, deviceId: string): Promise<void> {
  const rows = await db.allotments.filter((row) => row.deviceId === deviceId && row.state !== 'ended').toArray();
  await db.allotments.bulkPut(rows.map((row) => ({ ...row, state: 'ended' as const })));
}

/**
 * Takes seats for a party out of what the phone holds, the first to end first; inside the transaction that queues the admission,
 * so that two tabs never give one seat twice. Undefined when not all of them are there: then none is taken.
 * @param whole out of one allotment
 */
export async function takeSeats(
  db: EscaleDatabase,
  wanted: { readonly deviceId: string; readonly subjectId: Uuid; readonly count: number; readonly whole: boolean },
  checkInIds: readonly Uuid[],
  now: Instant,
): Promise<{ readonly allotmentId: Uuid; readonly count: number; readonly checkInId: Uuid }[] | undefined> {
  const { deviceId, subjectId, count, whole } = wanted;
  const rows = (await db.allotments.toArray())
    .filter((row) => row.deviceId === deviceId && row.subjectId === subjectId && seatsLeft(row, now) > 0)
    .sort((a, b) => ((a.expiresAt ?? '') < (b.expiresAt ?? '') ? -1 : 1));
  const single = rows.find((row) => seatsLeft(row, now) >= count);
  const from = single ? [single] : whole ? [] : rows;
  const taken: { allotmentId: Uuid; count: number; checkInId: Uuid }[] = [];
  let missing = count;
  for (const row of from) {
    const checkInId = checkInIds[taken.length];
    if (missing === 0 || checkInId === undefined) break;
    const part = Math.min(missing, seatsLeft(row, now));
    taken.push({ allotmentId: row.id, count: part, checkInId });
    missing -= part;
  }
  if (missing > 0) return undefined;
  for (const { allotmentId, count: part, checkInId } of taken) {
    const row = from.find((one) => one.id === allotmentId)!;
    await db.allotments.put({ ...row, uses: { ...row.uses, [checkInId]: part } });
  }
  return taken;
}

/** A walk-in was taken back: its seats are free again; inside the transaction that queues the undo. */
export async function freeSeats(db: EscaleDatabase, checkInId: Uuid): Promise<void> {
  const row = (await db.allotments.toArray()).find((one) => one.uses[checkInId] !== undefined);
  if (!row) return;
  const { [checkInId]: _, ...uses } = row.uses;
  await db.allotments.put({ ...row, uses });
}
