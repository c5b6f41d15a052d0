import type { MutationName } from '#protocol/mutation.ts';
import { personScope } from '#protocol/scope.ts';
import type { EscaleDatabase } from './database.ts';
import { database, durably } from './database.ts';
import { live } from './live.ts';
import { HOLDER } from './replicas.ts';
import { forgetScope } from './scopes.ts';
import { writeSetting } from './settings.ts';

/** How much this device knows of the person whose it is. */
export interface DeviceTraces {
  readonly registrations: number;
  readonly favourites: number;
  readonly walks: number;
  /** What was done here and is not sent, or was refused. */
  readonly waiting: number;
}

export const deviceTraces = live<DeviceTraces | undefined>(async () => countTraces(database()), undefined);

async function countTraces(db: EscaleDatabase): Promise<DeviceTraces> {
  const holder = await db.replicas.get(HOLDER);
  const items = holder?.holderId === undefined ? [] : await itemsOf(db, holder.holderId);
  const outbox = await db.outbox.filter((row) => row.replica === HOLDER && row.state !== 'answered').count();
  return {
    registrations: items.filter((item) => item.kind === 'registration').length,
    favourites: await db.favourites.count(),
    walks: await db.walks.count(),
    waiting: outbox,
  };
}

function itemsOf(db: EscaleDatabase, holderId: string) {
  const scope = personScope(holderId);
  return db.items.filter((item) => item.scope === scope).toArray();
}

/** What this device keeps of the person, to be handed over: everything but the secret that makes it theirs. */
export interface DeviceData {
  readonly registrations: readonly unknown[];
  readonly favourites: readonly string[];
  readonly followed: readonly string[];
  readonly walks: readonly { readonly slug: string; readonly state: unknown }[];
  readonly waiting: readonly { readonly name: MutationName; readonly args: unknown; readonly at: string }[];
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Settings that say something of the person and open nothing. */
const TOLD = ['language', 'theme', 'regions', 'editions'];

export async function deviceData(db: EscaleDatabase): Promise<DeviceData> {
  const holder = await db.replicas.get(HOLDER);
  const items = holder?.holderId === undefined ? [] : await itemsOf(db, holder.holderId);
  const outbox = await db.outbox.filter((row) => row.replica === HOLDER).toArray();
  const settings = (await db.settings.toArray()).filter((row) => TOLD.includes(row.key));
  return {
    registrations: items.map((item) => item.value),
    favourites: (await db.favourites.toArray()).map((row) => row.id),
    followed: (await db.followed.toArray()).map((row) => row.id),
    walks: (await db.walks.toArray()).map(({ slug, state }) => ({ slug, state })),
    waiting: outbox.map(({ name, args, clientAt }) => ({ name, args, at: clientAt })),
    settings: Object.fromEntries(settings.map((row) => [row.key, row.value])),
  };
}

/**
 * Forgets the attendee of this device: registrations, agenda, walks, what waits, and the secret itself. A door that this phone
 * is, an account that is signed in on it, the programme and the display stay.
 */
export async function forgetPerson(db: EscaleDatabase): Promise<void> {
  const holder = await db.replicas.get(HOLDER);
  await durably(() =>
    db.transaction(
      'rw',
      [db.replicas, db.outbox, db.favourites, db.followed, db.walks, db.track, db.settings, db.eventPictures],
      async () => {
        await db.outbox.filter((row) => row.replica === HOLDER).delete();
        await db.replicas.delete(HOLDER);
        await Promise.all(
          [db.favourites, db.followed, db.walks, db.track, db.eventPictures].map((table) => table.clear()),
        );
        await writeSetting(db, 'follower', undefined);
      },
    ),
  );
  if (holder?.holderId !== undefined) await forgetScope(db, personScope(holder.holderId));
}
