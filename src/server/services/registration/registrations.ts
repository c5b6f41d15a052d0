import { sql } from 'kysely';
import type { Instant } from '#domain/dates.ts';
import type { Uuid } from '#domain/ids.ts';
import { decideRegistration, emailKey } from '#domain/registration.ts';
import { fittingAnswers, toldAtDoor } from '#domain/registration-question.ts';
import type { CancelRegistration } from '#protocol/cancel-registration.ts';
import type { Register } from '#protocol/register.ts';
import type { Refusal } from '#protocol/push.ts';
import type { Tx } from '../../db/units.ts';
import type { Payment } from '../door/allotments.ts';
import { lockSeats, useAllotment } from '../door/allotments.ts';
import type { Context } from '../context.ts';
import type { Identity } from '../people/identity.ts';
import type { RegistrationRow } from '../sync/items.ts';
import { queueLetter } from '../mail/letters.ts';
import type { LockedRow, SubjectRow } from './seats.ts';
import { confirm, isActive, isOffered, isWaiting, logRegistration, moveUp, newTicket, saveSeats } from './seats.ts';

/**
 * Gives, queues or refuses places. Everything is decided under the subject's lock, so that no interleaving gives a seat twice.
 * What a courier has brought already (P5) is answered as it was then.
 */
export async function register(
  ctx: Context,
  tx: Tx,
  who: Identity,
  args: Register,
  mutationId: Uuid,
): Promise<Refusal | 'applied'> {
  if (who.kind !== 'holder') return 'forbidden';
  const locked = await lockSeats(ctx, tx, args.subjectId);
  return place(ctx, tx, locked, who.holderId, args, { mutationId });
}

/**
 * Places a registration by the rule; one that this holder has made before under the same id has had its effect.
 * @param locked by `lockSeats`
 * @param how `paid`: seats that a door has given them: confirmed with these, unless the rule refuses for another reason than that
 * there is no seat. `mutationId`: that of the person's own request, which a courier may have brought before. `at`: when a door let
 * them in, for the hours of registration and event are those of the door, however late its phone finds a network
 */
export async function place(
  ctx: Context,
  tx: Tx,
  locked: LockedRow | undefined,
  holderId: string,
  args: Register,
  {
    paid,
    mutationId,
    at,
  }: { readonly paid?: Payment | undefined; readonly mutationId?: Uuid; readonly at?: Instant | undefined } = {},
): Promise<Refusal | 'applied'> {
  const key = emailKey(args.email);
  const rows = await tx.db
    .selectFrom('registration')
    .select(['id', 'holder_id', sql<string | null>`null`.as('carried')])
    .where((e) =>
      e.or([
        e('id', '=', args.registrationId),
        e.and([e('subject_id', '=', args.subjectId), e('email_key', '=', key), isActive]),
      ]),
    )
    .unionAll(
      tx.db
        .selectFrom('couriered')
        .select((e) => ['registration_id as id', 'holder_id', e.fn.coalesce('reason', 'outcome').as('carried')])
        .where('mutation_id', '=', mutationId ?? ''),
    )
    .execute();
  // What somebody else sent under the same mutation's id is not this one.
  const carried = rows.find((one) => one.carried && one.id === args.registrationId && one.holder_id === holderId);
  if (carried) return carried.carried as Refusal | 'applied';
  if (!isOffered(locked) || locked.row.event_id !== args.eventId) return 'event_unknown';
  const rivals = rows.filter((one) => one.carried === null);
  const same = rivals.find((one) => one.id === args.registrationId);
  if (same) return same.holder_id === holderId ? 'applied' : 'invalid';
  if (rivals.length > 0) return 'already_registered';

  const { row: before } = locked;
  const { event, subject } = locked.offer;
  const now = ctx.clock();
  const decision = decideRegistration(event, subject, args.party, before, at ?? now);
  if (decision.state === 'refused' && !(paid && decision.reason === 'full')) return decision.reason;
  const state = paid || decision.state === 'refused' ? 'confirmed' : decision.state;
  const waits = state === 'waitlisted';
  const ticket =
    state === 'confirmed' ? newTicket(ctx, { eventId: event.id, subjectId: subject.id, party: args.party }) : {};
  const given = fittingAnswers(event.registrationForm, args.party, args);
  const told = given && toldAtDoor(event.registrationForm, given);
  const row: RegistrationRow = {
    id: args.registrationId,
    event_id: event.id,
    subject_id: subject.id,
    holder_id: holderId,
    first_name: args.firstName,
    last_name: args.lastName,
    email: args.email,
    email_key: key,
    party: args.party,
    needs: args.needs ?? null,
    answers: given ? JSON.stringify(given) : null,
    told: told ? JSON.stringify(told) : null,
    language: args.language,
    state,
    reason: null,
    ticket_id: null,
    ticket: null,
    requested_at: now,
    waiting_order: waits ? before.waiting_drawn + 1 : null,
    ...ticket,
  };
  await tx.db.insertInto('registration').values(row).execute();
  if (state === 'confirmed') {
    const held = before.held - (paid?.fromAllotment ?? 0);
    if (paid?.allotment) await useAllotment(tx, paid.allotment, paid.fromAllotment);
    await saveSeats(tx, locked, { ...before, confirmed: before.confirmed + args.party, held });
  } else if (waits) {
    await saveSeats(tx, locked, {
      ...before,
      waiting: before.waiting + args.party,
      waiting_parties: before.waiting_parties + 1,
      waiting_drawn: before.waiting_drawn + 1,
    });
  }
  logRegistration(tx, row, locked.hiddenNames, before.waiting_parties + 1);
  await queueLetter(ctx, tx, state, row);
  return 'applied';
}

/**
 * Confirms a registration that waits or awaits an answer, with seats that a door has given it.
 * @param locked by `lockSeats`
 */
export async function confirmWith(
  ctx: Context,
  tx: Tx,
  locked: LockedRow,
  row: RegistrationRow,
  paid: Payment,
): Promise<RegistrationRow> {
  const confirmed = await confirm(ctx, tx, row, locked.hiddenNames);
  const { row: before } = locked;
  const seats: SubjectRow = {
    ...before,
    confirmed: before.confirmed + row.party,
    held: before.held - paid.fromAllotment,
  };
  if (paid.allotment) await useAllotment(tx, paid.allotment, paid.fromAllotment);
  await saveSeats(
    tx,
    locked,
    row.state === 'waitlisted' ? await leaveWaitingList(ctx, tx, { ...locked, row: seats }, row) : seats,
  );
  return confirmed;
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
  const locked = await lockSeats(ctx, tx, seen.subject_id);
  if (!locked) return 'registration_unknown';
  const row = await byId.executeTakeFirstOrThrow();
  if (row.state === 'cancelled') return 'already_cancelled';
  if (row.state === 'refused') return 'registration_unknown';

  await giveBack(ctx, tx, locked, row, 'cancelled');
  await queueLetter(ctx, tx, 'cancelled', row);
  return 'applied';
}

/**
 * Ends a registration that stands; its places, if it had any, go to those who wait.
 * @param locked its subject, by `lockSeats`
 */
export async function giveBack(
  ctx: Context,
  tx: Tx,
  locked: LockedRow,
  row: RegistrationRow,
  state: 'cancelled' | 'refused',
  reason: RegistrationRow['reason'] = null,
): Promise<void> {
  await tx.db.updateTable('registration').set({ state, reason }).where('id', '=', row.id).execute();
  logRegistration(tx, { ...row, state, reason }, locked.hiddenNames);
  const { row: before } = locked;
  if (row.state === 'confirmed') {
    const freed = { ...before, confirmed: before.confirmed - row.party };
    await saveSeats(tx, locked, await moveUp(ctx, tx, { ...locked, row: freed }, Number.POSITIVE_INFINITY));
  } else if (row.state === 'waitlisted') {
    await saveSeats(tx, locked, await leaveWaitingList(ctx, tx, locked, row));
  }
}

/** The seats of a locked subject once a party has left its waiting list: it may have been the large one that held the rest back. */
async function leaveWaitingList(ctx: Context, tx: Tx, locked: LockedRow, party: RegistrationRow): Promise<SubjectRow> {
  const { ahead } = await tx.db
    .selectFrom('registration')
    .select((e) => e.fn.countAll<number>().as('ahead'))
    .where('subject_id', '=', party.subject_id)
    .where(isWaiting)
    .where('waiting_order', '<', party.waiting_order)
    .executeTakeFirstOrThrow();
  const { row } = locked;
  const left = { ...row, waiting: row.waiting - party.party, waiting_parties: row.waiting_parties - 1 };
  return moveUp(ctx, tx, { ...locked, row: left }, ahead + 1);
}
