import type { SyncView } from '#client/store/sync-view.ts';
import { syncState } from '#client/store/sync-view.ts';
import { useLive } from './use-live.ts';

/** What every page says of what waits, what is wrong and how fresh things are. */
export function useSyncState(): SyncView {
  return useLive(syncState);
}
