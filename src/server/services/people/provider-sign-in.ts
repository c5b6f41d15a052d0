import { randomUUID } from 'node:crypto';
import { emailKey } from '#domain/registration.ts';
import type { Language } from '#domain/text.ts';
import type { ProviderFailure } from '#protocol/sign-in-ways.ts';
import type { OidcConfig } from '../../config.ts';
import type { Tx } from '../../db/units.ts';
import type { Account } from './accounts.ts';
import { accountOf, accountRows } from './accounts.ts';
import type { Context } from '../context.ts';
import { linkedMail } from './means-mails.ts';
import type { Mailer } from '../mail/mail.ts';
import type { ProvenPerson, Trip } from './provider.ts';
import { addressOfProvider, newTrip, provePerson } from './provider.ts';
import { sha256Text } from './secrets.ts';
import type { Session } from './sign-in.ts';
import { openSession } from './sign-in.ts';
import { acceptInvitation } from './team.ts';

/** How long somebody may take at the provider. */
export const TRIP_SECONDS = 900;
/** Where people go on to who wanted nothing in particular. */
const HOME = '/espace';

/**
 * Sends a browser to the provider. What has to come back with it is kept for that browser alone, so that nobody is signed in
 * by an answer that was meant for another one.
 * @param browser the secret of the browser's cookie
 * @param next a page of ours
 * @returns where it goes; undefined while the provider cannot be reached
 */
export async function leaveForProvider(
  ctx: Context,
  config: OidcConfig,
  browser: string,
  next: string | undefined,
  redirectUri: string,
): Promise<string | undefined> {
  const trip = newTrip();
  const address = await addressOfProvider(ctx, config, trip, redirectUri);
  if (address === undefined) return undefined;
  const now = ctx.clock();
  await ctx.db.units.one(async (tx) => {
    await tx.db.deleteFrom('provider_trip').where('expires_at', '<=', now).execute();
    await tx.db
      .insertInto('provider_trip')
      .values({
        state_hash: sha256Text(trip.state),
        browser_hash: sha256Text(browser),
        nonce: trip.nonce,
        verifier: trip.verifier,
        next: next ?? HOME,
        expires_at: now + TRIP_SECONDS * 1000,
      })
      .execute();
  });
  return address;
}

export type Return =
  | { readonly kind: 'signed_in'; readonly session: Session; readonly next: string }
  | { readonly kind: 'failed'; readonly reason: ProviderFailure; readonly next: string };

/**
 * Signs in whoever comes back from the provider. A trip ends once, whatever comes of it.
 * @param answer the address at which the browser came back
 * @param fromLoopback as `signIn` has it
 */
export async function returnFromProvider(
  ctx: Context,
  config: OidcConfig,
  mailer: Mailer,
  answer: URL,
  browser: string | undefined,
  fromLoopback: boolean,
  device: string | undefined,
): Promise<Return> {
  const found = await endTrip(ctx, answer.searchParams.get('state') ?? '', browser ?? '');
  if (!found) return { kind: 'failed', reason: 'expired', next: HOME };
  const { trip, next } = found;
  const proof = await provePerson(ctx, config, answer, trip);
  if (proof.kind === 'failed') return { ...proof, next };
  const { value } = await ctx.db.units.one(async (tx) => {
    const who = await accountFor(ctx, tx, proof.person, fromLoopback);
    if (who.kind === 'failed') return who;
    const { idToken } = proof.person;
    const opened = await openSession(ctx, tx, who.account.id, device, { by: 'provider', idToken });
    return { ...who, session: { account: who.account, ...opened } };
  });
  if (value.kind === 'failed') return { ...value, next };
  if (value.linked) mailer.send({ to: value.account.email, ...linkedMail[value.linked](config.name) });
  return { kind: 'signed_in', session: value.session, next };
}

async function endTrip(
  ctx: Context,
  state: string,
  browser: string,
): Promise<{ trip: Trip; next: string } | undefined> {
  const { value } = await ctx.db.units.one((tx) =>
    tx.db
      .deleteFrom('provider_trip')
      .where('state_hash', '=', sha256Text(state))
      .where('browser_hash', '=', sha256Text(browser))
      .returningAll()
      .executeTakeFirst(),
  );
  if (!value || value.expires_at <= ctx.clock()) return undefined;
  return { trip: { state, nonce: value.nonce, verifier: value.verifier }, next: value.next };
}

type Found =
  | {
      readonly kind: 'found';
      readonly account: Account;
      /** The account's language, when it was linked just now. */ readonly linked?: Language;
    }
  | { readonly kind: 'failed'; readonly reason: ProviderFailure };

/**
 * Whose account it is. The first time a vouched-for address finds it, or the invitation; from then on the provider's own name for
 * the person does, and its address may change without any account being lost or won by it. Who comes into an address that
 * somebody else of the same provider had before is not let into that person's account.
 */
async function accountFor(ctx: Context, tx: Tx, person: ProvenPerson, fromLoopback: boolean): Promise<Found> {
  const now = ctx.clock();
  const { issuer, subject } = person;
  const may = ({ demo }: Account): boolean => !demo || (ctx.config.loopback && fromLoopback);
  const known = await tx.db
    .updateTable('account_identity')
    .set({ last_used_at: now })
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .returning('account_id')
    .executeTakeFirst();
  if (known) {
    const row = await accountRows(tx.db).where('account.id', '=', known.account_id).executeTakeFirstOrThrow();
    const account = accountOf(row);
    return may(account) ? { kind: 'found', account } : { kind: 'failed', reason: 'unknown_person' };
  }
  if (person.email === undefined) return { kind: 'failed', reason: 'unverified_email' };
  const key = emailKey(person.email);
  await acceptInvitation(ctx, tx, key);
  const row = await accountRows(tx.db).select('account.language').where('email_key', '=', key).executeTakeFirst();
  if (!row || !may(accountOf(row))) return { kind: 'failed', reason: 'unknown_person' };
  const made = await tx.db
    .insertInto('account_identity')
    .values({ id: randomUUID(), issuer, subject, account_id: row.id, created_at: now, last_used_at: now })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst();
  return made
    ? { kind: 'found', account: accountOf(row), linked: row.language }
    : { kind: 'failed', reason: 'linked_elsewhere' };
}
