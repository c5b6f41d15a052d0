import { getPublicKeyAsync, signAsync } from '@noble/ed25519';
import type { Uuid } from '#domain/ids.ts';
import { requestBody, requestText } from '#domain/request-code.ts';
import type { EscaleDatabase, OutboxRow } from './database.ts';
import { sha256 } from './ids.ts';
import { HOLDER } from './replicas.ts';

/** What the seed of the signing key is made for, so that nothing else that is made of the secret can be taken for it. */
const PURPOSE = 'escale request code 1\n';

/**
 * The text of the code that carries a registration which this device could not send (P5): the whole request, signed with a key
 * made of the holder's secret. Undefined once it has left, and where a browser has no way to sign or the texts are too long.
 */
export async function requestCode(db: EscaleDatabase, registrationId: Uuid): Promise<string | undefined> {
  const holder = await db.replicas.get(HOLDER);
  if (!holder?.holderId) return undefined;
  const waiting = (await db.outbox.where('state').equals('waiting').toArray()) as OutboxRow<'register'>[];
  const row = waiting.find(({ name, args }) => name === 'register' && args.registrationId === registrationId);
  if (!row) return undefined;
  try {
    const seed = await sha256(PURPOSE + holder.secret);
    const { mutationId, args, clientAt } = row;
    const askedAt = Math.floor(Date.parse(clientAt) / 1000);
    const request = { ...args, mutationId, holderId: holder.holderId, askedAt };
    const body = requestBody(request, await getPublicKeyAsync(seed));
    return requestText(body, await signAsync(body, seed));
  } catch {
    // No Ed25519 here, or what the person wrote does not fit: the request goes up by itself as soon as there is a network.
    return undefined;
  }
}
