import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Uuid } from '#domain/ids.ts';
import type { ProgrammeEvent, Subject } from '#domain/programme.ts';
import { subjectsOf } from '#domain/programme.ts';
import { isOver, placesOf, promoted, takenOf } from '#domain/registration.ts';
import { personScope, rosterScope } from '#protocol/scope.ts';
import type { Schema } from '../../db/schema.ts';
import type { Tx } from '../../db/units.ts';
import { logCheckIn } from '../door/arrivals.ts';
import type { Context } from '../context.ts';
import { relogEvent, storedEvent } from '../programme/events.ts';
import type { RegistrationRow } from '../sync/items.ts';
import { registrationItem, rosterItem } from '../sync/items.ts';
import { queueOwnPush } from './follow.ts';
import { queueLetter } from '../mail/letters.ts';

/** Conditions of the partial indexes, written out as there: with parameters SQLite would not use them. */
export const isActive = sql<boolean>`state in ('requested', 'confirmed', 'waitlisted')`;
export const isWaiting = sql<boolean>`state = 'waitlisted'`;

export type SubjectRow = Selectable<Schema['subject']>;

/** A subject's row, locked until the commit: nobody else gives or frees a seat of it meanwhile. */
export interface LockedRow {
  readonly row: SubjectRow;
  /** The event's rosters hold no names. */
  readonly hiddenNames: boolean;
  /** What is offered under it; absent when its event was withdrawn or does not offer it any more. */
  readonly offer?: { readonly event: ProgrammeEvent; readonly subject: Subject };
}

/** A locked subject that is offered. */
export interface LockedSubject extends LockedRow {
  readonly offer: NonNullable<LockedRow['offer']>;
}

export function isOffered(locked: LockedRow | undefined): locked is LockedSubject {
  return locked?.offer !== undefined;
}

/**
 * Undefined when there is no such subject. The event is read once the lock is held: read with the lock it would be, on
 * PostgreSQL, the one from before whoever held the lock changed it.
 */
export async function lockSubject(tx: Tx, subjectId: Uuid): Promise<LockedRow | undefined> {
  const query = tx.db.selectFrom('subject').selectAll().where('id', '=', subjectId);
  const row = await (tx.kind === 'postgres' ? query.forNoKeyUpdate() : query).executeTakeFirst();
  if (!row) return undefined;
  const stored = await tx.db
    .selectFrom('event')
    .leftJoin('door_rules', 'door_rules.event_id', 'event.id')
    .select(['event.id', 'event.data', 'event.withdrawn_at', 'door_rules.hidden_names'])
    .where('event.id', '=', row.event_id)
    .executeTakeFirstOrThrow();
  const hiddenNames = stored.hidden_names === 1;
  if (stored.withdrawn_at !== null) return { row, hiddenNames };
  const event = storedEvent(stored);
  const subject = subjectsOf(event).find((s) => s.id === subjectId);
  return subject ? { row, hiddenNames, offer: { event, subject } } : { row, hiddenNames };
}

/** A new ticket for a confirmed party: its id and its signed text. */
export function newTicket(
  ctx: Context,
  of: { eventId: Uuid; subjectId: Uuid; party: number },
): { ticket_id: Uuid; ticket: string } {
  const ticketId = randomUUID();
  const issuedAt = Math.floor(ctx.clock() / 1000);
  return { ticket_id: ticketId, ticket: ctx.keys.issue({ ticketId, issuedAt, ...of }) };
}

/**
 * Confirms a registration that waits, or awaits an answer, and writes to its holder. What doors recorded of them before there was
 * a ticket is put under the ticket. Its seats are the caller's to count.
 */
export async function confirm(
  ctx: Context,
  tx: Tx,
  row: RegistrationRow,
  hiddenNames: boolean,
): Promise<RegistrationRow> {
  const ticket = newTicket(ctx, { eventId: row.event_id, subjectId: row.subject_id, party: row.party });
  const confirmed: RegistrationRow = { ...row, state: 'confirmed', ...ticket };
  await tx.db
    .updateTable('registration')
    .set({ state: 'confirmed', ...ticket })
    .where('id', '=', row.id)
    .execute();
  const records = await tx.db
    .updateTable('check_in')
    .set({ ticket_id: ticket.ticket_id })
    .where('registration_id', '=', row.id)
    .returningAll()
    .execute();
  for (const record of records) await logCheckIn(tx, record);
  logRegistration(tx, confirmed, hiddenNames);
  await queueLetter(ctx, tx, row.state === 'waitlisted' ? 'promoted' : 'confirmed', row);
  await queueOwnPush(ctx, tx, row.holder_id);
  return confirmed;
}

/** Shows a registration to its holder and to the doors. */
export function logRegistration(tx: Tx, row: RegistrationRow, hiddenNames: boolean, position?: number): void {
  tx.log(personScope(row.holder_id), 'registration', row.id, registrationItem(row, position));
  tx.log(rosterScope(row.event_id), 'entry', row.id, rosterItem(row, hiddenNames));
}

/**
 * Writes a locked subject's seats, and tells the public when the class of its free places has changed.
 * @returns the subject as it is since
 */
export async function saveSeats(tx: Tx, before: LockedRow, after: SubjectRow): Promise<LockedRow> {
  const places = before.offer ? placesOf(before.offer.subject.policy, after) : before.row.places;
  await tx.db
    .updateTable('subject')
    .set({
      confirmed: after.confirmed,
      waiting: after.waiting,
      waiting_parties: after.waiting_parties,
      waiting_drawn: after.waiting_drawn,
      held: after.held,
      held_until: after.held_until,
      places,
    })
    .where('id', '=', after.id)
    .execute();
  if (places !== before.row.places) await relogEvent(tx, after.event_id);
  return { ...before, row: { ...after, places } };
}

/**
 * Moves the waiting list of a locked subject up into its free seats, in order, and tells everyone whose place on it changed.
 * Nobody moves up in what is not offered any more, is cancelled or is over.
 * @param from the first place (one-based) whose holder must be told even when nobody moves up
 * @returns the subject's seats after it, not yet written
 */
export async function moveUp(ctx: Context, tx: Tx, locked: LockedRow, from: number): Promise<SubjectRow> {
  const { row, offer, hiddenNames } = locked;
  if (row.waiting_parties === 0) return row;
  const waiting = await tx.db
    .selectFrom('registration')
    .selectAll()
    .where('subject_id', '=', row.id)
    .where(isWaiting)
    .orderBy('waiting_order')
    .execute();
  const up = offer && isOpen(ctx, offer) ? promoted(waiting, takenOf(row), offer.subject.policy.capacity) : [];
  let { confirmed, waiting: seats } = row;
  for (const one of up) {
    await confirm(ctx, tx, one, hiddenNames);
    confirmed += one.party;
    seats -= one.party;
  }
  const rest = waiting.slice(up.length);
  rest.forEach((one, i) => {
    if (up.length > 0 || i + 1 >= from)
      tx.log(personScope(one.holder_id), 'registration', one.id, registrationItem(one, i + 1));
  });
  return { ...row, confirmed, waiting: seats, waiting_parties: rest.length };
}

function isOpen(ctx: Context, { event, subject }: LockedSubject['offer']): boolean {
  const cancelled = event.status === 'cancelled' || subject.session?.status === 'cancelled';
  return !cancelled && !isOver(event, subject, ctx.clock());
}
