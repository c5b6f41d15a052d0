import { holderBearer } from '#protocol/credential.ts';
import { followed } from '#protocol/follow.ts';
import type { EscaleDatabase } from '#client/store/database.ts';
import { markTold, untoldFollow } from '#client/store/follower.ts';
import { HOLDER } from '#client/store/replicas.ts';
import type { Api } from './api.ts';

/** Tells the server what this device follows, when the person has asked for something that needs it. What fails is told next time. */
export async function tellFollowed(db: EscaleDatabase, api: Api): Promise<void> {
  const message = await untoldFollow(db);
  if (!message) return;
  const holder = message.own ? await db.replicas.get(HOLDER) : undefined;
  const bearer = holder && holderBearer(holder.secret);
  const answer = await api.json({ path: '/follow', bearer, body: message }, followed);
  if (answer.kind === 'ok') await markTold(db, message);
}
