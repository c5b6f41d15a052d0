import { createHash } from 'node:crypto';
import type { Uuid } from '#domain/ids.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import type { Account } from './accounts.ts';
import type { Context } from './context.ts';
import { ChangedMeanwhile, publishEvents } from './publishing.ts';
import { eventToEdit } from './tours.ts';

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
  eventId: Uuid,
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

/** Names a state of a part, so that two editors do not write over one another unseen. */
export function versionOf(part: unknown): string {
  return createHash('sha256').update(JSON.stringify(part)).digest('base64url');
}
