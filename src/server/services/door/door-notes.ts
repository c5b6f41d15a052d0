import type { AddNote, LogScan } from '#protocol/check-in.ts';
import type { Refusal } from '#protocol/push.ts';
import { rosterScope } from '#protocol/scope.ts';
import type { Tx } from '../../db/units.ts';
import { guestOf } from './check-ins.ts';
import type { Context } from '../context.ts';
import { claimed, isDoorOf, mayDo, withdrawn } from './door-access.ts';
import type { Identity } from '../people/identity.ts';

/** Keeps a remark on a guest of the event, for every door. */
export async function addNote(ctx: Context, tx: Tx, who: Identity, args: AddNote): Promise<Refusal | 'applied'> {
  if (!isDoorOf(who, args.eventId) || !mayDo(who, 'note')) return 'forbidden';
  const late = withdrawn(who, args.at);
  if (late) return late;
  const known = await tx.db
    .selectFrom('door_note')
    .select('device_id')
    .where('id', '=', args.noteId)
    .executeTakeFirst();
  if (known) return known.device_id === who.deviceId ? 'applied' : 'invalid';
  const guest = await guestOf(tx, who.eventId, args.ticketId);
  if (guest === 'elsewhere' || (!guest && !(await hasRecord(tx, who.eventId, args.ticketId)))) return 'ticket_unknown';
  const { noteId: id, text, door } = args;
  const ticketId = guest?.ticket_id ?? args.ticketId;
  const at = claimed(args.at, ctx.clock());
  await tx.db
    .insertInto('door_note')
    .values({ id, event_id: who.eventId, ticket_id: ticketId, text, at, device_id: who.deviceId, door })
    .execute();
  tx.log(rosterScope(who.eventId), 'note', id, { id, eventId: who.eventId, ticketId, text, at, door });
  return 'applied';
}

/** Keeps, for the desk's audit trail alone, whom a door did not let in. */
export async function logScan(ctx: Context, tx: Tx, who: Identity, args: LogScan): Promise<Refusal | 'applied'> {
  if (!isDoorOf(who, args.eventId)) return 'forbidden';
  const late = withdrawn(who, args.at);
  if (late) return late;
  const known = await tx.db.selectFrom('scan').select('device_id').where('id', '=', args.scanId).executeTakeFirst();
  if (known) return known.device_id === who.deviceId ? 'applied' : 'invalid';
  const now = ctx.clock();
  await tx.db
    .insertInto('scan')
    .values({
      id: args.scanId,
      event_id: who.eventId,
      verdict: args.verdict,
      read_by: args.by,
      ticket_id: args.ticketId ?? null,
      registration_id: args.registrationId ?? null,
      list_id: args.listId ?? null,
      at: claimed(args.at, now),
      received_at: now,
      device_id: who.deviceId,
      door: args.door,
    })
    .execute();
  return 'applied';
}

/** A signed ticket that nobody here has, and that a door recorded. */
async function hasRecord(tx: Tx, eventId: string, ticketId: string): Promise<boolean> {
  const record = tx.db.selectFrom('check_in').select('id').where('ticket_id', '=', ticketId);
  return (await record.where('event_id', '=', eventId).executeTakeFirst()) !== undefined;
}
