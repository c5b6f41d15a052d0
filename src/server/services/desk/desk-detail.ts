import type { Uuid } from '#domain/ids.ts';
import { slotsOf } from '#domain/programme.ts';
import type { DeskDevice, DeskEventDetail, DeskSubject } from '#protocol/desk.ts';
import type { Account } from '../people/accounts.ts';
import type { Context } from '../context.ts';
import { deskEventOf, requireEvent } from './desk.ts';
import { storedEvent } from '../programme/events.ts';
import { ProblemError } from '../problem-error.ts';

/** Phones that the desk is shown; nobody has more doors. */
const DEVICES = 200;

/**
 * One event with what people register for and the phones at its doors.
 * @throws ProblemError `not_found`; `forbidden` when the account may not run it
 */
export async function deskDetail(ctx: Context, account: Account, eventId: Uuid): Promise<DeskEventDetail> {
  await requireEvent(ctx, account, eventId, 'reading');
  const [event, row, subjects, devices] = await Promise.all([
    deskEventOf(ctx, account, eventId),
    ctx.db.read.selectFrom('event').select(['id', 'data']).where('id', '=', eventId).executeTakeFirst(),
    ctx.db.read.selectFrom('subject').selectAll().where('event_id', '=', eventId).where('offered', '=', 1).execute(),
    deskDevices(ctx, eventId),
  ]);
  if (!event || !row) throw new ProblemError('not_found');
  const programmed = storedEvent(row);
  const order = new Map(programmed.sessions.map((session, i) => [session.id, i]));
  return {
    event,
    organisers: programmed.organisers.map((body) => body.name),
    ...(programmed.registrationForm
      ? { form: programmed.registrationForm as NonNullable<DeskEventDetail['form']> }
      : {}),
    subjects: subjects
      .toSorted((a, b) => (order.get(a.id) ?? -1) - (order.get(b.id) ?? -1))
      .map((subject): DeskSubject => {
        const session = programmed.sessions.find((one) => one.id === subject.id);
        return {
          id: subject.id,
          ...(session?.title ? { title: session.title } : {}),
          slots: slotsOf(programmed, subject.id).map((slot) => ({ ...slot })),
          ...(subject.capacity === null ? {} : { capacity: subject.capacity }),
          confirmed: subject.confirmed,
          waitlisted: subject.waiting,
          held: subject.held,
        };
      }),
    devices,
  };
}

async function deskDevices(ctx: Context, eventId: Uuid): Promise<DeskDevice[]> {
  const [rows, allotments] = await Promise.all([
    ctx.db.read
      .selectFrom('device')
      .selectAll()
      .where('event_id', '=', eventId)
      .orderBy('created_at', 'desc')
      .limit(DEVICES)
      .execute(),
    ctx.db.read
      .selectFrom('allotment')
      .select(['device_id', (e) => e.fn.sum<number>(e('seats', '-', e.ref('used'))).as('seats')])
      .where('event_id', '=', eventId)
      .where('ended_at', 'is', null)
      .groupBy('device_id')
      .execute(),
  ]);
  const held = new Map(allotments.map((row) => [row.device_id, row.seats]));
  const now = ctx.clock();
  return rows.map((d) => ({
    id: d.id,
    name: d.name,
    door: d.door,
    state: d.state !== 'revoked' && d.expires_at <= now ? 'expired' : d.state,
    profile: d.profile,
    ...(d.list_id === null ? {} : { listId: d.list_id }),
    ...(d.last_seen_at === null ? {} : { lastSeenAt: new Date(d.last_seen_at).toISOString() }),
    expiresAt: new Date(d.expires_at).toISOString(),
    ...(d.waiting === null ? {} : { waiting: d.waiting }),
    held: held.get(d.id) ?? 0,
  }));
}
