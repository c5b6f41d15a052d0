import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Schema } from '../../db/schema.ts';
import { readTables } from '../../db/tables.ts';

/**
 * Who left the newsletter is erased, and remembered by a hash of their address alone: a backup from before, put back, still has the
 * address, and would write to somebody who said no. The hash is no secret from whoever can guess the address, so it is kept no longer
 * than backups should be.
 */
export const LEFT_FOR = 400 * 86_400_000;

export interface Left {
  readonly address_hash: string;
  readonly left_at: number;
}

/** @param emailKey as `emailKey` makes it */
export function addressHash(emailKey: string): string {
  return createHash('sha256').update(`escale newsletter ${emailKey}`).digest('hex');
}

/**
 * Who has left, as a database that is about to be replaced knows.
 * @returns undefined when it cannot be read or knows of none: no word about anybody
 */
export async function leftIn(engine: 'sqlite' | 'postgres', address: string): Promise<Left[] | undefined> {
  try {
    return await readTables(engine, address, async (reader) => {
      const table = reader.tables.find((one) => one.name === 'newsletter_left');
      if (!table) return undefined;
      const at = { hash: table.columns.indexOf('address_hash'), left: table.columns.indexOf('left_at') };
      const left: Left[] = [];
      for await (const row of reader.rows(table)) {
        left.push({ address_hash: String(row[at.hash]), left_at: Number(row[at.left]) });
      }
      return left;
    });
  } catch {
    // What cannot be read may be why a backup is put back.
    return undefined;
  }
}

/** Takes out of a database those who have left since it was written. @returns how many */
export async function leaveAgain(db: Kysely<Schema>, left: readonly Left[]): Promise<number> {
  const hashes = new Set(left.map((one) => one.address_hash));
  const rows = await db.selectFrom('subscriber').select(['id', 'email_key']).execute();
  const gone = rows.filter((row) => hashes.has(addressHash(row.email_key)));
  for (const { id } of gone) {
    await db.deleteFrom('newsletter_letter').where('subscriber_id', '=', id).execute();
    await db.deleteFrom('subscriber').where('id', '=', id).execute();
  }
  for (const one of left) {
    await db
      .insertInto('newsletter_left')
      .values(one)
      .onConflict((c) => c.column('address_hash').doUpdateSet({ left_at: one.left_at }))
      .execute();
  }
  return gone.length;
}
