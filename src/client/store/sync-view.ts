import type { OutboxRow } from './database.ts';
import { database, EscaleDatabase } from './database.ts';
import { Cell, live } from './live.ts';
import type { SyncRecord } from './settings.ts';
import { readSetting } from './settings.ts';

/** What every page says of the state of things (CONTRACT): the first that applies. */
export interface SyncView {
  /** `loading`: nothing is wrong, and not everything that is wanted has come yet, for the first time. */
  readonly kind: 'attention' | 'waiting' | 'offline' | 'synced' | 'loading';
  /** Mutations that the server has not answered. */
  readonly waiting: number;
  readonly refused: number;
  /** When all that is wanted was last complete and up to date, milliseconds. */
  readonly syncedAt?: number;
  readonly syncing: boolean;
  /** Why the last exchange did not succeed. */
  readonly trouble?: Exclude<SyncRecord['outcome'], 'ok'>;
}

/** A run that was killed leaves its mark behind: after this long it is not believed. */
const STALE = 120_000;

/** The last exchange of this tab found no room on the disk: there is none to write that down either. */
export const diskFull = new Cell(false);

/**
 * What a person did, and would look for. That a code was not let in goes into the organiser's trail by itself: it is sent like all
 * else, and counted nowhere.
 */
export function isDeed(row: OutboxRow): boolean {
  return row.name !== 'log-scan';
}

/** Undefined until the device's store was read. */
export const syncState = live<SyncView | undefined>(async () => {
  const db = database();
  const [waiting, refused, replicas, record] = await Promise.all([
    db.outbox.where('state').equals('waiting').filter(isDeed).count(),
    db.outbox.where('state').equals('refused').filter(isDeed).count(),
    db.replicas.toArray(),
    readSetting(db, 'sync'),
  ]);
  const stuck = replicas.some((r) => r.attention) && waiting > 0;
  const trouble = record === undefined || record.outcome === 'ok' ? undefined : record.outcome;
  const attention = refused > 0 || stuck || trouble === 'protocol_too_old' || trouble === 'no_space';
  const calm = record?.syncedAt === undefined ? 'loading' : 'synced';
  return {
    kind: attention ? 'attention' : waiting > 0 ? 'waiting' : trouble ? 'offline' : calm,
    waiting,
    refused,
    ...(trouble ? { trouble } : {}),
    ...(record?.syncedAt === undefined ? {} : { syncedAt: record.syncedAt }),
    syncing: record?.runningSince !== undefined && Date.now() - record.runningSince < STALE,
  };
}, undefined);

export interface KeptScope {
  readonly scope: string;
  readonly items: number;
  readonly bytes: number;
  readonly syncedAt: number;
}

export const keptScopes = live<readonly KeptScope[]>(async () => {
  const db = database();
  const rows = await db.scopes.toArray();
  const counts = await Promise.all(
    rows.map(({ scope }) =>
      db.items
        .where('[scope+kind+id]')
        .between(...EscaleDatabase.underItems(scope))
        .count(),
    ),
  );
  return rows.map((row, i) => ({
    scope: row.scope,
    items: row.pages.reduce((sum, p) => sum + p.items, 0) + (counts[i] ?? 0),
    bytes: row.pages.reduce((sum, p) => sum + p.bytes, 0),
    syncedAt: row.syncedAt,
  }));
}, []);

export const favourites = live<ReadonlySet<string>>(
  async () => new Set((await database().favourites.toArray()).map((row) => row.id)),
  new Set(),
);
