import type { SyncView } from '#client/store/sync-view.ts';
import { diskFull, syncState } from '#client/store/sync-view.ts';
import { useLive } from './use-live.ts';

const UNREAD: SyncView = { kind: 'loading', waiting: 0, refused: 0, syncing: false };

/** What every page says of the state of things: the first that applies. */
export function useSyncState(): SyncView {
  const state = useLive(syncState) ?? UNREAD;
  return useLive(diskFull) ? { ...state, kind: 'attention', trouble: 'no_space' } : state;
}

/** False until the device's store was read: before that nothing is said of it. */
export function useSyncStateRead(): boolean {
  return useLive(syncState) !== undefined;
}
