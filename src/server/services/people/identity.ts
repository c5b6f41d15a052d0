import { createHash, timingSafeEqual } from 'node:crypto';
import type { DeviceProfile } from '#domain/door-rules.ts';
import type { Uuid } from '#domain/ids.ts';
import { readBearer } from '#protocol/credential.ts';
import type { Scope } from '#protocol/scope.ts';
import { accountScopes, deskScope, isPublicScope, OWN, personScope, rosterScope } from '#protocol/scope.ts';
import type { Account } from './accounts.ts';
import { actorOf } from './accounts.ts';
import type { Context } from '../context.ts';
import { ProblemError } from '../problem-error.ts';

/** Who sends a request. */
export type Identity =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'holder'; readonly holderId: string }
  | { readonly kind: 'account'; readonly account: Account }
  | {
      readonly kind: 'device';
      readonly deviceId: Uuid;
      readonly eventId: Uuid;
      /**
       * `closed`: past its time; it reads nothing, and what it has recorded is still taken (D5). `revoked`: taken away; what
       * it recorded before that moment is still taken.
       */
      readonly access: 'open' | 'closed' | 'revoked';
      readonly profile: DeviceProfile;
      /** Milliseconds since 1970. */
      readonly revokedAt?: number;
    };

/** SHA-256 of a secret's text, base64url: an attendee's name, and all that is kept of a device's secret. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/**
 * Whose the bearer text is; anonymous without one. Undefined when it is none of ours or nobody's: the route answers
 * `credential_refused`.
 * @param session the person of the request's cookie: an account's bearer text only says whose it should be (O4)
 * @throws ProblemError `sign_in_required`
 */
export async function identify(
  ctx: Context,
  bearer: string | undefined,
  session: () => Promise<Account | undefined> = async () => undefined,
): Promise<Identity | undefined> {
  if (bearer === undefined) return { kind: 'anonymous' };
  const read = readBearer(bearer);
  if (!read) return undefined;
  if (read.kind === 'holder') return { kind: 'holder', holderId: secretHash(read.secret) };
  if (read.kind === 'account') {
    const account = await session();
    if (account?.id !== read.accountId) throw new ProblemError('sign_in_required');
    return { kind: 'account', account };
  }
  const device = await ctx.db.read
    .selectFrom('device')
    .select(['id', 'event_id', 'secret_hash', 'state', 'expires_at', 'revoked_at', 'profile'])
    .where('id', '=', read.deviceId)
    .executeTakeFirst();
  if (!device || !sameText(device.secret_hash, secretHash(read.secret))) return undefined;
  const access = device.state === 'revoked' ? 'revoked' : device.expires_at <= ctx.clock() ? 'closed' : 'open';
  return {
    kind: 'device',
    deviceId: device.id,
    eventId: device.event_id,
    access,
    profile: device.profile,
    ...(device.revoked_at === null ? {} : { revokedAt: device.revoked_at }),
  };
}

/** The one scope that is the identity's own: what its mutations show up in. */
export function ownScope(identity: Identity): Scope | undefined {
  if (identity.kind === 'holder') return personScope(identity.holderId);
  if (identity.kind === 'account') return deskScope(identity.account.id);
  return identity.kind === 'device' ? rosterScope(identity.eventId) : undefined;
}

/** The scope that an address means; undefined when it names the bearer's own and there is no bearer. */
export function meantBy(identity: Identity, named: string): Scope | undefined {
  return named === OWN ? ownScope(identity) : named;
}

/** Every scope but the public ones that the identity reads. */
export function scopesOf(identity: Identity): readonly Scope[] {
  if (identity.kind === 'account') return accountScopes(actorOf(identity.account));
  const own = ownScope(identity);
  return own === undefined ? [] : [own];
}

/**
 * Public scopes are everybody's, a person's its holder's, a roster its doors' for as long as they may read, proposals their
 * author's and their moderators'.
 */
export function mayRead(identity: Identity, scope: Scope): boolean {
  if (isPublicScope(scope)) return true;
  if (identity.kind === 'device' && identity.access !== 'open') return false;
  return scopesOf(identity).includes(scope);
}

function sameText(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
