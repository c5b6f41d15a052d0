import type { Edition } from '#domain/programme.ts';
import type { Scope } from '#protocol/scope.ts';
import type { TicketKey } from '#protocol/ticket-key.ts';
import { database, EscaleDatabase } from './database.ts';
import { live } from './live.ts';

/** As `protocol/scope.ts` has it, which brings the schemas' library with it: a launch needs none. */
const DIRECTORY: Scope = 'directory';

export interface Editions {
  /** Latest first. */
  readonly editions: readonly Edition[];
  /** False until the device's store was read. */
  readonly loaded: boolean;
}

export async function readEditions(db: EscaleDatabase): Promise<Edition[]> {
  const items = await db.items
    .where('[scope+kind+id]')
    .between(...EscaleDatabase.underItems(DIRECTORY, 'edition'))
    .toArray();
  return items.map((i) => i.value as Edition).sort((a, b) => b.year - a.year || (a.id < b.id ? -1 : 1));
}

export const editions = live<Editions>(async () => ({ editions: await readEditions(database()), loaded: true }), {
  editions: [],
  loaded: false,
});

/** The public keys that tickets are checked with, as this device holds them. */
export const ticketKeys = live<readonly TicketKey[]>(async () => {
  const range = EscaleDatabase.underItems(DIRECTORY, 'ticket-key');
  return (
    await database()
      .items.where('[scope+kind+id]')
      .between(...range)
      .toArray()
  ).map((i) => i.value as TicketKey);
}, []);
