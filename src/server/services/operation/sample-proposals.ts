import { contentOf } from '#domain/proposal.ts';
import { movedProposal } from '#domain/proposal-moved.ts';
import { mutations } from '#protocol/mutation.ts';
import { PROTOCOL } from '#protocol/version.ts';
import type { Tx } from '../../db/units.ts';
import { demoAccounts } from '../../sample/demo-accounts.ts';
import type { DemoFrame } from '../../sample/demo-events.ts';
import type { DemoDeed } from '../../sample/demo-proposals.ts';
import { demoEdit, demoProposals } from '../../sample/demo-proposals.ts';
import { sampleId } from '../../sample/identity.ts';
import { accountOf } from '../people/accounts.ts';
import type { Account } from '../people/accounts.ts';
import type { Context } from '../context.ts';
import { storedEvent } from '../programme/events.ts';
import { rewrite } from '../proposing/proposal-persons.ts';
import { push } from '../sync/push.ts';

const HOUR = 3_600_000;

/**
 * Puts the sample's proposals there, by the way of everybody's: each account's replica pushes, the server decides. Done twice, it is
 * done once. Without its accounts, which exist on loopback alone, there are none.
 */
export async function addDemoProposals(ctx: Context, frame: DemoFrame): Promise<void> {
  const accounts = new Map<string, Account>();
  for (const { email } of demoAccounts) {
    const row = await ctx.db.read.selectFrom('account').selectAll().where('email', '=', email).executeTakeFirst();
    if (row) accounts.set(email, accountOf(row));
  }
  const numbers = new Map<string, number>();
  for (const deed of [...demoProposals(frame), ...(await edit(ctx, frame))]) {
    const account = accounts.get(deed.email);
    if (!account) return;
    const seq = (numbers.get(deed.email) ?? 0) + 1;
    numbers.set(deed.email, seq);
    await perform(ctx, account, deed, seq);
  }
  // The accounts are nobody's: their letters are not sent.
  await ctx.db.units.one((tx) => tx.db.deleteFrom('proposal_letter').execute());
}

/** Moves what is proposed to the demonstration edition along with its events. */
export async function moveDemoProposals(tx: Tx, editionId: string, days: number): Promise<void> {
  const query = tx.db.selectFrom('proposal').select(['id', 'data']).where('edition_id', '=', editionId).orderBy('id');
  const rows = await (tx.kind === 'postgres' ? query.forUpdate() : query).execute();
  await rewrite(tx, rows, (proposal) => movedProposal(proposal, days));
}

async function perform(ctx: Context, account: Account, deed: DemoDeed, seq: number): Promise<void> {
  const at = ctx.clock() - deed.hoursAgo * HOUR;
  const { mutationId, name, args } = deed;
  const { results } = await push(
    { ...ctx, clock: () => at },
    { kind: 'account', account },
    {
      protocol: PROTOCOL,
      replicaId: sampleId('demo', 'proposal', 'replica', deed.email),
      mutations: [
        { seq, mutationId, name, version: mutations[name].version, args, clientAt: new Date(at).toISOString() },
      ],
    },
  );
  if (results[0]?.outcome === 'refused') {
    ctx.log.warn({ reason: results[0].reason, name }, 'a proposal of the sample was refused');
  }
}

/** An edit of a published event, handed in. */
async function edit(ctx: Context, frame: DemoFrame): Promise<DemoDeed[]> {
  const { proposalId, version, eventId, email, summary } = demoEdit;
  const row = await ctx.db.read.selectFrom('event').select(['id', 'data']).where('id', '=', eventId).executeTakeFirst();
  if (!row) return [];
  const before = contentOf(storedEvent(row));
  const [first, ...others] = before.sessions ?? [];
  const sessions = first ? [{ ...first, slot: { ...first.slot, start: '10:00' } }, ...others] : [];
  const origin = { editionId: frame.editionId, eventId, before };
  const save = { proposalId, origin, version, content: { ...before, summary, sessions } };
  const deed = (key: string) => sampleId('demo', 'proposal', 'edit', key);
  return [
    { mutationId: deed('save'), email, hoursAgo: 9, name: 'save-proposal', args: save },
    { mutationId: deed('submit'), email, hoursAgo: 8, name: 'submit-proposal', args: { proposalId, version } },
  ];
}
