import type { Generated } from 'kysely';
import type { Role } from '#domain/account.ts';
import type { Deed } from '#protocol/desk.ts';

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
}
