import { randomUUID } from 'node:crypto';
import encodeQR from 'qr';
import { sql } from 'kysely';
import type { EventFacts } from '#domain/changes.ts';
import { changesBetween, factsOf } from '#domain/changes.ts';
import { areOver } from '#domain/dates.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { slotsOf, venueOf } from '#domain/programme.ts';
import type { Language } from '#domain/text.ts';
import { textIn } from '#domain/text.ts';
import { printedShortCode } from '#domain/ticket.ts';
import { writeCalendar } from '#interop/icalendar.ts';
import type { Selectable } from 'kysely';
import type { Schema } from '../../db/schema.ts';
import type { Tx } from '../../db/units.ts';
import type { Context } from '../context.ts';
import { storedEvent } from '../programme/events.ts';
import { queuePush } from '../registration/follow.ts';
import type { RegistrationRow } from '../sync/items.ts';
import type { LetterFacts, LetterKind } from './letter-texts.ts';
import { letterText } from './letter-texts.ts';
import type { Mail, Mailer } from './mail.ts';

/** What a letter needs beside its registration. */
interface LetterData {
  /** What its reader last knew of the event. */
  readonly before?: EventFacts;
  readonly subject?: string;
  readonly text?: string;
}

type LetterRow = Selectable<Schema['letter']>;

/** Letters taken at a time, and milliseconds for which nobody else takes them. */
const BATCH = 20;
const CLAIM = 120_000;
/** Milliseconds before the first further try; doubled each time, and given up after the last. */
const RETRY = 60_000;
const TRIES = 12;
/** Milliseconds for which changes of an event are gathered into one letter. */
const GATHER = 120_000;

/**
 * Writes down a letter to somebody who registered, in the unit that changes what it tells of; it is sent afterwards: what
 * was not committed is never mailed, and what was committed is mailed even when the server dies in between. A letter that was
 * handed over just before a crash may go out twice, under the same message id.
 */
export async function queueLetter(
  ctx: Context,
  tx: Tx,
  kind: Exclude<LetterKind, 'event_changed'>,
  row: Pick<RegistrationRow, 'id' | 'event_id'>,
  data: LetterData = {},
): Promise<void> {
  const now = ctx.clock();
  await tx.db
    .insertInto('letter')
    .values({
      id: randomUUID(),
      kind,
      pending_change: null,
      registration_id: row.id,
      event_id: row.event_id,
      data: JSON.stringify(data),
      created_at: now,
      due_at: now,
      tries: 0,
    })
    .execute();
}

/**
 * Writes to everyone registered for an event that it has changed, and wakes the devices of those who follow it. What changes again before the letter goes out is told in the
 * same one, and what was changed back is told to nobody.
 */
export async function queueChange(
  ctx: Context,
  tx: Tx,
  before: ProgrammeEvent,
  after: ProgrammeEvent | undefined,
): Promise<void> {
  const facts = factsOf(before);
  const now = ctx.clock();
  if (changesBetween(facts, after && factsOf(after)).length === 0 || isPast(after ?? before, now)) return;
  await queuePush(ctx, tx, before.id);
  const data = JSON.stringify({ before: facts } satisfies LetterData);
  await sql`
    insert into letter (id, kind, pending_change, registration_id, event_id, data, created_at, due_at, tries)
    select ${`${randomUUID()}/`} || id, 'event_changed', id, id, event_id, ${data}, ${sql.lit(now)}, ${sql.lit(now + GATHER)}, 0
    from registration where event_id = ${before.id} and state in ('requested', 'confirmed', 'waitlisted')
    on conflict (pending_change) do nothing`.execute(tx.db);
}

function isPast(event: ProgrammeEvent, now: number): boolean {
  return areOver(
    event.sessions.map((session) => session.slot),
    now,
  );
}

/**
 * Invented registrations are nobody's: their letters are not sent.
 * @param eventId whose letters; of every event without it
 */
export async function dropLetters(ctx: Context, eventId?: string): Promise<void> {
  await ctx.db.units.one((tx) => {
    const all = tx.db.deleteFrom('letter');
    return (eventId === undefined ? all : all.where('event_id', '=', eventId)).execute();
  });
}

/**
 * Sends what is due. Several processes may do so at once: each letter is one's for a while.
 * @returns how many were sent
 */
export async function sendLetters(ctx: Context, mailer: Mailer): Promise<number> {
  let sent = 0;
  for (;;) {
    const letters = await claim(ctx);
    if (letters.length === 0) return sent;
    for (const letter of letters) {
      const mail = await write(ctx, letter);
      const done = mail === undefined || (await mailer.deliver(mail));
      if (done && mail) sent++;
      await ctx.db.units.one(async (tx) => {
        if (done || letter.tries + 1 >= TRIES) {
          await tx.db.deleteFrom('letter').where('id', '=', letter.id).execute();
          return;
        }
        await tx.db
          .updateTable('letter')
          .set({ tries: letter.tries + 1, due_at: ctx.clock() + RETRY * 2 ** letter.tries })
          .where('id', '=', letter.id)
          .execute();
      });
    }
  }
}

async function claim(ctx: Context): Promise<LetterRow[]> {
  const now = ctx.clock();
  const due = ctx.db.read.selectFrom('letter').select('id').where('due_at', '<=', now).limit(1);
  // Almost always there is nothing: no unit is opened for that.
  if (!(await due.executeTakeFirst())) return [];
  const { value } = await ctx.db.units.one(async (tx) => {
    const query = tx.db.selectFrom('letter').selectAll().where('due_at', '<=', now).orderBy('due_at').limit(BATCH);
    const rows = await (tx.kind === 'postgres' ? query.forUpdate().skipLocked() : query).execute();
    if (rows.length > 0) {
      await tx.db
        .updateTable('letter')
        // From here on a further change is a letter of its own.
        .set({ due_at: now + CLAIM, pending_change: null })
        .where(
          'id',
          'in',
          rows.map((row) => row.id),
        )
        .execute();
    }
    return rows;
  });
  return value;
}

/** The mail of a letter as things stand now; undefined when there is nothing to tell any more. */
async function write(ctx: Context, letter: LetterRow): Promise<Mail | undefined> {
  const db = ctx.db.read;
  const registration = await db
    .selectFrom('registration')
    .selectAll()
    .where('id', '=', letter.registration_id)
    .executeTakeFirst();
  const stored = await db
    .selectFrom('event')
    .select(['id', 'data', 'withdrawn_at'])
    .where('id', '=', letter.event_id)
    .executeTakeFirst();
  if (!registration || !stored) return undefined;
  const event = storedEvent(stored);
  const data = JSON.parse(letter.data) as LetterData;
  const changes =
    letter.kind === 'event_changed' && data.before
      ? changesBetween(data.before, stored.withdrawn_at === null ? factsOf(event) : undefined)
      : [];
  if (letter.kind === 'event_changed' && changes.length === 0) return undefined;
  const { language } = registration;
  const origin = ctx.config.publicUrl ?? `http://localhost:${ctx.config.port}`;
  const facts: LetterFacts = {
    firstName: registration.first_name,
    party: registration.party,
    event,
    subjectId: registration.subject_id,
    ...(registration.ticket_id ? { code: printedShortCode(registration.ticket_id) } : {}),
    ...(letter.kind === 'waitlisted' ? { position: await positionOf(ctx, registration) } : {}),
    ...(registration.reason ? { reason: registration.reason } : {}),
    changes,
    ...(data.subject && data.text ? { message: { subject: data.subject, text: data.text } } : {}),
    eventUrl: `${origin}/evenements/${event.slug}`,
    ticketUrl: `${origin}/billets/${registration.id}`,
  };
  const { subject, text } = letterText(letter.kind, language, facts);
  return {
    to: registration.email,
    subject,
    text,
    messageId: `<${letter.id.replace('/', '.')}@escale>`,
    attachments: registration.ticket ? ticketFiles(registration, event, language, facts, ctx.clock()) : [],
  };
}

async function positionOf(ctx: Context, row: RegistrationRow): Promise<number> {
  const { ahead } = await ctx.db.read
    .selectFrom('registration')
    .select((e) => e.fn.countAll<number>().as('ahead'))
    .where('subject_id', '=', row.subject_id)
    .where('state', '=', 'waitlisted')
    .where('waiting_order', '<', row.waiting_order)
    .executeTakeFirstOrThrow();
  return ahead + 1;
}

/** The ticket as a picture that any phone shows, and the days for a calendar. */
function ticketFiles(
  row: RegistrationRow,
  event: ProgrammeEvent,
  language: Language,
  facts: LetterFacts,
  now: number,
): NonNullable<Mail['attachments']> {
  const session = event.sessions.find((one) => one.id === row.subject_id);
  const venue = venueOf(event, session);
  const place = [venue?.name, session?.room, venue?.address, venue?.city].filter(Boolean).join(', ');
  const off = event.status === 'cancelled' || session?.status === 'cancelled';
  const calendar = writeCalendar(
    slotsOf(event, row.subject_id).map((slot, i) => ({
      // The same as on the phone, so that one calendar shows it once.
      uid: `${row.id}-${i}@escale`,
      slot,
      summary: textIn(event.title, language).text,
      ...(place ? { location: place } : {}),
      url: facts.ticketUrl,
      status: off ? 'cancelled' : 'confirmed',
    })),
    now,
  );
  return [
    {
      filename: language === 'fr' ? 'billet.gif' : 'ticket.gif',
      content: Buffer.from(encodeQR(row.ticket!, 'gif', { ecc: 'medium', border: 4, scale: 6 })),
      contentType: 'image/gif',
    },
    { filename: `${event.slug}.ics`, content: Buffer.from(calendar), contentType: 'text/calendar; charset=utf-8' },
  ];
}
