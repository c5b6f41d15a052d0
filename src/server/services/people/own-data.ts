import type { Answers } from '#domain/door-rules.ts';
import { emailKey, isOver } from '#domain/registration.ts';
import type { AccountData, OwnData, OwnDataErased, OwnFollowing } from '#protocol/own-data.ts';
import type { Scope } from '#protocol/scope.ts';
import { personScope, rosterScope } from '#protocol/scope.ts';
import type { Account } from './accounts.ts';
import { ownEvents } from './accounts.ts';
import { lockSeats } from '../door/allotments.ts';
import type { Context } from '../context.ts';
import { contributionsOf, forgetContributions } from '../programme/question-persons.ts';
import { emptyScope, eraseRatings, eraseRegistration, forget } from './erasing.ts';
import { storedEvent } from '../programme/events.ts';
import type { Identity } from './identity.ts';
import { registrationItem } from '../sync/items.ts';
import { leaveBy, subscriptionsOf } from '../mail/newsletter.ts';
import { meansOf } from './means.ts';
import { proposalsOf } from '../proposing/proposal-persons.ts';
import { ProblemError } from '../problem-error.ts';
import { giveBack } from '../registration/registrations.ts';
import { sha256Text } from './secrets.ts';
import { removeAccount } from './team.ts';

type Held = OwnData['registrations'][number];

/**
 * Everything that is held on whoever has a device's secret.
 * @throws ProblemError `sign_in_required` unless an attendee asks
 */
export async function ownDataOf(ctx: Context, who: Identity): Promise<OwnData> {
  const holder = holderOf(who);
  const db = ctx.db.read;
  const rows = await db
    .selectFrom('registration')
    .innerJoin('event', 'event.id', 'registration.event_id')
    .selectAll('registration')
    .select('event.data')
    .where('holder_id', '=', holder)
    .orderBy('requested_at')
    .execute();
  const registrations: OwnData['registrations'] = [];
  for (const { data, ...row } of rows) {
    const names = row.ticket_id === null ? [row.id] : [row.ticket_id, row.id];
    const [arrivals, notes, scans] = await Promise.all([
      db.selectFrom('check_in').selectAll().where('registration_id', '=', row.id).orderBy('at').execute(),
      db
        .selectFrom('door_note')
        .select(['at', 'door', 'text'])
        .where('event_id', '=', row.event_id)
        .where('ticket_id', 'in', names)
        .orderBy('at')
        .execute(),
      db
        .selectFrom('scan')
        .select(['at', 'door', 'verdict'])
        .where((e) => e.or([e('registration_id', '=', row.id), e('ticket_id', 'in', names)]))
        .orderBy('at')
        .execute(),
    ]);
    registrations.push({
      ...(registrationItem(row) as Omit<Held, 'eventTitle' | 'language' | 'arrivals' | 'notes' | 'refusals'>),
      eventTitle: { ...storedEvent({ id: row.event_id, data }).title },
      language: row.language,
      arrivals: arrivals.map((one) => ({
        at: one.at,
        door: one.door,
        count: one.count,
        ...(one.exit === 1 ? { exit: true } : {}),
        ...(one.undone_at === null ? {} : { undoneAt: one.undone_at }),
        ...(one.answers === null ? {} : { answers: JSON.parse(one.answers) as Answers }),
      })),
      notes,
      refusals: scans,
    });
  }
  const ratings = await db.selectFrom('tour_rating').selectAll().where('holder_id', '=', holder).execute();
  const questions = await contributionsOf(ctx, holder);
  return {
    askedAt: new Date(ctx.clock()).toISOString(),
    registrations,
    questions: questions as OwnData['questions'],
    newsletter: await subscriptionsOf(ctx, { column: 'holder_id', value: holder }),
    ratings: ratings.map((one) => ({
      eventId: one.event_id,
      rating: one.rating,
      ...(one.remark === null ? {} : { remark: one.remark }),
      ...(one.seen === null ? {} : { seen: one.seen }),
      at: new Date(one.at).toISOString(),
    })),
  };
}

/** What is kept of what a device follows, for whoever has the secret that it does so under; undefined when that is nothing. */
export async function followingOf(ctx: Context, follower: string): Promise<OwnFollowing> {
  const id = sha256Text(follower);
  const row = await ctx.db.read.selectFrom('follower').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return undefined;
  const events = await ctx.db.read
    .selectFrom('follower_event')
    .select('event_id')
    .where('follower_id', '=', id)
    .orderBy('event_id')
    .execute();
  return {
    events: events.map((one) => one.event_id),
    ...(row.endpoint === null ? {} : { endpoint: row.endpoint }),
    feed: row.feed_id !== null,
    language: row.language,
    toldAt: new Date(row.told_at).toISOString(),
  };
}

/**
 * Erases everything that is held on whoever has a device's secret: what is to come is cancelled and its places go to those who
 * wait; of the rest a party without a name is left, so that counts stay right. Broken off, it is asked again and goes on.
 * @throws ProblemError `sign_in_required` unless an attendee asks
 */
export async function eraseOwnData(ctx: Context, who: Identity): Promise<OwnDataErased> {
  const holder = holderOf(who);
  const mine = await ctx.db.read
    .selectFrom('registration')
    .select(['id', 'subject_id', 'event_id'])
    .where('holder_id', '=', holder)
    .orderBy('id')
    .execute();
  const touched = new Set<Scope>([personScope(holder)]);
  let cancelled = 0;
  for (const { id, subject_id: subjectId, event_id: eventId } of mine) {
    touched.add(rosterScope(eventId));
    const { value } = await ctx.db.units.one(async (tx) => {
      const locked = await lockSeats(ctx, tx, subjectId);
      const byId = tx.db.selectFrom('registration').selectAll().where('id', '=', id);
      const row = await byId.executeTakeFirst();
      // Another device of theirs may have taken it along meanwhile.
      if (!locked || row?.holder_id !== holder) return false;
      const stands = row.state === 'confirmed' || row.state === 'waitlisted' || row.state === 'requested';
      const over = locked.offer && isOver(locked.offer.event, locked.offer.subject, ctx.clock());
      const gives = stands && !over;
      if (gives) await giveBack(ctx, tx, locked, row, 'cancelled');
      await eraseRegistration(tx, await byId.executeTakeFirstOrThrow());
      return gives;
    });
    if (value) cancelled++;
  }
  await ctx.db.units.one(async (tx) => {
    await eraseRatings(tx, { holder });
    await tx.db.deleteFrom('couriered').where('holder_id', '=', holder).execute();
    await leaveBy(ctx, tx, { column: 'holder_id', value: holder });
    await tx.db.updateTable('follower').set({ holder_id: null }).where('holder_id', '=', holder).execute();
    for (const scope of await forgetContributions(tx, holder)) touched.add(scope);
  });
  await emptyScope(ctx, personScope(holder));
  await forget(ctx, touched);
  return { cancelled, erased: mine.length };
}

function holderOf(who: Identity): string {
  if (who.kind !== 'holder') throw new ProblemError('sign_in_required');
  return who.holderId;
}

/** Everything that is held on a signed-in person. */
export async function accountDataOf(ctx: Context, account: Account): Promise<AccountData> {
  const db = ctx.db.read;
  const row = await db.selectFrom('account').selectAll().where('id', '=', account.id).executeTakeFirstOrThrow();
  const [means, identities, events, sessions, messages, deeds, pictures] = await Promise.all([
    meansOf(ctx, account.id),
    db
      .selectFrom('account_identity')
      .select(['id', 'issuer', 'subject'])
      .where('account_id', '=', account.id)
      .execute(),
    db.selectFrom('event').select(['id', 'data']).where('id', 'in', ownEvents(db, account.id)).execute(),
    db.selectFrom('session').selectAll().where('account_id', '=', account.id).execute(),
    db.selectFrom('message').selectAll().where('account_id', '=', account.id).orderBy('at').execute(),
    db.selectFrom('deed').selectAll().where('account_id', '=', account.id).orderBy('id').execute(),
    db
      .selectFrom('picture')
      .select(['sha256', 'created_at'])
      .where('account_id', '=', account.id)
      .orderBy('created_at')
      .execute(),
  ]);
  const time = (at: number): string => new Date(at).toISOString();
  return {
    askedAt: time(ctx.clock()),
    proposals: (await proposalsOf(ctx, account.id)) as AccountData['proposals'],
    newsletter: await subscriptionsOf(ctx, { column: 'email_key', value: row.email_key }),
    pictures: pictures.map((one) => ({ sha256: one.sha256, at: time(one.created_at) })),
    account: {
      email: row.email,
      role: row.role,
      regions: [...account.regions],
      bodies: [...account.bodies],
      language: row.language,
      since: time(row.created_at),
    },
    events: events.map((one) => ({ id: one.id, title: { ...storedEvent(one).title } })),
    sessions: sessions.map((one) => ({
      ...(one.device === null ? {} : { device: one.device }),
      since: time(one.created_at),
      lastSeenAt: time(one.last_seen_at),
      by: one.opened_by,
    })),
    passkeys: means.passkeys,
    identities: means.identities.map((one) => {
      const { issuer = '', subject = '' } = identities.find((row) => row.id === one.id) ?? {};
      return { ...one, issuer, subject };
    }),
    messages: messages.map((one) => ({
      at: time(one.at),
      eventId: one.event_id,
      subject: one.subject,
      text: one.text,
    })),
    deeds: deeds.map((one) => ({
      at: time(one.at),
      kind: one.kind,
      ...(one.event_id === null ? {} : { eventId: one.event_id }),
      ...(one.about === null ? {} : { about: one.about }),
      ...(one.count === null ? {} : { count: one.count }),
    })),
  };
}

/**
 * Ends one's own account, every session of it, and the newsletter at its address.
 * @returns false for the last account of the national team, without which nobody could invite anybody
 */
export async function deleteOwnAccount(ctx: Context, account: Account): Promise<boolean> {
  const { value } = await ctx.db.units.one(async (tx) => {
    if (account.role === 'national') {
      const other = await tx.db
        .selectFrom('account')
        .select('id')
        .where('role', '=', 'national')
        .where('id', '!=', account.id)
        .executeTakeFirst();
      if (!other) return undefined;
    }
    await leaveBy(ctx, tx, { column: 'email_key', value: emailKey(account.email) });
    return removeAccount(tx, account.id);
  });
  if (value) await forget(ctx, value);
  return value !== undefined;
}
