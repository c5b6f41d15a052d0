import { holderBearer } from '#protocol/credential.ts';
import { recovered, recoveryAsked } from '#protocol/recovery.ts';
import type { Language } from '#domain/text.ts';
import { database } from '#client/store/database.ts';
import { ensureHolder, markKnown } from '#client/store/replicas.ts';
import { Api } from './api.ts';
import { syncNow } from './loop.ts';

export type Recovery =
  | { readonly kind: 'done'; readonly registrations: number }
  | { readonly kind: 'refused' | 'unreachable' | 'too_many' };

/** Has a code mailed to an address, if anybody registered with it. */
export async function askRecoveryCode(email: string, language: Language): Promise<'done' | 'unreachable' | 'too_many'> {
  const answer = await new Api().json({ path: '/recovery/codes', body: { email, language } }, recoveryAsked);
  if (answer.kind === 'problem') return answer.problem.code === 'too_many_requests' ? 'too_many' : 'unreachable';
  return answer.kind === 'ok' ? 'done' : 'unreachable';
}

/** Brings the registrations of an address to this phone. */
export async function recover(email: string, code: string): Promise<Recovery> {
  const db = database();
  const holder = await ensureHolder(db);
  const call = { path: '/recovery', bearer: holderBearer(holder.secret), body: { email, code } };
  const answer = await new Api().json(call, recovered);
  if (answer.kind === 'unreachable') return answer;
  if (answer.kind === 'problem') {
    const { code: problem } = answer.problem;
    return {
      kind: problem === 'too_many_requests' ? 'too_many' : problem === 'code_refused' ? 'refused' : 'unreachable',
    };
  }
  await markKnown(db);
  void syncNow();
  return { kind: 'done', registrations: answer.value.registrations };
}
