import type { CheckInArgs, UndoCheckIn } from '#protocol/check-in.ts';
import type { Refusal } from '#protocol/push.ts';
import { rosterScope } from '#protocol/scope.ts';
import type { Tx } from '../db/units.ts';
import type { Context } from './context.ts';
import type { Identity } from './identity.ts';
import type { CheckInRow } from './items.ts';
import { checkInItem } from './items.ts';

/**
 * Keeps an arrival that a door admitted. It is a fact: a second one for the same ticket, of another offline door, is kept too.
 * A ticket that no registration has must bring its signed text.
 */
export async function checkIn(ctx: Context, tx: Tx, who: Identity, args: CheckInArgs): Promise<Refusal | 'applied'> {
  if (who.kind !== 'device' || args.eventId !== who.eventId) return 'forbidden';
  if (isTooLate(who, args.at)) return 'access_withdrawn';
  const known = await tx.db
    .selectFrom('check_in')
    .select(['device_id', 'event_id'])
    .where('id', '=', args.checkInId)
    .executeTakeFirst();
  if (known) return known.device_id === who.deviceId ? 'applied' : 'invalid';
  const registration = await tx.db
    .selectFrom('registration')
    .select(['id', 'event_id'])
    .where('ticket_id', '=', args.ticketId)
    .executeTakeFirst();
  if (registration ? registration.event_id !== who.eventId : !proves(ctx, args)) return 'ticket_unknown';
  const row: CheckInRow = {
    id: args.checkInId,
    event_id: args.eventId,
    ticket_id: args.ticketId,
    registration_id: registration?.id ?? null,
    count: args.count,
    at: args.at,
    received_at: ctx.clock(),
    device_id: who.deviceId,
    door: args.door,
    undone_at: null,
    undone_by: null,
  };
  await tx.db.insertInto('check_in').values(row).execute();
  tx.log(rosterScope(row.event_id), 'check-in', row.id, checkInItem(row));
  return 'applied';
}

/** Takes an arrival back, whichever door of the event recorded it; its record stays. */
export async function undoCheckIn(
  _ctx: Context,
  tx: Tx,
  who: Identity,
  args: UndoCheckIn,
): Promise<Refusal | 'applied'> {
  if (who.kind !== 'device' || args.eventId !== who.eventId) return 'forbidden';
  if (isTooLate(who, args.at)) return 'access_withdrawn';
  const row = await tx.db
    .updateTable('check_in')
    .set((e) => ({
      undone_at: e.fn.coalesce('undone_at', e.val(args.at)),
      undone_by: e.fn.coalesce('undone_by', e.val(who.deviceId)),
    }))
    .where('id', '=', args.checkInId)
    .where('event_id', '=', who.eventId)
    .returningAll()
    .executeTakeFirst();
  if (!row) return 'check_in_unknown';
  tx.log(rosterScope(row.event_id), 'check-in', row.id, checkInItem(row));
  return 'applied';
}

/**
 * D5: what a door recorded before its access was withdrawn is a fact and is kept, whenever it arrives. The moment is the
 * device's claim (P4); one that lies about it gains nothing but arrivals of tickets that are real.
 */
function isTooLate(who: Identity, at: string): boolean {
  return who.kind === 'device' && who.revokedAt !== undefined && !(Date.parse(at) < who.revokedAt);
}

function proves(ctx: Context, args: CheckInArgs): boolean {
  const ticket = args.ticket === undefined ? undefined : ctx.keys.check(args.ticket);
  return ticket !== undefined && ticket.ticketId === args.ticketId && ticket.eventId === args.eventId;
}
