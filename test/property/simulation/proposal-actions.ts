import { accountReplica, rememberAccount } from '#client/store/account.ts';
import type { ItemRow, ProposalDraftRow, SettingRow } from '#client/store/database.ts';
import { newId } from '#client/store/ids.ts';
import { enqueue } from '#client/store/outbox.ts';
import { flushDraft } from '#client/store/proposal-drafts.ts';
import type { SignedInAccount } from '#client/store/settings.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import type { Proposal } from '#domain/proposal.ts';
import { contentOf } from '#domain/proposal.ts';
import type { MutationArgs, MutationName } from '#protocol/mutation.ts';
import { proposalDecisions } from '#protocol/proposal.ts';
import type { Account } from '#server/services/people/accounts.ts';
import type { Action } from './actions.ts';
import type { Device, Tab } from './device.ts';
import { aContent, anEdit } from './programme.ts';
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
  const all = proposalsOn(tab);
  return all.length === 0 ? undefined : world.random.pick(all);
}

function proposalsOn(tab: Tab): Proposal[] {
  const items = rowsOf<ItemRow>(tab.device.file.disk.items).filter((item) => item.kind === 'proposal');
  return items.map((item) => item.value as Proposal);
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

/** An edit of a published event, of one's own or not, and now and then of one that was withdrawn. */
const edit = signedIn((world, tab, me) => {
  const { random } = world;
  const rows = (world.server.state?.events ?? []).filter((row) => row.withdrawn_at === null || random.chance(0.1));
  if (rows.length === 0) return false;
  const event = JSON.parse(random.pick(rows).data) as ProgrammeEvent;
  const [id, before] = [newId(), contentOf(event)];
  const draft: ProposalDraftRow = {
    id,
    owner: me.id,
    editionId: event.editionId,
    eventId: event.id,
    before,
    content: anEdit(random, before),
    at: tab.device.now(),
  };
  world.begin(tab, `edit ${event.id.slice(-4)} by ${id}`, async () => {
    await tab.db.proposalDrafts.add(draft);
    if (random.chance(0.1) || !(await flushDraft(tab.db, id))) return;
    const version = (await tab.db.proposalDrafts.get(id))?.base;
    if (version !== undefined && random.chance(0.7))
      await enqueue(tab.db, accountReplica(me.id), 'submit-proposal', { proposalId: id, version });
  });
  return true;
});

/** Words over those of a draft of this device, or over those that were shown. */
const rewrite = signedIn((world, tab, me) => {
  const { random } = world;
  const drafts = rowsOf<ProposalDraftRow>(tab.device.file.disk.proposalDrafts).filter((row) => row.owner === me.id);
  const draft = drafts.length > 0 && random.chance(0.5) ? random.pick(drafts) : undefined;
  const shown = draft ? undefined : aProposal(world, tab);
  if (!draft && !shown) return false;
  const { before, content: words } = (draft ?? shown)!;
  const content = before ? anEdit(random, words) : aContent(random);
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
  const waiting = proposalsOn(tab).filter((one) => one.state === 'submitted');
  const shown = waiting.length > 0 && world.random.chance(0.8) ? world.random.pick(waiting) : aProposal(world, tab);
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

export const atTheOffice = { propose, edit, rewrite, handIn, giveUp, remark, decide, loseSession, signIn } as const;
