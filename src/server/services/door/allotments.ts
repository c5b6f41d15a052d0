import type { Instant } from '#domain/dates.ts';
import { slotBounds } from '#domain/dates.ts';
import type { Allotment } from '#domain/allotment.ts';
import { ALLOTMENT_GRACE, allotmentEnd, grantable } from '#domain/allotment.ts';
import type { Uuid } from '#domain/ids.ts';
import { slotsOf } from '#domain/programme.ts';
import { takenOf } from '#domain/registration.ts';
import type { Refusal } from '#protocol/push.ts';
import { rosterScope } from '#protocol/scope.ts';
import type { ReturnAllotment, TakeAllotment } from '#protocol/walk-in.ts';
import type { Tx } from '../../db/units.ts';
import type { Context } from '../context.ts';
import type { Device } from './door-access.ts';
import { isDoorOf, mayDo } from './door-access.ts';
import { doorRulesOf } from './door-rules.ts';
import type { Identity } from '../people/identity.ts';
import type { AllotmentRow } from '../sync/items.ts';
import { allotmentItem } from '../sync/items.ts';
import { ProblemError } from '../problem-error.ts';
import type { LockedRow } from '../registration/seats.ts';
import { isOffered, lockSubject, moveUp, saveSeats } from '../registration/seats.ts';

/**
 * Sets seats aside for one phone. Asked again with the same id it answers what the first one got, whatever has become of it.
 * Whoever is on the waiting list comes before people who have not asked: until the session begins no seat is set aside while
 * somebody waits.
 * @throws ProblemError `no_seats`, `forbidden`, `bad_request` (not a subject of the event, or another allotment's id)
 */
export async function takeAllotment(ctx: Context, who: Device, args: TakeAllotment): Promise<Allotment> {
  if (who.access !== 'open' || !mayDo(who, 'walk-in')) throw new ProblemError('forbidden');
  const { value } = await ctx.db.units.one(async (tx) => {
    const locked = await lockSeats(ctx, tx, args.subjectId);
    if (!locked || locked.row.event_id !== who.eventId) {
      throw new ProblemError('bad_request', 'not a subject of this event');
    }
    const known = await allotmentById(tx, args.allotmentId);
    if (known) {
      const same = known.device_id === who.deviceId && known.subject_id === args.subjectId;
      if (!same) throw new ProblemError('bad_request', 'the id of another allotment');
      return known;
    }
    if (!(await doorRulesOf(tx.db, who.eventId)).walkIns) throw new ProblemError('forbidden', 'no walk-ins here');
    const { row } = locked;
    const now = ctx.clock();
    const end = isOffered(locked) ? allotmentEnd(locked.offer.event, row.id, now) : now;
    const first = row.waiting === 0 || hasBegun(locked, now);
    const seats = first ? grantable(row.capacity ?? Number.POSITIVE_INFINITY, takenOf(row), args.seats) : 0;
    if (end <= now || seats === 0) throw new ProblemError('no_seats');
    const taken: AllotmentRow = {
      id: args.allotmentId,
      event_id: row.event_id,
      subject_id: row.id,
      device_id: who.deviceId,
      seats,
      used: 0,
      taken_at: now,
      expires_at: end,
      ended_at: null,
    };
    const added = await tx.db
      .insertInto('allotment')
      .values(taken)
      .onConflict((c) => c.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    // Under another subject's lock, a moment ago.
    if (!added) throw new ProblemError('bad_request', 'the id of another allotment');
    logAllotment(tx, taken);
    await saveSeats(tx, locked, { ...row, held: row.held + seats, held_until: Math.min(row.held_until ?? end, end) });
    return taken;
  });
  return allotmentItem(value);
}

/** Gives back what is left of a phone's allotment; one that has ended, or that was never given, holds nothing already. */
export async function returnAllotment(
  ctx: Context,
  tx: Tx,
  who: Identity,
  args: ReturnAllotment,
): Promise<Refusal | 'applied'> {
  if (!isDoorOf(who, args.eventId)) return 'forbidden';
  const seen = await allotmentById(tx, args.allotmentId);
  if (!seen) return 'applied';
  if (seen.device_id !== who.deviceId) return 'forbidden';
  const locked = await lockSeats(ctx, tx, seen.subject_id);
  const allotment = await allotmentById(tx, args.allotmentId);
  if (locked && allotment && allotment.ended_at === null) await end(ctx, tx, locked, [allotment]);
  return 'applied';
}

/** A subject's row, locked, its allotments that are over ended: what the seats of a decision are read from. */
export async function lockSeats(ctx: Context, tx: Tx, subjectId: Uuid): Promise<LockedRow | undefined> {
  const locked = await lockSubject(tx, subjectId);
  if (!locked || !isDue(locked.row.held_until, ctx.clock())) return locked;
  const live = await liveAllotments(tx, subjectId);
  const over = live.filter((one) => isDue(one.expires_at, ctx.clock()));
  return over.length > 0 ? end(ctx, tx, locked, over) : locked;
}

/** Ends the allotments that are over, each subject by itself. To be called now and then. @returns how many subjects had some */
export async function endAllotments(ctx: Context): Promise<number> {
  const due = await ctx.db.read
    .selectFrom('allotment')
    .select('subject_id')
    .distinct()
    .where('ended_at', 'is', null)
    .where('expires_at', '<=', ctx.clock() - ALLOTMENT_GRACE)
    .execute();
  for (const { subject_id: id } of due) await ctx.db.units.one((tx) => lockSeats(ctx, tx, id));
  return due.length;
}

/** How seats are paid for that a door has given away: out of its allotment, and what that has not out of the free ones. */
export interface Payment {
  readonly allotment?: AllotmentRow;
  readonly fromAllotment: number;
  readonly fromFree: number;
}

/**
 * Undefined when there is not enough; nothing is written. An allotment that has ended, or another phone's, gives nothing.
 * @param locked by `lockSeats`
 */
export async function payment(
  tx: Tx,
  locked: LockedRow,
  who: Device,
  allotmentId: Uuid | undefined,
  seats: number,
): Promise<Payment | undefined> {
  const { row } = locked;
  const found = allotmentId === undefined ? undefined : await allotmentById(tx, allotmentId);
  const mine = found?.device_id === who.deviceId && found.subject_id === row.id && found.ended_at === null;
  const allotment = mine ? found : undefined;
  const fromAllotment = allotment ? Math.min(seats, allotment.seats - allotment.used) : 0;
  const fromFree = seats - fromAllotment;
  const free = row.capacity === null ? Number.POSITIVE_INFINITY : row.capacity - takenOf(row);
  if (fromFree > Math.max(0, free)) return undefined;
  return { ...(allotment ? { allotment } : {}), fromAllotment, fromFree };
}

/** Marks seats of a live allotment as used, or with a negative number as unused again. The subject's `held` is the caller's to keep. */
export async function useAllotment(tx: Tx, allotment: AllotmentRow, seats: number): Promise<void> {
  if (seats === 0) return;
  const after = { ...allotment, used: allotment.used + seats };
  await tx.db.updateTable('allotment').set({ used: after.used }).where('id', '=', after.id).execute();
  logAllotment(tx, after);
}

export function allotmentById(tx: Tx, id: Uuid): Promise<AllotmentRow | undefined> {
  return tx.db.selectFrom('allotment').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Gives the unused seats of a locked subject's live allotments back, to the waiting list first. */
async function end(ctx: Context, tx: Tx, locked: LockedRow, over: readonly AllotmentRow[]): Promise<LockedRow> {
  const ended_at = ctx.clock();
  let { held } = locked.row;
  for (const one of over) {
    await tx.db.updateTable('allotment').set({ ended_at }).where('id', '=', one.id).execute();
    logAllotment(tx, { ...one, ended_at });
    held -= one.seats - one.used;
  }
  const live = await liveAllotments(tx, locked.row.id);
  const held_until = live.length > 0 ? Math.min(...live.map((one) => one.expires_at)) : null;
  const row = { ...locked.row, held, held_until };
  return saveSeats(tx, locked, await moveUp(ctx, tx, { ...locked, row }, Number.POSITIVE_INFINITY));
}

function liveAllotments(tx: Tx, subjectId: Uuid): Promise<AllotmentRow[]> {
  const mine = tx.db.selectFrom('allotment').selectAll().where('subject_id', '=', subjectId);
  return mine.where('ended_at', 'is', null).execute();
}

function logAllotment(tx: Tx, row: AllotmentRow): void {
  tx.log(rosterScope(row.event_id), 'allotment', row.id, allotmentItem(row));
}

function isDue(end: Instant | null, now: Instant): boolean {
  return end !== null && now >= end + ALLOTMENT_GRACE;
}

function hasBegun({ offer }: LockedRow, now: Instant): boolean {
  return offer !== undefined && slotsOf(offer.event, offer.subject.id).some((slot) => slotBounds(slot).from <= now);
}
