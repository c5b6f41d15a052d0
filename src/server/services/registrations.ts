import { decideRegistration, emailKey } from '#domain/registration.ts';
import type { CancelRegistration } from '#protocol/cancel-registration.ts';
import type { Register } from '#protocol/register.ts';
import type { Refusal } from '#protocol/push.ts';
import type { Tx } from '../db/units.ts';
import type { Context } from './context.ts';
import type { Identity } from './identity.ts';
import type { RegistrationRow } from './items.ts';
import { isActive, isOffered, isWaiting, lockSubject, logRegistration, moveUp, newTicket, saveSeats } from './seats.ts';

/**
 * Gives, queues or refuses places. Everything is decided under the subject's lock, so that no interleaving gives a seat twice.
 * A registration that this holder has made before under the same id has had its effect.
 */
export async function register(ctx: Context, tx: Tx, who: Identity, args: Register): Promise<Refusal | 'applied'> {
  if (who.kind !== 'holder') return 'forbidden';
  const locked = await lockSubject(tx, args.subjectId);
  if (!isOffered(locked) || locked.row.event_id !== args.eventId) return 'event_unknown';
  const key = emailKey(args.email);
  const rivals = await tx.db
    .selectFrom('registration')
    .select(['id', 'holder_id'])
    .where((e) =>
      e.or([
        e('id', '=', args.registrationId),
        e.and([e('subject_id', '=', args.subjectId), e('email_key', '=', key), isActive]),
      ]),
    )
    .execute();
  const same = rivals.find((one) => one.id === args.registrationId);
  if (same) return same.holder_id === who.holderId ? 'applied' : 'invalid';
  if (rivals.length > 0) return 'already_registered';

  const { row: before } = locked;
  const { event, subject } = locked.offer;
  const now = ctx.clock();
  const decision = decideRegistration(event, subject, args.party, before, now);
  if (decision.state === 'refused') return decision.reason;
  const waits = decision.state === 'waitlisted';
  const ticket =
    decision.state === 'confirmed'
      ? newTicket(ctx, { eventId: event.id, subjectId: subject.id, party: args.party })
      : {};
  const row: RegistrationRow = {
    id: args.registrationId,
    event_id: event.id,
    subject_id: subject.id,
    holder_id: who.holderId,
    first_name: args.firstName,
    last_name: args.lastName,
    email: args.email,
    email_key: key,
    party: args.party,
    needs: args.needs ?? null,
    language: args.language,
    state: decision.state,
    reason: null,
    ticket_id: null,
    ticket: null,
    requested_at: now,
    waiting_order: waits ? before.waiting_drawn + 1 : null,
    ...ticket,
  };
  await tx.db.insertInto('registration').values(row).execute();
  if (decision.state === 'confirmed') {
    await saveSeats(tx, locked, { ...before, confirmed: before.confirmed + args.party });
  } else if (waits) {
    await saveSeats(tx, locked, {
      ...before,
      waiting: before.waiting + args.party,
      waiting_parties: before.waiting_parties + 1,
      waiting_drawn: before.waiting_drawn + 1,
    });
  }
  logRegistration(tx, row, before.waiting_parties + 1);
  return 'applied';
}

/** Gives a holder's own places back, and moves the waiting list up into them. */
export async function cancelRegistration(
  ctx: Context,
  tx: Tx,
  who: Identity,
  args: CancelRegistration,
): Promise<Refusal | 'applied'> {
  if (who.kind !== 'holder') return 'forbidden';
  const byId = tx.db.selectFrom('registration').selectAll().where('id', '=', args.registrationId);
  const seen = await byId.executeTakeFirst();
  // Somebody else's registration is no more known than one that does not exist.
  if (!seen || seen.holder_id !== who.holderId) return 'registration_unknown';
  const locked = await lockSubject(tx, seen.subject_id);
  if (!locked) return 'registration_unknown';
  const row = await byId.executeTakeFirstOrThrow();
  if (row.state === 'cancelled') return 'already_cancelled';
  if (row.state === 'refused') return 'registration_unknown';

  const cancelled: RegistrationRow = { ...row, state: 'cancelled' };
  await tx.db.updateTable('registration').set({ state: 'cancelled' }).where('id', '=', row.id).execute();
  logRegistration(tx, cancelled);
  const { row: before } = locked;
  if (row.state === 'confirmed') {
    const freed = { ...before, confirmed: before.confirmed - row.party };
    await saveSeats(tx, locked, await moveUp(ctx, tx, { ...locked, row: freed }, Number.POSITIVE_INFINITY));
  } else if (row.state === 'waitlisted') {
    const { ahead } = await tx.db
      .selectFrom('registration')
      .select((e) => e.fn.countAll<number>().as('ahead'))
      .where('subject_id', '=', row.subject_id)
      .where(isWaiting)
      .where('waiting_order', '<', row.waiting_order)
      .executeTakeFirstOrThrow();
    const left = { ...before, waiting: before.waiting - row.party, waiting_parties: before.waiting_parties - 1 };
    // The party that left may have been the large one that held the rest back.
    await saveSeats(tx, locked, await moveUp(ctx, tx, { ...locked, row: left }, ahead + 1));
  }
  return 'applied';
}
