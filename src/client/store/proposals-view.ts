import { localOf } from '#domain/dates.ts';
import type { Uuid } from '#domain/ids.ts';
import type { Edition } from '#domain/programme.ts';
import type { Actor, Proposal, ProposalContent, ProposalPerson } from '#domain/proposal.ts';
import type { ProposalAct, ProposalSituation } from '#domain/proposal-rules.ts';
import { applyProposal } from '#domain/proposal-rules.ts';
import type { MutationArgs, MutationName } from '#protocol/mutation.ts';
import type { Refusal } from '#protocol/push.ts';
import { actorOf } from './account.ts';
import type { OutboxRow, ProposalDraftRow } from './database.ts';
import type { SignedInAccount } from './settings.ts';

/** Something that was done to a proposal and that the server did not take. */
export interface ProposalRefusalView {
  readonly replicaId: string;
  readonly seq: number;
  readonly name: MutationName;
  readonly reason?: Refusal;
  /** Of a save: its words, which are nowhere else. */
  readonly content?: ProposalContent;
  /** Of a decision or a comment. */
  readonly text?: string;
  /** Of a decision: the revision that it was made on. */
  readonly base?: number;
}

/** A proposal as the person sees it: the base with what they have done and written since laid over it (A1). */
export interface ProposalView extends Proposal {
  readonly mine: boolean;
  /** The server has had no word of some of it. */
  readonly pending: boolean;
  /** Begun before anybody had signed in: it goes nowhere until somebody has. */
  readonly unsigned?: true;
  /** Two wrote at once: `content` is what was written here, until the person has chosen (`keepMine`, `keepTheirs`). */
  readonly conflict?: { readonly mine: ProposalContent; readonly theirs: ProposalContent };
  /** Somebody else's, with words that this person has put right and not sent yet; `content` is as it stands. */
  readonly correction?: ProposalContent;
  readonly refusals: readonly ProposalRefusalView[];
}

/** What the views are made of. */
export interface ProposalSources {
  readonly base: readonly Proposal[];
  /** Of the account, in the order in which it was done. */
  readonly outbox: readonly OutboxRow[];
  readonly drafts: readonly ProposalDraftRow[];
  readonly account: SignedInAccount | undefined;
  readonly editions: readonly Edition[];
  /** Milliseconds. */
  readonly now: number;
}

const NOBODY: Actor = { accountId: '', role: 'organiser', regions: [] };

/** Latest first. */
export function proposalViews(sources: ProposalSources): ProposalView[] {
  const me = sources.account ? actorOf(sources.account) : NOBODY;
  const views = new Map<Uuid, ProposalView>();
  for (const one of sources.base) {
    // An own one that was handed in stands in two scopes.
    if ((views.get(one.id)?.revision ?? -1) < one.revision) views.set(one.id, viewOf(one, me));
  }
  for (const row of sources.outbox) layOver(views, row, sources, me);
  for (const draft of sources.drafts) layDraft(views, draft, sources, me);
  return [...views.values()].sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : a.updatedAt > b.updatedAt ? -1 : 0));
}

function viewOf(proposal: Proposal, me: Actor): ProposalView {
  return { ...proposal, mine: proposal.author.accountId === me.accountId, pending: false, refusals: [] };
}

function layOver(views: Map<Uuid, ProposalView>, row: OutboxRow, sources: ProposalSources, me: Actor): void {
  const act = actOf(row);
  if (!act) return;
  const { proposalId } = row.args as { readonly proposalId: Uuid };
  const before = views.get(proposalId);
  if (row.state === 'refused') {
    const shown = before ?? lost(proposalId, act, row, sources, me);
    if (shown) views.set(proposalId, withRefusal(shown, act, row));
    return;
  }
  const pending = row.state === 'waiting' || (before?.pending ?? false);
  // The server had it already, and its answer was lost.
  const known = act.kind === 'save' && act.version === before?.version;
  const editionId = before?.editionId ?? (act.kind === 'save' ? act.origin?.editionId : undefined);
  if (editionId === undefined) return;
  const outcome = known
    ? undefined
    : applyProposal(before, act, situationOf(proposalId, editionId, sources, me, Date.parse(row.clientAt)));
  if (outcome?.kind === 'done') {
    views.set(proposalId, { ...viewOf(outcome.proposal, me), refusals: before?.refusals ?? [], pending });
  } else if (before) {
    views.set(proposalId, { ...before, pending });
  }
}

/** A new one that was refused: its words are shown as a draft. */
function lost(
  id: Uuid,
  act: ProposalAct,
  row: OutboxRow,
  sources: ProposalSources,
  me: Actor,
): ProposalView | undefined {
  if (act.kind !== 'save' || !act.origin) return undefined;
  const situation = situationOf(id, act.origin.editionId, sources, me, Date.parse(row.clientAt));
  const outcome = applyProposal(undefined, act, situation);
  return outcome.kind === 'done' ? viewOf(outcome.proposal, me) : undefined;
}

function withRefusal(view: ProposalView, act: ProposalAct, row: OutboxRow): ProposalView {
  const refusal: ProposalRefusalView = {
    replicaId: row.replicaId,
    seq: row.seq,
    name: row.name,
    ...(row.reason ? { reason: row.reason } : {}),
    ...(act.kind === 'save' ? { content: act.content } : {}),
    ...('text' in act && act.text !== undefined ? { text: act.text } : {}),
    ...(act.kind === 'decide' ? { base: act.base } : {}),
  };
  const stale = act.kind === 'save' && row.reason === 'stale';
  const theirs = view.conflict?.theirs ?? view.content;
  return {
    ...view,
    refusals: [...view.refusals, refusal],
    ...(stale ? { ...(view.mine ? { content: act.content } : {}), conflict: { mine: act.content, theirs } } : {}),
  };
}

function layDraft(views: Map<Uuid, ProposalView>, draft: ProposalDraftRow, sources: ProposalSources, me: Actor): void {
  if (draft.sent) return;
  const view = views.get(draft.id);
  if (draft.held) {
    if (view) views.set(draft.id, withCorrection(view, draft));
    return;
  }
  const unsigned = draft.owner === '' ? { unsigned: true as const } : {};
  const { base, content, editionId, eventId, before } = draft;
  const origin = { editionId, ...(eventId ? { eventId } : {}), ...(before ? { before } : {}) };
  if (!view) {
    const act = { kind: 'save', origin, version: draft.id, content } as const;
    const outcome = applyProposal(undefined, act, situationOf(draft.id, editionId, sources, me, draft.at));
    if (outcome.kind === 'done') {
      const shown = { ...viewOf(outcome.proposal, me), ...unsigned, pending: true };
      views.set(draft.id, shown);
    }
    return;
  }
  const conflict = view.conflict ?? (base === view.version ? undefined : { mine: content, theirs: view.content });
  if (conflict) {
    views.set(draft.id, { ...view, content, conflict: { ...conflict, mine: content }, pending: true });
    return;
  }
  const act = { kind: 'save', ...(base ? { base } : {}), version: draft.id, content } as const;
  const outcome = applyProposal(view, act, situationOf(draft.id, view.editionId, sources, me, draft.at));
  const state = outcome.kind === 'done' ? outcome.proposal.state : view.state;
  // The words alone: they are nobody's deed yet.
  views.set(draft.id, { ...view, ...unsigned, content, state, pending: true });
}

/** What moderators read and decide on stays what it is while one of them puts words right. */
function withCorrection(view: ProposalView, { base, content }: ProposalDraftRow): ProposalView {
  const theirs = view.conflict?.theirs ?? view.content;
  const stale = view.conflict !== undefined || base !== view.version;
  return { ...view, correction: content, ...(stale ? { conflict: { mine: content, theirs } } : {}) };
}

/** What a mutation does to a proposal; undefined of the others. */
export function actOf(row: OutboxRow): ProposalAct | undefined {
  switch (row.name) {
    case 'save-proposal': {
      const { proposalId: _, ...act } = row.args as MutationArgs<'save-proposal'>;
      return { kind: 'save', ...act };
    }
    case 'submit-proposal':
      return { kind: 'submit', version: (row.args as MutationArgs<'submit-proposal'>).version };
    case 'withdraw-proposal':
      return { kind: 'withdraw' };
    case 'comment-proposal': {
      const { commentId, text } = row.args as MutationArgs<'comment-proposal'>;
      return { kind: 'comment', commentId, text };
    }
    case 'decide-proposal': {
      const { proposalId: _, ...act } = row.args as MutationArgs<'decide-proposal'>;
      return { kind: 'decide', ...act };
    }
    default:
      return undefined;
  }
}

function situationOf(
  id: Uuid,
  editionId: string,
  { editions, account, now }: ProposalSources,
  actor: Actor,
  at: number,
): ProposalSituation {
  const person: ProposalPerson = {
    accountId: actor.accountId,
    role: actor.role,
    ...(account ? { name: account.email } : {}),
  };
  const moment = Number.isNaN(at) ? now : at;
  return {
    id,
    actor,
    person,
    edition: editions.find((one) => one.id === editionId) ?? unknownEdition(editionId),
    at: new Date(moment).toISOString(),
    today: localOf(moment, 'Europe/Paris').date,
    // The server knows; here whoever asks is believed.
    runsEvent: true,
  };
}

/** An edition that this device has not got: what is usual is believed of it. */
function unknownEdition(id: string): Edition {
  return { id, title: {}, year: 0, themes: [], kind: 'current', current: false };
}
