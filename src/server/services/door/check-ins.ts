import { UNDO_WITHIN } from '#domain/check-in.ts';
import type { Uuid } from '#domain/ids.ts';
import type { AnswerQuestions, CheckInArgs, SettleCheckIn, UndoCheckIn } from '#protocol/check-in.ts';
import type { Refusal } from '#protocol/push.ts';
import { prepared } from '../../db/prepared.ts';
import type { Tx } from '../../db/units.ts';
import { addCheckIn, arrivalRow, checkInById, logCheckIn, saveAnswers, saveReason, saveUndone } from './arrivals.ts';
import type { Context } from '../context.ts';
import { claimed, isDoorOf, mayDo, withdrawn } from './door-access.ts';
import type { Identity } from '../people/identity.ts';
import { undoWalkIn } from './walk-ins.ts';

/**
 * Keeps an arrival that a door admitted, or an exit. It is a fact: a second one for the same ticket, of another offline door, is
 * kept too. A ticket that nobody here has must bring its signed text.
 */
export async function checkIn(ctx: Context, tx: Tx, who: Identity, args: CheckInArgs): Promise<Refusal | 'applied'> {
  if (!isDoorOf(who, args.eventId)) return 'forbidden';
  const late = withdrawn(who, args.at);
  if (late) return late;
  const known = await checkInById(tx, args.checkInId);
  if (known) return known.device_id === who.deviceId ? 'applied' : 'invalid';
  const guest = await guestOf(tx, who.eventId, args.ticketId);
  if (guest === 'elsewhere' || (!guest && !proves(ctx, args))) return 'ticket_unknown';
  const row = arrivalRow(ctx, who, args, guest ?? { ticket_id: args.ticketId, registration_id: null });
  await addCheckIn(tx, { ...row, exit: args.exit ? 1 : 0 });
  return 'applied';
}

/** Takes an arrival, an exit or a walk-in back; its record stays. Another door's only by a phone that may do everything. */
export async function undoCheckIn(
  ctx: Context,
  tx: Tx,
  who: Identity,
  args: UndoCheckIn,
): Promise<Refusal | 'applied'> {
  if (!isDoorOf(who, args.eventId)) return 'forbidden';
  const late = withdrawn(who, args.at);
  if (late) return late;
  const row = await checkInById(tx, args.checkInId);
  if (row?.event_id !== who.eventId) return 'check_in_unknown';
  if (row.device_id !== who.deviceId && !mayDo(who, 'undo-others')) return 'forbidden';
  // The hand is quicker than the reason, which comes after.
  if (row.undone_at !== null && args.reason !== undefined) await saveReason(tx, row, args.reason);
  if (row.undone_at !== null) return 'applied';
  const undone = { at: claimed(args.at, ctx.clock()), reason: args.reason ?? null };
  // Two claims, each corrected by its own device's offset: the best there is for how much later it was.
  if (Date.parse(undone.at) - Date.parse(row.at) > UNDO_WITHIN) return 'too_late';
  if (row.walk_in_subject === null) await saveUndone(tx, row, who, undone);
  else await undoWalkIn(ctx, tx, who, row, undone);
  return 'applied';
}

/** Keeps what the guest answered, also of a record that was taken back meanwhile: the latest answer stands. */
export async function answerQuestions(
  _ctx: Context,
  tx: Tx,
  who: Identity,
  args: AnswerQuestions,
): Promise<Refusal | 'applied'> {
  if (!isDoorOf(who, args.eventId)) return 'forbidden';
  const late = withdrawn(who, args.at);
  if (late) return late;
  const row = await checkInById(tx, args.checkInId);
  if (row?.event_id !== who.eventId) return 'check_in_unknown';
  await saveAnswers(tx, row, args.answers);
  return 'applied';
}

/** Keeps what someone decided of a double admission; the latest decision stands. */
export async function settleCheckIn(
  ctx: Context,
  tx: Tx,
  who: Identity,
  args: SettleCheckIn,
): Promise<Refusal | 'applied'> {
  if (!isDoorOf(who, args.eventId) || !mayDo(who, 'settle')) return 'forbidden';
  const late = withdrawn(who, args.at);
  if (late) return late;
  const decision = { as: args.as, by: args.door, at: claimed(args.at, ctx.clock()) };
  return (await settle(tx, who.eventId, args.checkInId, decision)) ? 'applied' : 'check_in_unknown';
}

/** @returns false when the event has no such record */
export async function settle(
  tx: Tx,
  eventId: Uuid,
  checkInId: Uuid,
  decision: { readonly as: 'mistake' | 'accepted'; readonly by: string; readonly at: string },
): Promise<boolean> {
  const row = await tx.db
    .updateTable('check_in')
    .set({ settled_as: decision.as, settled_by: decision.by, settled_at: decision.at })
    .where('id', '=', checkInId)
    .where('event_id', '=', eventId)
    .returningAll()
    .executeTakeFirst();
  if (row) await logCheckIn(tx, row);
  return row !== undefined;
}

interface Guest {
  readonly ticket_id: Uuid;
  readonly registration_id: Uuid | null;
}

const byTicket = prepared(['ticketId'], (db, { ticketId }: { readonly ticketId: Uuid }) =>
  db.selectFrom('registration').select(['id', 'event_id', 'ticket_id']).where('ticket_id', '=', ticketId),
);

/**
 * Whom a ticket's id means: a registration by its ticket, by one that was replaced since, or without any by its own id; a
 * walk-in by the id of its admission. `elsewhere`: a ticket of another event.
 */
export async function guestOf(tx: Tx, eventId: Uuid, ticketId: Uuid): Promise<Guest | 'elsewhere' | undefined> {
  const registrations = tx.db.selectFrom('registration').select(['id', 'event_id', 'ticket_id']);
  const registration =
    (await byTicket(tx, { ticketId }))[0] ?? (await registrations.where('id', '=', ticketId).executeTakeFirst());
  if (registration) {
    if (registration.event_id !== eventId) return 'elsewhere';
    if (registration.ticket_id === null && tx.kind === 'postgres') {
      // It may be confirmed beside: held until the commit, so that the record is put under its ticket here or there.
      const held = registrations.where('id', '=', registration.id).forShare();
      const { ticket_id } = await held.executeTakeFirstOrThrow();
      return { ticket_id: ticket_id ?? registration.id, registration_id: registration.id };
    }
    return { ticket_id: registration.ticket_id ?? registration.id, registration_id: registration.id };
  }
  const replaced = await tx.db
    .selectFrom('revoked_ticket')
    .innerJoin('registration', 'registration.id', 'revoked_ticket.registration_id')
    .select(['registration.id', 'registration.event_id', 'registration.ticket_id'])
    .where('revoked_ticket.ticket_id', '=', ticketId)
    .executeTakeFirst();
  if (replaced) {
    if (replaced.event_id !== eventId) return 'elsewhere';
    return { ticket_id: replaced.ticket_id ?? replaced.id, registration_id: replaced.id };
  }
  const walkIn = await tx.db
    .selectFrom('check_in')
    .select('ticket_id')
    .where('ticket_id', '=', ticketId)
    .where('event_id', '=', eventId)
    .where('walk_in_subject', 'is not', null)
    .executeTakeFirst();
  return walkIn && { ticket_id: walkIn.ticket_id, registration_id: null };
}

function proves(ctx: Context, args: CheckInArgs): boolean {
  const ticket = args.ticket === undefined ? undefined : ctx.keys.check(args.ticket);
  return ticket !== undefined && ticket.ticketId === args.ticketId && ticket.eventId === args.eventId;
}
