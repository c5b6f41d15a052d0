import { randomUUID } from 'node:crypto';
import { emailKey } from '#domain/registration.ts';
import type { Language } from '#domain/text.ts';
import type { Account } from './accounts.ts';
import type { Tx } from '../../db/units.ts';
import { accountOf, accountRows } from './accounts.ts';
import type { Context } from '../context.ts';
import { signInMail } from '../mail/mail-texts.ts';
import type { Mailer } from '../mail/mail.ts';
import { acceptInvitation, invitationFor } from './team.ts';
import { tryMailedCode } from './mailed-codes.ts';
import { hashCode, newSignInCode, newToken, seal, sha256Text, unseal } from './secrets.ts';

const CODE_MINUTES = 10;
/** Codes of one address that are good at a time; who asks for more waits until one has expired. */
const CODES = 5;
const SESSION_DAYS = 30;
export const SESSION_SECONDS = SESSION_DAYS * 86_400;

/** What the demonstration accounts sign in with, beside mailed codes. */
export const DEMO_CODE = '246810';

/**
 * Mails a code to the address if it has an account. Says nothing of whether it has, not by its time either: what differs
 * happens after the answer.
 */
export function requestCode(ctx: Context, mailer: Mailer, email: string, language: Language): void {
  makeCode(ctx, emailKey(email))
    .then((made) => {
      if (made) mailer.send({ to: made.email, ...signInMail[language](made.code, CODE_MINUTES) });
    })
    .catch((error: unknown) => ctx.log.error({ err: error }, 'no sign-in code could be made'));
}

async function makeCode(ctx: Context, key: string): Promise<{ email: string; code: string } | undefined> {
  const account = await ctx.db.read
    .selectFrom('account')
    .select(['email', 'demo'])
    .where('email_key', '=', key)
    .executeTakeFirst();
  // Whoever was invited proves in the same way that the address is theirs.
  const email = account?.email ?? (await invitationFor(ctx, key))?.email;
  if (email === undefined || (account?.demo === 1 && !ctx.config.loopback)) return undefined;
  const code = newSignInCode();
  const code_hash = await hashCode(code, key);
  const now = ctx.clock();
  const { value } = await ctx.db.units.one(async (tx) => {
    await tx.db.deleteFrom('sign_in_code').where('expires_at', '<=', now).execute();
    const good = await tx.db
      .selectFrom('sign_in_code')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('email_key', '=', key)
      .executeTakeFirstOrThrow();
    if (good.count >= CODES) return false;
    await tx.db
      .insertInto('sign_in_code')
      .values({ email_key: key, code_hash, created_at: now, expires_at: now + CODE_MINUTES * 60_000, attempts: 0 })
      .onConflict((c) => c.columns(['email_key', 'code_hash']).doNothing())
      .execute();
    return true;
  });
  return value ? { email, code } : undefined;
}

export interface Session {
  readonly account: Account;
  /** For the cookie alone; the database has its hash. */
  readonly token: string;
  readonly expiresAt: number;
}

/**
 * Exchanges a code for a session. Undefined for a wrong, used, expired or too often tried code and for an unknown address alike.
 * Somebody invited has their account from then on.
 * @param fromLoopback whether the request itself came to a loopback address: without it no demonstration account signs in
 */
export async function signIn(
  ctx: Context,
  email: string,
  code: string,
  fromLoopback: boolean,
  device?: string,
): Promise<Session | undefined> {
  const key = emailKey(email);
  const hash = await hashCode(code, key);
  const now = ctx.clock();
  const { value } = await ctx.db.units.one(async (tx) => {
    const good = await tryMailedCode(tx, key, hash, now);
    if (good) await acceptInvitation(ctx, tx, key);
    const row = await accountRows(tx.db).where('email_key', '=', key).executeTakeFirst();
    if (!row) return undefined;
    const account = accountOf(row);
    const demo = account.demo && ctx.config.loopback && fromLoopback;
    if (account.demo && !demo) return undefined;
    if (!good && !(demo && code === DEMO_CODE)) return undefined;
    await tx.db.deleteFrom('sign_in_code').where('email_key', '=', key).execute();
    return { account, ...(await openSession(ctx, tx, account.id, device, { by: 'code' })) };
  });
  return value;
}

/** How a session is opened. `idToken`: the provider's, by which it knows whom to sign out. */
type Opening = { readonly by: 'code' | 'passkey' } | { readonly by: 'provider'; readonly idToken: string };

/** Signs an account in. @param device as `deviceIn` says */
export async function openSession(
  ctx: Context,
  tx: Tx,
  accountId: string,
  device: string | undefined,
  opening: Opening,
): Promise<Pick<Session, 'token' | 'expiresAt'>> {
  const now = ctx.clock();
  const token = newToken();
  const expires_at = now + SESSION_SECONDS * 1000;
  await tx.db.deleteFrom('session').where('expires_at', '<=', now).execute();
  await tx.db
    .insertInto('session')
    .values({
      token_hash: sha256Text(token),
      id: randomUUID(),
      account_id: accountId,
      device: device ?? null,
      created_at: now,
      last_seen_at: now,
      expires_at,
      opened_by: opening.by,
      id_token: opening.by === 'provider' ? seal(token, opening.idToken) : null,
    })
    .execute();
  return { token, expiresAt: expires_at };
}

/**
 * Ends a session; nothing happens when there is none.
 * @returns the provider's token of a session that was opened there
 */
export async function signOut(ctx: Context, token: string): Promise<string | undefined> {
  const { value } = await ctx.db.units.one((tx) =>
    tx.db.deleteFrom('session').where('token_hash', '=', sha256Text(token)).returning('id_token').executeTakeFirst(),
  );
  return value?.id_token ? unseal(token, value.id_token) : undefined;
}
