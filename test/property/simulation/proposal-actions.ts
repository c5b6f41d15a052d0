import { accountReplica, rememberAccount } from '#client/store/account.ts';
import type { ItemRow, ProposalDraftRow, SettingRow } from '#client/store/database.ts';
import { newId } from '#client/store/ids.ts';
import { enqueue } from '#client/store/outbox.ts';
import { flushDraft } from '#client/store/proposal-drafts.ts';
import type { SignedInAccount } from '#client/store/settings.ts';
import type { Proposal } from '#domain/proposal.ts';
import type { MutationArgs, MutationName } from '#protocol/mutation.ts';
import { proposalDecisions } from '#protocol/proposal.ts';
import type { Account } from '#server/services/people/accounts.ts';
import type { Action } from './actions.ts';
import type { Device, Tab } from './device.ts';
import { aContent } from './programme.ts';
import { rowsOf } from './store/memory-file.ts';
import type { World } from './world.ts';

/** Does something as the person whom the device takes to be signed in. */
const signedIn =
  (act: (world: World, tab: Tab, me: SignedInAccount) => boolean): Action =>
  (world, tab) => {
    const me = personOn(tab.device);
    return me !== undefined && act(world, tab, me);
  };

export function personOn(device: Device): SignedInAccount | undefined {
  const rows = rowsOf<SettingRow>(device.file.disk.settings);
  return rows.find((row) => row.key === 'account')?.value as SignedInAccount | undefined;
}

/** A proposal that the device has been shown, drafts of their authors included. */
function aProposal(world: World, tab: Tab): Proposal | undefined {
  const items = rowsOf<ItemRow>(tab.device.file.disk.items).filter((item) => item.kind === 'proposal');
  return items.length === 0 ? undefined : (world.random.pick(items).value as Proposal);
}

function queue<N extends MutationName>(
  world: World,
  tab: Tab,
  me: SignedInAccount,
  name: N,
  args: MutationArgs<N>,
): true {
  world.begin(tab, `${name} as ${me.role}`, () => enqueue(tab.db, accountReplica(me.id), name, args));
  return true;
}

const propose = signedIn((world, tab, me) => {
  const [id, at] = [newId(), tab.device.now()];
  const draft: ProposalDraftRow = { id, owner: me.id, editionId: 'a', content: aContent(world.random), at };
  world.begin(tab, `propose ${id}`, async () => {
    await tab.db.proposalDrafts.add(draft);
    if (!world.random.chance(0.2)) await flushDraft(tab.db, id);
  });
  return true;
});

/** Words over those of a draft of this device, or over those that were shown. */
const rewrite = signedIn((world, tab, me) => {
  const { random } = world;
  const drafts = rowsOf<ProposalDraftRow>(tab.device.file.disk.proposalDrafts).filter((row) => row.owner === me.id);
  const content = aContent(random);
  const draft = drafts.length > 0 && random.chance(0.5) ? random.pick(drafts) : undefined;
  const shown = draft ? undefined : aProposal(world, tab);
  if (!draft && !shown) return false;
  const { sent: _, ...rest } = draft ?? {
    id: shown!.id,
    owner: me.id,
    editionId: shown!.editionId,
    base: random.chance(0.9) ? shown!.version : newId(),
    sent: true,
  };
  const row: ProposalDraftRow = { ...rest, content, at: tab.device.now() };
  world.begin(tab, `rewrite ${row.id}`, async () => {
    await tab.db.proposalDrafts.put(row);
    await flushDraft(tab.db, row.id, random.chance(0.5));
  });
  return true;
});

const handIn = signedIn((world, tab, me) => {
  const { random } = world;
  const drafts = rowsOf<ProposalDraftRow>(tab.device.file.disk.proposalDrafts).filter((row) => row.base !== undefined);
  if (drafts.length > 0 && random.chance(0.6)) {
    const { id: proposalId, base } = random.pick(drafts);
    return queue(world, tab, me, 'submit-proposal', { proposalId, version: base! });
  }
  const shown = aProposal(world, tab);
  return (
    shown !== undefined && queue(world, tab, me, 'submit-proposal', { proposalId: shown.id, version: shown.version })
  );
});

const giveUp = signedIn((world, tab, me) => {
  const shown = aProposal(world, tab);
  return shown !== undefined && queue(world, tab, me, 'withdraw-proposal', { proposalId: shown.id });
});

const remark = signedIn((world, tab, me) => {
  const shown = aProposal(world, tab);
  if (!shown) return false;
  const commentId = shown.comments.length > 0 && world.random.chance(0.1) ? shown.comments[0]!.id : newId();
  return queue(world, tab, me, 'comment-proposal', { proposalId: shown.id, commentId, text: 'Bien reçu.' });
});

const decide = signedIn((world, tab, me) => {
  const shown = aProposal(world, tab);
  if (!shown) return false;
  const decision = world.random.chance(0.6) ? 'approve' : world.random.pick(proposalDecisions);
  const reason = decision === 'approve' ? {} : { text: 'À préciser.' };
  return queue(world, tab, me, 'decide-proposal', { proposalId: shown.id, base: shown.revision, decision, ...reason });
});

/** Their session at the server ends, which the device hears at its next exchange. */
const loseSession: Action = (world, tab) => {
  if (tab.device.session === undefined) return false;
  tab.device.session = undefined;
  world.note(`${tab.device.name} is signed out`);
  return true;
};

/** The same person signs in again, or another one does. */
const signIn: Action = (world, tab) => {
  const { random, accounts } = world;
  const me = personOn(tab.device);
  const account = random.chance(0.7)
    ? (accounts.find((one) => one.id === me?.id) ?? accounts[0]!)
    : random.pick(accounts);
  beginSignIn(world, tab, account);
  return true;
};

/** The server's word comes before the device's: between the two the one's credential goes with the other's name. */
export function beginSignIn(world: World, tab: Tab, account: Account): void {
  const { id, email, role, regions } = account;
  tab.device.session = id;
  world.begin(tab, `sign in as ${role}`, () =>
    rememberAccount({ id, email, role, regions: [...regions], demo: false, sessionExpiresAt: '' }, tab.db),
  );
}

export const atTheOffice = { propose, rewrite, handIn, giveUp, remark, decide, loseSession, signIn } as const;
