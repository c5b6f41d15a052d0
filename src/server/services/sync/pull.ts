import type { Kysely } from 'kysely';
import type { Change, PullRequest, PullResponse, ScopeDelta } from '#protocol/pull.ts';
import { PULL_PAGE } from '#protocol/pull.ts';
import type { Scope } from '#protocol/scope.ts';
import { PROTOCOL } from '#protocol/version.ts';
import { epochOf, headsOf } from '../../db/heads.ts';
import type { Schema } from '../../db/schema.ts';
import type { Context } from '../context.ts';
import type { Identity } from '../people/identity.ts';
import { mayRead } from '../people/identity.ts';

/** Characters of values in one answer, about: events can be long. */
const PULL_CHARACTERS = 1_500_000;

/**
 * What happened in each scope since its cursor, at most PULL_PAGE changes over all of them. A target that is given back stays,
 * so that all pages show one state (L1); only when compaction has passed it is it moved on to the head.
 * @param changes how many fit into one answer
 */
export async function pull(
  ctx: Context,
  who: Identity,
  request: PullRequest,
  changes = PULL_PAGE,
): Promise<PullResponse> {
  const asked = Object.entries(request.scopes);
  const granted = asked.filter(([scope]) => mayRead(who, scope));
  const scopes: Record<Scope, ScopeDelta> = {};
  for (const [scope] of asked) if (!mayRead(who, scope)) scopes[scope] = { kind: 'gone' };
  // One state for heads and rows: compaction runs beside.
  await ctx.db.read
    .transaction()
    .setAccessMode('read only')
    .setIsolationLevel('repeatable read')
    .execute(async (db) => {
      const heads = await headsOf(
        db,
        granted.map(([scope]) => scope),
      );
      const epoch = heads.size < granted.length ? await epochOf(db) : '';
      const room = { changes, characters: PULL_CHARACTERS };
      for (const [scope, from] of granted) {
        const head = heads.get(scope) ?? { epoch, head: 0, floor: 0, compacted: 0 };
        const same = from.epoch === head.epoch || (from.epoch === '' && from.cursor === 0);
        if (!same || from.cursor < head.floor || from.cursor > head.head) {
          scopes[scope] = { kind: 'reset' };
          continue;
        }
        const fixed = from.target !== undefined && from.target >= head.compacted && from.target <= head.head;
        const target = Math.max(from.cursor, fixed ? from.target! : head.head);
        const page = await pageOf(db, scope, from.cursor, target, room);
        scopes[scope] = { kind: 'changes', epoch: head.epoch, target, ...page };
      }
    });
  return { protocol: PROTOCOL, serverTime: new Date(ctx.clock()).toISOString(), scopes };
}

/** The changes after `from` up to `target` that there is room for, and the cursor that they lead to. */
async function pageOf(
  db: Kysely<Schema>,
  scope: Scope,
  from: number,
  target: number,
  room: { changes: number; characters: number },
): Promise<{ cursor: number; changes: Change[] }> {
  if (from >= target) return { cursor: target, changes: [] };
  if (room.changes <= 0 || room.characters <= 0) return { cursor: from, changes: [] };
  const rows = await db
    .selectFrom('change')
    .select(['cursor', 'kind', 'item_id', 'value'])
    .where('scope', '=', scope)
    .where('cursor', '>', from)
    .where('cursor', '<=', target)
    .orderBy('cursor')
    .limit(room.changes + 1)
    .execute();
  const changes: Change[] = [];
  for (const row of rows) {
    if (room.changes <= 0 || room.characters <= 0) return { cursor: changes.at(-1)!.cursor, changes };
    room.changes -= 1;
    room.characters -= row.value?.length ?? 0;
    const value: unknown = row.value === null ? undefined : JSON.parse(row.value);
    changes.push({ cursor: row.cursor, kind: row.kind, id: row.item_id, ...(value === undefined ? {} : { value }) });
  }
  // Rows up to the target may have been superseded and compacted away: the page still leads there.
  return { cursor: target, changes };
}
