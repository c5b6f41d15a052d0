import { emailKey } from '#domain/registration.ts';
import type { Language } from '#domain/text.ts';
import { personScope } from '#protocol/scope.ts';
import type { Tx } from '../../db/units.ts';
import type { Context } from '../context.ts';
import type { Identity } from '../people/identity.ts';
import type { RegistrationRow } from '../sync/items.ts';
import { registrationItem } from '../sync/items.ts';
import { recoveryMail } from '../mail/mail-texts.ts';
import type { Mailer } from '../mail/mail.ts';
import { ProblemError } from '../problem-error.ts';
import { isWaiting } from './seats.ts';
import { tryMailedCode } from '../people/mailed-codes.ts';
import { hashCode, newSignInCode } from '../people/secrets.ts';

const CODE_MINUTES = 15;
/** Codes of one address that are good at a time. */
const CODES = 3;

/** Codes stand beside those of signing in, and are never taken for one. */
const keyOf = (email: string): string => `recovery:${emailKey(email)}`;

/** Mails a code to an address that somebody registered with. Says nothing of whether anybody did, not by its time either. */
export function requestRecovery(ctx: Context, mailer: Mailer, email: string, language: Language): void {
  makeCode(ctx, email)
    .then((code) => {
      if (code) mailer.send({ to: email.trim(), ...recoveryMail[language](code, CODE_MINUTES) });
    })
    .catch((error: unknown) => ctx.log.error({ err: error }, 'no recovery code could be made'));
}

async function makeCode(ctx: Context, email: string): Promise<string | undefined> {
  const known = await ctx.db.read
    .selectFrom('registration')
    .select('id')
    .where('email_key', '=', emailKey(email))
    .limit(1)
    .executeTakeFirst();
  if (!known) return undefined;
  const key = keyOf(email);
  const code = newSignInCode();
  const code_hash = await hashCode(code, key);
  const now = ctx.clock();
  const { value } = await ctx.db.units.one(async (tx) => {
    await tx.db.deleteFrom('sign_in_code').where('expires_at', '<=', now).execute();
    const { count } = await tx.db
      .selectFrom('sign_in_code')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('email_key', '=', key)
      .executeTakeFirstOrThrow();
    if (count >= CODES) return false;
    await tx.db
      .insertInto('sign_in_code')
      .values({ email_key: key, code_hash, created_at: now, expires_at: now + CODE_MINUTES * 60_000, attempts: 0 })
      .onConflict((c) => c.columns(['email_key', 'code_hash']).doNothing())
      .execute();
    return true;
  });
  return value ? code : undefined;
}

/**
 * Moves the registrations of an address to the holder who knows the code that was mailed to it.
 * @returns how many there are
 * @throws ProblemError `sign_in_required` unless an attendee asks, `code_refused`
 */
export async function recover(ctx: Context, who: Identity, email: string, code: string): Promise<number> {
  if (who.kind !== 'holder') throw new ProblemError('sign_in_required');
  const key = keyOf(email);
  const hash = await hashCode(code, key);
  const now = ctx.clock();
  const { value } = await ctx.db.units.one(async (tx) => {
    if (!(await tryMailedCode(tx, key, hash, now))) return undefined;
    await tx.db.deleteFrom('sign_in_code').where('email_key', '=', key).execute();
    return move(tx, emailKey(email), who.holderId);
  });
  // Refused after the commit: the attempt has counted.
  if (value === undefined) throw new ProblemError('code_refused');
  return value;
}

async function move(tx: Tx, email: string, holderId: string): Promise<number> {
  const query = tx.db.selectFrom('registration').selectAll().where('email_key', '=', email).orderBy('id');
  const rows = await (tx.kind === 'postgres' ? query.forNoKeyUpdate() : query).execute();
  for (const row of rows) {
    if (row.holder_id === holderId) continue;
    await tx.db.updateTable('registration').set({ holder_id: holderId }).where('id', '=', row.id).execute();
    tx.log(personScope(row.holder_id), 'registration', row.id, undefined);
    tx.log(personScope(holderId), 'registration', row.id, registrationItem(row, await positionOf(tx, row)));
  }
  return rows.length;
}

async function positionOf(tx: Tx, row: RegistrationRow): Promise<number | undefined> {
  if (row.state !== 'waitlisted') return undefined;
  const { ahead } = await tx.db
    .selectFrom('registration')
    .select((e) => e.fn.countAll<number>().as('ahead'))
    .where('subject_id', '=', row.subject_id)
    .where(isWaiting)
    .where('waiting_order', '<', row.waiting_order)
    .executeTakeFirstOrThrow();
  return ahead + 1;
}
