import { createHash } from 'node:crypto';
import type { PictureType } from '#domain/picture.ts';
import { MAX_PICTURE_BYTES, readPicture } from '#domain/picture.ts';
import type { Account } from '../people/accounts.ts';
import type { Context } from '../context.ts';
import { ProblemError } from '../problem-error.ts';

/** Pictures that one account may send in a day: far above any programme, far below a disk. */
const A_DAY = 200;
const DAY = 86_400_000;

/**
 * Keeps a picture under the hash of its bytes; the same one again is no other, and counts as sent now. What it is its bytes say, never its sender.
 * @throws ProblemError `too_large`; `bad_request` when the bytes are not those of the hash; `unsupported_media` for what is no picture
 *   or has too many pixels; `too_many_requests`
 */
export async function keepPicture(ctx: Context, account: Account, sha256: string, bytes: Uint8Array): Promise<void> {
  if (account.role === 'auditor') throw new ProblemError('forbidden');
  if (bytes.length > MAX_PICTURE_BYTES) throw new ProblemError('too_large');
  if (createHash('sha256').update(bytes).digest('hex') !== sha256)
    throw new ProblemError('bad_request', 'another hash');
  const facts = readPicture(bytes);
  if (!facts) throw new ProblemError('unsupported_media');
  const now = ctx.clock();
  await ctx.db.units.one(async (tx) => {
    const { sent } = await tx.db
      .selectFrom('picture')
      .select((e) => e.fn.countAll<number | string>().as('sent'))
      .where('account_id', '=', account.id)
      .where('created_at', '>', now - DAY)
      .executeTakeFirstOrThrow();
    if (Number(sent) >= A_DAY) throw new ProblemError('too_many_requests');
    await tx.db
      .insertInto('picture')
      .values({ sha256, type: facts.type, body: bytes, account_id: account.id, created_at: now })
      .onConflict((c) => c.column('sha256').doUpdateSet({ created_at: now }))
      .execute();
  });
}

export async function pictureOf(
  ctx: Context,
  sha256: string,
): Promise<{ type: PictureType; body: Uint8Array } | undefined> {
  return ctx.db.read.selectFrom('picture').select(['type', 'body']).where('sha256', '=', sha256).executeTakeFirst();
}
