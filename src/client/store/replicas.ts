import type { EscaleDatabase, ReplicaRow } from './database.ts';
import { base64Url, newId, newSecret, sha256 } from './ids.ts';

export const HOLDER = 'holder';

/**
 * The attendee's replica of this device, made by the device itself, offline, the first time that one is needed.
 * Two tabs that ask at once get the same one: who comes second finds it inside the transaction.
 */
export async function ensureHolder(db: EscaleDatabase): Promise<ReplicaRow> {
  const existing = await db.replicas.get(HOLDER);
  if (existing) return existing;
  const secret = newSecret();
  const holderId = base64Url(await sha256(secret));
  return db.transaction('rw', db.replicas, async () => {
    const other = await db.replicas.get(HOLDER);
    if (other) return other;
    const made: ReplicaRow = { id: HOLDER, kind: 'holder', replicaId: newId(), nextSeq: 1, secret, holderId };
    await db.replicas.add(made);
    return made;
  });
}

/** The server knows this holder although nothing was sent from here: registrations were brought over. */
export async function markKnown(db: EscaleDatabase): Promise<void> {
  await db.replicas.update(HOLDER, { known: true });
}

/** A door's replica; inside the caller's transaction. */
export async function addDeviceReplica(db: EscaleDatabase, deviceId: string, secret: string): Promise<void> {
  await db.replicas.add({ id: deviceId, kind: 'device', replicaId: newId(), nextSeq: 1, secret });
}
