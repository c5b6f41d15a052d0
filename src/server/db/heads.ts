import type { Kysely } from 'kysely';
import type { Scope } from '#protocol/scope.ts';
import type { Schema } from './schema.ts';

export interface ScopeHead {
  readonly epoch: string;
  readonly head: number;
  readonly floor: number;
  readonly compacted: number;
}

/** The scopes that have a log; one in which nothing has happened yet is absent. */
export async function headsOf(db: Kysely<Schema>, scopes: readonly Scope[]): Promise<Map<Scope, ScopeHead>> {
  const heads = new Map<Scope, ScopeHead>();
  for (let from = 0; from < scopes.length; from += 500) {
    const rows = await db
      .selectFrom('scope_head')
      .selectAll()
      .where('scope', 'in', scopes.slice(from, from + 500))
      .execute();
    for (const { scope, ...head } of rows) heads.set(scope, head);
  }
  return heads;
}

/** The database's epoch: that of every scope that has no head yet. */
export async function epochOf(db: Kysely<Schema>): Promise<string> {
  const row = await db.selectFrom('meta').select('value').where('key', '=', 'epoch').executeTakeFirstOrThrow();
  return row.value;
}
