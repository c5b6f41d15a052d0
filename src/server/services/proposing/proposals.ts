import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import * as v from 'valibot';
import { localOf } from '#domain/dates.ts';
import type { Uuid } from '#domain/ids.ts';
import type { Edition, ProgrammeEvent } from '#domain/programme.ts';
import type { Proposal, ProposalPerson } from '#domain/proposal.ts';
import { contentOf, isBeforeModerators } from '#domain/proposal.ts';
import { mergeEdit } from '#domain/proposal-diff.ts';
import { eventOf } from '#domain/proposal-event.ts';
import type { ProposalAct, ProposalOrigin } from '#domain/proposal-rules.ts';
import { applyProposal } from '#domain/proposal-rules.ts';
import { programmeEvent } from '#protocol/programme.ts';
import type {
  CommentProposal,
  DecideProposal,
  SaveProposal,
  SubmitProposal,
  WithdrawProposal,
} from '#protocol/proposal.ts';
import type { Refusal } from '#protocol/push.ts';
import { deskScope, moderationScope } from '#protocol/scope.ts';
import type { LetterData, ProposalLetterKind } from '../../db/schema-proposals.ts';
import type { Schema } from '../../db/schema.ts';
import { TransientError } from '../../db/transient.ts';
import type { Tx } from '../../db/units.ts';
import type { Account } from '../people/accounts.ts';
import { actorOf, mayRun } from '../people/accounts.ts';
import type { Context } from '../context.ts';
import { storedEvent } from '../programme/events.ts';
import type { Identity } from '../people/identity.ts';
import { correctionsOf } from './corrections.ts';
import { ChangedMeanwhile, publishEventsIn } from '../programme/publishing.ts';

type Answer = Promise<Refusal | 'applied'>;

/** @param act an import's also says who wrote it first */
export function saveProposal(
  ctx: Context,
  tx: Tx,
  who: Identity,
  { proposalId, ...act }: SaveProposal & { readonly origin?: ProposalOrigin },
): Answer {
  return actOn(ctx, tx, who, proposalId, { kind: 'save', ...act });
}

export function submitProposal(ctx: Context, tx: Tx, who: Identity, { proposalId, ...act }: SubmitProposal): Answer {
  return actOn(ctx, tx, who, proposalId, { kind: 'submit', ...act });
}

export function withdrawProposal(ctx: Context, tx: Tx, who: Identity, { proposalId }: WithdrawProposal): Answer {
  return actOn(ctx, tx, who, proposalId, { kind: 'withdraw' });
}

export function commentProposal(ctx: Context, tx: Tx, who: Identity, { proposalId, ...act }: CommentProposal): Answer {
  return actOn(ctx, tx, who, proposalId, { kind: 'comment', ...act });
}

export function decideProposal(ctx: Context, tx: Tx, who: Identity, { proposalId, ...act }: DecideProposal): Answer {
  return actOn(ctx, tx, who, proposalId, { kind: 'decide', ...act });
}

/** Does to a proposal what the rules allow: its row, what is published of it, the scopes that show it, the mail about it. */
async function actOn(ctx: Context, tx: Tx, who: Identity, id: Uuid, act: ProposalAct): Answer {
  if (who.kind !== 'account') return 'forbidden';
  const { account } = who;
  const row = await lockedRow(tx, id);
  const before = row && (JSON.parse(row.data) as Proposal);
  const origin = act.kind === 'save' && !before ? act.origin : undefined;
  const edition = await editionOf(tx, before?.editionId ?? origin?.editionId);
  if (!edition) return 'proposal_unknown';
  // An event that is there already is changed by an edit of it, never by a new one that takes its name.
  if (origin && (await eventRow(tx, id))) return 'forbidden';
  const edited = origin?.eventId === undefined ? undefined : await eventRow(tx, origin.eventId);
  if (origin?.eventId !== undefined && edited?.edition_id !== edition.id) return 'event_unknown';
  const now = ctx.clock();
  const outcome = applyProposal(before, act, {
    id,
    actor: actorOf(account),
    person: { accountId: account.id, role: account.role, name: account.email },
    edition,
    at: new Date(now).toISOString(),
    today: localOf(now, 'Europe/Paris').date,
    runsEvent: edited !== undefined && (await mayRun(ctx, account, edited)),
  });
  if (outcome.kind === 'refused') return outcome.reason;
  const { proposal } = outcome;
  if (outcome.publishes) {
    const refusal = await publishProposal(ctx, tx, proposal);
    if (refusal) return refusal;
  }
  await write(tx, proposal, row, now);
  await queueLetters(ctx, tx, before, proposal, act, account);
  return 'applied';
}

async function lockedRow(tx: Tx, id: Uuid): Promise<Selectable<Schema['proposal']> | undefined> {
  const query = tx.db.selectFrom('proposal').selectAll().where('id', '=', id);
  return (tx.kind === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
}

async function editionOf(tx: Tx, id: string | undefined): Promise<Edition | undefined> {
  if (id === undefined) return undefined;
  const row = await tx.db.selectFrom('edition').select('data').where('id', '=', id).executeTakeFirst();
  return row && (JSON.parse(row.data) as Edition);
}

function eventRow(tx: Tx, id: Uuid) {
  return tx.db
    .selectFrom('event')
    .select(['id', 'edition_id', 'region', 'slug', 'data', 'content_hash', 'source', 'withdrawn_at'])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Puts what was approved into the programme. @returns why it cannot be */
async function publishProposal(ctx: Context, tx: Tx, proposal: Proposal): Promise<Refusal | undefined> {
  const { id, editionId, eventId, before, source, content } = proposal;
  const row = await eventRow(tx, eventId ?? id);
  if (eventId === undefined ? row : !row || row.withdrawn_at !== null) return 'event_unknown';
  const published = row && storedEvent(row);
  const merged = published && before ? mergeEdit(before, content, contentOf(published)) : content;
  const at = new Date(ctx.clock()).toISOString();
  const parsed = v.safeParse(
    programmeEvent,
    eventOf(merged, {
      id: eventId ?? id,
      editionId,
      at,
      ...(published ? { published } : {}),
      ...(source ? { source } : {}),
    }),
  );
  if (!parsed.success) {
    ctx.log.warn({ proposal: id, issue: v.getDotPath(parsed.issues[0]) }, 'an approved proposal is no event');
    return 'incomplete';
  }
  const event: ProgrammeEvent = parsed.output;
  try {
    await publishEventsIn(ctx, tx, [event], {
      ...(row ? { expected: new Map([[row.id, row.content_hash]]) } : {}),
      ...(row?.source ? { source: { name: row.source } } : {}),
    });
  } catch (error) {
    // Somebody changed the event in this very moment: the same message finds it as it is then.
    if (error instanceof ChangedMeanwhile) throw new TransientError('the event was changed meanwhile');
    throw error;
  }
  await tx.db
    .insertInto('event_organiser')
    .values({ event_id: event.id, account_id: proposal.author.accountId })
    .onConflict((c) => c.columns(['event_id', 'account_id']).doNothing())
    .execute();
  return undefined;
}

async function write(
  tx: Tx,
  proposal: Proposal,
  before: Selectable<Schema['proposal']> | undefined,
  now: number,
): Promise<void> {
  const { id, editionId, eventId, author, state, content } = proposal;
  const seen = isBeforeModerators(proposal) ? (content.region ?? null) : null;
  const row = { region: seen, state, data: JSON.stringify(proposal), updated_at: now };
  if (before) {
    await tx.db.updateTable('proposal').set(row).where('id', '=', id).execute();
  } else {
    const ground = { id, edition_id: editionId, event_id: eventId ?? null, author_id: author.accountId };
    await tx.db
      .insertInto('proposal')
      .values({ ...ground, ...row })
      .execute();
  }
  tx.log(deskScope(author.accountId), 'proposal', id, forAuthor(proposal));
  if (seen !== null) tx.log(moderationScope(seen), 'proposal', id, proposal);
  if (before?.region && before.region !== seen) tx.log(moderationScope(before.region), 'proposal', id, undefined);
}

/** What an author reads: of those who moderate, what they are and not who. */
export function forAuthor(proposal: Proposal): Proposal {
  const author = proposal.author.accountId;
  const by = (person: ProposalPerson): ProposalPerson =>
    person.accountId === author ? person : { accountId: person.accountId, role: person.role };
  return {
    ...proposal,
    comments: proposal.comments.map((one) => ({ ...one, by: by(one.by) })),
    history: proposal.history.map((one) => ({ ...one, by: by(one.by) })),
  };
}

/** Who is written to after something was done: the author by moderators, those who asked for changes by the author. */
async function queueLetters(
  ctx: Context,
  tx: Tx,
  before: Proposal | undefined,
  after: Proposal,
  act: ProposalAct,
  by: Account,
): Promise<void> {
  const author = after.author.accountId;
  const queue = async (kind: ProposalLetterKind, accountId: string, data: LetterData = {}): Promise<void> => {
    if (accountId === by.id) return;
    const now = ctx.clock();
    await tx.db
      .insertInto('proposal_letter')
      .values({
        id: randomUUID(),
        kind,
        proposal_id: after.id,
        account_id: accountId,
        data: JSON.stringify(data),
        created_at: now,
        due_at: now,
        tries: 0,
      })
      .execute();
  };
  const deed = after.history.length > (before?.history.length ?? 0) ? after.history.at(-1) : undefined;
  if (deed && (deed.kind === 'changes_requested' || deed.kind === 'refused' || deed.kind === 'published')) {
    await queue(deed.kind, author, deed.text === undefined ? {} : { text: deed.text });
  }
  if (deed?.kind === 'edited' && deed.fields) {
    await queue('corrected', author, { corrections: correctionsOf(before?.content ?? {}, after.content, deed.fields) });
  }
  const asked = new Set(after.history.filter((one) => one.kind === 'changes_requested').map((one) => one.by.accountId));
  if (deed?.kind === 'submitted') for (const moderator of asked) await queue('resubmitted', moderator);
  if (act.kind === 'comment' && before && after.comments.length > before.comments.length) {
    if (by.id !== author) await queue('commented', author, { text: act.text });
    else for (const moderator of askers(after, asked)) await queue('answered', moderator, { text: act.text });
  }
}

/** Who an author answers: those who asked for changes, and those who have said something. */
function askers(proposal: Proposal, asked: ReadonlySet<string>): Set<string> {
  const said = proposal.comments.map((one) => one.by.accountId);
  return new Set([...asked, ...said].filter((id) => id !== proposal.author.accountId));
}
