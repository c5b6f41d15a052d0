import { randomUUID } from 'node:crypto';
import type { Role, Standing } from '#domain/account.ts';
import { decideInvitation, isInTeamOf } from '#domain/account.ts';
import { emailKey } from '#domain/registration.ts';
import type { InvitationAnswer, InvitationRequest, Team } from '#protocol/team.ts';
import type { Scope } from '#protocol/scope.ts';
import type { Tx } from '../../db/units.ts';
import type { Account } from './accounts.ts';
import { accountOf, accountRows, bodyKey, ensureAccountIn } from './accounts.ts';
import { addressForLinks } from '../operation/address.ts';
import { note } from '../desk/audit.ts';
import type { Context } from '../context.ts';
import { forget } from './erasing.ts';
import { invitationMail } from '../mail/mail-texts.ts';
import type { Mailer } from '../mail/mail.ts';
import { forgetAuthor } from '../proposing/proposal-persons.ts';
import { ProblemError } from '../problem-error.ts';

const DAY = 86_400_000;
const INVITATION_DAYS = 30;

/** Colleagues and invitations that the account may see. */
export async function teamOf(ctx: Context, account: Account): Promise<Team> {
  const now = ctx.clock();
  const [people, invitations] = await Promise.all([
    accountRows(ctx.db.read)
      .where('account.email', '!=', '')
      .leftJoin('session', 'session.account_id', 'account.id')
      .select(({ fn }) => fn.max('session.last_seen_at').as('last_seen_at'))
      .groupBy('account.id')
      .orderBy('account.email')
      .execute(),
    ctx.db.read
      .selectFrom('invitation')
      .leftJoin('account', 'account.id', 'invitation.invited_by')
      .selectAll('invitation')
      .select('account.email as inviter')
      .orderBy('invitation.email')
      .execute(),
  ]);
  return {
    people: people.flatMap((row) => {
      const one = accountOf(row);
      const self = one.id === account.id;
      if (!self && !isInTeamOf(asKeys(account), asKeys(one))) return [];
      const { id, email, role, regions, bodies } = one;
      return {
        id,
        email,
        role,
        regions: [...regions],
        bodies: [...bodies],
        self,
        ...(row.last_seen_at === null ? {} : { lastSeenAt: new Date(row.last_seen_at).toISOString() }),
        removable: !self && !one.demo && account.role === 'national',
      };
    }),
    invitations: invitations.flatMap((row) => {
      const standing = standingOf(row);
      const mine = row.invited_by === account.id;
      if (!mine && !isInTeamOf(asKeys(account), asKeys(standing))) return [];
      return {
        id: row.id,
        email: row.email,
        role: standing.role,
        regions: [...standing.regions],
        bodies: [...standing.bodies],
        ...(row.inviter === null ? {} : { invitedBy: row.inviter }),
        expiresAt: new Date(row.expires_at).toISOString(),
        expired: row.expires_at <= now,
        removable: mine || account.role === 'national',
      };
    }),
  };
}

/**
 * Invites an address: an account is made once somebody signs in with it. The same address again is invited anew.
 * @returns refused: by the rule, or `known` when the address has an account
 */
export async function invite(
  ctx: Context,
  mailer: Mailer,
  account: Account,
  { email, language, ...wanted }: InvitationRequest,
): Promise<InvitationAnswer> {
  const reason = decideInvitation(asKeys(account), asKeys(wanted));
  if (reason) return { kind: 'refused', reason };
  const key = emailKey(email);
  const now = ctx.clock();
  const id = randomUUID();
  const { value } = await ctx.db.units.one(async (tx): Promise<InvitationAnswer> => {
    const known = await tx.db.selectFrom('account').select('id').where('email_key', '=', key).executeTakeFirst();
    if (known) return { kind: 'refused', reason: 'known' };
    const earlier = await tx.db.selectFrom('invitation').selectAll().where('email_key', '=', key).executeTakeFirst();
    // Somebody else's open invitation is not theirs to change.
    if (earlier && earlier.expires_at > now && earlier.invited_by !== account.id && account.role !== 'national') {
      return { kind: 'refused', reason: 'known' };
    }
    await tx.db.deleteFrom('invitation').where('email_key', '=', key).execute();
    await tx.db
      .insertInto('invitation')
      .values({
        id,
        email: email.trim(),
        email_key: key,
        role: wanted.role,
        regions: JSON.stringify(wanted.role === 'regional' ? wanted.regions : []),
        bodies: JSON.stringify(wanted.role === 'organiser' ? wanted.bodies : []),
        language,
        invited_by: account.id,
        created_at: now,
        expires_at: now + INVITATION_DAYS * DAY,
      })
      .execute();
    await note(ctx, tx, account, { kind: 'invited', about: email.trim() });
    return { kind: 'invited', id };
  });
  if (value.kind === 'invited') {
    const url = `${await addressForLinks(ctx)}/connexion`;
    mailer.send({ to: email.trim(), ...invitationMail[language](account.email, url, INVITATION_DAYS) });
  }
  return value;
}

/** @throws ProblemError `not_found`, `forbidden` */
export async function withdrawInvitation(ctx: Context, account: Account, id: string): Promise<void> {
  if (account.role === 'auditor') throw new ProblemError('forbidden');
  await ctx.db.units.one(async (tx) => {
    const row = await tx.db.selectFrom('invitation').selectAll().where('id', '=', id).executeTakeFirst();
    if (!row) throw new ProblemError('not_found');
    if (row.invited_by !== account.id && account.role !== 'national') throw new ProblemError('forbidden');
    await tx.db.deleteFrom('invitation').where('id', '=', id).execute();
    await note(ctx, tx, account, { kind: 'invitation_withdrawn', about: row.email });
  });
}

/**
 * Ends somebody's account.
 * @throws ProblemError `not_found`; `forbidden` unless of the national team, and for one's own, which `/espace/compte` deletes
 */
export async function removeColleague(ctx: Context, account: Account, id: string): Promise<void> {
  if (account.role !== 'national' || account.id === id) throw new ProblemError('forbidden');
  const { value } = await ctx.db.units.one(async (tx) => {
    const row = await tx.db.selectFrom('account').select(['email', 'demo']).where('id', '=', id).executeTakeFirst();
    if (!row?.email) throw new ProblemError('not_found');
    // Of the sample, for whoever looks at it next.
    if (row.demo === 1) throw new ProblemError('forbidden');
    const named = await removeAccount(tx, id);
    await note(ctx, tx, account, { kind: 'account_removed', about: row.email });
    return named;
  });
  await forget(ctx, value);
}

/**
 * Ends an account: what they did stays, under an id that has no address and that nobody can sign in to.
 * @returns the scopes that named them, whose logs are to be forgotten after the commit
 */
export async function removeAccount(tx: Tx, id: string): Promise<Scope[]> {
  const theirs = [
    'session',
    'event_organiser',
    'account_body',
    'proposal_letter',
    'account_identity',
    'passkey',
    'passkey_challenge',
  ] as const;
  for (const table of theirs) await tx.db.deleteFrom(table).where('account_id', '=', id).execute();
  await tx.db.deleteFrom('invitation').where('invited_by', '=', id).execute();
  const { email_key } = await tx.db
    .selectFrom('account')
    .select('email_key')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  await tx.db.deleteFrom('sign_in_code').where('email_key', '=', email_key).execute();
  const nobody = {
    email: '',
    email_key: `removed:${id}`,
    role: 'organiser',
    regions: '[]',
    bodies: '[]',
    demo: 0,
  } as const;
  await tx.db.updateTable('account').set(nobody).where('id', '=', id).execute();
  return forgetAuthor(tx, id);
}

/** The open invitation of an address. */
export function invitationFor(ctx: Context, key: string) {
  return ctx.db.read
    .selectFrom('invitation')
    .selectAll()
    .where('email_key', '=', key)
    .where('expires_at', '>', ctx.clock())
    .executeTakeFirst();
}

/** Makes the account of somebody invited, who has shown that the address is theirs. */
export async function acceptInvitation(ctx: Context, tx: Tx, key: string): Promise<void> {
  const row = await tx.db
    .deleteFrom('invitation')
    .where('email_key', '=', key)
    .where('expires_at', '>', ctx.clock())
    .returningAll()
    .executeTakeFirst();
  if (row) await ensureAccountIn(ctx, tx, { email: row.email, language: row.language, ...standingOf(row) });
}

function standingOf(row: { role: Role; regions: string; bodies: string }): Standing {
  return { role: row.role, regions: JSON.parse(row.regions) as string[], bodies: JSON.parse(row.bodies) as string[] };
}

/** Bodies are compared however they are written. */
function asKeys({ role, regions, bodies }: Standing): Standing {
  return { role, regions, bodies: bodies.map(bodyKey) };
}
