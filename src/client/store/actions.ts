import type { Uuid } from '#domain/ids.ts';
import type { CheckInArgs } from '#protocol/check-in.ts';
import type { Register } from '#protocol/register.ts';
import { correctedNow } from './clock.ts';
import { database } from './database.ts';
import { currentDoor } from './door.ts';
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

/** Records an arrival at this phone's door. Resolves with the check-in's id. Throws a RangeError when it is no door's. */
export async function checkIn(args: Omit<CheckInArgs, 'checkInId' | 'at' | 'door'>): Promise<Uuid> {
  const door = await currentDoor(database());
  if (door?.eventId !== args.eventId) throw new RangeError('not a door of this event');
  const checkInId = newId();
  const at = new Date(correctedNow()).toISOString();
  await enqueue(database(), door.deviceId, 'check-in', { ...args, checkInId, at, door: door.door });
  signal('queued');
  return checkInId;
}

/** Takes an arrival back; both stay on record. Throws a RangeError when this phone is no door of the event. */
export async function undoCheckIn(args: { readonly checkInId: Uuid; readonly eventId: Uuid }): Promise<void> {
  const door = await currentDoor(database());
  if (door?.eventId !== args.eventId) throw new RangeError('not a door of this event');
  const at = new Date(correctedNow()).toISOString();
  const { checkInId, eventId } = args;
  await enqueue(database(), door.deviceId, 'undo-check-in', { checkInId, eventId, at });
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
