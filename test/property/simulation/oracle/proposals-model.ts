import type { RegionCode } from '#domain/programme.ts';
import type { ProposalContent } from '#domain/proposal.ts';
import type {
  CommentProposal,
  DecideProposal,
  SaveProposal,
  SubmitProposal,
  WithdrawProposal,
} from '#protocol/proposal.ts';
import type { Committed } from './committed.ts';
import type { Deed } from './model.ts';

/** Of a proposal what the rules are about. */
export interface Proposed {
  readonly id: string;
  readonly author: string;
  /** Of an edit: the event, and what it was. */
  readonly edits: { readonly event: string; readonly before: ProposalContent } | undefined;
  content: ProposalContent;
  region: RegionCode | undefined;
  /** Nothing that is asked for is missing. */
  complete: boolean;
  state: 'draft' | 'submitted' | 'changes_requested' | 'approved' | 'refused' | 'withdrawn';
  step: 'region' | 'nation';
  revision: number;
  version: string;
  handedIn: boolean;
  readonly comments: string[];
}

interface Person {
  readonly id: string;
  readonly role: string;
  readonly regions: readonly RegionCode[];
}

/** An edit that was published. */
export interface PublishedEdit {
  readonly event: string;
  readonly before: ProposalContent;
  readonly content: ProposalContent;
}

/** What the server answered, and of which events it may have seen an earlier state than the committed one. */
export interface Told {
  readonly said: string;
  readonly unsure: (event: string) => boolean;
}

/** Two steps, the region before the nation, as in every edition of the simulation. */
const NATION: RegionCode = 'FR';

/** The rules of proposing and moderating once more, small and without a database. */
export class ProposalsModel {
  readonly proposals = new Map<string, Proposed>();
  /** Since they were looked at last. */
  edits: PublishedEdit[] = [];

  copy(): ProposalsModel {
    const copy = new ProposalsModel();
    for (const [id, one] of this.proposals) copy.proposals.set(id, { ...one, comments: [...one.comments] });
    return copy;
  }

  /** The outcome that the rules give, carried out; undefined for what is none of a signed-in person's. */
  outcome({ name, args, owner }: Deed, state: Committed, told: Told): string | undefined {
    const row = state.accounts.find((one) => one.id === owner);
    if (!row) return undefined;
    const who: Person = { id: row.id, role: row.role, regions: JSON.parse(row.regions) as RegionCode[] };
    const before = this.proposals.get((args as { proposalId: string }).proposalId);
    if (!before)
      return name === 'save-proposal' ? this.#begin(args as SaveProposal, who, state, told) : 'proposal_unknown';
    const isAuthor = before.author === who.id;
    const seen = before.handedIn && before.state !== 'draft' && moderates(who, before.region);
    if (!isAuthor && !seen) return 'forbidden';
    switch (name) {
      case 'save-proposal':
        return save(before, args as SaveProposal, who, isAuthor);
      case 'submit-proposal':
        return isAuthor ? submit(before, args as SubmitProposal, who) : 'forbidden';
      case 'withdraw-proposal':
        return isAuthor ? withdraw(before, args as WithdrawProposal) : 'forbidden';
      case 'comment-proposal':
        return comment(before, args as CommentProposal);
      case 'decide-proposal':
        return this.#decide(before, args as DecideProposal, who, state, told);
      default:
        return 'forbidden';
    }
  }

  #begin({ proposalId, origin, version, content }: SaveProposal, who: Person, state: Committed, told: Told): string {
    if (!origin) return 'proposal_unknown';
    const { eventId, before } = origin;
    if (eventId !== undefined) {
      const row = state.events.find((one) => one.id === eventId);
      if (row?.edition_id !== origin.editionId) return 'event_unknown';
      const runs = told.unsure(eventId) ? told.said === 'applied' : this.#runs(who, row);
      if (!runs) return 'forbidden';
    }
    const { region, title } = content;
    this.proposals.set(proposalId, {
      id: proposalId,
      author: who.id,
      edits: eventId === undefined ? undefined : { event: eventId, before: before ?? {} },
      content,
      region,
      complete: title !== undefined,
      state: 'draft',
      step: firstStep(who, region),
      revision: 1,
      version,
      handedIn: false,
      comments: [],
    });
    return 'applied';
  }

  /** An organiser runs what became of their own proposals. */
  #runs({ id, role, regions }: Person, event: { readonly id: string; readonly region: string }): boolean {
    if (role !== 'organiser') return role === 'national' || regions.includes(event.region);
    return [...this.proposals.values()].some(
      (one) => one.author === id && one.state === 'approved' && (one.edits?.event ?? one.id) === event.id,
    );
  }

  #decide(one: Proposed, args: DecideProposal, who: Person, state: Committed, told: Told): string {
    const { edits } = one;
    if (!edits) return decide(one, args, who);
    const after = { ...one };
    const outcome = decide(after, args, who);
    if (after.state === 'approved' && one.state !== 'approved') {
      const row = state.events.find((event) => event.id === edits.event);
      const gone = told.unsure(edits.event) ? told.said === 'event_unknown' : row?.withdrawn_at !== null;
      if (gone) return 'event_unknown';
      this.edits.push({ ...edits, content: one.content });
    }
    Object.assign(one, after);
    return outcome;
  }
}

function save(one: Proposed, { base, version, content }: SaveProposal, who: Person, isAuthor: boolean): string {
  const complete = content.title !== undefined;
  if (isAuthor) {
    if (one.state === 'approved' || one.state === 'refused') return 'wrong_state';
    if (base !== one.version) return 'stale';
    if (one.state === 'submitted' || one.state === 'withdrawn') one.state = 'draft';
  } else {
    if (!moderates(who, content.region)) return 'forbidden';
    if (one.state !== 'submitted') return 'wrong_state';
    if (base !== one.version) return 'stale';
    if (!complete) return 'incomplete';
  }
  Object.assign(one, { version, complete, content, region: content.region });
  one.revision += 1;
  return 'applied';
}

function submit(one: Proposed, { version }: SubmitProposal, who: Person): string {
  if (version !== one.version) return 'stale';
  if (one.state !== 'draft' && one.state !== 'changes_requested') return 'wrong_state';
  if (!one.complete) return 'incomplete';
  if (one.state === 'draft') one.step = firstStep(who, one.region);
  one.state = 'submitted';
  one.handedIn = true;
  one.revision += 1;
  return 'applied';
}

function withdraw(one: Proposed, _args: WithdrawProposal): string {
  if (one.state !== 'draft' && one.state !== 'submitted' && one.state !== 'changes_requested') return 'wrong_state';
  one.state = 'withdrawn';
  one.revision += 1;
  return 'applied';
}

function comment(one: Proposed, { commentId }: CommentProposal): string {
  if (!one.comments.includes(commentId)) one.comments.push(commentId);
  return 'applied';
}

function decide(one: Proposed, { base, decision }: DecideProposal, who: Person): string {
  if (!moderates(who, one.region)) return 'forbidden';
  if (base !== one.revision) return 'stale';
  if (one.state !== 'submitted') return 'wrong_state';
  if (who.role === 'regional' && one.step === 'nation') return 'forbidden';
  if (decision === 'refuse') one.state = 'refused';
  else if (decision === 'request_changes') one.state = 'changes_requested';
  else if (!one.complete) return 'incomplete';
  else if (who.role === 'regional') one.step = 'nation';
  else one.state = 'approved';
  one.revision += 1;
  return 'applied';
}

function moderates({ role, regions }: Person, region: RegionCode | undefined): boolean {
  return role === 'national' || (role === 'regional' && region !== undefined && regions.includes(region));
}

/** Nobody's own proposal waits for themselves, and what is the nation's has no region to wait for. */
function firstStep(who: Person, region: RegionCode | undefined): Proposed['step'] {
  return region === NATION || moderates(who, region) ? 'nation' : 'region';
}
