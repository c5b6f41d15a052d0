import { randomUUID } from 'node:crypto';
import { emailKey } from '#domain/registration.ts';
import type { Refusal } from '#protocol/push.ts';
import type { SubscribeNewsletter } from '#protocol/newsletter.ts';
import type { OwnSubscription } from '#protocol/own-data.ts';
import type { Tx } from '../../db/units.ts';
import type { Context } from '../context.ts';
import type { Identity } from '../people/identity.ts';
import { addressHash, LEFT_FOR } from './newsletter-left.ts';
import { ProblemError } from '../problem-error.ts';
import { newToken } from '../people/secrets.ts';

/** Mails to one address within a day that anybody can cause by asking. */
const MAILS = 3;
const DAY = 86_400_000;
/** Addresses that one phone may ask for within a day. */
const ADDRESSES = 5;
/** How long an address that was never confirmed is kept. */
const PENDING = 7 * DAY;

/** What each holder has asked for of late; in this process alone, for the address's own limit is in the database. */
const asked = new Map<string, { since: number; addresses: Set<string> }>();

/**
 * Notes that somebody wants the newsletter, and that a mail is to ask whether they do. The answer is the same whatever is known of
 * the address, and however many mails it has had.
 */
export async function subscribe(
  ctx: Context,
  tx: Tx,
  who: Identity,
  { email, language }: SubscribeNewsletter,
): Promise<Refusal | 'applied'> {
  if (who.kind !== 'holder') return 'forbidden';
  const key = emailKey(email);
  const now = ctx.clock();
  if (!mayAsk(who.holderId, key, now)) return 'applied';
  const known = await tx.db.selectFrom('subscriber').selectAll().where('email_key', '=', key).executeTakeFirst();
  if (!known) {
    await tx.db
      .insertInto('subscriber')
      .values({
        id: randomUUID(),
        email,
        email_key: key,
        language,
        state: 'pending',
        token: newToken(),
        asked_at: now,
        confirmed_at: null,
        mail_due_at: now,
        mails: 1,
        mails_since: now,
        holder_id: who.holderId,
      })
      // Somebody else has asked for the same address this moment.
      .onConflict((c) => c.column('email_key').doNothing())
      .execute();
    return 'applied';
  }
  const fresh = now - known.mails_since >= DAY;
  if (!fresh && known.mails >= MAILS) return 'applied';
  await tx.db
    .updateTable('subscriber')
    .set({
      asked_at: now,
      mail_due_at: now,
      mails: fresh ? 1 : known.mails + 1,
      mails_since: fresh ? now : known.mails_since,
      ...(known.state === 'pending' ? { language } : {}),
    })
    .where('id', '=', known.id)
    .execute();
  return 'applied';
}

function mayAsk(holderId: string, key: string, now: number): boolean {
  for (const [id, one] of asked) if (now - one.since >= DAY) asked.delete(id);
  const mine = asked.get(holderId) ?? { since: now, addresses: new Set() };
  asked.set(holderId, mine);
  if (!mine.addresses.has(key) && mine.addresses.size >= ADDRESSES) return false;
  mine.addresses.add(key);
  return true;
}

/**
 * The second opt-in: who has the mail says so. A second time changes nothing.
 * @throws ProblemError `code_refused` for a token that is none, or not any more
 */
export async function confirmSubscription(ctx: Context, token: string): Promise<void> {
  const { value } = await ctx.db.units.one(async (tx) => {
    const row = await tx.db
      .updateTable('subscriber')
      .set((e) => ({ state: 'confirmed', confirmed_at: e.fn.coalesce('confirmed_at', e.val(ctx.clock())) }))
      .where('token', '=', token)
      .returning('email_key')
      .executeTakeFirst();
    // Whoever left is back by their own word.
    if (row) await tx.db.deleteFrom('newsletter_left').where('address_hash', '=', addressHash(row.email_key)).execute();
    return row;
  });
  if (!value) throw new ProblemError('code_refused');
}

/** Forgets an address and everything that was to be sent to it. Says nothing of whether there was one. */
export async function unsubscribe(ctx: Context, token: string): Promise<void> {
  await ctx.db.units.one((tx) => leaveBy(ctx, tx, { column: 'token', value: token }));
}

/** Whose subscriptions: that of a link, those that a device asked for, or that of an address. */
type Whose = { readonly column: 'token' | 'holder_id' | 'email_key'; readonly value: string };

/** Forgets subscriptions, and remembers by a hash that their addresses left (`newsletter-left.ts`). */
export async function leaveBy(ctx: Context, tx: Tx, { column, value }: Whose): Promise<void> {
  const rows = await tx.db.selectFrom('subscriber').select(['id', 'email_key']).where(column, '=', value).execute();
  for (const { email_key: key } of rows) {
    const left = { address_hash: addressHash(key), left_at: ctx.clock() };
    await tx.db
      .insertInto('newsletter_left')
      .values(left)
      .onConflict((c) => c.column('address_hash').doUpdateSet({ left_at: left.left_at }))
      .execute();
  }
  await forget(
    tx,
    rows.map((row) => row.id),
  );
}

/** What is held on who takes the newsletter: of a device what it asked for, of a signed-in person what their address takes. */
export async function subscriptionsOf(ctx: Context, { column, value }: Whose): Promise<OwnSubscription[]> {
  const rows = await ctx.db.read.selectFrom('subscriber').selectAll().where(column, '=', value).execute();
  return rows.map((row) => ({
    email: row.email,
    state: row.state,
    language: row.language,
    askedAt: new Date(row.asked_at).toISOString(),
    ...(row.confirmed_at === null ? {} : { confirmedAt: new Date(row.confirmed_at).toISOString() }),
  }));
}

/** Forgets addresses that nobody has confirmed in time, and in the end that somebody left. */
export async function forgetPending(ctx: Context): Promise<void> {
  const before = ctx.clock() - PENDING;
  const long = (db: Tx['db']) =>
    db
      .selectFrom('newsletter_left')
      .select('address_hash')
      .where('left_at', '<', ctx.clock() - LEFT_FOR)
      .limit(500);
  const old = (db: Tx['db']) =>
    db.selectFrom('subscriber').select('id').where('state', '=', 'pending').where('asked_at', '<', before).limit(500);
  // Almost always there is none: no unit is opened for that.
  if (!(await old(ctx.db.read).executeTakeFirst()) && !(await long(ctx.db.read).executeTakeFirst())) return;
  await ctx.db.units.one(async (tx) => {
    const rows = await old(tx.db).execute();
    await forget(
      tx,
      rows.map((row) => row.id),
    );
    await tx.db.deleteFrom('newsletter_left').where('address_hash', 'in', long(tx.db)).execute();
  });
}

async function forget(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.db.deleteFrom('newsletter_letter').where('subscriber_id', 'in', ids).execute();
  await tx.db.deleteFrom('subscriber').where('id', 'in', ids).execute();
}
