import type { Selectable } from 'kysely';
import type { Proposal } from '#domain/proposal.ts';
import { textIn } from '#domain/text.ts';
import type { Language } from '#domain/text.ts';
import type { LetterData, ProposalLetterKind } from '../../db/schema-proposals.ts';
import type { Schema } from '../../db/schema.ts';
import type { Context } from '../context.ts';
import type { Mail, Mailer } from '../mail/mail.ts';
import { proposalMail } from './proposal-texts.ts';

type Row = Selectable<Schema['proposal_letter']>;

/** As of the letters to those who registered (`letters.ts`). */
const BATCH = 20;
const CLAIM = 120_000;
const RETRY = 60_000;
const TRIES = 12;

/**
 * Sends what is due about proposals. Written down with what it tells of and sent afterwards, by one process each, under one
 * message id.
 * @returns how many were sent
 */
export async function sendProposalLetters(ctx: Context, mailer: Mailer): Promise<number> {
  let sent = 0;
  for (;;) {
    const rows = await claim(ctx);
    if (rows.length === 0) return sent;
    for (const row of rows) {
      const mail = await write(ctx, row);
      const done = mail === undefined || (await mailer.deliver(mail));
      if (done && mail) sent++;
      await ctx.db.units.one(async (tx) => {
        if (done || row.tries + 1 >= TRIES) {
          await tx.db.deleteFrom('proposal_letter').where('id', '=', row.id).execute();
          return;
        }
        await tx.db
          .updateTable('proposal_letter')
          .set({ tries: row.tries + 1, due_at: ctx.clock() + RETRY * 2 ** row.tries })
          .where('id', '=', row.id)
          .execute();
      });
    }
  }
}

async function claim(ctx: Context): Promise<Row[]> {
  const now = ctx.clock();
  const due = ctx.db.read.selectFrom('proposal_letter').select('id').where('due_at', '<=', now).limit(1);
  if (!(await due.executeTakeFirst())) return [];
  const { value } = await ctx.db.units.one(async (tx) => {
    const query = tx.db
      .selectFrom('proposal_letter')
      .selectAll()
      .where('due_at', '<=', now)
      .orderBy('due_at')
      .limit(BATCH);
    const rows = await (tx.kind === 'postgres' ? query.forUpdate().skipLocked() : query).execute();
    if (rows.length > 0) {
      const ids = rows.map((row) => row.id);
      await tx.db
        .updateTable('proposal_letter')
        .set({ due_at: now + CLAIM })
        .where('id', 'in', ids)
        .execute();
    }
    return rows;
  });
  return value;
}

const FOR_MODERATORS: readonly ProposalLetterKind[] = ['resubmitted', 'answered'];

async function write(ctx: Context, letter: Row): Promise<Mail | undefined> {
  const row = await ctx.db.read
    .selectFrom('proposal')
    .innerJoin('account', (join) => join.on('account.id', '=', letter.account_id))
    .leftJoin('event', (join) => join.on((e) => e('event.id', '=', e.fn.coalesce('proposal.event_id', 'proposal.id'))))
    .select(['proposal.data', 'account.email', 'account.language', 'event.slug'])
    .where('proposal.id', '=', letter.proposal_id)
    .executeTakeFirst();
  if (!row) return undefined;
  const language: Language = row.language;
  const proposal = JSON.parse(row.data) as Proposal;
  const origin = ctx.config.publicUrl ?? `http://localhost:${ctx.config.port}`;
  const page = FOR_MODERATORS.includes(letter.kind) ? 'moderation' : 'proposer';
  const published = letter.kind === 'published' && row.slug !== null;
  const data = JSON.parse(letter.data) as LetterData;
  return {
    to: row.email,
    messageId: `<${letter.id}@escale>`,
    ...proposalMail(letter.kind, language, {
      title: textIn(proposal.content.title, language).text,
      edit: proposal.eventId !== undefined,
      ...data,
      url: published ? `${origin}/evenements/${row.slug}` : `${origin}/${page}/${proposal.id}`,
    }),
  };
}
