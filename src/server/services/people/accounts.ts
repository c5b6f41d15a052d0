import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Role, Standing } from '#domain/account.ts';
import { uuidV7 } from '#domain/ids.ts';
import type { RegionCode } from '#domain/programme.ts';
import type { Actor } from '#domain/proposal.ts';
import { emailKey } from '#domain/registration.ts';
import type { Language } from '#domain/text.ts';
import { fold } from '#domain/text.ts';
import type { Schema } from '../../db/schema.ts';
import type { Tx } from '../../db/units.ts';
import type { Context } from '../context.ts';
import { sha256Text } from './secrets.ts';

/** A signed-in person. */
export interface Account extends Standing {
  readonly id: string;
  readonly email: string;
  /** Exists only with the sample, and only while the server listens on loopback. */
  readonly demo: boolean;
}

export interface NewAccount {
  readonly email: string;
  readonly role: Role;
  /** A correspondent's; `region` for the usual one. */
  readonly regions?: readonly RegionCode[];
  readonly region?: RegionCode;
  /** Names of the bodies that an organiser works for. */
  readonly bodies?: readonly string[];
  readonly demo?: boolean;
  readonly language?: Language;
}

/**
 * Makes the account of an address, or gives the one there is the role, regions and bodies asked for.
 * @returns its id
 */
export async function ensureAccount(ctx: Context, wanted: NewAccount): Promise<{ id: string; added: boolean }> {
  return (await ctx.db.units.one((tx) => ensureAccountIn(ctx, tx, wanted))).value;
}

/** The same as a part of something larger. */
export async function ensureAccountIn(
  ctx: Context,
  tx: Tx,
  wanted: NewAccount,
): Promise<{ id: string; added: boolean }> {
  const now = ctx.clock();
  const id = uuidV7(now, randomBytes(10));
  const regions = wanted.regions ?? (wanted.region === undefined ? [] : [wanted.region]);
  const bodies = (wanted.bodies ?? []).map((body) => body.trim());
  const row = {
    role: wanted.role,
    regions: JSON.stringify(regions),
    bodies: JSON.stringify(bodies),
    demo: wanted.demo ? 1 : 0,
  };
  const value = await tx.db
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
    .executeTakeFirstOrThrow();
  await setBodies(tx, value.id, bodies);
  return { id: value.id, added: value.id === id };
}

/** A body is known by its name, however it is written. */
async function setBodies(tx: Tx, accountId: string, names: readonly string[]): Promise<void> {
  await tx.db.deleteFrom('account_body').where('account_id', '=', accountId).execute();
  for (const body_key of new Set(names.map(bodyKey))) {
    await tx.db.insertInto('account_body').values({ account_id: accountId, body_key }).execute();
  }
}

export function bodyKey(name: string): string {
  return fold(name).trim();
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
): Promise<{ account: Account; sessionId: string; expiresAt: number } | undefined> {
  const row = await accountRows(ctx.db.read)
    .innerJoin('session', 'session.account_id', 'account.id')
    .select(['session.id as session_id', 'session.expires_at'])
    .where('session.token_hash', '=', sha256Text(token))
    .where('session.expires_at', '>', ctx.clock())
    .executeTakeFirst();
  return row ? { account: accountOf(row), sessionId: row.session_id, expiresAt: row.expires_at } : undefined;
}

/** Rows that `accountOf` reads, to be narrowed. */
export function accountRows(db: Kysely<Schema>) {
  return db
    .selectFrom('account')
    .select([
      'account.id',
      'account.email',
      'account.role',
      'account.regions',
      'account.bodies',
      'account.demo',
      'account.created_at',
    ]);
}

export function accountOf(row: {
  id: string;
  email: string;
  role: Role;
  regions: string;
  bodies: string;
  demo: number;
}): Account {
  const { id, email, role } = row;
  return {
    id,
    email,
    role,
    regions: JSON.parse(row.regions) as RegionCode[],
    bodies: JSON.parse(row.bodies) as string[],
    demo: row.demo === 1,
  };
}

/** The account as the rules of proposals see it. */
export function actorOf({ id, role, regions }: Account): Actor {
  return { accountId: id, role, regions };
}

/** Whether the account may read what there is of the event: whoever may run it, and the auditor. */
export async function mayRead(ctx: Context, account: Account, event: { id: string; region: string }): Promise<boolean> {
  return account.role === 'auditor' || mayRun(ctx, account, event);
}

/** Whether the account may run the event: its own, its body's, its regions', or all. */
export async function mayRun(ctx: Context, account: Account, event: { id: string; region: string }): Promise<boolean> {
  switch (account.role) {
    case 'national':
      return true;
    case 'regional':
      return account.regions.includes(event.region);
    case 'auditor':
      return false;
    case 'organiser': {
      const own = await ownEvents(ctx.db.read, account.id).where('event_id', '=', event.id).executeTakeFirst();
      return own !== undefined;
    }
  }
}

/** The events that an organiser runs: those of their own and those of colleagues of a same body. */
export function ownEvents(db: Kysely<Schema>, accountId: string) {
  return db
    .selectFrom('event_organiser')
    .select('event_organiser.event_id')
    .where((e) =>
      e.or([
        e('event_organiser.account_id', '=', accountId),
        e(
          'event_organiser.account_id',
          'in',
          e
            .selectFrom('account_body as mine')
            .innerJoin('account_body as theirs', 'theirs.body_key', 'mine.body_key')
            .select('theirs.account_id')
            .where('mine.account_id', '=', accountId),
        ),
      ]),
    );
}

/** The accounts that exist only with the sample. */
export async function demoAccounts(ctx: Context): Promise<Account[]> {
  const rows = await accountRows(ctx.db.read).where('demo', '=', 1).orderBy('account.created_at').execute();
  return rows.map(accountOf);
}
