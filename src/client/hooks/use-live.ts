import { useSyncExternalStore } from 'react';
import type { Live } from '#client/store/live.ts';

/** The present value of something live. */
export function useLive<T>(value: Live<T>): T {
  return useSyncExternalStore(value.subscribe, value.get);
}
