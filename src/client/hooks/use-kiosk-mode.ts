import { useSyncExternalStore } from 'react';
import type { KioskMode } from '#client/platform/kiosk-mode.ts';
import { kioskMode, onKioskMode } from '#client/platform/kiosk-mode.ts';

/** The kiosk that this device is at present, if it is one. */
export function useKioskMode(): KioskMode | undefined {
  return useSyncExternalStore(onKioskMode, kioskMode);
}
