import type { UndoReason } from '#domain/check-in.ts';
import type { Refusal } from '#protocol/push.ts';
import type { AdmitWalkIn } from '#protocol/walk-in.ts';
import type { Tx } from '../../db/units.ts';
import type { Payment } from './allotments.ts';
import { allotmentById, lockSeats, payment, useAllotment } from './allotments.ts';
import { addCheckIn, arrivalRow, checkInById, saveUndone } from './arrivals.ts';
import type { Context } from '../context.ts';
import type { Device } from './door-access.ts';
import { isDoorOf, mayDo, withdrawn } from './door-access.ts';
import { doorRulesOf } from './door-rules.ts';
import type { Identity } from '../people/identity.ts';
import type { CheckInRow } from '../sync/items.ts';
import type { LockedRow } from '../registration/seats.ts';
import { moveUp, saveSeats } from '../registration/seats.ts';

/**
 * Keeps people who came without a registration. Their seats come out of the phone's allotment, and what that has not (it is
 * used up, or over) out of the free ones; when there are none the books stay within the capacity and the answer is
 * `allotment_over`. What has no subject, as an event that takes no registrations, has no limit.
 */
export async function admitWalkIn(
  ctx: Context,
  tx: Tx,
  who: Identity,
  args: AdmitWalkIn,
): Promise<Refusal | 'applied'> {
  if (!isDoorOf(who, args.eventId) || !mayDo(who, 'walk-in')) return 'forbidden';
  const late = withdrawn(who, args.at);
  if (late) return late;
  const locked = await lockSeats(ctx, tx, args.subjectId);
  if (locked ? locked.row.event_id !== who.eventId : args.subjectId !== who.eventId) return 'invalid';
  const known = await checkInById(tx, args.checkInId);
  if (known) return known.device_id === who.deviceId ? 'applied' : 'invalid';
  const paid = locked && (await payment(tx, locked, who, args.allotmentId, args.count));
  if (locked && !paid) return 'allotment_over';
  // What was set aside while walk-ins were allowed stays allowed.
  if (!paid?.allotment && !(await doorRulesOf(tx.db, who.eventId)).walkIns) return 'forbidden';
  const row = arrivalRow(ctx, who, args, { ticket_id: args.checkInId, registration_id: null });
  await seatWalkIn(tx, locked, paid, {
    ...row,
    walk_in_subject: args.subjectId,
    walk_in_name: args.name ?? null,
  });
  return 'applied';
}

/** Writes a walk-in with the seats that it is paid with; without a subject it has none. */
export async function seatWalkIn(
  tx: Tx,
  locked: LockedRow | undefined,
  paid: Payment | undefined,
  row: CheckInRow,
): Promise<void> {
  const seated: CheckInRow = {
    ...row,
    seats: paid ? paid.fromAllotment + paid.fromFree : 0,
    allotted: paid?.fromAllotment ?? 0,
    allotment_id: paid?.allotment?.id ?? null,
  };
  await addCheckIn(tx, seated);
  if (!locked || !paid) return;
  if (paid.allotment) await useAllotment(tx, paid.allotment, paid.fromAllotment);
  await saveSeats(tx, locked, { ...locked.row, held: locked.row.held + paid.fromFree });
}

/**
 * Takes a walk-in back. A seat of the allotment goes back to it while it is live and its own phone asks, the others to whoever
 * waits, then to everybody.
 */
export async function undoWalkIn(
  ctx: Context,
  tx: Tx,
  who: Device,
  seen: CheckInRow,
  undone: { readonly at: string; readonly reason: UndoReason | null },
): Promise<void> {
  const locked = await lockSeats(ctx, tx, seen.walk_in_subject ?? seen.event_id);
  const row = await checkInById(tx, seen.id);
  if (!row || row.undone_at !== null) return;
  await saveUndone(tx, row, who, undone);
  if (!locked || row.seats === 0) return;
  const allotment = row.allotment_id === null ? undefined : await allotmentById(tx, row.allotment_id);
  const live = allotment?.device_id === who.deviceId && allotment.ended_at === null;
  const back = live ? row.allotted : 0;
  if (live) await useAllotment(tx, allotment, -back);
  const after = { ...locked.row, held: locked.row.held - (row.seats - back) };
  await saveSeats(tx, locked, await moveUp(ctx, tx, { ...locked, row: after }, Number.POSITIVE_INFINITY));
}
