import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Engine } from './migrations.ts';
import { migrationsFor } from './migrations.ts';
import type { Database } from './open.ts';
import type { Schema } from './schema.ts';

const ATTEMPTS = 5;

/**
 * Brings the schema up to date. Several processes may start at once: PostgreSQL takes turns by an advisory lock and SQLite
 * by its write lock; only the making of the migrator's own table can still collide, and then the loser tries again.
 * @throws the migration's error; the schema is then as it was before that migration
 */
export async function migrate(db: Database): Promise<void> {
  await migrateTables(db.owner, db.kind);
  await db.owner
    .insertInto('meta')
    .values(newEpoch())
    .onConflict((c) => c.column('key').doNothing())
    .execute();
}

/** The row of a new epoch: every device then loads anew. */
export function newEpoch(): { key: string; value: string } {
  return { key: 'epoch', value: randomBytes(9).toString('base64url') };
}

/**
 * @param where `to`: the last migration to be done, all without it; `schema`: of PostgreSQL, where the migrator keeps its tables
 * @throws the migration's error
 */
export async function migrateTables(
  owner: Kysely<Schema>,
  engine: Engine,
  where: { readonly to?: string; readonly schema?: string } = {},
): Promise<void> {
  const migrator = new Migrator({
    db: owner,
    provider: { getMigrations: () => Promise.resolve(migrationsFor(engine)) },
    ...(where.schema === undefined ? {} : { migrationTableSchema: where.schema }),
  });
  for (let attempt = 1; ; attempt++) {
    const { error } = await (where.to === undefined ? migrator.migrateToLatest() : migrator.migrateTo(where.to));
    if (error === undefined) return;
    if (attempt === ATTEMPTS) throw error;
    await sleep(50 * attempt);
  }
}
