import { randomBytes } from 'node:crypto';
import { uuidV7 } from '#domain/ids.ts';
import type { RegionCode } from '#domain/programme.ts';
import type { Actor } from '#domain/proposal.ts';
import { emailKey } from '#domain/registration.ts';
import type { Language } from '#domain/text.ts';
import type { Role } from '#protocol/sign-in.ts';
import type { Context } from './context.ts';
import { sha256Text } from './secrets.ts';

/** A signed-in person. */
export interface Account {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  /** A regional correspondent's. */
  readonly region?: RegionCode;
  /** Exists only with the sample, and only while the server listens on loopback. */
  readonly demo: boolean;
}

export interface NewAccount {
  readonly email: string;
  readonly role: Role;
  readonly region?: RegionCode;
  readonly demo?: boolean;
  readonly language?: Language;
}

/**
 * Makes the account of an address, or gives the one there is the role and region asked for.
 * @returns its id
 */
export async function ensureAccount(ctx: Context, wanted: NewAccount): Promise<{ id: string; added: boolean }> {
  const now = ctx.clock();
  const id = uuidV7(now, randomBytes(10));
  const row = { role: wanted.role, region: wanted.region ?? null, demo: wanted.demo ? 1 : 0 };
  const { value } = await ctx.db.units.one((tx) =>
    tx.db
      .insertInto('account')
      .values({
        id,
        email: wanted.email.trim(),
        email_key: emailKey(wanted.email),
        language: wanted.language ?? 'fr',
        created_at: now,
        ...row,
      })
      .onConflict((c) => c.column('email_key').doUpdateSet(row))
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  return { id: value.id, added: value.id === id };
}

/** Lets an organiser run events; those that the account may run already stay so. */
export async function grantEvents(ctx: Context, accountId: string, eventIds: readonly string[]): Promise<void> {
  await ctx.db.units.one(async (tx) => {
    for (const event_id of eventIds) {
      await tx.db
        .insertInto('event_organiser')
        .values({ event_id, account_id: accountId })
        .onConflict((c) => c.columns(['event_id', 'account_id']).doNothing())
        .execute();
    }
  });
}

/** Who a session's token belongs to, while it lasts. */
export async function accountOfSession(
  ctx: Context,
  token: string,
): Promise<{ account: Account; expiresAt: number } | undefined> {
  const row = await ctx.db.read
    .selectFrom('session')
    .innerJoin('account', 'account.id', 'session.account_id')
    .select(['account.id', 'account.email', 'account.role', 'account.region', 'account.demo', 'session.expires_at'])
    .where('session.token_hash', '=', sha256Text(token))
    .where('session.expires_at', '>', ctx.clock())
    .executeTakeFirst();
  return row ? { account: accountOf(row), expiresAt: row.expires_at } : undefined;
}

export function accountOf(row: {
  id: string;
  email: string;
  role: Role;
  region: string | null;
  demo: number;
}): Account {
  const { id, email, role } = row;
  return { id, email, role, ...(row.region === null ? {} : { region: row.region }), demo: row.demo === 1 };
}

/** The account as the rules of proposals see it. */
export function actorOf({ id, role, region }: Account): Actor {
  return { accountId: id, role, regions: region === undefined ? [] : [region] };
}

/** Whether the account may run the event: its own, its region's, or all. */
export async function mayRun(ctx: Context, account: Account, event: { id: string; region: string }): Promise<boolean> {
  if (account.role === 'national') return true;
  if (account.role === 'regional') return account.region === event.region;
  const own = await ctx.db.read
    .selectFrom('event_organiser')
    .select('event_id')
    .where('event_id', '=', event.id)
    .where('account_id', '=', account.id)
    .executeTakeFirst();
  return own !== undefined;
}

/** The accounts that exist only with the sample. */
export async function demoAccounts(ctx: Context): Promise<Account[]> {
  const rows = await ctx.db.read
    .selectFrom('account')
    .selectAll()
    .where('demo', '=', 1)
    .orderBy('created_at')
    .execute();
  return rows.map(accountOf);
}
