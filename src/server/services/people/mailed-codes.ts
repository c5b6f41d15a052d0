import type { Tx } from '../../db/units.ts';
import { sameHash } from './secrets.ts';

/** How often a code may be tried. */
const ATTEMPTS = 5;

/**
 * Tries a code that was mailed to somebody. The attempt counts before it is looked at, so that attempts in parallel all count.
 * @param key whose codes, `sign_in_code.email_key`
 * @param hash of the code, `hashCode`
 * @param now server's clock, milliseconds
 */
export async function tryMailedCode(tx: Tx, key: string, hash: string, now: number): Promise<boolean> {
  const tried = await tx.db
    .updateTable('sign_in_code')
    .set((e) => ({ attempts: e('attempts', '+', 1) }))
    .where('email_key', '=', key)
    .where('attempts', '<', ATTEMPTS)
    .where('expires_at', '>', now)
    .returning('code_hash')
    .execute();
  return tried.some((one) => sameHash(one.code_hash, hash));
}
