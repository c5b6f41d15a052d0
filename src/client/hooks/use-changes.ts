import type { FollowedChange } from '#client/store/following.ts';
import { followedChanges, markSeen } from '#client/store/following.ts';
import { useLive } from './use-live.ts';

const NONE: readonly FollowedChange[] = [];

/** What changed in what the person follows, and has not been seen yet. */
export function useChanges(): {
  readonly changes: readonly FollowedChange[];
  readonly seen: (those: readonly FollowedChange[]) => Promise<void>;
} {
  return { changes: useLive(followedChanges) ?? NONE, seen: markSeen };
}
