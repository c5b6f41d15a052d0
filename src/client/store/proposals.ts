import type { Uuid } from '#domain/ids.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import type { Proposal, ProposalContent, ProposalField } from '#domain/proposal.ts';
import { contentOf } from '#domain/proposal.ts';
import { mayDecide, moderates } from '#domain/proposal-rules.ts';
import type { MutationArgs, MutationName } from '#protocol/mutation.ts';
import type { ProposalDecision } from '#protocol/proposal.ts';
import { accountScopes } from '#protocol/scope.ts';
import { accountReplica, actorOf } from './account.ts';
import type { EscaleDatabase, OutboxRow, ProposalDraftRow } from './database.ts';
import { database, durably } from './database.ts';
import { readEditions } from './directory-view.ts';
import { newId } from './ids.ts';
import { live, liveFamily } from './live.ts';
import { append, enqueue } from './outbox.ts';
import { flushDraft, isAbout } from './proposal-drafts.ts';
import type { ProposalView } from './proposals-view.ts';
import { proposalViews } from './proposals-view.ts';
import type { SignedInAccount } from './settings.ts';
import { readSetting } from './settings.ts';
import { signal } from './signals.ts';

/**
 * Proposals on this device. What is typed is written down at once as a draft (`saveDraft`) and goes into the outbox one save at a
 * time: while one waits the next words stay in the draft, so that a long evening of writing without a network is one mutation and
 * not a thousand. Everything here resolves once it is durable on the device, and waits for no network.
 */

/** Everything that this person may see: their own, and what they moderate. Latest first. Undefined until the store was read. */
export const proposals = live<readonly ProposalView[] | undefined>(() => readViews(database()), undefined);

/** One proposal; `null` when there is none here, undefined until the store was read. */
export const proposalById = liveFamily((id) =>
  live<ProposalView | null | undefined>(
    async () => (await readViews(database(), id)).find((one) => one.id === id) ?? null,
    undefined,
  ),
);

/** What the signed-in person moderates, or audits: everything but their own drafts. */
export const moderated = live<readonly ProposalView[] | undefined>(async () => {
  const db = database();
  const account = await readSetting(db, 'account');
  if (!account || account.role === 'organiser') return [];
  const views = await readViews(db);
  return views.filter((one) => one.submittedAt !== undefined && one.state !== 'draft');
}, undefined);

/** Whether the signed-in person may put right the words of somebody else: while those wait for the moderators. */
export function mayCorrect(account: SignedInAccount | undefined, proposal: Proposal): boolean {
  if (!account || proposal.author.accountId === account.id || proposal.state !== 'submitted') return false;
  return moderates(actorOf(account), proposal.content.region);
}

/** Whether it is the signed-in person's turn to decide. */
export function isMineToDecide(account: SignedInAccount | undefined, proposal: Proposal): boolean {
  return account !== undefined && mayDecide(actorOf(account), proposal);
}

/**
 * Begins a proposal: a new one, or an edit of a published event (`edit`). Nothing is sent before its first words.
 * @returns its id, for `/proposer/{id}`
 */
export async function newProposal(
  editionId: string,
  start: { readonly content?: ProposalContent; readonly edit?: ProgrammeEvent } = {},
): Promise<Uuid> {
  const db = database();
  const id = newId();
  const before = start.edit && contentOf(start.edit);
  const row: ProposalDraftRow = {
    id,
    owner: (await readSetting(db, 'account'))?.id ?? '',
    editionId,
    ...(start.edit ? { eventId: start.edit.id } : {}),
    ...(before ? { before } : {}),
    content: start.content ?? before ?? {},
    at: Date.now(),
  };
  await durably(() => db.proposalDrafts.add(row));
  signal('kept');
  return id;
}

/** To be called when the form of a proposal opens: it begins with the words that `proposalById` shows. */
export async function openDraft(id: Uuid): Promise<void> {
  const db = database();
  await db.transaction('rw', db.proposalDrafts, async () => {
    if ((await db.proposalDrafts.get(id))?.sent) await db.proposalDrafts.delete(id);
  });
}

/** Writes down the words of a form as they stand, whole. With `send` false they stay here until `sendDraft` or the next exchange. */
export async function saveDraft(id: Uuid, content: ProposalContent, { send = true } = {}): Promise<void> {
  const db = database();
  const account = await readSetting(db, 'account');
  const view = (await readViews(db, id)).find((one) => one.id === id);
  await durably(() =>
    db.transaction('rw', db.proposalDrafts, async () => {
      const row = await db.proposalDrafts.get(id);
      if (row) {
        const { sent: _, ...rest } = row;
        await db.proposalDrafts.put({ ...rest, content, at: Date.now() });
      } else if (view) {
        const { editionId, version: base } = view;
        await db.proposalDrafts.add({ id, owner: account?.id ?? '', editionId, base, content, at: Date.now() });
      }
    }),
  );
  if (send) await sendDraft(id);
}

/** Lets the words of a form go out, as far as they may. */
export async function sendDraft(id: Uuid): Promise<void> {
  if (await flushDraft(database(), id)) signal('queued');
}

/** Hands it in, with the words that are on this device. False while there is nobody signed in whose it could be. */
export async function submitProposal(id: Uuid): Promise<boolean> {
  const db = database();
  const account = await readSetting(db, 'account');
  if (!account) return false;
  await flushDraft(db, id, true);
  const view = (await readViews(db, id)).find((one) => one.id === id);
  if (!view || view.conflict) return false;
  await enqueue(db, accountReplica(account.id), 'submit-proposal', { proposalId: id, version: view.version });
  signal('queued');
  return true;
}

/** Gives it up. What the server has never heard of is gone with it; the rest can be taken up again by saving. */
export async function withdrawProposal(id: Uuid): Promise<void> {
  const db = database();
  const account = await readSetting(db, 'account');
  const known = account && (await hasWords(db, account, id));
  await durably(() => db.proposalDrafts.delete(id));
  if (known) await send('withdraw-proposal', { proposalId: id });
}

/** Says something to the moderators, or to the author. */
export async function commentProposal(id: Uuid, text: string): Promise<void> {
  await send('comment-proposal', { proposalId: id, commentId: newId(), text });
}

/** A moderator's word on what they see. @param said what is asked for and of which fields, or why; needed unless it is approved */
export async function decideProposal(
  proposal: Pick<Proposal, 'id' | 'revision'>,
  decision: ProposalDecision,
  said: { readonly text?: string; readonly fields?: readonly ProposalField[] } = {},
): Promise<void> {
  const { id: proposalId, revision: base } = proposal;
  const { text, fields = [] } = said;
  await send('decide-proposal', {
    proposalId,
    base,
    decision,
    ...(text?.trim() ? { text } : {}),
    ...(fields.length > 0 ? { fields: [...fields] } : {}),
  });
}

/** Writes down what a moderator puts right in somebody else's words. It goes nowhere before `sendCorrection`. */
export async function saveCorrection(id: Uuid, content: ProposalContent): Promise<void> {
  const db = database();
  const account = await readSetting(db, 'account');
  const view = (await readViews(db, id)).find((one) => one.id === id);
  if (!account || !view) return;
  const { editionId, version } = view;
  await durably(() =>
    db.transaction('rw', db.proposalDrafts, async () => {
      const base = (await db.proposalDrafts.get(id))?.base ?? version;
      await db.proposalDrafts.put({ id, owner: account.id, editionId, base, content, held: true, at: Date.now() });
    }),
  );
}

/** Sends what was put right, once. False when there is nothing, or others have written meanwhile and the person has not chosen. */
export async function sendCorrection(id: Uuid): Promise<boolean> {
  const db = database();
  const account = await readSetting(db, 'account');
  const view = (await readViews(db, id)).find((one) => one.id === id);
  if (!account || !view?.correction || view.conflict) return false;
  const [mutationId, version] = [newId(), newId()];
  const sent = await durably(() =>
    db.transaction('rw', db.proposalDrafts, db.replicas, db.outbox, async () => {
      const draft = await db.proposalDrafts.get(id);
      if (!draft?.held || draft.owner !== account.id || draft.base === undefined) return false;
      const args = { proposalId: id, base: draft.base, version, content: draft.content };
      await append(db, accountReplica(account.id), 'save-proposal', args, mutationId);
      await db.proposalDrafts.delete(id);
      return true;
    }),
  );
  if (sent) signal('queued');
  return sent;
}

/** Lets go of what was put right here. */
export async function dropCorrection(id: Uuid): Promise<void> {
  const db = database();
  await durably(() =>
    db.transaction('rw', db.proposalDrafts, async () => {
      if ((await db.proposalDrafts.get(id))?.held) await db.proposalDrafts.delete(id);
    }),
  );
}

/** Of two who wrote at once: the words of this device take the place of the others'. */
export async function keepMine(id: Uuid): Promise<void> {
  const db = database();
  const account = await readSetting(db, 'account');
  const views = await readViews(db, id);
  const view = views.find((one) => one.id === id);
  if (!account || !view?.conflict) return;
  const { mine } = view.conflict;
  const { editionId, version: base } = view;
  await durably(() =>
    db.transaction('rw', db.outbox, db.proposalDrafts, async () => {
      await dropRefusedSaves(db, view);
      const held = view.mine ? {} : { held: true as const };
      await db.proposalDrafts.put({ id, owner: account.id, editionId, base, content: mine, ...held, at: Date.now() });
    }),
  );
  if (await flushDraft(db, id)) signal('queued');
}

/** The words of this device are let go for the others'. */
export async function keepTheirs(id: Uuid): Promise<void> {
  const db = database();
  const view = (await readViews(db, id)).find((one) => one.id === id);
  if (!view?.conflict) return;
  await durably(() =>
    db.transaction('rw', db.outbox, db.proposalDrafts, async () => {
      await dropRefusedSaves(db, view);
      await db.proposalDrafts.delete(id);
    }),
  );
}

async function dropRefusedSaves(db: EscaleDatabase, view: ProposalView): Promise<void> {
  const saves = view.refusals.filter((one) => one.name === 'save-proposal');
  await db.outbox.bulkDelete(saves.map(({ replicaId, seq }) => [replicaId, seq] as [string, number]));
}

async function send<N extends MutationName>(name: N, args: MutationArgs<N>): Promise<void> {
  const db = database();
  const account = await readSetting(db, 'account');
  if (!account) throw new RangeError('nobody is signed in');
  await enqueue(db, accountReplica(account.id), name, args);
  signal('queued');
}

/** Whether any of it is in the outbox or with the server. */
async function hasWords(db: EscaleDatabase, account: SignedInAccount, id: Uuid): Promise<boolean> {
  const items = await db.items.bulkGet(
    accountScopes(actorOf(account)).map((scope) => [scope, 'proposal', id] as [string, string, string]),
  );
  if (items.some((item) => item !== undefined)) return true;
  return (await ofAccount(db, account)).some((row) => isAbout(row, id));
}

/** Everything that is on this device for who is signed in; of one proposal with `id`. */
async function readViews(db: EscaleDatabase, id?: Uuid): Promise<ProposalView[]> {
  const account = await readSetting(db, 'account');
  const scopes = account ? accountScopes(actorOf(account)) : [];
  const [items, outbox, drafts, editions] = await Promise.all([
    id === undefined
      ? Promise.all(
          scopes.map((scope) =>
            db.items.where('[scope+kind+id]').between([scope, 'proposal', ''], [scope, 'proposal', '\uffff']).toArray(),
          ),
        ).then((lists) => lists.flat())
      : db.items.bulkGet(scopes.map((scope) => [scope, 'proposal', id] as [string, string, string])),
    account ? ofAccount(db, account) : [],
    id === undefined ? db.proposalDrafts.toArray() : db.proposalDrafts.where('id').equals(id).toArray(),
    readEditions(db),
  ]);
  return proposalViews({
    base: items.flatMap((item) => (item ? [item.value as Proposal] : [])),
    outbox: id === undefined ? outbox : outbox.filter((row) => isAbout(row, id)),
    drafts: drafts.filter((draft) => draft.owner === '' || draft.owner === account?.id),
    account,
    editions,
    now: Date.now(),
  });
}

async function ofAccount(db: EscaleDatabase, account: SignedInAccount): Promise<OutboxRow[]> {
  const replica = accountReplica(account.id);
  const rows = await db.outbox.filter((row) => row.replica === replica).toArray();
  // By age, for numbers begin anew with a new replica.
  return rows.sort((a, b) => (a.replicaId === b.replicaId ? a.seq - b.seq : a.clientAt < b.clientAt ? -1 : 1));
}
