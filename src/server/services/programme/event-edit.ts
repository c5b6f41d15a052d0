import { createHash } from 'node:crypto';
import type { ProgrammeEvent } from '#domain/programme.ts';
import type { Account } from '../people/accounts.ts';
import type { Context } from '../context.ts';
import { requireEvent } from '../desk/desk.ts';
import { storedEvent } from './events.ts';
import { ChangedMeanwhile, publishEvents } from './publishing.ts';

/** Attempts while others change other parts of the same event. */
const TRIES = 4;

/**
 * Changes a part of a published event and publishes it with that.
 * @param change is asked again when somebody has changed another part meanwhile; what it throws ends the edit
 * @throws ProblemError `not_found`; `forbidden` when the account may not run the event
 */
export async function editEvent(
  ctx: Context,
  account: Account,
  eventId: string,
  change: (event: ProgrammeEvent) => ProgrammeEvent,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const { event, hash, source } = await eventToEdit(ctx, account, eventId);
    const edited = { ...change(event), updatedAt: new Date(ctx.clock()).toISOString() };
    try {
      const expected = new Map([[eventId, hash]]);
      await publishEvents(ctx, [edited], { expected, ...(source === null ? {} : { source: { name: source } }) });
      return;
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile) || attempt === TRIES) throw error;
    }
  }
}

/** An event that somebody edits a part of, and the name of its state. Errors as of `requireEvent`. */
export async function eventToEdit(
  ctx: Context,
  account: Account,
  eventId: string,
  purpose: 'running' | 'reading' = 'running',
): Promise<{ event: ProgrammeEvent; hash: string; source: string | null }> {
  await requireEvent(ctx, account, eventId, purpose);
  const row = await ctx.db.read
    .selectFrom('event')
    .select(['id', 'slug', 'data', 'content_hash', 'source'])
    .where('id', '=', eventId)
    .executeTakeFirstOrThrow();
  return { event: storedEvent(row), hash: row.content_hash, source: row.source };
}

/** Names a state of a part, the same whoever wrote it, so that two editors do not write over one another unseen. */
export function versionOf(part: unknown): string {
  return part === undefined ? 'none' : createHash('sha256').update(JSON.stringify(part)).digest('base64url');
}
