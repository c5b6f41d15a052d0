import { randomBytes } from 'node:crypto';
import type { ItemKind, Scope } from '#protocol/scope.ts';
import { personScope, rosterScope } from '#protocol/scope.ts';
import type { Tx } from '../../db/units.ts';
import { logCheckIn } from '../door/arrivals.ts';
import { compact } from '../sync/compaction.ts';
import type { Context } from '../context.ts';
import { secretHash } from './identity.ts';
import type { RegistrationRow } from '../sync/items.ts';
import { rosterItem } from '../sync/items.ts';

/** What the address of an erased registration is kept under: unique, and nobody's. */
const ERASED = 'erased:';
/** For `like`. */
export const ERASED_LIKE = `${ERASED}%`;

/**
 * Takes the person out of a registration: name, address, needs, answers, remarks at the door, ticket, and whose it is. What is left
 * is that a party of so many asked, had a place or not, and came: counts stay right. Their devices and the doors are told; what
 * the log said before goes with `forget`, once this is committed.
 */
export async function eraseRegistration(tx: Tx, row: RegistrationRow): Promise<void> {
  const erased: RegistrationRow = {
    ...row,
    first_name: '',
    last_name: '',
    email: '',
    email_key: `${ERASED}${row.id}`,
    needs: null,
    answers: null,
    told: null,
    ticket: null,
    holder_id: nobody(),
  };
  const { id, event_id: _, ...change } = erased;
  await tx.db.updateTable('registration').set(change).where('id', '=', id).execute();
  await tx.db.deleteFrom('letter').where('registration_id', '=', id).execute();
  await tx.db.deleteFrom('couriered').where('registration_id', '=', id).execute();
  const roster = rosterScope(row.event_id);
  const notes = await tx.db
    .deleteFrom('door_note')
    .where('event_id', '=', row.event_id)
    .where('ticket_id', 'in', row.ticket_id === null ? [id] : [row.ticket_id, id])
    .returning('id')
    .execute();
  for (const note of notes) tx.log(roster, 'note', note.id, undefined);
  const records = await tx.db
    .updateTable('check_in')
    .set({ answers: null })
    .where('registration_id', '=', id)
    .where('answers', 'is not', null)
    .returningAll()
    .execute();
  for (const record of records) await logCheckIn(tx, record);
  tx.log(personScope(row.holder_id), 'registration', id, undefined);
  tx.log(roster, 'entry', id, rosterItem(erased, true));
}

/** A holder that no device can be: nobody has the secret. */
export function nobody(): string {
  return secretHash(randomBytes(32).toString('base64url'));
}

/** Whose words: everybody's on an event, or one person's on all of them. */
type Whose = { readonly eventId: string } | { readonly holder: string };

/** Makes ratings of walks nobody's; the number stays. @returns whose they were */
export async function eraseRatings(tx: Tx, whose: Whose): Promise<string[]> {
  const [column, value] =
    'eventId' in whose ? (['event_id', whose.eventId] as const) : (['holder_id', whose.holder] as const);
  const ratings = await tx.db
    .selectFrom('tour_rating')
    .select(['event_id', 'holder_id'])
    .where(column, '=', value)
    .execute();
  for (const { event_id: eventId, holder_id: holder } of ratings) {
    await tx.db
      .updateTable('tour_rating')
      .set({ holder_id: nobody(), remark: null })
      .where('event_id', '=', eventId)
      .where('holder_id', '=', holder)
      .execute();
    tx.log(personScope(holder), 'tour-rating', eventId, undefined);
  }
  return ratings.map((rating) => rating.holder_id);
}

/** Takes everything out of a scope, but some kinds: whoever still has it forgets. */
export async function emptyScope(ctx: Context, scope: Scope, kept: readonly ItemKind[] = []): Promise<void> {
  for (let after = 0; ;) {
    const rows = await ctx.db.read
      .selectFrom('change')
      .select(['cursor', 'kind', 'item_id'])
      .where('scope', '=', scope)
      .where('value', 'is not', null)
      .where('kind', 'not in', [...kept, ''])
      .where('cursor', '>', after)
      .orderBy('cursor')
      .limit(1000)
      .execute();
    const last = rows.at(-1);
    if (!last) return;
    await ctx.db.units.one(async (tx) => {
      for (const row of rows) tx.log(scope, row.kind as ItemKind, row.item_id, undefined);
    });
    after = last.cursor;
  }
}

/** Drops from the logs of some scopes what is not said any more, and the copies of it that first loads are made of. */
export async function forget(ctx: Context, scopes: Iterable<Scope>): Promise<void> {
  for (const scope of new Set(scopes)) {
    await compact(ctx, scope, 0);
    await ctx.db.units.one(async (tx) => {
      await tx.db.deleteFrom('snapshot').where('scope', '=', scope).execute();
      await tx.db.deleteFrom('snapshot_page').where('scope', '=', scope).execute();
    });
  }
}
