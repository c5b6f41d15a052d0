import type { Scope } from '#protocol/scope.ts';
import type { EscaleDatabase } from '#client/store/database.ts';
import { closeDoor, reopenDoor } from '#client/store/door.ts';
import { setAttention } from '#client/store/outbox.ts';
import { forgetScope } from '#client/store/scopes.ts';
import type { Answer } from './api.ts';
import type { Audience } from './wanted.ts';

/** What the server's word on who may read does to what is kept (D5). The outbox is never part of it. */

/** The server grants a scope. */
export async function granted(db: EscaleDatabase, audience: Audience): Promise<void> {
  if (audience.deviceId && audience.byClock) await reopenDoor(db, audience.deviceId);
}

/** The server grants a scope no more, or has left it out of what it grants. */
export async function withdrawn(db: EscaleDatabase, audience: Audience, scope: Scope): Promise<void> {
  if (audience.deviceId) await closeDoor(db, audience.deviceId);
  else await forgetScope(db, scope);
}

/**
 * A door whose credential is worth nothing any more loses its roster and keeps what it has to send. Whose session has ended keeps
 * what is here, and is asked to sign in again.
 */
export async function refused(db: EscaleDatabase, audience: Audience, answer: Answer<unknown>): Promise<void> {
  if (answer.kind !== 'problem') return;
  if (audience.account && answer.problem.code === 'sign_in_required') {
    await setAttention(db, audience.account, 'sign_in_required');
  }
  if (!audience.deviceId) return;
  if (['credential_refused', 'sign_in_required', 'forbidden'].includes(answer.problem.code)) {
    await closeDoor(db, audience.deviceId);
  }
}
