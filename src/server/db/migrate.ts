import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Migrator } from 'kysely/migration';
import { migrationsFor } from './migrations.ts';
import type { Database } from './open.ts';

const ATTEMPTS = 5;

/**
 * Brings the schema up to date. Several processes may start at once: PostgreSQL takes turns by an advisory lock and SQLite
 * by its write lock; only the making of the migrator's own table can still collide, and then the loser tries again.
 * @throws the migration's error; the schema is then as it was before that migration
 */
export async function migrate(db: Database): Promise<void> {
  const migrator = new Migrator({
    db: db.owner,
    provider: { getMigrations: () => Promise.resolve(migrationsFor(db.kind)) },
  });
  for (let attempt = 1; ; attempt++) {
    const { error } = await migrator.migrateToLatest();
    if (error === undefined) break;
    if (attempt === ATTEMPTS) throw error;
    await sleep(50 * attempt);
  }
  await db.owner
    .insertInto('meta')
    .values({ key: 'epoch', value: randomBytes(9).toString('base64url') })
    .onConflict((c) => c.column('key').doNothing())
    .execute();
}
