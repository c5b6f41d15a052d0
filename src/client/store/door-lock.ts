import { isPin, waitAfter } from '#domain/pin.ts';
import type { EscaleDatabase } from './database.ts';
import { base64Url } from './ids.ts';
import { readSetting, writeSetting } from './settings.ts';

/**
 * What keeps curious hands out of a door's phone that lies on a table. It hides the screen and no more: the list is encrypted
 * under a key that the device does not export, with or without it.
 */
export interface DoorLock {
  /** The door that it locks; another enrolment is not held by it. */
  readonly deviceId: string;
  readonly salt: string;
  readonly hash: string;
  readonly rounds: number;
  /** Minutes in the background after which it is asked for again. */
  readonly minutes: number;
  /** Wrong attempts in a row, counted before each is looked at. */
  readonly failures: number;
  /** Milliseconds still to wait. They pass only while the lock is on the screen: no clock that is set forward shortens them. */
  readonly wait: number;
  /** This device's own check of a finger or a face may open it too. */
  readonly passkey?: LockPasskey;
}

export interface LockPasskey {
  /** Base64url. */
  readonly id: string;
  /** SPKI of an ES256 key, base64url. */
  readonly publicKey: string;
}

/** The minutes that a person may choose from. */
export const LOCK_MINUTES = [0, 1, 5, 15] as const;

/** As slow as an old phone bears; four digits are guessed by who has the store's bytes, however slow it is. */
const ROUNDS = 200_000;

/** The lock of that door; undefined when it has none. */
export async function readLock(db: EscaleDatabase, deviceId: string): Promise<DoorLock | undefined> {
  const lock = await readSetting(db, 'doorLock');
  return lock?.deviceId === deviceId ? lock : undefined;
}

/** Locks a door by a new PIN. @throws RangeError when it is none */
export async function setLock(db: EscaleDatabase, deviceId: string, pin: string, minutes: number): Promise<void> {
  if (!isPin(pin)) throw new RangeError('a PIN is four to eight digits');
  const salt = base64Url(crypto.getRandomValues(new Uint8Array(16)));
  const hash = await hashOf(pin, salt, ROUNDS);
  await writeSetting(db, 'doorLock', { deviceId, salt, hash, rounds: ROUNDS, minutes, failures: 0, wait: 0 });
}

/** Changes what the lock does, its PIN left as it is. */
export async function changeLock(
  db: EscaleDatabase,
  deviceId: string,
  change: { readonly minutes?: number; readonly passkey?: LockPasskey | undefined },
): Promise<void> {
  await db.transaction('rw', db.settings, async () => {
    const lock = await readLock(db, deviceId);
    if (!lock) return;
    const { passkey, ...rest } = lock;
    const next = 'passkey' in change ? change.passkey : passkey;
    await writeSetting(db, 'doorLock', {
      ...rest,
      minutes: change.minutes ?? rest.minutes,
      ...(next ? { passkey: next } : {}),
    });
  });
}

export async function removeLock(db: EscaleDatabase, deviceId: string): Promise<void> {
  if (await readLock(db, deviceId)) await writeSetting(db, 'doorLock', undefined);
}

export type Attempt = { readonly kind: 'open' } | { readonly kind: 'wrong' | 'wait'; readonly wait: number };

/**
 * Tries a PIN. The attempt is counted, durably, before it is compared: a page reloaded in between gains nothing.
 * Without a lock there is nothing to open.
 */
export async function tryPin(db: EscaleDatabase, deviceId: string, pin: string): Promise<Attempt> {
  const counted = await db.transaction('rw', db.settings, async () => {
    const lock = await readLock(db, deviceId);
    if (!lock || lock.wait > 0) return lock;
    const next = { ...lock, failures: lock.failures + 1, wait: waitAfter(lock.failures + 1) };
    await writeSetting(db, 'doorLock', next);
    return { ...next, tried: true as const };
  });
  if (!counted) return { kind: 'open' };
  if (!('tried' in counted)) return { kind: 'wait', wait: counted.wait };
  if ((await hashOf(pin, counted.salt, counted.rounds)) !== counted.hash) return { kind: 'wrong', wait: counted.wait };
  await forgive(db, deviceId);
  return { kind: 'open' };
}

/** The right PIN, or this device's own check, ends the count. */
export async function forgive(db: EscaleDatabase, deviceId: string): Promise<void> {
  await db.transaction('rw', db.settings, async () => {
    const lock = await readLock(db, deviceId);
    if (lock) await writeSetting(db, 'doorLock', { ...lock, failures: 0, wait: 0 });
  });
}

/** Time that has passed with the lock on the screen. @returns what is left of the wait */
export async function passWait(db: EscaleDatabase, deviceId: string, passed: number): Promise<number> {
  return db.transaction('rw', db.settings, async () => {
    const lock = await readLock(db, deviceId);
    if (!lock || lock.wait === 0) return 0;
    const wait = Math.max(0, lock.wait - passed);
    await writeSetting(db, 'doorLock', { ...lock, wait });
    return wait;
  });
}

async function hashOf(pin: string, salt: string, rounds: number): Promise<string> {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt: new TextEncoder().encode(salt), iterations: rounds },
    key,
    256,
  );
  return base64Url(new Uint8Array(bits));
}
