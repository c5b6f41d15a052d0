import { randomBytes } from 'node:crypto';
import { uuidV7 } from '#domain/ids.ts';
import type { Deed } from '#protocol/desk.ts';
import type { Tx } from '../../db/units.ts';
import type { Account } from '../people/accounts.ts';
import type { Context } from '../context.ts';

/**
 * Keeps what a signed-in person did with what is known of others, in the unit that does it: read out by `deskAudit` beside what the
 * doors did, and by `purge` erased after its time.
 */
export async function note(
  ctx: Context,
  tx: Tx,
  account: Pick<Account, 'id'>,
  deed: { readonly kind: Deed; readonly eventId?: string; readonly about?: string; readonly count?: number },
): Promise<void> {
  const at = ctx.clock();
  await tx.db
    .insertInto('deed')
    .values({
      id: uuidV7(at, randomBytes(10)),
      at,
      account_id: account.id,
      kind: deed.kind,
      event_id: deed.eventId ?? null,
      about: deed.about ?? null,
      count: deed.count ?? null,
    })
    .execute();
}
