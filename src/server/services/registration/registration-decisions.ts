import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { RegistrationState } from '#domain/registration.ts';
import { isOver, takenOf } from '#domain/registration.ts';
import type {
  Decision,
  DecisionAnswer,
  DecisionFailure,
  MessageRequest,
  RegistrationByHand,
} from '#protocol/registration-decision.ts';
import type { Deed } from '#protocol/desk.ts';
import type { Refusal } from '#protocol/push.ts';
import type { Tx } from '../../db/units.ts';
import type { Account } from '../people/accounts.ts';
import { note } from '../desk/audit.ts';
import { lockSeats } from '../door/allotments.ts';
import type { Context } from '../context.ts';
import { requireEvent } from '../desk/desk.ts';
import { queueOwnPush } from './follow.ts';
import { secretHash } from '../people/identity.ts';
import { queueLetter } from '../mail/letters.ts';
import { confirmWith, giveBack, place } from './registrations.ts';
import { isOffered } from './seats.ts';

/**
 * What an organiser decides of registrations, each in a unit of its own under its subject's lock.
 * @throws ProblemError `not_found`, `forbidden`: the account may not run the event
 */
export async function decideRegistrations(
  ctx: Context,
  account: Account,
  eventId: string,
  decision: Decision,
  ids: readonly string[],
): Promise<DecisionAnswer> {
  await requireEvent(ctx, account, eventId);
  const failed: { registrationId: string; reason: DecisionFailure }[] = [];
  for (const registrationId of new Set(ids)) {
    const { value } = await ctx.db.units.one((tx) => decideOne(ctx, tx, eventId, decision, registrationId));
    if (value !== 'done') failed.push({ registrationId, reason: value });
  }
  const done = new Set(ids).size - failed.length;
  if (done > 0) {
    const deed = { kind: DEEDS[decision], eventId, count: done };
    await ctx.db.units.one((tx) => note(ctx, tx, account, deed));
  }
  return { done, failed };
}

const DEEDS: Record<Decision, Deed> = {
  approve: 'approved',
  move_up: 'moved_up',
  refuse: 'refused',
  cancel: 'cancelled',
};

const FROM: Record<Decision, readonly RegistrationState[]> = {
  approve: ['requested'],
  move_up: ['waitlisted'],
  refuse: ['requested', 'waitlisted'],
  cancel: ['confirmed', 'waitlisted', 'requested'],
};

async function decideOne(
  ctx: Context,
  tx: Tx,
  eventId: string,
  decision: Decision,
  registrationId: string,
): Promise<'done' | DecisionFailure> {
  const byId = tx.db
    .selectFrom('registration')
    .selectAll()
    .where('id', '=', registrationId)
    .where('event_id', '=', eventId);
  const seen = await byId.executeTakeFirst();
  const locked = seen && (await lockSeats(ctx, tx, seen.subject_id));
  const row = await byId.executeTakeFirst();
  if (!row || !locked) return 'unknown';
  if (!FROM[decision].includes(row.state)) return 'wrong_state';
  if (decision === 'refuse' || decision === 'cancel') {
    await giveBack(ctx, tx, locked, row, decision === 'refuse' ? 'refused' : 'cancelled', 'by_organiser');
    await queueLetter(ctx, tx, decision === 'refuse' ? 'refused' : 'cancelled_by_organiser', row);
    await queueOwnPush(ctx, tx, row.holder_id);
    return 'done';
  }
  if (!isOffered(locked)) return 'unknown';
  const { event, subject } = locked.offer;
  const off = event.status === 'cancelled' || subject.session?.status === 'cancelled';
  if (off || isOver(event, subject, ctx.clock())) return 'over';
  const { capacity } = subject.policy;
  if (capacity !== undefined && takenOf(locked.row) + row.party > capacity) return 'full';
  await confirmWith(ctx, tx, locked, row, { fromAllotment: 0, fromFree: row.party });
  return 'done';
}

/**
 * Writes to those registered for an event.
 * @returns how many
 */
export async function messageRegistered(
  ctx: Context,
  account: Account,
  eventId: string,
  { subject, text, states, subjectId }: MessageRequest,
): Promise<number> {
  await requireEvent(ctx, account, eventId);
  const now = ctx.clock();
  const { value } = await ctx.db.units.one(async (tx) => {
    await tx.db
      .insertInto('message')
      .values({
        id: randomUUID(),
        event_id: eventId,
        account_id: account.id,
        subject,
        text,
        audience: JSON.stringify({ states, ...(subjectId ? { subjectId } : {}) }),
        at: now,
      })
      .execute();
    const audience = tx.db
      .selectFrom('registration')
      .select((e) => [
        sql<string>`${`${randomUUID()}/`} || id`.as('id'),
        e.val('message').as('kind'),
        'id as registration_id',
        'event_id',
        e.val(JSON.stringify({ subject, text })).as('data'),
        sql<number>`${sql.lit(now)}`.as('created_at'),
        sql<number>`${sql.lit(now)}`.as('due_at'),
        sql<number>`0`.as('tries'),
      ])
      .where('event_id', '=', eventId)
      .where('state', 'in', states)
      .$if(subjectId !== undefined, (q) => q.where('subject_id', '=', subjectId!));
    const { numInsertedOrUpdatedRows } = await tx.db
      .insertInto('letter')
      .columns(['id', 'kind', 'registration_id', 'event_id', 'data', 'created_at', 'due_at', 'tries'])
      .expression(audience as never)
      .executeTakeFirst();
    const count = Number(numInsertedOrUpdatedRows ?? 0n);
    await note(ctx, tx, account, { kind: 'messaged', eventId, about: subject, count });
    return count;
  });
  return value;
}

/**
 * Registers somebody by hand. They have no device that holds it: the ticket comes by mail.
 * @returns the state that they are in, or why they are refused
 */
export async function registerByHand(
  ctx: Context,
  account: Account,
  eventId: string,
  args: RegistrationByHand,
): Promise<{ state: RegistrationState; reason?: Refusal }> {
  await requireEvent(ctx, account, eventId);
  const { value } = await ctx.db.units.one(async (tx) => {
    const known = await stateOf(tx, eventId, args.registrationId);
    // Asked again after a lost answer.
    if (known) return { state: known };
    const locked = await lockSeats(ctx, tx, args.subjectId);
    // Nobody has the secret: it is a holder that no device can be.
    const holderId = secretHash(randomBytes(32).toString('base64url'));
    const answer = await place(ctx, tx, locked, holderId, { ...args, eventId });
    if (answer !== 'applied') return { state: 'refused' as const, reason: answer };
    await note(ctx, tx, account, { kind: 'added', eventId, count: args.party });
    return { state: (await stateOf(tx, eventId, args.registrationId))! };
  });
  return value;
}

async function stateOf(tx: Tx, eventId: string, id: string): Promise<RegistrationState | undefined> {
  const row = await tx.db
    .selectFrom('registration')
    .select('state')
    .where('id', '=', id)
    .where('event_id', '=', eventId)
    .executeTakeFirst();
  return row?.state;
}
