import { createHash, timingSafeEqual } from 'node:crypto';
import { base32Decode } from '#domain/base32.ts';
import { localOf } from '#domain/dates.ts';
import type { Uuid } from '#domain/ids.ts';
import { printedShortCode } from '#domain/ticket.ts';
import type { Certificate, CertificateFound } from '#protocol/desk.ts';
import type { Account } from '../people/accounts.ts';
import { mayRead } from '../people/accounts.ts';
import type { Context } from '../context.ts';
import { deskEventOf, requireEvent } from './desk.ts';
import { storedEvent } from '../programme/events.ts';
import { ProblemError } from '../problem-error.ts';

/** People a page. */
const PAGE = 200;

/**
 * Who was there and may be told so on paper: everybody of whom an arrival is on record, and walk-ins who gave a name. In no order that a
 * reader would want.
 * @throws ProblemError `not_found`; `forbidden` when the account may not run the event
 */
export async function deskCertificates(
  ctx: Context,
  account: Account,
  eventId: Uuid,
  { registration, after }: { readonly registration?: Uuid; readonly after?: Uuid },
): Promise<{ certificates: Certificate[]; next?: Uuid }> {
  await requireEvent(ctx, account, eventId, 'reading');
  const tickets = await arrivedTickets(ctx, eventId)
    .$if(registration !== undefined, (q) => q.where('registration_id', '=', registration!))
    .$if(after !== undefined, (q) => q.where('ticket_id', '>', after!))
    .orderBy('ticket_id')
    .limit(PAGE)
    .execute();
  const ids = tickets.map((row) => row.ticket_id);
  const last = ids.length === PAGE ? ids.at(-1) : undefined;
  return { certificates: await certificatesOf(ctx, eventId, ids), ...(last ? { next: last } : {}) };
}

/**
 * The certificate that a printed code stands for.
 * @throws ProblemError `not_found` where there is none that the account may see, or its mark is not ours
 */
export async function certificateByCode(ctx: Context, account: Account, printed: string): Promise<CertificateFound> {
  const code = normal(printed);
  const tail = hexOf(code.slice(0, 8));
  if (code.length !== 12 || tail === undefined) throw new ProblemError('not_found');
  // The short code is the end of the ticket's id: five bytes, which an index does not know.
  const rows = await ctx.db.read
    .selectFrom('check_in')
    .innerJoin('event', 'event.id', 'check_in.event_id')
    .select(['check_in.ticket_id', 'event.id', 'event.region'])
    .distinct()
    .where('check_in.ticket_id', 'like', `%${tail}`)
    .where('check_in.undone_at', 'is', null)
    .where('event.withdrawn_at', 'is', null)
    .limit(10)
    .execute();
  for (const row of rows) {
    if (!isMark(ctx, row.id, row.ticket_id, code.slice(8)) || !(await mayRead(ctx, account, row))) continue;
    const [certificate] = await certificatesOf(ctx, row.id, [row.ticket_id]);
    const event = await deskEventOf(ctx, account, row.id);
    if (certificate && event) return { event, certificate };
  }
  throw new ProblemError('not_found');
}

function arrivedTickets(ctx: Context, eventId: Uuid) {
  return ctx.db.read
    .selectFrom('check_in')
    .select('ticket_id')
    .distinct()
    .where('event_id', '=', eventId)
    .where('undone_at', 'is', null)
    .where('exit', '=', 0)
    .where((e) => e.or([e('registration_id', 'is not', null), e('walk_in_name', 'is not', null)]))
    .where((e) => e.or([e('settled_as', 'is', null), e('settled_as', '!=', 'mistake')]));
}

async function certificatesOf(ctx: Context, eventId: Uuid, ids: readonly Uuid[]): Promise<Certificate[]> {
  if (ids.length === 0) return [];
  const [rows, stored] = await Promise.all([
    ctx.db.read
      .selectFrom('check_in as c')
      .leftJoin('registration as r', 'r.id', 'c.registration_id')
      .select(['c.ticket_id', 'c.at', 'c.walk_in_name', 'c.walk_in_subject'])
      .select(['r.first_name', 'r.last_name', 'r.subject_id'])
      .where('c.event_id', '=', eventId)
      .where('c.ticket_id', 'in', ids)
      .where('c.undone_at', 'is', null)
      .where('c.exit', '=', 0)
      .orderBy('c.at')
      .execute(),
    ctx.db.read.selectFrom('event').select(['id', 'data']).where('id', '=', eventId).executeTakeFirstOrThrow(),
  ]);
  const zone = storedEvent(stored).sessions[0]?.slot.zone ?? 'Europe/Paris';
  const byTicket = Map.groupBy(rows, (row) => row.ticket_id);
  return ids.flatMap((ticketId) => {
    const records = byTicket.get(ticketId) ?? [];
    const [one] = records;
    if (!one) return [];
    // The first of each day, for an event of several.
    const days = Map.groupBy(records, (row) => localOf(Date.parse(row.at), zone).date);
    const subjectId = one.subject_id ?? one.walk_in_subject;
    return {
      ticketId,
      name: [one.first_name, one.last_name].filter(Boolean).join(' ') || (one.walk_in_name ?? ''),
      ...(subjectId === null || subjectId === eventId ? {} : { subjectId }),
      arrivals: [...days.values()].map(([first]) => first!.at),
      code: `${printedShortCode(ticketId)}-${ctx.keys.marksOf(marked(eventId, ticketId))[0]}`,
    };
  });
}

const marked = (eventId: Uuid, ticketId: Uuid): string => `certificate ${eventId} ${ticketId}`;

function isMark(ctx: Context, eventId: Uuid, ticketId: Uuid, mark: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return ctx.keys.marksOf(marked(eventId, ticketId)).some((ours) => timingSafeEqual(digest(ours), digest(mark)));
}

/** As it is read out and typed: no case, no blanks, Crockford's reading. */
function normal(printed: string): string {
  return printed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
}

/** The ten hexadecimal digits of a short code; undefined when it is none. */
function hexOf(code: string): string | undefined {
  const bytes = code.length === 8 ? base32Decode(code) : undefined;
  return bytes && Buffer.from(bytes).toString('hex');
}
