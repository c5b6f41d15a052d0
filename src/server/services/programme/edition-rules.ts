import type { Edition } from '#domain/programme.ts';
import { textIn } from '#domain/text.ts';
import type { ProposalRulesEdit } from '#protocol/proposal.ts';
import type { Account } from '../people/accounts.ts';
import type { Context } from '../context.ts';
import { note } from '../desk/audit.ts';
import { ProblemError } from '../problem-error.ts';
import { canonical, saveEditionIn } from './publishing.ts';

/**
 * Sets how an edition takes proposals; what is proposed already goes on from where it is.
 * @throws ProblemError `forbidden` unless of the national team, `not_found`, `edited_elsewhere`
 */
export async function editProposalRules(
  ctx: Context,
  who: Account,
  editionId: string,
  { before, rules }: ProposalRulesEdit,
): Promise<Edition> {
  if (who.role !== 'national') throw new ProblemError('forbidden', 'for the national team');
  const { value } = await ctx.db.units.one(async (tx) => {
    const query = tx.db.selectFrom('edition').select('data').where('id', '=', editionId);
    const row = await (tx.kind === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
    if (!row) throw new ProblemError('not_found');
    const stored = JSON.parse(row.data) as Edition;
    if (canonical(stored.proposals ?? null) !== canonical(before)) throw new ProblemError('edited_elsewhere');
    const edition: Edition = { ...stored, proposals: rules };
    await saveEditionIn(tx, edition);
    await note(ctx, tx, who, { kind: 'rules_set', about: textIn(edition.title, 'fr').text });
    return edition;
  });
  return value;
}
