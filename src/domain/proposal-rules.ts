import type { LocalDate } from './dates.ts';
import type { Uuid } from './ids.ts';
import type { Edition, RegionCode, Source } from './programme.ts';
import { NATIONAL } from './regions.ts';
import type {
  Actor,
  ModerationStep,
  Proposal,
  ProposalContent,
  ProposalDeed,
  ProposalDeedKind,
  ProposalField,
  ProposalPerson,
  ProposalRules,
} from './proposal.ts';
import { isBeforeModerators, rulesOf } from './proposal.ts';
import { problemsOf } from './proposal-check.ts';
import { changedFields } from './proposal-diff.ts';

/**
 * Why something is not done to a proposal; `forbidden` beside them. `stale`: somebody else has saved or decided meanwhile;
 * `wrong_state`: its state is not one for that; `incomplete`: a required field is missing or wrong; `frozen`: a field that organisers
 * change no more; `proposals_closed`: the edition takes no new ones.
 */
export const proposalRefusals = [
  'proposal_unknown',
  'stale',
  'wrong_state',
  'incomplete',
  'frozen',
  'proposals_closed',
] as const;
export type ProposalRefusal = (typeof proposalRefusals)[number] | 'forbidden';

/** Where a new proposal belongs. */
export interface ProposalOrigin {
  readonly editionId: string;
  /** Of an edit: the published event, and what it was when the edit was begun. */
  readonly eventId?: Uuid;
  readonly before?: ProposalContent;
  /** Of one that came in a file; no device says it. */
  readonly source?: Source;
}

/** What may be done to a proposal. */
export type ProposalAct =
  | {
      readonly kind: 'save';
      /** The words that these were written over; of a new one its origin instead. */
      readonly base?: Uuid;
      readonly origin?: ProposalOrigin;
      readonly version: Uuid;
      readonly content: ProposalContent;
    }
  /** Hands in the words of that name. */
  | { readonly kind: 'submit'; readonly version: Uuid }
  | { readonly kind: 'withdraw' }
  | { readonly kind: 'comment'; readonly commentId: Uuid; readonly text: string }
  | {
      readonly kind: 'decide';
      /** The revision that the moderator has seen. */
      readonly base: number;
      readonly decision: 'approve' | 'request_changes' | 'refuse';
      readonly text?: string;
      /** Of requested changes: where. */
      readonly fields?: readonly ProposalField[];
    };

/** Who does it, and when. */
export interface ProposalSituation {
  readonly id: Uuid;
  readonly actor: Actor;
  readonly person: ProposalPerson;
  readonly edition: Edition;
  /** ISO 8601. */
  readonly at: string;
  /** The same moment as a day of the edition's country. */
  readonly today: LocalDate;
  /** Of an edit: whether the actor runs the event. */
  readonly runsEvent: boolean;
}

export type ProposalOutcome =
  | { readonly kind: 'done'; readonly proposal: Proposal; readonly publishes: boolean }
  | { readonly kind: 'refused'; readonly reason: ProposalRefusal };

/** Whether somebody decides on proposals of a region, at either step or at the region's alone. */
export function moderates(actor: Actor, region: RegionCode | undefined): boolean {
  return actor.role === 'national' || (actor.role === 'regional' && isIn(actor, region));
}

/** Whether somebody may read it: its author always, who moderates there once it was handed in, the auditor as the national team. */
export function mayReadProposal(actor: Actor, proposal: Proposal): boolean {
  if (proposal.author.accountId === actor.accountId) return true;
  return isBeforeModerators(proposal) && (actor.role === 'auditor' || moderates(actor, proposal.content.region));
}

/** Whether it is somebody's turn to decide. */
export function mayDecide(actor: Actor, proposal: Proposal): boolean {
  if (proposal.state !== 'submitted' || !moderates(actor, proposal.content.region)) return false;
  return actor.role === 'national' || proposal.step === 'region';
}

/**
 * What a proposal becomes, or why it does not. The device runs it to show the result at once, the server to decide.
 * @param before undefined: there is none of that id
 */
export function applyProposal(
  before: Proposal | undefined,
  act: ProposalAct,
  situation: ProposalSituation,
): ProposalOutcome {
  if (situation.actor.role === 'auditor') return refused('forbidden');
  if (!before) {
    if (act.kind !== 'save') return refused('proposal_unknown');
    return act.origin ? create(act, act.origin, situation) : refused('proposal_unknown');
  }
  // Whether there is one at all is nobody's business who may not read it.
  if (!mayReadProposal(situation.actor, before)) return refused('forbidden');
  switch (act.kind) {
    case 'save':
      return save(before, act, situation);
    case 'submit':
      return submit(before, act.version, situation);
    case 'comment':
      return comment(before, act, situation);
    case 'withdraw':
      return withdraw(before, situation);
    case 'decide':
      return decide(before, act, situation);
  }
}

type Act<K extends ProposalAct['kind']> = Extract<ProposalAct, { kind: K }>;

function create(
  { content, version }: Act<'save'>,
  { editionId, eventId, before, source }: ProposalOrigin,
  situation: ProposalSituation,
): ProposalOutcome {
  if (editionId !== situation.edition.id) return refused('proposal_unknown');
  if (eventId !== undefined && !situation.runsEvent) return refused('forbidden');
  const made: Proposal = {
    id: situation.id,
    editionId,
    ...(eventId === undefined ? {} : { eventId, before: before ?? {} }),
    ...(source ? { source } : {}),
    content,
    state: 'draft',
    step: firstStep(situation, content),
    revision: 0,
    version,
    author: situation.person,
    comments: [],
    history: [],
    createdAt: situation.at,
    updatedAt: situation.at,
  };
  return done(made, situation, { kind: 'created' });
}

function save(
  before: Proposal,
  { base, version, content }: Act<'save'>,
  situation: ProposalSituation,
): ProposalOutcome {
  const { state } = before;
  const edited: Proposal = { ...before, content, version };
  if (isAuthor(before, situation)) {
    if (state === 'approved' || state === 'refused') return refused('wrong_state');
    if (base !== before.version) return refused('stale');
    if (state === 'draft' || state === 'changes_requested') return done(edited, situation);
    // Handed in or given up: its author goes on writing, and hands it in again.
    return done({ ...edited, state: 'draft' }, situation, { kind: 'taken_back' });
  }
  if (!moderates(situation.actor, before.content.region)) return refused('forbidden');
  if (!moderates(situation.actor, content.region)) return refused('forbidden');
  if (state !== 'submitted') return refused('wrong_state');
  if (base !== before.version) return refused('stale');
  if (problemsFor(edited, situation).length > 0) return refused('incomplete');
  const fields = changedFields(before.content, content);
  return done(edited, situation, { kind: 'edited', ...(fields.length > 0 ? { fields } : {}) });
}

function submit(before: Proposal, version: Uuid, situation: ProposalSituation): ProposalOutcome {
  if (!isAuthor(before, situation)) return refused('forbidden');
  if (version !== before.version) return refused('stale');
  if (before.state !== 'draft' && before.state !== 'changes_requested') return refused('wrong_state');
  const rules = rulesOf(situation.edition);
  const organiser = situation.actor.role === 'organiser';
  const late = organiser && rules?.until !== undefined && situation.today > rules.until;
  if (!rules || (late && before.eventId === undefined)) return refused('proposals_closed');
  if (organiser && frozenFields(before, rules, situation.today).length > 0) return refused('frozen');
  if (problemsFor(before, situation).length > 0) return refused('incomplete');
  // Changes that the nation asked for go back to the nation.
  const step = before.state === 'changes_requested' ? before.step : firstStep(situation, before.content);
  const submitted: Proposal = { ...before, state: 'submitted', step, submittedAt: situation.at };
  return done(submitted, situation, { kind: 'submitted', step });
}

function withdraw(before: Proposal, situation: ProposalSituation): ProposalOutcome {
  if (!isAuthor(before, situation)) return refused('forbidden');
  if (before.state !== 'draft' && before.state !== 'submitted' && before.state !== 'changes_requested') {
    return refused('wrong_state');
  }
  return done({ ...before, state: 'withdrawn' }, situation, { kind: 'withdrawn' });
}

function comment(
  before: Proposal,
  { commentId, text }: Act<'comment'>,
  { person, at }: ProposalSituation,
): ProposalOutcome {
  if (before.comments.some((one) => one.id === commentId)) {
    return { kind: 'done', proposal: before, publishes: false };
  }
  if (before.comments.length >= MOST_COMMENTS) return refused('wrong_state');
  const comments = [...before.comments, { id: commentId, by: person, at, text }];
  return { kind: 'done', proposal: { ...before, comments, updatedAt: at }, publishes: false };
}

/** Far above any conversation. */
const MOST_COMMENTS = 200;

function decide(
  before: Proposal,
  { base, decision, text, fields }: Act<'decide'>,
  situation: ProposalSituation,
): ProposalOutcome {
  if (!moderates(situation.actor, before.content.region)) return refused('forbidden');
  if (base !== before.revision) return refused('stale');
  if (before.state !== 'submitted') return refused('wrong_state');
  if (!mayDecide(situation.actor, before)) return refused('forbidden');
  const { step } = before;
  const deed = (kind: ProposalDeedKind) => ({ kind, step, ...(text === undefined ? {} : { text }) });
  if (decision !== 'approve') {
    const state = decision === 'refuse' ? 'refused' : 'changes_requested';
    const where = decision === 'request_changes' && fields?.length ? { fields: [...new Set(fields)] } : {};
    return done({ ...before, state }, situation, { ...deed(state), ...where });
  }
  if (problemsFor(before, situation).length > 0) return refused('incomplete');
  const next = nextStep(before, situation);
  if (next) return done({ ...before, step: next }, situation, deed('approved'));
  return { ...done({ ...before, state: 'approved' }, situation, deed('published')), publishes: true };
}

/** The step after one's own approval; undefined when it was the last: the nation's word always is. */
function nextStep(proposal: Proposal, { actor, edition }: ProposalSituation): ModerationStep | undefined {
  if (actor.role === 'national') return undefined;
  const steps = rulesOf(edition)?.steps ?? [];
  return steps[steps.indexOf(proposal.step) + 1];
}

/** Where a submission begins: not with its own author, nor with a region that the nation's part of the programme has not. */
function firstStep({ actor, edition }: ProposalSituation, content: ProposalContent): ModerationStep {
  const steps = rulesOf(edition)?.steps ?? [];
  const last = steps.at(-1) ?? 'nation';
  if (content.region === NATIONAL) return 'nation';
  const own = actor.role === 'national' || (actor.role === 'regional' && isIn(actor, content.region));
  return own ? last : (steps[0] ?? last);
}

/** The fields that an edit would change and that organisers change no more. */
export function frozenFields(
  proposal: Pick<Proposal, 'before' | 'content'>,
  rules: ProposalRules,
  today: LocalDate,
): ProposalField[] {
  if (!proposal.before) return [];
  const frozen = new Set((rules.frozenFrom ?? []).filter((one) => one.from <= today).flatMap((one) => one.fields));
  return changedFields(proposal.before, proposal.content).filter((field) => frozen.has(field));
}

function problemsFor({ content, before }: Proposal, { edition, today }: ProposalSituation) {
  return problemsOf(content, { edition, today, ...(before ? { before } : {}) });
}

function isAuthor(proposal: Proposal, { actor }: ProposalSituation): boolean {
  return proposal.author.accountId === actor.accountId;
}

function isIn(actor: Actor, region: RegionCode | undefined): boolean {
  return region !== undefined && actor.regions.includes(region);
}

function refused(reason: ProposalRefusal): ProposalOutcome {
  return { kind: 'refused', reason };
}

/** With one more revision, and a line of the history where there is one. */
function done(
  proposal: Proposal,
  { person, at }: ProposalSituation,
  deed?: Pick<ProposalDeed, 'kind' | 'step' | 'text' | 'fields'>,
): Extract<ProposalOutcome, { kind: 'done' }> {
  const history = deed ? [...proposal.history, { ...deed, by: person, at }] : proposal.history;
  const after: Proposal = { ...proposal, revision: proposal.revision + 1, updatedAt: at, history };
  return { kind: 'done', proposal: after, publishes: false };
}
