import type { Scope } from '#protocol/scope.ts';
import type { EscaleDatabase, Sealed } from './database.ts';

/**
 * The key that a roster is encrypted under: made on the device and not exportable, so that a copy of the store is not a copy
 * of the names. Call it outside of any transaction (A2).
 */
async function keyOf(db: EscaleDatabase, scope: Scope): Promise<CryptoKey> {
  const existing = await db.keys.get(scope);
  return existing ? existing.key : makeKey(db, scope);
}

async function makeKey(db: EscaleDatabase, scope: Scope): Promise<CryptoKey> {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  return db.transaction('rw', db.keys, async () => {
    const other = await db.keys.get(scope);
    if (other) return other.key;
    await db.keys.add({ id: scope, key });
    return key;
  });
}

export async function seal(key: CryptoKey, bytes: Uint8Array<ArrayBuffer>): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytes) };
}

/** Rejects when the data is not what that key sealed. */
export function unseal(key: CryptoKey, { iv, data }: Sealed): Promise<ArrayBuffer> {
  return crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, data);
}

/** Keys by scope, each read once: for one piece of work, for a door that is closed and enrolled again has another key. */
export function keyRing(db: EscaleDatabase): (scope: Scope) => Promise<CryptoKey> {
  const keys = new Map<Scope, Promise<CryptoKey>>();
  return (scope) => {
    const known = keys.get(scope) ?? keyOf(db, scope);
    keys.set(scope, known);
    return known;
  };
}
