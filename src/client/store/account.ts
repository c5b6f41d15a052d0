import type { Actor } from '#domain/proposal.ts';
import type { Me } from '#protocol/sign-in.ts';
import { deskScope } from '#protocol/scope.ts';
import type { EscaleDatabase, ReplicaRow } from './database.ts';
import { database, durably } from './database.ts';
import { newId } from './ids.ts';
import { forgetScope } from './scopes.ts';
import type { SignedInAccount } from './settings.ts';
import { readSetting, writeSetting } from './settings.ts';
import { signal } from './signals.ts';

/** `ReplicaRow.id` of an account. */
export const accountReplica = (accountId: string): string => `account/${accountId}`;

/**
 * Writes down who is signed in, so that their things open without a network. What was done as somebody else stays theirs, and
 * waits for them (O4).
 */
export async function rememberAccount(me: Me, db: EscaleDatabase = database()): Promise<void> {
  if (me.id === undefined) return;
  const account: SignedInAccount = {
    id: me.id,
    email: me.email,
    role: me.role,
    regions: me.regions ?? (me.region === undefined ? [] : [me.region]),
  };
  const before = await readSetting(db, 'account');
  if (before && before.id !== account.id) await forgetDeskScopes(db);
  const changed = await durably(() =>
    db.transaction('rw', db.settings, db.replicas, db.proposalDrafts, async () => {
      const replica = await addAccountReplica(db, account.id);
      // A draft of before the first sign-in is whose turn it is now.
      const adopted = await db.proposalDrafts.where('owner').equals('').modify({ owner: account.id });
      const same = JSON.stringify(await readSetting(db, 'account')) === JSON.stringify(account);
      if (!same) await writeSetting(db, 'account', account);
      const stuck = replica.attention === 'sign_in_required' || replica.attention === 'credential_refused';
      if (stuck) await db.replicas.put(withoutAttention(replica));
      return !same || stuck || adopted > 0;
    }),
  );
  if (changed) signal('queued');
}

/** The account as the rules of proposals see it. */
export function actorOf({ id, role, regions }: SignedInAccount): Actor {
  return { accountId: id, role, regions };
}

/** Nobody is signed in any more: what the server had sent goes; what waits and what is written stays for the same person. */
export async function forgetAccount(): Promise<void> {
  const db = database();
  if (!(await readSetting(db, 'account'))) return;
  await writeSetting(db, 'account', undefined);
  await forgetDeskScopes(db);
}

async function forgetDeskScopes(db: EscaleDatabase): Promise<void> {
  const [scopes, loads] = await Promise.all([
    db.scopes.toCollection().primaryKeys(),
    db.loads.toCollection().primaryKeys(),
  ]);
  const gone = new Set(
    [...scopes, ...loads].filter((scope) => scope.startsWith(deskScope('')) || scope.startsWith('moderation/')),
  );
  for (const scope of gone) await forgetScope(db, scope);
}

/** The account's replica of this device, made at its first sign-in here; inside the caller's transaction. */
async function addAccountReplica(db: EscaleDatabase, accountId: string): Promise<ReplicaRow> {
  const id = accountReplica(accountId);
  const known = await db.replicas.get(id);
  if (known) return known;
  const made: ReplicaRow = { id, kind: 'account', replicaId: newId(), nextSeq: 1, secret: '', accountId };
  await db.replicas.add(made);
  return made;
}

function withoutAttention(row: ReplicaRow): ReplicaRow {
  const { attention: _, ...rest } = row;
  return rest;
}
