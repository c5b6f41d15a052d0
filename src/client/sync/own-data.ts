import { holderBearer } from '#protocol/credential.ts';
import type { OwnData } from '#protocol/own-data.ts';
import { ownData, ownDataErased } from '#protocol/own-data.ts';
import { database } from '#client/store/database.ts';
import { endFeed, setPushTarget } from '#client/store/follower.ts';
import { forgetPerson } from '#client/store/own-data.ts';
import { HOLDER } from '#client/store/replicas.ts';
import { readSetting } from '#client/store/settings.ts';
import { Api } from './api.ts';
import { tellFollowed } from './follow.ts';

/** `nobody`: nothing was ever sent from this device, so the server knows nobody by it. */
export type OwnDataAnswer =
  | { readonly kind: 'done'; readonly value: OwnData }
  | { readonly kind: 'nobody' | 'unreachable' | 'too_many' };

/** Everything that the server holds on the person whose device this is. */
export async function readOwnData(): Promise<OwnDataAnswer> {
  const holder = await database().replicas.get(HOLDER);
  if (!holder) return { kind: 'nobody' };
  const answer = await new Api().json({ path: '/own-data', bearer: holderBearer(holder.secret) }, ownData);
  if (answer.kind === 'ok') return { kind: 'done', value: answer.value as OwnData };
  return {
    kind: answer.kind === 'problem' && answer.problem.code === 'too_many_requests' ? 'too_many' : 'unreachable',
  };
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
  let cancelled = 0;
  if (call) {
    const answer = await api.json(call, ownDataErased);
    if (answer.kind !== 'ok') {
      const often = answer.kind === 'problem' && answer.problem.code === 'too_many_requests';
      return { kind: often ? 'too_many' : 'unreachable' };
    }
    ({ cancelled } = answer.value);
  }
  const follower = await readSetting(db, 'follower');
  if (follower) {
    await setPushTarget(undefined, follower.language);
    await endFeed();
    await tellFollowed(db, api);
  }
  await forgetPerson(db);
  // What another tab was sending at that very moment.
  if (call) await api.json(call, ownDataErased);
  return { kind: 'done', cancelled };
}
