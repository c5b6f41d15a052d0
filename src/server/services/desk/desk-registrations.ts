import { setImmediate as breathe } from 'node:timers/promises';
import type { CheckIn } from '#domain/check-in.ts';
import type { Uuid } from '#domain/ids.ts';
import { onList, presenceOf } from '#domain/presence.ts';
import type { RegistrationState } from '#domain/registration.ts';
import { fold } from '#domain/text.ts';
import { printedShortCode, shortCodeOf } from '#domain/ticket.ts';
import type { WrittenRegistration } from '#protocol/desk.ts';
import type { Account } from '../people/accounts.ts';
import type { Context } from '../context.ts';
import { requireEvent } from './desk.ts';
import { answersOf, checkInItem } from '../sync/items.ts';

export interface RegistrationQuery {
  /** Words that a name of the party, address or short code must begin with, without case or accents. */
  readonly q?: string;
  readonly state?: RegistrationState;
  readonly subject?: Uuid;
  /** Whether anybody of the party has come to the event. */
  readonly presence?: 'arrived' | 'absent';
}

/** Rows read at once: a roster of fifty thousand is gone through without holding anybody else up. */
const CHUNK = 2000;

/**
 * A page of an event's registrations, in the order in which they were asked for.
 * @throws ProblemError `not_found`; `forbidden` when the account may not run the event
 */
export async function deskRegistrations(
  ctx: Context,
  account: Account,
  eventId: Uuid,
  query: RegistrationQuery & { readonly limit: number; readonly offset: number },
): Promise<{ registrations: WrittenRegistration[]; total: number }> {
  await requireEvent(ctx, account, eventId, 'reading');
  const { limit, offset } = query;
  if (wordsOf(query).length > 0) {
    const ids = await matching(ctx, eventId, query);
    return { registrations: await readRegistrations(ctx, ids.slice(offset, offset + limit)), total: ids.length };
  }
  const page = filtered(ctx, eventId, query).select('registration.id').orderBy('requested_at').orderBy('id');
  const [rows, { total }] = await Promise.all([
    page.limit(limit).offset(offset).execute(),
    filtered(ctx, eventId, query)
      .select((e) => e.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow(),
  ]);
  const ids = rows.map((row) => row.id);
  return { registrations: await readRegistrations(ctx, ids), total };
}

function wordsOf({ q }: RegistrationQuery): string[] {
  return fold(q ?? '')
    .split(' ')
    .filter(Boolean);
}

/** What a database can tell apart by itself. */
function filtered(ctx: Context, eventId: Uuid, { state, subject, presence }: RegistrationQuery) {
  return ctx.db.read
    .selectFrom('registration')
    .where('event_id', '=', eventId)
    .$if(state !== undefined, (q) => q.where('state', '=', state!))
    .$if(subject !== undefined, (q) => q.where('subject_id', '=', subject!))
    .$if(presence !== undefined, (q) =>
      q.where((e) => {
        const came = e.exists(
          e
            .selectFrom('check_in')
            .select('check_in.id')
            .whereRef('check_in.registration_id', '=', 'registration.id')
            .where('check_in.undone_at', 'is', null)
            .where('check_in.exit', '=', 0)
            .where('check_in.list_id', 'is', null),
        );
        return presence === 'arrived' ? came : e.not(came);
      }),
    );
}

/** Ids of what matches, in their order. Words are compared here: no database folds accents as the doors do. */
export async function matching(ctx: Context, eventId: Uuid, query: RegistrationQuery): Promise<Uuid[]> {
  const words = wordsOf(query);
  const found: Uuid[] = [];
  let after: { requested_at: number; id: string } | undefined;
  for (;;) {
    const last = after;
    const rows = await filtered(ctx, eventId, query)
      .select(['registration.id', 'requested_at'])
      .$if(words.length > 0, (q) => q.select(['first_name', 'last_name', 'email', 'ticket_id', 'answers']))
      .$if(last !== undefined, (q) =>
        q.where((e) =>
          e.or([
            e('requested_at', '>', last!.requested_at),
            e.and([e('requested_at', '=', last!.requested_at), e('id', '>', last!.id)]),
          ]),
        ),
      )
      .orderBy('requested_at')
      .orderBy('id')
      .limit(CHUNK)
      .execute();
    for (const row of rows) if (words.length === 0 || says(row, words)) found.push(row.id);
    after = rows.at(-1);
    if (!after || rows.length < CHUNK) return found;
    await breathe();
  }
}

interface Named {
  readonly first_name?: string;
  readonly last_name?: string;
  readonly email?: string;
  readonly ticket_id?: string | null;
  readonly answers?: string | null;
}

function says({ first_name, last_name, email, ticket_id, answers = null }: Named, words: readonly string[]): boolean {
  const code = ticket_id ? shortCodeOf(ticket_id) : '';
  const others = (answersOf(answers).people ?? []).map((person) => person.name ?? '').join(' ');
  const text = ` ${fold(`${first_name} ${last_name} ${others} ${email} ${code} ${code.slice(4)}`)}`;
  return words.every((word) => text.includes(` ${word}`));
}

/** Registrations with the people of each who have come, in the order of the ids. */
export async function readRegistrations(ctx: Context, ids: readonly Uuid[]): Promise<WrittenRegistration[]> {
  if (ids.length === 0) return [];
  const [rows, arrivals] = await Promise.all([
    ctx.db.read.selectFrom('registration').selectAll().where('id', 'in', ids).execute(),
    ctx.db.read.selectFrom('check_in').selectAll().where('registration_id', 'in', ids).execute(),
  ]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const byRegistration = Map.groupBy(arrivals, (row) => row.registration_id);
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    const records: CheckIn[] = (byRegistration.get(id) ?? []).map((one) => checkInItem(one, false));
    return {
      id,
      subjectId: row.subject_id,
      firstName: row.first_name,
      lastName: row.last_name,
      email: row.email,
      party: row.party,
      state: row.state,
      ...(row.ticket_id === null ? {} : { code: printedShortCode(row.ticket_id) }),
      ...(row.needs === null ? {} : { needs: row.needs }),
      ...answersOf(row.answers),
      arrived: presenceOf(onList(records, undefined), row.party).arrived,
      requestedAt: new Date(row.requested_at).toISOString(),
    };
  });
}
