import { useSyncExternalStore } from 'react';
import { onUpdate, updateWaits } from '#client/platform/service-worker.ts';

/** True once a new version lies ready; `applyUpdate()` of `#client/platform/service-worker.ts` takes it, at the person's word. */
export function useUpdate(): boolean {
  return useSyncExternalStore(onUpdate, updateWaits);
}
