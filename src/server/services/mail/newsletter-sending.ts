import type { LocalizedText } from '#domain/text.ts';
import type { Context } from '../context.ts';
import type { Mailer } from './mail.ts';
import { forgetPending } from './newsletter.ts';
import { confirmationMail, issueMail, originFor } from './newsletter-mails.ts';

/** Mails taken at a time, and milliseconds for which nobody else takes them. */
const BATCH = 40;
const CLAIM = 180_000;
/** Mails handed over at once. */
const AT_ONCE = 4;
/** Milliseconds before the first further try; doubled each time, and given up after the last. */
const RETRY = 60_000;
const TRIES = 8;
/** As the mail says. */
const PENDING_DAYS = 7;

/**
 * Sends the mails that ask to confirm and those of issues, as far as they are due. Several processes may do so at once: each mail is
 * one's for a while. One that was handed over just before a crash may go out twice, under one message id.
 * @returns how many were sent
 */
export async function sendNewsletters(ctx: Context, mailer: Mailer): Promise<number> {
  await forgetPending(ctx);
  let sent = await sendConfirmations(ctx, mailer);
  for (;;) {
    const letters = await claimLetters(ctx);
    if (letters.length === 0) return sent;
    for (let from = 0; from < letters.length; from += AT_ONCE) {
      const outcomes = await Promise.all(
        letters.slice(from, from + AT_ONCE).map((one) => sendLetter(ctx, mailer, one)),
      );
      sent += outcomes.filter(Boolean).length;
    }
  }
}

async function sendConfirmations(ctx: Context, mailer: Mailer): Promise<number> {
  const now = ctx.clock();
  const due = ctx.db.read.selectFrom('subscriber').select('id').where('mail_due_at', '<=', now).limit(1);
  // Almost always there is nothing: no unit is opened for that.
  if (!(await due.executeTakeFirst())) return 0;
  const { value: rows } = await ctx.db.units.one(async (tx) => {
    const query = tx.db.selectFrom('subscriber').selectAll().where('mail_due_at', '<=', now).limit(BATCH);
    const found = await (tx.kind === 'postgres' ? query.forUpdate().skipLocked() : query).execute();
    const ids = found.map((row) => row.id);
    if (ids.length > 0)
      await tx.db
        .updateTable('subscriber')
        .set({ mail_due_at: now + CLAIM })
        .where('id', 'in', ids)
        .execute();
    return found;
  });
  let sent = 0;
  for (const row of rows) {
    const { email: to, language, token } = row;
    const mail = confirmationMail(
      { to, language, token, origin: originFor(ctx) },
      row.state === 'confirmed',
      PENDING_DAYS,
    );
    // What could not be handed over is tried again when the claim is over, until the address is forgotten.
    if (!(await mailer.deliver(mail))) continue;
    sent++;
    await ctx.db.units.one((tx) =>
      tx.db
        .updateTable('subscriber')
        .set({ mail_due_at: null })
        .where('id', '=', row.id)
        // Asked for again meanwhile: that one goes out too.
        .where('mail_due_at', '=', now + CLAIM)
        .execute(),
    );
  }
  return sent;
}

type Claimed = Awaited<ReturnType<typeof claimLetters>>[number];

async function claimLetters(ctx: Context) {
  const now = ctx.clock();
  const due = ctx.db.read.selectFrom('newsletter_letter').select('issue_id').where('due_at', '<=', now).limit(1);
  if (!(await due.executeTakeFirst())) return [];
  const { value } = await ctx.db.units.one(async (tx) => {
    const query = tx.db
      .selectFrom('newsletter_letter')
      .innerJoin('subscriber', 'subscriber.id', 'newsletter_letter.subscriber_id')
      .innerJoin('newsletter_issue', 'newsletter_issue.id', 'newsletter_letter.issue_id')
      .select([
        'newsletter_letter.issue_id',
        'newsletter_letter.subscriber_id',
        'newsletter_letter.tries',
        'subscriber.email',
        'subscriber.language',
        'subscriber.token',
        'newsletter_issue.data',
      ])
      .where('due_at', '<=', now)
      .orderBy('due_at')
      .limit(BATCH);
    const rows = await (tx.kind === 'postgres' ? query.forUpdate('newsletter_letter').skipLocked() : query).execute();
    for (const row of rows)
      await tx.db
        .updateTable('newsletter_letter')
        .set({ due_at: now + CLAIM })
        .where('issue_id', '=', row.issue_id)
        .where('subscriber_id', '=', row.subscriber_id)
        .execute();
    return rows;
  });
  return value;
}

async function sendLetter(ctx: Context, mailer: Mailer, letter: Claimed): Promise<boolean> {
  const { issue_id, subscriber_id, email: to, language, token, tries } = letter;
  // Who has unsubscribed since the batch was taken gets nothing.
  const still = await ctx.db.read
    .selectFrom('newsletter_letter')
    .select('tries')
    .where('issue_id', '=', issue_id)
    .where('subscriber_id', '=', subscriber_id)
    .executeTakeFirst();
  if (!still) return false;
  const issue = JSON.parse(letter.data) as { subject: LocalizedText; body: LocalizedText };
  const messageId = `<${issue_id}.${subscriber_id}@escale>`;
  const done = await mailer.deliver(issueMail({ to, language, token, origin: originFor(ctx) }, issue, messageId));
  await ctx.db.units.one(async (tx) => {
    const one = tx.db.deleteFrom('newsletter_letter').where('issue_id', '=', issue_id);
    if (!done && tries + 1 < TRIES) {
      await tx.db
        .updateTable('newsletter_letter')
        .set({ tries: tries + 1, due_at: ctx.clock() + RETRY * 2 ** tries })
        .where('issue_id', '=', issue_id)
        .where('subscriber_id', '=', subscriber_id)
        .execute();
      return;
    }
    const gone = await one.where('subscriber_id', '=', subscriber_id).executeTakeFirst();
    if (gone.numDeletedRows > 0n)
      await tx.db
        .updateTable('newsletter_issue')
        .set((e) => (done ? { sent: e('sent', '+', 1) } : { failed: e('failed', '+', 1) }))
        .where('id', '=', issue_id)
        .execute();
    await tx.db
      .updateTable('newsletter_issue')
      .set({ state: 'sent' })
      .where('id', '=', issue_id)
      .where((e) => e.not(e.exists(e.selectFrom('newsletter_letter').select('tries').where('issue_id', '=', issue_id))))
      .execute();
  });
  return done;
}
