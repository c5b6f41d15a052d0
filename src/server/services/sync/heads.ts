import type { Heads } from '#protocol/hints.ts';
import type { Scope } from '#protocol/scope.ts';
import { headsOf } from '../../db/heads.ts';
import type { Context } from '../context.ts';

/** Where the logs of some scopes stand; one in which nothing has happened yet is absent. */
export async function currentHeads(ctx: Context, scopes: readonly Scope[]): Promise<Heads> {
  const heads = await headsOf(ctx.db.read, scopes);
  return Object.fromEntries([...heads].map(([scope, { epoch, head }]) => [scope, { epoch, cursor: head }]));
}
