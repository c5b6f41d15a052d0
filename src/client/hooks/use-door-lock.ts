import { useEffect } from 'react';
import { database } from '#client/store/database.ts';
import type { DoorLock } from '#client/store/door-lock.ts';
import { changeLock, forgive, passWait, removeLock, setLock, tryPin } from '#client/store/door-lock.ts';
import type { Attempt, LockPasskey } from '#client/store/door-lock.ts';
import { storedDoorLock } from '#client/store/door-view.ts';
import { Cell } from '#client/store/live.ts';
import { useLive } from './use-live.ts';

/** The door that was unlocked in this tab: only in memory, so that an app that is opened again asks. */
const opened = new Cell<string | undefined>(undefined);

export interface DoorLocking {
  /** `open` also where the door has no lock. */
  readonly state: 'loading' | 'locked' | 'open';
  readonly lock: DoorLock | undefined;
  readonly lockNow: () => void;
}

/** Whether the door of this phone is locked. Undefined: this phone is no door. */
export function useDoorLock(deviceId: string | undefined): DoorLocking {
  const read = useLive(storedDoorLock);
  const open = useLive(opened);
  const lock = read?.lock?.deviceId === deviceId ? read?.lock : undefined;
  const state = !read ? 'loading' : !lock || open === deviceId ? 'open' : 'locked';
  const minutes = lock?.minutes;

  useEffect(() => {
    if (minutes === undefined) return undefined;
    let since: number | undefined;
    const onVisibility = (): void => {
      if (document.visibilityState === 'hidden') since = Date.now();
      else if (since !== undefined) {
        const away = Date.now() - since;
        // A clock that was set back while the page was away says nothing.
        if (away < 0 || away >= minutes * 60_000) opened.set(undefined);
        since = undefined;
      }
    };
    document.addEventListener('visibilitychange', onVisibility);
    return () => document.removeEventListener('visibilitychange', onVisibility);
  }, [minutes]);

  return { state, lock, lockNow: () => opened.set(undefined) };
}

/** Tries the PIN; the door is open from now on when it is the right one. */
export async function unlock(deviceId: string, pin: string): Promise<Attempt> {
  const attempt = await tryPin(database(), deviceId, pin);
  if (attempt.kind === 'open') opened.set(deviceId);
  return attempt;
}

/** This device has checked who holds it. */
export async function unlockByDevice(deviceId: string): Promise<void> {
  await forgive(database(), deviceId);
  opened.set(deviceId);
}

/** Gives the door a lock, or another PIN; it stays open in this tab. */
export async function lockDoor(deviceId: string, pin: string, minutes: number): Promise<void> {
  opened.set(deviceId);
  await setLock(database(), deviceId, pin, minutes);
}

export function changeDoorLock(
  deviceId: string,
  change: { readonly minutes?: number; readonly passkey?: LockPasskey | undefined },
): Promise<void> {
  return changeLock(database(), deviceId, change);
}

export function unlockForGood(deviceId: string): Promise<void> {
  return removeLock(database(), deviceId);
}

/** Counts time that the lock has been on the screen. @returns milliseconds still to wait */
export function waitOut(deviceId: string, passed: number): Promise<number> {
  return passWait(database(), deviceId, passed);
}
