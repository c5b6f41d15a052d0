import type { Proposal, ProposalPerson } from '#domain/proposal.ts';
import { isBeforeModerators } from '#domain/proposal.ts';
import type { Scope } from '#protocol/scope.ts';
import { deskScope, moderationScope } from '#protocol/scope.ts';
import type { Tx } from '../../db/units.ts';
import type { Context } from '../context.ts';
import { forAuthor } from './proposals.ts';

/** Proposals with anything that is about persons: who wrote, who decided, whom to ask, and what they said to each other. */
export async function personalProposals(ctx: Context, editionId: string): Promise<number> {
  const rows = await ctx.db.read.selectFrom('proposal').select('data').where('edition_id', '=', editionId).execute();
  return rows.filter((row) => row.data !== JSON.stringify(withoutPersons(JSON.parse(row.data) as Proposal))).length;
}

/** Leaves of an edition's proposals what was proposed and decided, and when. @returns the scopes that showed more */
export async function purgeProposals(tx: Tx, editionId: string): Promise<Scope[]> {
  const rows = await tx.db.selectFrom('proposal').select(['id', 'data']).where('edition_id', '=', editionId).execute();
  await tx.db
    .deleteFrom('proposal_letter')
    .where('proposal_id', 'in', tx.db.selectFrom('proposal').select('id').where('edition_id', '=', editionId))
    .execute();
  return rewrite(tx, rows, withoutPersons);
}

/** Leaves of somebody who has ended their account that there was one, and what their role was. @returns the scopes that named them */
export async function forgetAuthor(tx: Tx, accountId: string): Promise<Scope[]> {
  const rows = await tx.db
    .selectFrom('proposal')
    .select(['id', 'data'])
    .where('data', 'like', `%"${accountId}"%`)
    .execute();
  return rewrite(tx, rows, (proposal) => {
    const by = (person: ProposalPerson): ProposalPerson => (person.accountId === accountId ? unnamed(person) : person);
    const mine = proposal.author.accountId === accountId;
    return named(mine ? withoutContact(proposal) : proposal, by);
  });
}

/** What somebody proposed, as it is kept. */
export async function proposalsOf(ctx: Context, accountId: string): Promise<Proposal[]> {
  const rows = await ctx.db.read
    .selectFrom('proposal')
    .select('data')
    .where('author_id', '=', accountId)
    .orderBy('id')
    .execute();
  return rows.map((row) => JSON.parse(row.data) as Proposal);
}

/** Keeps proposals as `change` makes them, and tells those who see them. @returns the scopes that showed something else */
export async function rewrite(
  tx: Tx,
  rows: readonly { readonly id: string; readonly data: string }[],
  change: (proposal: Proposal) => Proposal,
): Promise<Scope[]> {
  const touched: Scope[] = [];
  for (const { id, data } of rows) {
    const after = change(JSON.parse(data) as Proposal);
    if (JSON.stringify(after) === data) continue;
    await tx.db
      .updateTable('proposal')
      .set({ data: JSON.stringify(after) })
      .where('id', '=', id)
      .execute();
    const own = deskScope(after.author.accountId);
    tx.log(own, 'proposal', id, forAuthor(after));
    touched.push(own);
    if (!isBeforeModerators(after) || !after.content.region) continue;
    const moderated = moderationScope(after.content.region);
    tx.log(moderated, 'proposal', id, after);
    touched.push(moderated);
  }
  return touched;
}

function withoutPersons(proposal: Proposal): Proposal {
  const { history, ...rest } = named(withoutContact(proposal), unnamed);
  return { ...rest, comments: [], history: history.map(({ text: _, ...deed }) => deed) };
}

function withoutContact(proposal: Proposal): Proposal {
  const { privateContact: _, custom: __, ...content } = proposal.content;
  return { ...proposal, content };
}

function unnamed({ accountId, role }: ProposalPerson): ProposalPerson {
  return { accountId, role };
}

function named(proposal: Proposal, by: (person: ProposalPerson) => ProposalPerson): Proposal {
  return {
    ...proposal,
    author: by(proposal.author),
    comments: proposal.comments.map((one) => ({ ...one, by: by(one.by) })),
    history: proposal.history.map((one) => ({ ...one, by: by(one.by) })),
  };
}
