import * as v from 'valibot';
import { cursor, instantText } from './primitives.ts';
import { scopeName } from './scope.ts';

export const MAX_SCOPES = 64;
/** Changes in one answer, over all scopes. */
export const PULL_PAGE = 500;

/**
 * `POST /api/v1/pull`. `target` is given back from the previous page, so that all pages show one head (L1).
 * A scope that a device has never had begins at `{epoch: '', cursor: 0}` or, better, with a snapshot.
 */
export const pullRequest = v.object({
  protocol: v.number(),
  scopes: v.pipe(
    v.record(
      scopeName,
      v.object({ epoch: v.pipe(v.string(), v.maxLength(64)), cursor, target: v.exactOptional(cursor) }),
    ),
    v.maxEntries(MAX_SCOPES),
  ),
  /** Of a door's phone: how much it has not sent yet, for the desk to see. */
  waiting: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0))),
});
export type PullRequest = v.InferOutput<typeof pullRequest>;

/** One row of the log; a tombstone has no value (C2). `kind` and `value` are checked item by item, so that one bad item spoils nothing else. */
export const change = v.object({ cursor, kind: v.string(), id: v.string(), value: v.exactOptional(v.unknown()) });
export type Change = v.InferOutput<typeof change>;

/**
 * `changes`: what happened after the cursor asked from, up to `cursor`; visible only once `cursor` equals `target`.
 * `reset`: another epoch, or a cursor below the compaction floor: take a snapshot; the outbox is untouched.
 * `gone`: no longer granted: drop the base, keep the outbox (D5).
 */
export const scopeDelta = v.variant('kind', [
  v.object({ kind: v.literal('changes'), epoch: v.string(), cursor, target: cursor, changes: v.array(change) }),
  v.object({ kind: v.literal('reset') }),
  v.object({ kind: v.literal('gone') }),
]);
export type ScopeDelta = v.InferOutput<typeof scopeDelta>;

export const pullResponse = v.object({
  protocol: v.number(),
  serverTime: instantText,
  scopes: v.record(scopeName, scopeDelta),
});
export type PullResponse = v.InferOutput<typeof pullResponse>;
