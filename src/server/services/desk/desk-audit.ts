import type { Verdict } from '#domain/check-in.ts';
import type { Answers } from '#domain/door-rules.ts';
import type { Uuid } from '#domain/ids.ts';
import { isUuid } from '#domain/ids.ts';
import { printedShortCode } from '#domain/ticket.ts';
import type { AuditEntry, AuditKind, AuditPage } from '#protocol/desk.ts';
import type { Account } from '../people/accounts.ts';
import type { Context } from '../context.ts';
import { requireEvent } from './desk.ts';
import { ProblemError } from '../problem-error.ts';

export interface AuditQuery {
  readonly kind?: AuditKind;
  readonly verdict?: Verdict;
  readonly device?: Uuid;
  /** Only what was heard of before that entry. */
  readonly before?: string;
}

/**
 * What the doors have done, the latest heard of first: arrivals, exits, walk-ins, and who was not let in; and what was done at
 * the desk with what is known of people.
 * @throws ProblemError `not_found`; `forbidden` when the account may not run the event; `bad_request` when `before` is none of ours
 */
export async function deskAudit(
  ctx: Context,
  account: Account,
  eventId: Uuid,
  query: AuditQuery & { readonly limit: number },
): Promise<AuditPage> {
  await requireEvent(ctx, account, eventId, 'reading');
  return auditPage(ctx, eventId, query);
}

/** A page of the trail, for who may see it. */
export async function auditPage(
  ctx: Context,
  eventId: Uuid,
  query: AuditQuery & { readonly limit: number },
): Promise<AuditPage> {
  const before = query.before === undefined ? undefined : readPlace(query.before);
  const [records, scans, deeds] = await Promise.all([
    readRecords(ctx, eventId, query, before),
    readScans(ctx, eventId, query, before),
    readDeeds(ctx, eventId, query, before),
  ]);
  const all = [...records, ...scans, ...deeds].toSorted(
    (a, b) => b.heard - a.heard || (a.entry.id < b.entry.id ? 1 : -1),
  );
  const page = all.slice(0, query.limit);
  const last = all.length > query.limit ? page.at(-1) : undefined;
  return {
    entries: page.map(({ entry }) => entry),
    ...(last ? { next: `${last.heard}.${last.entry.id}` } : {}),
  };
}

interface Place {
  readonly heard: number;
  readonly id: Uuid;
}

interface Placed {
  readonly heard: number;
  readonly entry: AuditEntry;
}

function readPlace(text: string): Place {
  const [heard, id] = text.split('.', 2);
  if (!/^\d{1,15}$/.test(heard ?? '') || !isUuid(id ?? '')) throw new ProblemError('bad_request', 'before: no place');
  return { heard: Number(heard), id: id! };
}

async function readRecords(
  ctx: Context,
  eventId: Uuid,
  { kind, verdict, device, limit }: AuditQuery & { readonly limit: number },
  before: Place | undefined,
): Promise<Placed[]> {
  const kinds = recordKinds.filter((one) => (kind ?? one) === one && (verdict ?? verdictOf[one]) === verdictOf[one]);
  if (kinds.length === 0) return [];
  const rows = await ctx.db.read
    .selectFrom('check_in as c')
    .leftJoin('registration as r', 'r.id', 'c.registration_id')
    .leftJoin('device as d', 'd.id', 'c.device_id')
    .leftJoin('account as a', 'a.id', 'c.device_id')
    .selectAll('c')
    .select(['r.first_name', 'r.last_name', 'd.name as device', 'a.email as account'])
    .where('c.event_id', '=', eventId)
    .where((e) => {
      const exit = e('c.exit', '=', 1);
      const walkIn = e('c.walk_in_subject', 'is not', null);
      const of = { arrival: e.and([e.not(exit), e.not(walkIn)]), exit, walk_in: e.and([e.not(exit), walkIn]) };
      return e.or(kinds.map((one) => of[one]));
    })
    .$if(device !== undefined, (q) => q.where('c.device_id', '=', device!))
    .$if(before !== undefined, (q) =>
      q.where((e) =>
        e.or([
          e('c.received_at', '<', before!.heard),
          e.and([e('c.received_at', '=', before!.heard), e('c.id', '<', before!.id)]),
        ]),
      ),
    )
    .orderBy('c.received_at', 'desc')
    .orderBy('c.id', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map((row) => {
    const one = row.exit === 1 ? 'exit' : row.walk_in_subject === null ? 'arrival' : 'walk_in';
    const name = [row.first_name, row.last_name].filter(Boolean).join(' ') || row.walk_in_name;
    return {
      heard: row.received_at,
      entry: {
        id: row.id,
        kind: one,
        verdict: verdictOf[one],
        at: row.at,
        receivedAt: new Date(row.received_at).toISOString(),
        door: row.door,
        ...(row.device === null ? {} : { device: row.device }),
        ...(row.account === null ? {} : { by: row.account }),
        ...(name ? { name } : {}),
        ...(row.walk_in_subject === null ? { code: printedShortCode(row.ticket_id) } : {}),
        count: row.count,
        ...(row.list_id === null ? {} : { listId: row.list_id }),
        ...(row.answers === null ? {} : { answers: JSON.parse(row.answers) as Answers }),
        ...(row.undone_at === null ? {} : { undoneAt: row.undone_at }),
        ...(row.undone_for === null ? {} : { undoneFor: row.undone_for }),
        ...(row.settled_as === null ? {} : { settledAs: row.settled_as }),
      },
    };
  });
}

const recordKinds = ['arrival', 'exit', 'walk_in'] as const;
const verdictOf = { arrival: 'admitted', exit: 'left', walk_in: 'admitted_walk_in' } as const;

async function readScans(
  ctx: Context,
  eventId: Uuid,
  { kind, verdict, device, limit }: AuditQuery & { readonly limit: number },
  before: Place | undefined,
): Promise<Placed[]> {
  if (kind !== undefined && kind !== 'not_admitted') return [];
  const rows = await ctx.db.read
    .selectFrom('scan as s')
    .leftJoin('registration as r', 'r.id', 's.registration_id')
    .leftJoin('registration as t', 't.ticket_id', 's.ticket_id')
    .leftJoin('device as d', 'd.id', 's.device_id')
    .selectAll('s')
    .select((e) => [
      e.fn.coalesce('r.first_name', 't.first_name').as('first_name'),
      e.fn.coalesce('r.last_name', 't.last_name').as('last_name'),
      e.fn.coalesce('r.event_id', 't.event_id').as('of_event'),
      'd.name as device',
    ])
    .where('s.event_id', '=', eventId)
    .$if(verdict !== undefined, (q) => q.where('s.verdict', '=', verdict!))
    .$if(device !== undefined, (q) => q.where('s.device_id', '=', device!))
    .$if(before !== undefined, (q) =>
      q.where((e) =>
        e.or([
          e('s.received_at', '<', before!.heard),
          e.and([e('s.received_at', '=', before!.heard), e('s.id', '<', before!.id)]),
        ]),
      ),
    )
    .orderBy('s.received_at', 'desc')
    .orderBy('s.id', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map((row) => {
    // Who holds a ticket of another event is not this organiser's to know.
    const ours = row.of_event === eventId;
    const name = ours ? [row.first_name, row.last_name].filter(Boolean).join(' ') : '';
    return {
      heard: row.received_at,
      entry: {
        id: row.id,
        kind: 'not_admitted',
        verdict: row.verdict as Verdict,
        at: row.at,
        receivedAt: new Date(row.received_at).toISOString(),
        door: row.door,
        ...(row.device === null ? {} : { device: row.device }),
        ...(name ? { name } : {}),
        ...(row.ticket_id === null ? {} : { code: printedShortCode(row.ticket_id) }),
        ...(row.list_id === null ? {} : { listId: row.list_id }),
      },
    };
  });
}

async function readDeeds(
  ctx: Context,
  eventId: Uuid,
  { kind, verdict, device, limit }: AuditQuery & { readonly limit: number },
  before: Place | undefined,
): Promise<Placed[]> {
  if ((kind ?? 'desk') !== 'desk' || verdict !== undefined || device !== undefined) return [];
  const rows = await ctx.db.read
    .selectFrom('deed as d')
    .leftJoin('account as a', 'a.id', 'd.account_id')
    .selectAll('d')
    .select('a.email as account')
    .where('d.event_id', '=', eventId)
    .$if(before !== undefined, (q) =>
      q.where((e) =>
        e.or([e('d.at', '<', before!.heard), e.and([e('d.at', '=', before!.heard), e('d.id', '<', before!.id)])]),
      ),
    )
    .orderBy('d.at', 'desc')
    .orderBy('d.id', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map((row) => {
    const at = new Date(row.at).toISOString();
    return {
      heard: row.at,
      entry: {
        id: row.id,
        kind: 'desk',
        deed: row.kind,
        at,
        receivedAt: at,
        door: '',
        ...(row.account === null ? {} : { by: row.account }),
        ...(row.about === null ? {} : { name: row.about }),
        ...(row.count === null ? {} : { count: row.count }),
      },
    };
  });
}
