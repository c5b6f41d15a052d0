import { createHash, randomUUID } from 'node:crypto';
import { localOf } from '#domain/dates.ts';
import type { Uuid } from '#domain/ids.ts';
import { uuidV8 } from '#domain/ids.ts';
import type { Edition, ProgrammeEvent, Source } from '#domain/programme.ts';
import type { Proposal, ProposalContent } from '#domain/proposal.ts';
import { contentOf, rulesOf } from '#domain/proposal.ts';
import { problemsOf } from '#domain/proposal-check.ts';
import { changedFields } from '#domain/proposal-diff.ts';
import type { Tx } from '../../db/units.ts';
import type { Account } from '../people/accounts.ts';
import type { Context } from '../context.ts';
import { saveProposal, submitProposal } from './proposals.ts';
import { canonical } from '../programme/publishing.ts';

/** An event of a file, with what is published of it. */
interface ToPropose {
  readonly event: ProgrammeEvent;
  readonly published?: ProgrammeEvent;
}

/** One proposal that an import makes, or writes anew. */
export interface ImportProposal {
  readonly proposalId: Uuid;
  readonly eventId?: Uuid;
  readonly content: ProposalContent;
  readonly before?: ProposalContent;
  /** Who wrote it first, as far as the file says. */
  readonly source?: Source;
  /** The words that stand there: an earlier file's. */
  readonly base?: Uuid;
  /** Nothing is missing: it goes to the moderators. Otherwise it stays a draft. */
  readonly whole: boolean;
}

/** What an import would do, as far as proposing it is concerned. */
interface PlanToPropose {
  readonly events: ProgrammeEvent[];
  /** Of those that are changed: what is published. */
  readonly published: ReadonlyMap<Uuid, ProgrammeEvent>;
  readonly origins: { readonly externalId: string; readonly eventId: Uuid }[];
  readonly changes: { readonly item: string }[];
  added: number;
  changed: number;
  unchanged: number;
}

/**
 * Whether what somebody imports goes to the moderators first: a correspondent's, where the nation has the last word. Where their own
 * word is the last, or nobody moderates (an archive, somebody else's programme), it is published.
 */
export function proposesImports(who: Account, edition: Edition | undefined): boolean {
  return who.role === 'regional' && edition !== undefined && rulesOf(edition)?.steps.at(-1) === 'nation';
}

/**
 * What is to be proposed of a file. An event that waits with the same words already, that was refused, or that somebody else has
 * proposed is left as it is: `undefined`.
 */
async function planProposals(
  ctx: Context,
  who: Account,
  edition: Edition,
  events: readonly ToPropose[],
): Promise<(ImportProposal | undefined)[]> {
  const wanted = events.map((one) => draftOf(who, one));
  const there = await readProposals(
    ctx,
    wanted.map((one) => one.proposalId),
  );
  const today = localOf(ctx.clock(), 'Europe/Paris').date;
  return wanted.map((one) => {
    const known = there.get(one.proposalId);
    if (known && (known.author.accountId !== who.id || !isOpen(known) || isSame(known.content, one.content)))
      return undefined;
    const problems = problemsOf(one.content, { edition, today, ...(one.before ? { before: one.before } : {}) });
    return { ...one, ...(known ? { base: known.version } : {}), whole: problems.length === 0 };
  });
}

/** Takes out of a plan what waits for the moderators already, and what it says of the file where nothing is published yet. */
export async function proposePlan(
  ctx: Context,
  who: Account,
  edition: Edition,
  plan: PlanToPropose,
): Promise<ImportProposal[]> {
  const events = plan.events.map((event): ToPropose => {
    const published = plan.published.get(event.id);
    return { event, ...(published ? { published } : {}) };
  });
  const planned = await planProposals(ctx, who, edition, events);
  const proposals: ImportProposal[] = [];
  const proposed = new Set<Uuid>();
  const waiting = new Set<string>();
  for (const [at, one] of planned.entries()) {
    const { id } = plan.events[at]!;
    proposed.add(id);
    if (one) {
      proposals.push(one);
      continue;
    }
    if (plan.published.has(id)) plan.changed--;
    else plan.added--;
    plan.unchanged++;
    waiting.add(plan.origins.find((origin) => origin.eventId === id)!.externalId);
  }
  plan.events.length = 0;
  // What the file said is noted once it is published.
  plan.origins.splice(0, Infinity, ...plan.origins.filter((origin) => !proposed.has(origin.eventId)));
  plan.changes.splice(0, Infinity, ...plan.changes.filter((change) => !waiting.has(change.item)));
  return proposals;
}

/** How many go to the moderators at once, and how many stay drafts. */
export function wholeAmong(proposals: readonly ImportProposal[]): { submitted: number; drafts: number } {
  const submitted = proposals.filter((one) => one.whole).length;
  return { submitted, drafts: proposals.length - submitted };
}

/** Writes them down as their author would: saved, and handed in where nothing is missing. @throws Error when the rules refuse one */
export async function saveImportProposals(
  ctx: Context,
  tx: Tx,
  account: Account,
  editionId: string,
  proposals: readonly ImportProposal[],
): Promise<void> {
  const who = { kind: 'account', account } as const;
  for (const { proposalId, eventId, content, before, source, base, whole } of proposals) {
    const version = randomUUID();
    const origin = {
      editionId,
      ...(eventId === undefined ? {} : { eventId }),
      ...(before ? { before } : {}),
      ...(source ? { source } : {}),
    };
    const save = { proposalId, version, content, ...(base === undefined ? { origin } : { base }) };
    const saved = await saveProposal(ctx, tx, who, save);
    const done = saved === 'applied' && whole ? await submitProposal(ctx, tx, who, { proposalId, version }) : saved;
    if (done !== 'applied') throw new Error(`an imported proposal was refused: ${done}`);
  }
}

function draftOf(who: Account, { event, published }: ToPropose): Omit<ImportProposal, 'whole' | 'base'> {
  const content = contentOf(event);
  // A new event and its proposal have one id, so that the same file finds it again; a change is named by what it says.
  if (!published) {
    const { source } = event;
    const proposed = { ...content, privateContact: { email: who.email } };
    return { proposalId: event.id, content: proposed, ...(source ? { source } : {}) };
  }
  const said = createHash('sha256')
    .update(`import\n${event.id}\n${canonical(content)}`)
    .digest();
  return { proposalId: uuidV8(said), eventId: event.id, content, before: contentOf(published) };
}

function isOpen({ state }: Proposal): boolean {
  return state === 'draft' || state === 'submitted' || state === 'changes_requested';
}

function isSame(a: ProposalContent, b: ProposalContent): boolean {
  return changedFields(a, b).every((field) => field === 'privateContact' || field === 'custom');
}

async function readProposals(ctx: Context, ids: readonly Uuid[]): Promise<Map<Uuid, Proposal>> {
  const found = new Map<Uuid, Proposal>();
  for (let from = 0; from < ids.length; from += 500) {
    const rows = await ctx.db.read
      .selectFrom('proposal')
      .select(['id', 'data'])
      .where('id', 'in', ids.slice(from, from + 500))
      .execute();
    for (const row of rows) found.set(row.id, JSON.parse(row.data) as Proposal);
  }
  return found;
}
