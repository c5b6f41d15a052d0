/** Who somebody is elsewhere, passkeys, the ceremonies that are under way, and how a session was opened. */
export function signIn(text: string, bytes: string): string[] {
  return [
    `alter table session add column opened_by ${text} not null default 'code'`,
    `alter table session add column id_token ${text}`,
    `create table account_identity (
      id ${text} primary key, issuer ${text} not null, subject ${text} not null,
      account_id ${text} not null references account (id), created_at bigint not null, last_used_at bigint not null)`,
    `create unique index account_identity_subject on account_identity (issuer, subject)`,
    `create unique index account_identity_account on account_identity (account_id, issuer)`,
    `create table provider_trip (
      state_hash ${text} primary key, browser_hash ${text} not null, nonce ${text} not null, verifier ${text} not null,
      next ${text} not null, expires_at bigint not null)`,
    `create index provider_trip_expiry on provider_trip (expires_at)`,
    `create table passkey (
      id ${text} primary key, credential_id ${text} not null unique, account_id ${text} not null references account (id),
      public_key ${bytes} not null, counter bigint not null, transports ${text} not null, name ${text} not null,
      created_at bigint not null, last_used_at bigint)`,
    `create index passkey_account on passkey (account_id)`,
    `create table passkey_challenge (
      challenge_hash ${text} primary key, account_id ${text}, expires_at bigint not null)`,
    `create index passkey_challenge_expiry on passkey_challenge (expires_at)`,
  ];
}
