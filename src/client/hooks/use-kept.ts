import { useEffect, useState } from 'react';
import type { StorageState } from '#client/platform/storage.ts';
import { storageState } from '#client/platform/storage.ts';
import type { KeptScope } from '#client/store/sync-view.ts';
import { keptScopes } from '#client/store/sync-view.ts';
import { useLive } from './use-live.ts';

export interface Kept extends StorageState {
  readonly scopes: readonly KeptScope[];
}

/** What is on this device, and how much room there is where the browser says so. */
export function useKept(): Kept {
  const scopes = useLive(keptScopes);
  const [storage, setStorage] = useState<StorageState>({});
  useEffect(() => {
    let left = false;
    void storageState().then((state) => {
      if (!left) setStorage(state);
    });
    return () => {
      left = true;
    };
  }, [scopes]);
  return { scopes, ...storage };
}
