import type { Uuid } from '#domain/ids.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { venueOf } from '#domain/programme.ts';
import { textIn } from '#domain/text.ts';
import type { CalendarEntry } from '#interop/icalendar.ts';
import { CALENDAR_END, calendarEntry, calendarStart } from '#interop/icalendar.ts';
import type { Follow } from '#protocol/follow.ts';
import type { Tx } from '../../db/units.ts';
import type { Context } from '../context.ts';
import { storedEvent } from '../programme/events.ts';
import { ProblemError } from '../problem-error.ts';
import { sha256Text } from '../people/secrets.ts';
import { mayPush } from '../mail/web-push.ts';

/**
 * Keeps what a device follows, in the place of what it said before; without a push and a feed nothing is kept.
 * @param holderId whose registrations it is also told of
 * @throws ProblemError `bad_request` for an endpoint that is no push service's
 */
export async function setFollowed(ctx: Context, message: Follow, holderId: string | null): Promise<void> {
  const { events, push, feed, language } = message;
  if (push && !mayPush(push.endpoint, ctx.config.loopback)) throw new ProblemError('bad_request', 'no push service');
  const id = sha256Text(message.follower);
  await ctx.db.units.one(async (tx) => {
    await tx.db.deleteFrom('follower_event').where('follower_id', '=', id).execute();
    if (!push && feed === undefined) {
      await tx.db.deleteFrom('follower').where('id', '=', id).execute();
      return;
    }
    const row = {
      endpoint: push?.endpoint ?? null,
      p256dh: push?.p256dh ?? null,
      auth: push?.auth ?? null,
      feed_id: feed === undefined ? null : sha256Text(feed),
      holder_id: push ? holderId : null,
      language,
      told_at: ctx.clock(),
      tries: 0,
    };
    await tx.db
      .insertInto('follower')
      .values({ id, ...row, due_at: null })
      .onConflict((c) => c.column('id').doUpdateSet(row))
      .execute();
    const unique = [...new Set(events)].map((event_id) => ({ follower_id: id, event_id }));
    if (unique.length > 0) await tx.db.insertInto('follower_event').values(unique).execute();
  });
}

/** Forgets a device that does not take pushes any more; a feed of its stays. */
export async function forgetPush(tx: Tx, id: string): Promise<void> {
  const row = await tx.db.selectFrom('follower').select('feed_id').where('id', '=', id).executeTakeFirst();
  if (row?.feed_id) {
    const none = { endpoint: null, p256dh: null, auth: null, holder_id: null, due_at: null };
    await tx.db.updateTable('follower').set(none).where('id', '=', id).execute();
    return;
  }
  await tx.db.deleteFrom('follower_event').where('follower_id', '=', id).execute();
  await tx.db.deleteFrom('follower').where('id', '=', id).execute();
}

/** Milliseconds for which changes are gathered into one push. */
const GATHER = 20_000;

/** Has those who follow an event told that something has changed. */
export async function queuePush(ctx: Context, tx: Tx, eventId: Uuid): Promise<void> {
  await due(ctx, tx)
    .where('id', 'in', (q) => q.selectFrom('follower_event').select('follower_id').where('event_id', '=', eventId))
    .execute();
}

/** Has an attendee told that something became of a registration of theirs, by no deed of their own. */
export async function queueOwnPush(ctx: Context, tx: Tx, holderId: string): Promise<void> {
  await due(ctx, tx).where('holder_id', '=', holderId).execute();
}

function due(ctx: Context, tx: Tx) {
  return tx.db
    .updateTable('follower')
    .set({ due_at: ctx.clock() + GATHER, tries: 0 })
    .where('due_at', 'is', null)
    .where('endpoint', 'is not', null);
}

/**
 * The agenda of whoever knows the secret in the address, as a calendar: the events, as everybody may see them, and nothing of any
 * registration. Undefined when there is none.
 */
export async function agendaFeed(ctx: Context, secret: string, origin: string): Promise<string | undefined> {
  const follower = await ctx.db.read
    .selectFrom('follower')
    .select(['id', 'language'])
    .where('feed_id', '=', sha256Text(secret))
    .executeTakeFirst();
  if (!follower) return undefined;
  const rows = await ctx.db.read
    .selectFrom('event')
    .innerJoin('follower_event', 'follower_event.event_id', 'event.id')
    .select(['event.id', 'event.data'])
    .where('follower_event.follower_id', '=', follower.id)
    .where('event.withdrawn_at', 'is', null)
    .orderBy('event.id')
    .execute();
  const entries = rows.flatMap((row) => entriesOf(storedEvent(row), follower.language, origin));
  const name = follower.language === 'fr' ? 'Mon agenda Escale' : 'My Escale agenda';
  return calendarStart(name) + entries.map((entry) => calendarEntry(entry, ctx.clock())).join('') + CALENDAR_END;
}

/** Under the same names as the app's own export, so that one calendar shows each once. */
function entriesOf(event: ProgrammeEvent, language: string, origin: string): CalendarEntry[] {
  const url = `${origin}/evenements/${event.slug}`;
  return event.sessions.map((session) => {
    const venue = venueOf(event, session);
    const location = [venue?.name, session.room, venue?.address, venue?.city].filter(Boolean).join(', ');
    const off = event.status === 'cancelled' || session.status === 'cancelled';
    const description = [textIn(session.title, language).text, textIn(event.summary, language).text, url];
    return {
      uid: `${session.id}@escale`,
      slot: session.slot,
      summary: textIn(event.title, language).text,
      description: description.filter(Boolean).join('\n'),
      ...(location ? { location } : {}),
      ...(venue?.position && !venue.position.approximate ? { position: venue.position } : {}),
      url,
      status: off ? 'cancelled' : 'confirmed',
      modified: Date.parse(event.updatedAt),
    };
  });
}
