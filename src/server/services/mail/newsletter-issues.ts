import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { LocalizedText } from '#domain/text.ts';
import { textIn } from '#domain/text.ts';
import type { IssueEdit, NewsletterDesk, NewsletterIssue } from '#protocol/newsletter.ts';
import type { Schema } from '../../db/schema.ts';
import type { Tx } from '../../db/units.ts';
import type { Account } from '../people/accounts.ts';
import type { Context } from '../context.ts';
import { note } from '../desk/audit.ts';
import type { Mailer } from './mail.ts';
import { originFor, testMail } from './newsletter-mails.ts';
import { ProblemError } from '../problem-error.ts';

type IssueRow = Selectable<Schema['newsletter_issue']>;
interface IssueTexts {
  readonly subject: LocalizedText;
  readonly body: LocalizedText;
}

/** Issues that the desk is shown. */
const SHOWN = 60;

/** @throws ProblemError `forbidden` unless of the national team */
export async function newsletterDesk(ctx: Context, who: Account): Promise<NewsletterDesk> {
  requireNational(who);
  const [rows, { subscribers }] = await Promise.all([
    ctx.db.read.selectFrom('newsletter_issue').selectAll().orderBy('updated_at', 'desc').limit(SHOWN).execute(),
    ctx.db.read
      .selectFrom('subscriber')
      .select((e) => e.fn.countAll<number>().as('subscribers'))
      .where('state', '=', 'confirmed')
      .executeTakeFirstOrThrow(),
  ]);
  return { issues: rows.map(issueOf), subscribers };
}

/**
 * Keeps a draft.
 * @throws ProblemError `forbidden`; `edited_elsewhere` when somebody else has changed or sent it since
 */
export async function saveIssue(ctx: Context, who: Account, id: string, edit: IssueEdit): Promise<NewsletterIssue> {
  requireNational(who);
  const { value } = await ctx.db.units.one(async (tx) => {
    const stored = await locked(tx, id);
    const seen = stored && new Date(stored.updated_at).toISOString();
    if (seen !== edit.basedOn || (stored && stored.state !== 'draft')) throw new ProblemError('edited_elsewhere');
    const texts: IssueTexts = { subject: edit.subject as LocalizedText, body: edit.body as LocalizedText };
    const changed = {
      data: JSON.stringify(texts),
      // Its moment is its name as well, so two in one millisecond differ.
      updated_at: Math.max(ctx.clock(), (stored?.updated_at ?? 0) + 1),
    };
    const row: IssueRow = {
      ...(stored ?? { id, state: 'draft', sent_at: null, recipients: 0, sent: 0, failed: 0 }),
      ...changed,
    };
    await tx.db
      .insertInto('newsletter_issue')
      .values(row)
      .onConflict((c) => c.column('id').doUpdateSet(changed))
      .execute();
    return issueOf(row);
  });
  return value;
}

/**
 * Takes a draft away; what was sent stays in the history. A second time changes nothing.
 * @throws ProblemError `forbidden`
 */
export async function removeIssue(ctx: Context, who: Account, id: string): Promise<void> {
  requireNational(who);
  await ctx.db.units.one((tx) =>
    tx.db.deleteFrom('newsletter_issue').where('id', '=', id).where('state', '=', 'draft').execute(),
  );
}

/**
 * Mails an issue to who asks, in every language that it has, as a subscriber would get it.
 * @throws ProblemError `forbidden`, `not_found`
 */
export async function testIssue(ctx: Context, mailer: Mailer, who: Account, id: string): Promise<void> {
  requireNational(who);
  const row = await ctx.db.read.selectFrom('newsletter_issue').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new ProblemError('not_found');
  const { subject, body } = JSON.parse(row.data) as IssueTexts;
  for (const language of ['fr', 'en'] as const) {
    if (subject[language] === undefined && body[language] === undefined) continue;
    mailer.send(testMail({ to: who.email, language, subject, body, origin: originFor(ctx) }));
  }
}

/**
 * Sends an issue to every confirmed address, once: what is asked for again, or by two at once, has its effect one time.
 * @throws ProblemError `forbidden`, `not_found`; `edited_elsewhere` when it is not what was seen any more
 */
export async function sendIssue(ctx: Context, who: Account, id: string, basedOn: string): Promise<NewsletterIssue> {
  requireNational(who);
  const { value } = await ctx.db.units.one(async (tx) => {
    const row = await locked(tx, id);
    if (!row) throw new ProblemError('not_found');
    if (row.state !== 'draft') return issueOf(row);
    if (new Date(row.updated_at).toISOString() !== basedOn) throw new ProblemError('edited_elsewhere');
    const now = ctx.clock();
    const audience = tx.db
      .selectFrom('subscriber')
      .select((e) => [
        e.val(id).as('issue_id'),
        'id as subscriber_id',
        sql<number>`${sql.lit(now)}`.as('due_at'),
        sql<number>`0`.as('tries'),
      ])
      .where('state', '=', 'confirmed');
    const { numInsertedOrUpdatedRows } = await tx.db
      .insertInto('newsletter_letter')
      .columns(['issue_id', 'subscriber_id', 'due_at', 'tries'])
      .expression(audience)
      .executeTakeFirst();
    const recipients = Number(numInsertedOrUpdatedRows ?? 0n);
    const begun = { state: recipients > 0 ? ('sending' as const) : ('sent' as const), sent_at: now, recipients };
    await tx.db.updateTable('newsletter_issue').set(begun).where('id', '=', id).execute();
    const { subject } = JSON.parse(row.data) as IssueTexts;
    await note(ctx, tx, who, { kind: 'newsletter_sent', about: textIn(subject, 'fr').text, count: recipients });
    return issueOf({ ...row, ...begun });
  });
  return value;
}

function requireNational(who: Account): void {
  if (who.role !== 'national') throw new ProblemError('forbidden', 'for the national team');
}

function locked(tx: Tx, id: string): Promise<IssueRow | undefined> {
  const query = tx.db.selectFrom('newsletter_issue').selectAll().where('id', '=', id);
  return (tx.kind === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
}

function issueOf(row: IssueRow): NewsletterIssue {
  const { subject, body } = JSON.parse(row.data) as IssueTexts;
  return {
    id: row.id,
    subject,
    body,
    state: row.state,
    updatedAt: new Date(row.updated_at).toISOString(),
    ...(row.sent_at === null ? {} : { sentAt: new Date(row.sent_at).toISOString() }),
    recipients: row.recipients,
    sent: row.sent,
    failed: row.failed,
  };
}
