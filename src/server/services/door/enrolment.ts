import type { ProgrammeEvent } from '#domain/programme.ts';
import { slotBounds } from '#domain/dates.ts';
import type { EnrolRequest, Enrolled, EnrolmentOffer, EnrolmentWish } from '#protocol/enrolment.ts';
import { enrolmentUrl } from '#protocol/enrolment.ts';
import type { Account } from '../people/accounts.ts';
import type { Context } from '../context.ts';
import { note } from '../desk/audit.ts';
import { openRoster } from '../programme/events.ts';
import { secretHash } from '../people/identity.ts';
import { ProblemError } from '../problem-error.ts';
import { newEnrolmentCode, sameHash, sha256Text } from '../people/secrets.ts';

const OFFER_MINUTES = 30;
const DAY = 86_400_000;
/** Doors send what they recorded offline, and late people are looked up. */
const DAYS_AFTER_EVENT = 2;

/**
 * A link that enrols one phone at the event's door, once.
 * @param origin scheme, host and port that the phone is to open
 * @param createdBy account id; undefined for the operator
 * @param wish what the phone may do and where it starts
 */
export async function offerEnrolment(
  ctx: Context,
  eventId: string,
  origin: string,
  createdBy: string | undefined,
  wish: EnrolmentWish = { profile: 'full' },
): Promise<EnrolmentOffer> {
  const code = newEnrolmentCode();
  const now = ctx.clock();
  const expires_at = now + OFFER_MINUTES * 60_000;
  await ctx.db.units.one(async (tx) => {
    await openRoster(tx, eventId);
    await tx.db
      .insertInto('enrolment')
      .values({
        code_hash: sha256Text(code),
        event_id: eventId,
        door: null,
        created_by: createdBy ?? null,
        created_at: now,
        expires_at,
        used_by: null,
        used_at: null,
        profile: wish.profile,
        list_id: wish.listId ?? null,
      })
      .execute();
    if (createdBy !== undefined) await note(ctx, tx, { id: createdBy }, { kind: 'door_offered', eventId });
  });
  return { url: enrolmentUrl(origin, code), code, expiresAt: new Date(expires_at).toISOString() };
}

/**
 * Enrols the phone that made this id and secret. Asked again with the same code, id and secret it gives the same answer,
 * for the first may have been lost on the way.
 * @throws ProblemError `code_refused` (unknown), `enrolment_used`, `enrolment_expired`
 */
export async function enrol(ctx: Context, request: EnrolRequest): Promise<Enrolled> {
  const now = ctx.clock();
  const code_hash = sha256Text(request.code);
  const secret_hash = secretHash(request.secret);
  const { value } = await ctx.db.units.one(async (tx) => {
    const taken = await tx.db
      .updateTable('enrolment')
      .set({ used_by: request.deviceId, used_at: now })
      .where('code_hash', '=', code_hash)
      .where('used_by', 'is', null)
      .where('expires_at', '>', now)
      .returning(['event_id', 'profile', 'list_id'])
      .executeTakeFirst();
    if (!taken) {
      const offer = await tx.db
        .selectFrom('enrolment')
        .select('used_by')
        .where('code_hash', '=', code_hash)
        .executeTakeFirst();
      if (!offer) throw new ProblemError('code_refused');
      if (offer.used_by === null) throw new ProblemError('enrolment_expired');
      if (offer.used_by !== request.deviceId) throw new ProblemError('enrolment_used');
    }
    const known = await tx.db.selectFrom('device').selectAll().where('id', '=', request.deviceId).executeTakeFirst();
    if (known) {
      const same = sameHash(known.secret_hash, secret_hash) && (!taken || known.event_id === taken.event_id);
      if (!same || known.state === 'revoked') throw new ProblemError('enrolment_used');
    }
    const device = known ?? taken;
    if (!device) throw new ProblemError('enrolment_used');
    const { event_id: eventId, profile, list_id } = device;
    const row = await tx.db
      .selectFrom('event')
      .select(['data', 'edition_id'])
      .where('id', '=', eventId)
      .executeTakeFirstOrThrow();
    const expires_at = known?.expires_at ?? credentialEnd(JSON.parse(row.data) as ProgrammeEvent, now);
    if (!known) {
      const { deviceId: id, name, door } = request;
      await tx.db
        .insertInto('device')
        .values({
          id,
          event_id: eventId,
          secret_hash,
          name,
          door,
          state: 'taking',
          created_at: now,
          last_seen_at: now,
          expires_at,
          revoked_at: null,
          profile,
          list_id,
          waiting: null,
        })
        .execute();
    }
    return { eventId, editionId: row.edition_id, expires_at, profile, list_id };
  });
  return {
    deviceId: request.deviceId,
    eventId: value.eventId,
    editionId: value.editionId,
    expiresAt: new Date(value.expires_at).toISOString(),
    profile: value.profile,
    ...(value.list_id === null ? {} : { listId: value.list_id }),
  };
}

/** Two days after the event's end, and for one that is over or has no end two days from now. */
function credentialEnd(event: ProgrammeEvent, now: number): number {
  const end = Math.max(now, ...event.sessions.map((s) => slotBounds(s.slot).to));
  return end + DAYS_AFTER_EVENT * DAY;
}

/** The phone has roster, keys and scanner: its enrolment is complete. */
export async function markReady(ctx: Context, deviceId: string): Promise<void> {
  await ctx.db.units.one((tx) =>
    tx.db
      .updateTable('device')
      .set({ state: 'ready', last_seen_at: ctx.clock() })
      .where('id', '=', deviceId)
      .where('state', '!=', 'revoked')
      .execute(),
  );
}

/** Withdraws a phone's access from now on. @returns false when the event has no such phone */
export async function revokeDevice(
  ctx: Context,
  eventId: string,
  deviceId: string,
  by?: Pick<Account, 'id'>,
): Promise<boolean> {
  const { value } = await ctx.db.units.one(async (tx) => {
    const row = await tx.db
      .updateTable('device')
      .set((e) => ({ state: 'revoked', revoked_at: e.fn.coalesce('revoked_at', e.val(ctx.clock())) }))
      .where('id', '=', deviceId)
      .where('event_id', '=', eventId)
      .returning('name')
      .executeTakeFirst();
    if (row && by) await note(ctx, tx, by, { kind: 'door_revoked', eventId, about: row.name });
    return row !== undefined;
  });
  return value;
}

/** Milliseconds between two notes that a phone was seen: the desk needs minutes, the disk needs rest. */
const SEEN_EVERY = 60_000;
interface Seen {
  readonly at: number;
  readonly waiting: number | undefined;
}
const seenBy = new WeakMap<Context, Map<string, Seen>>();

/**
 * Notes that a phone used its credential.
 * @param waiting how much it has not sent yet, when it says so
 */
export async function noteSeen(ctx: Context, deviceId: string, waiting?: number): Promise<void> {
  const now = ctx.clock();
  const seen = seenBy.get(ctx) ?? new Map<string, Seen>();
  seenBy.set(ctx, seen);
  const last = seen.get(deviceId);
  const news = waiting !== undefined && waiting !== last?.waiting;
  if (last && !news && now - last.at < SEEN_EVERY) return;
  if (seen.size > 10_000) seen.clear();
  seen.set(deviceId, { at: now, waiting: waiting ?? last?.waiting });
  const change = { last_seen_at: now, ...(waiting === undefined ? {} : { waiting }) };
  await ctx.db.units.one((tx) => tx.db.updateTable('device').set(change).where('id', '=', deviceId).execute());
}
