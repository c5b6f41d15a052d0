import type { Generated } from 'kysely';
import type { Role } from '#domain/account.ts';
import type { Deed } from '#protocol/desk.ts';
import type { SignInWay } from '#protocol/sign-in-ways.ts';

export interface AccountTable {
  id: string;
  email: string;
  email_key: string;
  role: Role;
  /** JSON of region codes. */
  regions: Generated<string>;
  /** JSON of names. */
  bodies: Generated<string>;
  demo: number;
  language: 'fr' | 'en';
  created_at: number;
}

/** What signed-in people did with what is known of others. */
export interface DeedTable {
  id: string;
  at: number;
  account_id: string;
  kind: Deed;
  event_id: string | null;
  /** Whom or what it was about, where neither event nor kind says so. */
  about: string | null;
  count: number | null;
}

/** The bodies of an account, by their folded names. */
export interface AccountBodyTable {
  account_id: string;
  body_key: string;
}

/** Somebody who may have an account once they sign in with the address. */
export interface InvitationTable {
  id: string;
  email: string;
  email_key: string;
  role: Role;
  regions: string;
  bodies: string;
  language: 'fr' | 'en';
  invited_by: string;
  created_at: number;
  expires_at: number;
}

export interface EventOrganiserTable {
  event_id: string;
  account_id: string;
}

export interface SignInCodeTable {
  email_key: string;
  code_hash: string;
  created_at: number;
  expires_at: number;
  attempts: number;
}

export interface SessionTable {
  token_hash: string;
  id: string;
  /** What the browser says that it is, in a few words: `Firefox, Android`. */
  device: string | null;
  last_seen_at: number;
  account_id: string;
  created_at: number;
  expires_at: number;
  opened_by: Generated<SignInWay>;
  /** The provider's token of who signed in, needed to sign out there; sealed with the session's own, which is nowhere else. */
  id_token: Generated<string | null>;
}

/** An account as a provider of OpenID Connect names it. */
interface AccountIdentityTable {
  id: string;
  issuer: string;
  subject: string;
  account_id: string;
  created_at: number;
  last_used_at: number;
}

/** Somebody on their way to the provider and back. */
interface ProviderTripTable {
  state_hash: string;
  browser_hash: string;
  nonce: string;
  verifier: string;
  /** The page to go on to. */
  next: string;
  expires_at: number;
}

interface PasskeyTable {
  id: string;
  /** Base64url, as the browser writes it. */
  credential_id: string;
  account_id: string;
  public_key: Uint8Array;
  counter: number;
  /** JSON of how its device is reached. */
  transports: string;
  /** Empty when nobody knows one. */
  name: string;
  created_at: number;
  last_used_at: number | null;
}

/** `account_id`: whose new key it is for; null for signing in. */
interface PasskeyChallengeTable {
  challenge_hash: string;
  account_id: string | null;
  expires_at: number;
}

export interface SignInTables {
  account_identity: AccountIdentityTable;
  provider_trip: ProviderTripTable;
  passkey: PasskeyTable;
  passkey_challenge: PasskeyChallengeTable;
}
