import type { Uuid } from '#domain/ids.ts';
import type { Register } from '#protocol/register.ts';
import { database } from './database.ts';
import { newId } from './ids.ts';
import { discard, discardBlocked, enqueue, tryAgain } from './outbox.ts';
import { ensureHolder, HOLDER } from './replicas.ts';
import { signal } from './signals.ts';

/**
 * What a person does. Each resolves once it is durable on the device, and waits for no network;
 * each rejects only when the device could not write (a full disk), and then nothing of it happened.
 */

/** Asks for places. Resolves with the registration's id. */
export async function register(
  args: Omit<Register, 'registrationId'> & { readonly registrationId?: Uuid },
): Promise<Uuid> {
  const db = database();
  await ensureHolder(db);
  const registrationId = args.registrationId ?? newId();
  await enqueue(db, HOLDER, 'register', { ...args, registrationId });
  signal('queued');
  signal('kept');
  return registrationId;
}

/** Gives the places of one's own registration back. */
export async function cancelRegistration(registrationId: Uuid): Promise<void> {
  await enqueue(database(), HOLDER, 'cancel-registration', { registrationId });
  signal('queued');
}

/** Lets a refused mutation go. */
export function discardRefused(replicaId: string, seq: number): Promise<void> {
  return discard(database(), replicaId, seq);
}

/** Lets go everything of one identity of this device that the server does not take. */
export function discardAllBlocked(replica: string): Promise<void> {
  return discardBlocked(database(), replica);
}

/** Asks again for what was refused. */
export async function retry(replicaId: string, seq: number): Promise<void> {
  await tryAgain(database(), replicaId, seq);
  signal('queued');
}
