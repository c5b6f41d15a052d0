import { randomUUID } from 'node:crypto';
import type { AuthenticatorTransport } from '@simplewebauthn/server';
import * as v from 'valibot';
import type { PasskeyCreation, PasskeyRegistration, PasskeyRequest, PasskeySignIn } from '#protocol/sign-in-ways.ts';
import { MAX_PASSKEYS, passkeyCreation } from '#protocol/sign-in-ways.ts';
import type { Account } from './accounts.ts';
import { accountOf, accountRows } from './accounts.ts';
import type { Context } from '../context.ts';
import { languageOf } from './means.ts';
import { passkeyAddedMail } from './means-mails.ts';
import type { Mailer } from '../mail/mail.ts';
import { ProblemError } from '../problem-error.ts';
import { newToken, sha256Text } from './secrets.ts';
import type { Session } from './sign-in.ts';
import { openSession } from './sign-in.ts';

/** What a passkey is made for, and bound to by every browser: it cannot be used from another address. */
export interface RelyingParty {
  readonly id: string;
  readonly origin: string;
}

/** Takes 28 MB of memory: not before somebody makes or uses a passkey. */
const library = () => import('@simplewebauthn/server');
/** Milliseconds for which a challenge is good. */
const GOOD_FOR = 300_000;
/** ECDSA, EdDSA and RSA, which every authenticator knows one of. */
const ALGORITHMS = [-7, -8, -257];

/** What a browser needs to make a passkey for an account. @throws ProblemError `too_large` when it has as many as it may */
export async function passkeyOptions(ctx: Context, party: RelyingParty, account: Account): Promise<PasskeyCreation> {
  const rows = await ctx.db.read
    .selectFrom('passkey')
    .select(['credential_id', 'transports'])
    .where('account_id', '=', account.id)
    .execute();
  if (rows.length >= MAX_PASSKEYS) throw new ProblemError('too_large');
  const { generateRegistrationOptions } = await library();
  const options = await generateRegistrationOptions({
    rpName: 'Escale',
    rpID: party.id,
    userName: account.email,
    userDisplayName: account.email,
    userID: new TextEncoder().encode(account.id),
    attestationType: 'none',
    supportedAlgorithmIDs: ALGORITHMS,
    timeout: GOOD_FOR,
    // Found without an address being typed, and worth two factors: the device, and who it knows.
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    excludeCredentials: rows.map((row) => ({ id: row.credential_id, transports: transportsOf(row.transports) })),
  });
  await keepChallenge(ctx, options.challenge, account.id);
  return v.parse(passkeyCreation, options);
}

/** Adds a passkey that a browser has made. @throws ProblemError `passkey_refused`, `too_large` */
export async function addPasskey(
  ctx: Context,
  mailer: Mailer,
  party: RelyingParty,
  account: Account,
  answer: PasskeyRegistration,
  name: string,
): Promise<void> {
  const challenge = await takeChallenge(ctx, answer.response.clientDataJSON, account.id);
  const made = challenge === undefined ? undefined : await madeFor(party, challenge, answer);
  if (!made) throw new ProblemError('passkey_refused');
  const { value } = await ctx.db.units.one(async (tx) => {
    const held = await tx.db
      .selectFrom('passkey')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('account_id', '=', account.id)
      .executeTakeFirstOrThrow();
    if (held.count >= MAX_PASSKEYS) throw new ProblemError('too_large');
    return tx.db
      .insertInto('passkey')
      .values({
        id: randomUUID(),
        credential_id: made.id,
        account_id: account.id,
        public_key: Buffer.from(made.publicKey),
        counter: made.counter,
        transports: JSON.stringify(made.transports ?? []),
        name,
        created_at: ctx.clock(),
        last_used_at: null,
      })
      .onConflict((c) => c.doNothing())
      .returning('id')
      .executeTakeFirst();
  });
  // Somebody's already.
  if (!value) throw new ProblemError('passkey_refused');
  mailer.send({ to: account.email, ...passkeyAddedMail[await languageOf(ctx, account.id)](name) });
}

async function madeFor(party: RelyingParty, challenge: string, answer: PasskeyRegistration) {
  try {
    const { verifyRegistrationResponse } = await library();
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: answer,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    return verified ? registrationInfo.credential : undefined;
  } catch {
    return undefined;
  }
}

/** What a browser needs to look for a passkey of whoever sits there. */
export async function passkeyChallenge(ctx: Context, party: RelyingParty): Promise<PasskeyRequest> {
  const challenge = newToken();
  await keepChallenge(ctx, challenge, null);
  return { challenge, rpId: party.id, timeout: GOOD_FOR, userVerification: 'required' };
}

/**
 * Signs in with a passkey.
 * @returns undefined whatever is wrong with it: the challenge, its origin, its signature, its counter, whose it is
 */
export async function signInByPasskey(
  ctx: Context,
  party: RelyingParty,
  answer: PasskeySignIn,
  fromLoopback: boolean,
  device: string | undefined,
): Promise<Session | undefined> {
  const challenge = await takeChallenge(ctx, answer.response.clientDataJSON, null);
  const row = await ctx.db.read
    .selectFrom('passkey')
    .selectAll()
    .where('credential_id', '=', answer.id)
    .executeTakeFirst();
  if (challenge === undefined || !row) return undefined;
  if (Buffer.from(answer.response.userHandle, 'base64url').toString() !== row.account_id) return undefined;
  const counter = await counterOf(party, challenge, answer, row);
  if (counter === undefined) return undefined;
  const { value } = await ctx.db.units.one(async (tx) => {
    const account = accountOf(
      await accountRows(tx.db).where('account.id', '=', row.account_id).executeTakeFirstOrThrow(),
    );
    if (account.demo && !(ctx.config.loopback && fromLoopback)) return undefined;
    // Another answer of the same key may have come in between: one of the two is a copy's.
    const used = await tx.db
      .updateTable('passkey')
      .set({ counter, last_used_at: ctx.clock() })
      .where('id', '=', row.id)
      .where('counter', '=', row.counter)
      .returning('id')
      .executeTakeFirst();
    if (!used) return undefined;
    return { account, ...(await openSession(ctx, tx, account.id, device, { by: 'passkey' })) };
  });
  return value;
}

/** The key's count after this use; undefined when the answer does not hold. */
async function counterOf(
  party: RelyingParty,
  challenge: string,
  answer: PasskeySignIn,
  row: { credential_id: string; public_key: Uint8Array; counter: number; transports: string },
): Promise<number | undefined> {
  try {
    const { verifyAuthenticationResponse } = await library();
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      credential: {
        id: row.credential_id,
        publicKey: new Uint8Array(row.public_key),
        counter: row.counter,
        transports: transportsOf(row.transports),
      },
    });
    return verified ? authenticationInfo.newCounter : undefined;
  } catch {
    return undefined;
  }
}

async function keepChallenge(ctx: Context, challenge: string, accountId: string | null): Promise<void> {
  const now = ctx.clock();
  await ctx.db.units.one(async (tx) => {
    await tx.db.deleteFrom('passkey_challenge').where('expires_at', '<=', now).execute();
    await tx.db
      .insertInto('passkey_challenge')
      .values({ challenge_hash: sha256Text(challenge), account_id: accountId, expires_at: now + GOOD_FOR })
      .execute();
  });
}

const clientData = v.object({ challenge: v.pipe(v.string(), v.maxLength(200)) });

/** Takes the challenge that an answer names, which is then used up. @returns undefined unless it was given for just this and is still good */
async function takeChallenge(
  ctx: Context,
  clientDataJson: string,
  accountId: string | null,
): Promise<string | undefined> {
  const parsed = v.safeParse(
    v.pipe(v.string(), v.parseJson(), clientData),
    Buffer.from(clientDataJson, 'base64url').toString(),
  );
  if (!parsed.success) return undefined;
  const { challenge } = parsed.output;
  const { value } = await ctx.db.units.one((tx) =>
    tx.db
      .deleteFrom('passkey_challenge')
      .where('challenge_hash', '=', sha256Text(challenge))
      .where('account_id', 'is not distinct from', accountId)
      .returning('expires_at')
      .executeTakeFirst(),
  );
  return value && value.expires_at > ctx.clock() ? challenge : undefined;
}

function transportsOf(json: string): AuthenticatorTransport[] {
  return JSON.parse(json) as AuthenticatorTransport[];
}
