import type { Language } from '#domain/text.ts';
import type { SignInMeans } from '#protocol/sign-in-ways.ts';
import type { Tx } from '../../db/units.ts';
import type { Account } from './accounts.ts';
import type { Context } from '../context.ts';
import { meansRemovedMail } from './means-mails.ts';
import type { Mailer } from '../mail/mail.ts';
import { ProblemError } from '../problem-error.ts';

/** In which ways an account is signed in to, beside the mailed code. */
export async function meansOf(ctx: Context, accountId: string): Promise<SignInMeans> {
  const db = ctx.db.read;
  const [passkeys, identities] = await Promise.all([
    db
      .selectFrom('passkey')
      .selectAll()
      .where('account_id', '=', accountId)
      .orderBy('created_at')
      .orderBy('id')
      .execute(),
    db.selectFrom('account_identity').selectAll().where('account_id', '=', accountId).orderBy('created_at').execute(),
  ]);
  return {
    passkeys: passkeys.map((row) => ({
      id: row.id,
      name: row.name,
      since: timeOf(row.created_at),
      ...(row.last_used_at === null ? {} : { lastUsedAt: timeOf(row.last_used_at) }),
    })),
    identities: identities.map((row) => ({
      id: row.id,
      provider: providerName(ctx, row.issuer),
      since: timeOf(row.created_at),
      lastUsedAt: timeOf(row.last_used_at),
    })),
  };
}

/** @throws ProblemError `not_found` */
export async function renamePasskey(ctx: Context, accountId: string, id: string, name: string): Promise<void> {
  const { value } = await ctx.db.units.one((tx) =>
    tx.db
      .updateTable('passkey')
      .set({ name })
      .where('id', '=', id)
      .where('account_id', '=', accountId)
      .returning('id')
      .executeTakeFirst(),
  );
  if (!value) throw new ProblemError('not_found');
}

/** Removes a passkey; its sessions stay, and are ended where they are listed. @throws ProblemError `not_found` */
export async function removePasskey(ctx: Context, mailer: Mailer, account: Account, id: string): Promise<void> {
  const row = await taken(ctx, (tx) =>
    tx.db
      .deleteFrom('passkey')
      .where('id', '=', id)
      .where('account_id', '=', account.id)
      .returning('name')
      .executeTakeFirst(),
  );
  const language = await languageOf(ctx, account.id);
  const what = row.name || { fr: 'clé d’accès', en: 'passkey' }[language];
  mailer.send({ to: account.email, ...meansRemovedMail[language](what) });
}

/** Forgets who somebody is at a provider: the address finds the account again at the next sign-in there. @throws ProblemError `not_found` */
export async function removeIdentity(ctx: Context, mailer: Mailer, account: Account, id: string): Promise<void> {
  const row = await taken(ctx, (tx) =>
    tx.db
      .deleteFrom('account_identity')
      .where('id', '=', id)
      .where('account_id', '=', account.id)
      .returning('issuer')
      .executeTakeFirst(),
  );
  const what = providerName(ctx, row.issuer);
  mailer.send({ to: account.email, ...meansRemovedMail[await languageOf(ctx, account.id)](what) });
}

async function taken<T>(ctx: Context, work: (tx: Tx) => Promise<T | undefined>): Promise<T> {
  const { value } = await ctx.db.units.one(work);
  if (value === undefined) throw new ProblemError('not_found');
  return value;
}

/** In which language an account is written to. */
export async function languageOf(ctx: Context, accountId: string): Promise<Language> {
  const row = await ctx.db.read.selectFrom('account').select('language').where('id', '=', accountId).executeTakeFirst();
  return row?.language ?? 'fr';
}

/** By the name that people know it by, while it is the one in use. */
function providerName(ctx: Context, issuer: string): string {
  const { oidc } = ctx.config;
  const url = URL.parse(issuer);
  return oidc && url?.href === new URL(oidc.issuer).href ? oidc.name : (url?.hostname ?? issuer);
}

function timeOf(at: number): string {
  return new Date(at).toISOString();
}
