import { isUuid } from '#domain/ids.ts';
import type { JournalPage } from '#protocol/desk.ts';
import type { Account } from '../people/accounts.ts';
import type { Context } from '../context.ts';
import { ProblemError } from '../problem-error.ts';
import { storedEvent } from '../programme/events.ts';

/**
 * What signed-in people did, at whatever desk, the latest first.
 * @throws ProblemError `forbidden` but for the national team and the auditor; `bad_request` when `before` is none of ours
 */
export async function journal(
  ctx: Context,
  account: Account,
  { limit, before }: { readonly limit: number; readonly before?: string },
): Promise<JournalPage> {
  if (account.role !== 'national' && account.role !== 'auditor') throw new ProblemError('forbidden');
  const place = before === undefined ? undefined : readPlace(before);
  const rows = await ctx.db.read
    .selectFrom('deed as d')
    .leftJoin('account as a', 'a.id', 'd.account_id')
    .leftJoin('event as e', 'e.id', 'd.event_id')
    .selectAll('d')
    .select(['a.email as account', 'e.data as event'])
    .$if(place !== undefined, (q) =>
      q.where((e) => e.or([e('d.at', '<', place!.at), e.and([e('d.at', '=', place!.at), e('d.id', '<', place!.id)])])),
    )
    .orderBy('d.at', 'desc')
    .orderBy('d.id', 'desc')
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    entries: shown.map(({ id, at, kind, account: by, event_id: eventId, event, about, count }) => ({
      id,
      at: new Date(at).toISOString(),
      deed: kind,
      ...(by ? { by } : {}),
      ...(eventId !== null && event !== null
        ? { event: { id: eventId, title: { ...storedEvent({ id: eventId, data: event }).title } } }
        : {}),
      ...(about === null ? {} : { about }),
      ...(count === null ? {} : { count }),
    })),
    ...(last ? { next: `${last.at}.${last.id}` } : {}),
  };
}

function readPlace(text: string): { readonly at: number; readonly id: string } {
  const [at, id] = text.split('.', 2);
  if (!/^\d{1,15}$/.test(at ?? '') || !isUuid(id ?? '')) throw new ProblemError('bad_request', 'before: no place');
  return { at: Number(at), id: id! };
}

/** Milliseconds for which what was done to no event is kept: a year, and a month for who looks back at it. */
const KEPT = 396 * 86_400_000;

/** Forgets what was done so long ago that nobody answers for it any more. @returns how many lines */
export async function forgetOldDeeds(ctx: Context, { dryRun }: { readonly dryRun: boolean }): Promise<number> {
  const old = ctx.clock() - KEPT;
  if (dryRun) {
    const { count } = await ctx.db.read
      .selectFrom('deed')
      .select((e) => e.fn.countAll<number>().as('count'))
      .where('event_id', 'is', null)
      .where('at', '<', old)
      .executeTakeFirstOrThrow();
    return count;
  }
  const { value } = await ctx.db.units.one((tx) =>
    tx.db.deleteFrom('deed').where('event_id', 'is', null).where('at', '<', old).executeTakeFirst(),
  );
  return Number(value.numDeletedRows);
}
