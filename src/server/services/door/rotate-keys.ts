import { setTimeout as sleep } from 'node:timers/promises';
import { readCode } from '#domain/ticket.ts';
import { isOver } from '#domain/registration.ts';
import { subjectsOf } from '#domain/programme.ts';
import { DIRECTORY, rosterScope } from '#protocol/scope.ts';
import type { Tx } from '../../db/units.ts';
import { lockSeats } from './allotments.ts';
import { logCheckIn } from './arrivals.ts';
import type { Context } from '../context.ts';
import { storedEvent } from '../programme/events.ts';
import type { RegistrationRow } from '../sync/items.ts';
import { queueLetter } from '../mail/letters.ts';
import { logRegistration, newTicket } from '../registration/seats.ts';
import { addTicketKey, publishTicketKeys, removeTicketKey } from './ticket-keys.ts';

export interface KeyUse {
  readonly keyId: string;
  readonly signs: boolean;
  /** Confirmed registrations to come whose ticket it has signed. */
  readonly tickets: number;
}

/** The keys that verify, oldest first, and how many tickets of each are still to be presented. */
export async function listKeys(ctx: Context): Promise<KeyUse[]> {
  const counts = new Map<string, number>();
  for await (const { keyId } of ticketsToCome(ctx)) counts.set(keyId, (counts.get(keyId) ?? 0) + 1);
  const keys = ctx.keys.published;
  return keys.map(({ keyId }, i) => ({ keyId, signs: i === keys.length - 1, tickets: counts.get(keyId) ?? 0 }));
}

/** Makes a key that signs from now on, and tells every device of it. @returns its id */
export async function rotateKeys(ctx: Context): Promise<string> {
  const keyId = await addTicketKey(ctx.config.dataDir);
  await ctx.keys.reload();
  await publishTicketKeys(ctx.db, ctx.keys);
  return keyId;
}

/**
 * Ends a key that others may have: doors trust it no more, and every ticket of it that is still to be presented is replaced by
 * one of the newest key, shown on its holder's phone and mailed. What doors have recorded of the old ticket counts for the new
 * one. Broken off, it is called again and goes on.
 * @param settle milliseconds after which running servers have noticed that the key is gone
 * @returns how many tickets were replaced; undefined when there is no such key and nothing of it left to replace
 */
export async function revokeKey(ctx: Context, keyId: string, settle: number): Promise<number | undefined> {
  const removed = await removeTicketKey(ctx.config.dataDir, keyId);
  await ctx.keys.reload();
  await ctx.db.units.one(async (tx) => {
    const known = tx.db.selectFrom('change').select('cursor').where('scope', '=', DIRECTORY);
    const there = await known.where('kind', '=', 'ticket-key').where('item_id', '=', keyId).executeTakeFirst();
    if (there) tx.log(DIRECTORY, 'ticket-key', keyId, undefined);
  });
  let replaced = 0;
  for (;;) {
    let found = 0;
    for await (const ticket of ticketsToCome(ctx)) {
      if (ticket.keyId !== keyId) continue;
      const { value } = await ctx.db.units.one((tx) => replaceTicket(ctx, tx, ticket.id, keyId));
      if (value) found++;
    }
    replaced += found;
    if (found === 0) break;
    // A server that had not noticed yet may have signed some more meanwhile.
    await sleep(settle);
  }
  return removed || replaced > 0 ? replaced : undefined;
}

const PAGE = 500;

/** Confirmed registrations of what is not over, with the key that has signed their ticket. */
async function* ticketsToCome(ctx: Context): AsyncGenerator<{ id: string; keyId: string }> {
  const now = ctx.clock();
  for (let after = ''; ;) {
    const rows = await ctx.db.read
      .selectFrom('registration')
      .select(['id', 'ticket', 'event_id', 'subject_id'])
      .where('state', '=', 'confirmed')
      .where('ticket', 'is not', null)
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute();
    const ids = [...new Set(rows.map((row) => row.event_id))];
    const stored =
      ids.length === 0
        ? []
        : await ctx.db.read.selectFrom('event').select(['id', 'data']).where('id', 'in', ids).execute();
    const events = new Map(stored.map((row) => [row.id, storedEvent(row)]));
    for (const row of rows) {
      const event = events.get(row.event_id);
      const subject = event && subjectsOf(event).find((one) => one.id === row.subject_id);
      const keyId = keyIdOf(row.ticket);
      if (event && subject && keyId !== undefined && !isOver(event, subject, now)) yield { id: row.id, keyId };
    }
    if (rows.length < PAGE) return;
    after = rows.at(-1)!.id;
  }
}

function keyIdOf(text: string | null): string | undefined {
  const code = readCode(text ?? '');
  return code.kind === 'ticket' ? code.ticket.keyId : undefined;
}

async function replaceTicket(ctx: Context, tx: Tx, id: string, keyId: string): Promise<boolean> {
  const byId = tx.db.selectFrom('registration').selectAll().where('id', '=', id);
  const seen = await byId.executeTakeFirst();
  const locked = seen && (await lockSeats(ctx, tx, seen.subject_id));
  const row = await byId.executeTakeFirst();
  if (!locked || !row?.ticket_id || row.state !== 'confirmed' || keyIdOf(row.ticket) !== keyId) return false;
  const old = row.ticket_id;
  const ticket = newTicket(ctx, { eventId: row.event_id, subjectId: row.subject_id, party: row.party });
  const after: RegistrationRow = { ...row, ...ticket };
  await tx.db.updateTable('registration').set(ticket).where('id', '=', id).execute();
  await tx.db
    .insertInto('revoked_ticket')
    .values({ ticket_id: old, event_id: row.event_id, registration_id: id, at: ctx.clock() })
    .execute();
  const roster = rosterScope(row.event_id);
  const change = { ticket_id: ticket.ticket_id };
  const records = await tx.db.updateTable('check_in').set(change).where('ticket_id', '=', old).returningAll().execute();
  for (const record of records) await logCheckIn(tx, record);
  const notes = await tx.db.updateTable('door_note').set(change).where('ticket_id', '=', old).returningAll().execute();
  for (const { id: noteId, event_id: eventId, text, at, door } of notes) {
    tx.log(roster, 'note', noteId, { id: noteId, eventId, ticketId: ticket.ticket_id, text, at, door });
  }
  tx.log(roster, 'revoked', old, { ticketId: old });
  logRegistration(tx, after, locked.hiddenNames);
  await queueLetter(ctx, tx, 'ticket_replaced', after);
  return true;
}
