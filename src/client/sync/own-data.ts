import { holderBearer } from '#protocol/credential.ts';
import { followed } from '#protocol/follow.ts';
import type { OwnData, OwnFollowing } from '#protocol/own-data.ts';
import { ownData, ownDataErased, ownFollowing } from '#protocol/own-data.ts';
import { database } from '#client/store/database.ts';
import { forgetPerson } from '#client/store/own-data.ts';
import { HOLDER } from '#client/store/replicas.ts';
import { readSetting } from '#client/store/settings.ts';
import type { Answer } from './api.ts';
import { Api } from './api.ts';

/** With what the server keeps of what this device follows, which it knows under another secret. */
export type HeldOnServer = OwnData & { readonly following?: NonNullable<OwnFollowing> };

/** `nobody`: nothing was ever sent from this device, so the server knows nobody by it. */
export type OwnDataAnswer =
  | { readonly kind: 'done'; readonly value: HeldOnServer }
  | { readonly kind: 'nobody' | 'unreachable' | 'too_many' };

/** Everything that the server holds on the person whose device this is. */
export async function readOwnData(): Promise<OwnDataAnswer> {
  const db = database();
  const api = new Api();
  const [holder, follower] = [await db.replicas.get(HOLDER), await readSetting(db, 'follower')];
  if (!holder && !follower) return { kind: 'nobody' };
  const answer = holder && (await api.json({ path: '/own-data', bearer: holderBearer(holder.secret) }, ownData));
  if (answer && answer.kind !== 'ok') return failure(answer);
  const body = follower && { follower: follower.secret };
  const following = body && (await api.json({ path: '/own-data/following', body }, ownFollowing));
  if (following && following.kind !== 'ok') return failure(following);
  const held = following?.value.held;
  const own = (answer?.value as OwnData | undefined) ?? { ...NOTHING, askedAt: new Date().toISOString() };
  return { kind: 'done', value: { ...own, ...(held ? { following: held } : {}) } };
}

const NOTHING = { registrations: [], ratings: [], questions: [] };

function failure(answer: Answer<unknown>): { readonly kind: 'unreachable' | 'too_many' } {
  const often = answer.kind === 'problem' && answer.problem.code === 'too_many_requests';
  return { kind: often ? 'too_many' : 'unreachable' };
}

/**
 * Has everything erased, on the server first: without its word nothing is forgotten here, for the secret is what proves whose it is.
 * @returns how many registrations to come were cancelled
 */
export async function eraseEverything(): Promise<
  { readonly kind: 'done'; readonly cancelled: number } | { readonly kind: 'unreachable' | 'too_many' }
> {
  const db = database();
  const api = new Api();
  const holder = await db.replicas.get(HOLDER);
  const call = holder && { path: '/own-data/erasure', bearer: holderBearer(holder.secret), body: {} };
  const follower = await readSetting(db, 'follower');
  if (follower) {
    const body = { follower: follower.secret, events: [], language: follower.language };
    const answer = await api.json({ path: '/follow', body }, followed);
    // Without its word the secret is not given up: nobody else could ever end what is told to this device.
    if (answer.kind !== 'ok') return failure(answer);
  }
  let cancelled = 0;
  if (call) {
    const answer = await api.json(call, ownDataErased);
    if (answer.kind !== 'ok') return failure(answer);
    ({ cancelled } = answer.value);
  }
  await forgetPerson(db);
  // What another tab was sending at that very moment.
  if (call) await api.json(call, ownDataErased);
  return { kind: 'done', cancelled };
}
