import type { Change, PullResponse } from '#protocol/pull.ts';
import { MAX_SCOPES, pullResponse } from '#protocol/pull.ts';
import type { Scope } from '#protocol/scope.ts';
import { PROTOCOL } from '#protocol/version.ts';
import type { EscaleDatabase } from '#client/store/database.ts';
import { readChanges } from '#client/store/packs.ts';
import type { Delta } from '#client/store/scopes.ts';
import { applyDeltas, fold, isOvergrown, voidBase } from '#client/store/scopes.ts';
import { granted, refused, withdrawn } from './access.ts';
import type { Answer, Api, Trouble } from './api.ts';
import { troubleOf } from './api.ts';
import type { Audience } from './wanted.ts';

/** A scope on its way from one cursor to a fixed target (L1). */
interface Underway {
  readonly epoch: string;
  readonly from: number;
  cursor: number;
  target?: number;
  changes: Change[];
}

/**
 * Brings scopes of one audience up to date.
 * @returns the scopes that need a snapshot: their log began anew, or what lies over their base outweighs it
 */
export async function pull(
  db: EscaleDatabase,
  api: Api,
  audience: Audience,
  scopes: readonly Scope[],
): Promise<{ readonly trouble?: Trouble; readonly reload: readonly Scope[] }> {
  const rows = (await db.scopes.bulkGet([...scopes])).filter((row) => row !== undefined).filter((row) => !row.void);
  const reload = new Set<Scope>();
  for (let at = 0; at < rows.length; at += MAX_SCOPES) {
    const underway = new Map<Scope, Underway>(
      rows
        .slice(at, at + MAX_SCOPES)
        .map((row) => [row.scope, { epoch: row.epoch, from: row.cursor, cursor: row.cursor, changes: [] }]),
    );
    while (underway.size > 0) {
      const answer = await ask(api, audience, underway);
      const trouble = troubleOf(answer);
      if (trouble) return { trouble, reload: [...reload] };
      if (answer.kind !== 'ok') {
        await refused(db, audience, answer);
        return { reload: [...reload] };
      }
      const progress = await take(db, audience, underway, answer.value, reload);
      if (!progress) return { trouble: { kind: 'failing' }, reload: [...reload] };
    }
  }
  for (const row of rows) {
    await fold(db, row.scope);
    const now = await db.scopes.get(row.scope);
    if (now && isOvergrown(now)) reload.add(row.scope);
  }
  return { reload: [...reload] };
}

function ask(api: Api, audience: Audience, underway: ReadonlyMap<Scope, Underway>): Promise<Answer<PullResponse>> {
  const scopes = Object.fromEntries(
    [...underway].map(([scope, { epoch, cursor, target }]) => [
      scope,
      { epoch, cursor, ...(target === undefined ? {} : { target }) },
    ]),
  );
  return api.json({ path: '/pull', bearer: audience.bearer, body: { protocol: PROTOCOL, scopes } }, pullResponse);
}

/** False when an answer brought nothing on: a server that does that would be asked for ever. */
async function take(
  db: EscaleDatabase,
  audience: Audience,
  underway: Map<Scope, Underway>,
  response: PullResponse,
  reload: Set<Scope>,
): Promise<boolean> {
  const complete: Delta[] = [];
  let progress = false;
  for (const [scope, state] of underway) {
    const delta = response.scopes[scope];
    if (!delta) continue;
    if (delta.kind !== 'gone') await granted(db, audience);
    if (delta.kind === 'gone') {
      progress = true;
      underway.delete(scope);
      await withdrawn(db, audience, scope);
    } else if (delta.kind === 'reset' || delta.epoch !== state.epoch || delta.cursor < state.cursor) {
      progress = true;
      underway.delete(scope);
      await voidBase(db, scope);
      reload.add(scope);
    } else {
      progress ||= delta.cursor > state.cursor || delta.cursor >= delta.target;
      for (const change of delta.changes) state.changes.push(change);
      state.cursor = delta.cursor;
      state.target = delta.target;
      if (delta.cursor >= delta.target) {
        underway.delete(scope);
        const items = readChanges(state.changes);
        complete.push({ scope, from: { epoch: state.epoch, cursor: state.from }, cursor: delta.cursor, items });
      }
    }
  }
  if (complete.length > 0) await applyDeltas(db, complete, Date.now());
  return progress;
}
