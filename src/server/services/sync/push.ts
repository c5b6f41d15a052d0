import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import * as v from 'valibot';
import type { Uuid } from '#domain/ids.ts';
import type { Heads } from '#protocol/hints.ts';
import type { Envelope, MutationArgs, MutationName } from '#protocol/mutation.ts';
import { isMutationName, mutations } from '#protocol/mutation.ts';
import type { PushRequest, PushResponse, PushResult, Refusal } from '#protocol/push.ts';
import type { Scope } from '#protocol/scope.ts';
import { QUESTIONS } from '#protocol/scope.ts';
import { PROTOCOL } from '#protocol/version.ts';
import type { Schema } from '../../db/schema.ts';
import { prepared } from '../../db/prepared.ts';
import { isTransient, isUniqueViolation } from '../../db/transient.ts';
import type { Tx } from '../../db/units.ts';
import { returnAllotment } from '../door/allotments.ts';
import { answerQuestions, checkIn, settleCheckIn, undoCheckIn } from '../door/check-ins.ts';
import type { Context } from '../context.ts';
import { courier } from '../door/courier.ts';
import { addNote, logScan } from '../door/door-notes.ts';
import type { Identity } from '../people/identity.ts';
import { scopesOf } from '../people/identity.ts';
import { subscribe } from '../mail/newsletter.ts';
import { ProblemError } from '../problem-error.ts';
import {
  commentProposal,
  decideProposal,
  saveProposal,
  submitProposal,
  withdrawProposal,
} from '../proposing/proposals.ts';
import { answerQuestion, supportAnswer, withdrawAnswer } from '../programme/questions.ts';
import { cancelRegistration, register } from '../registration/registrations.ts';
import { rateTour } from '../programme/tours.ts';
import { admitWalkIn } from '../door/walk-ins.ts';

type Handler = (ctx: Context, tx: Tx, who: Identity, args: unknown, mutationId: Uuid) => Promise<Refusal | 'applied'>;

/** Arguments are parsed by name, so that one bad mutation is refused by itself (O3). */
function handler<N extends MutationName>(
  name: N,
  apply: (ctx: Context, tx: Tx, who: Identity, args: MutationArgs<N>, mutationId: Uuid) => Promise<Refusal | 'applied'>,
): Handler {
  const schema: v.GenericSchema<unknown, MutationArgs<N>> = mutations[name].args;
  return async (ctx, tx, who, args, mutationId) => {
    const parsed = v.safeParse(schema, args);
    return parsed.success ? apply(ctx, tx, who, parsed.output, mutationId) : 'invalid';
  };
}

const handlers: Record<MutationName, Handler> = {
  register: handler('register', register),
  'cancel-registration': handler('cancel-registration', cancelRegistration),
  'rate-tour': handler('rate-tour', rateTour),
  'subscribe-newsletter': handler('subscribe-newsletter', subscribe),
  'answer-question': handler('answer-question', answerQuestion),
  'withdraw-answer': handler('withdraw-answer', withdrawAnswer),
  'support-answer': handler('support-answer', supportAnswer),
  'check-in': handler('check-in', checkIn),
  'undo-check-in': handler('undo-check-in', undoCheckIn),
  'settle-check-in': handler('settle-check-in', settleCheckIn),
  'admit-walk-in': handler('admit-walk-in', admitWalkIn),
  'return-allotment': handler('return-allotment', returnAllotment),
  courier: handler('courier', courier),
  'answer-questions': handler('answer-questions', answerQuestions),
  'add-note': handler('add-note', addNote),
  'log-scan': handler('log-scan', logScan),
  'save-proposal': handler('save-proposal', saveProposal),
  'submit-proposal': handler('submit-proposal', submitProposal),
  'withdraw-proposal': handler('withdraw-proposal', withdrawProposal),
  'comment-proposal': handler('comment-proposal', commentProposal),
  'decide-proposal': handler('decide-proposal', decideProposal),
};

type Owner = Exclude<Identity, { kind: 'anonymous' }>;
type ResultRow = Selectable<Schema['mutation_result']>;

interface Pushed {
  readonly rows: readonly ResultRow[];
  /** Some of them had been committed before. */
  readonly again: boolean;
  readonly last: number;
  /** Why the mutation after the last row could not be dealt with; nothing after it was. */
  readonly failure?: unknown;
}

/** Tries when another replica brings the same mutation at the same moment. */
const TRIES = 3;

/**
 * Applies a replica's mutations in order (P1–P4) and answers after the commit.
 * @throws ProblemError `sign_in_required`, `forbidden`, `replica_gap`, `replica_cloned`: nothing was applied
 * @throws TransientError or what a handler threw: what came before that mutation may have been applied and is answered
 * again from the stored results when the push is repeated
 */
export async function push(ctx: Context, who: Identity, request: PushRequest): Promise<PushResponse> {
  if (who.kind === 'anonymous') throw new ProblemError('sign_in_required');
  const { value, heads } = await once(ctx, who, request);
  if (value.failure !== undefined) throw value.failure;
  const reached = await reachedOf(ctx, scopesOf(who), heads, value);
  return {
    protocol: PROTOCOL,
    serverTime: new Date(ctx.clock()).toISOString(),
    last: value.last,
    results: value.rows.map((row) => resultOf(row, reached)),
  };
}

async function once(ctx: Context, who: Owner, request: PushRequest): Promise<{ value: Pushed; heads: Heads }> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ctx.db.units.one((tx) => apply(ctx, tx, who, request, attempt === TRIES));
    } catch (error) {
      if (!isUniqueViolation(error) || attempt === TRIES) throw error;
    }
  }
}

/** @param lastTry what another replica has just written is no reason to begin anew any more */
async function apply(ctx: Context, tx: Tx, sender: Owner, request: PushRequest, lastTry: boolean): Promise<Pushed> {
  const replica = await lockReplica(ctx, tx, sender, request.replicaId);
  const who = await asOfNow(tx, sender);
  const stored = await storedResults(tx, request, replica.last_seq);
  const rows: ResultRow[] = [];
  const fresh: ResultRow[] = [];
  let last = replica.last_seq;
  let failure: unknown;
  for (const mutation of request.mutations) {
    if (mutation.seq <= last) {
      const row = stored.bySeq.get(mutation.seq) ?? fresh.find((r) => r.seq === mutation.seq);
      // The device was restored from a copy, or copied: another life has used this number.
      if (row?.mutation_id !== mutation.mutationId) throw new ProblemError('replica_cloned');
      rows.push(row);
      continue;
    }
    if (mutation.seq !== last + 1) {
      throw new ProblemError('replica_gap', 'mutations are missing', { last: replica.last_seq });
    }
    const earlier =
      stored.byMutation.get(mutation.mutationId) ?? fresh.find((r) => r.mutation_id === mutation.mutationId);
    let answer: Refusal | 'applied';
    if (earlier) {
      answer = earlier.outcome === 'applied' ? 'applied' : (earlier.reason as Refusal);
    } else if (stored.strangers.has(mutation.mutationId)) {
      answer = 'invalid';
    } else {
      try {
        // A mutation alone in its push is a unit already.
        answer =
          request.mutations.length === 1
            ? await handle(ctx, tx, who, mutation)
            : await tx.savepoint(() => handle(ctx, tx, who, mutation));
      } catch (error) {
        if (request.mutations.length === 1 || isTransient(error)) throw error;
        if (isUniqueViolation(error) && !lastTry) throw error;
        failure = error;
        break;
      }
    }
    last = mutation.seq;
    const row: ResultRow = {
      replica_id: request.replicaId,
      seq: mutation.seq,
      mutation_id: mutation.mutationId,
      repeated: earlier || stored.strangers.has(mutation.mutationId) ? 1 : 0,
      name: mutation.name,
      outcome: answer === 'applied' ? 'applied' : 'refused',
      reason: answer === 'applied' ? null : answer,
      at: ctx.clock(),
    };
    rows.push(row);
    fresh.push(row);
  }
  if (fresh.length > 0) {
    await keepResults(tx, fresh);
    await tx.db.updateTable('replica').set({ last_seq: last }).where('id', '=', replica.id).execute();
  }
  // Under another number of its own a copied device brings what has had its effect long since, as well.
  const again = fresh.length < rows.length || fresh.some((row) => row.repeated === 1);
  return { rows, again, last, ...(failure === undefined ? {} : { failure }) };
}

const keepResult = prepared(
  ['replica_id', 'seq', 'mutation_id', 'repeated', 'name', 'outcome', 'reason', 'at'],
  (db, row: ResultRow) => db.insertInto('mutation_result').values({ ...row }),
);

async function keepResults(tx: Tx, rows: readonly ResultRow[]): Promise<void> {
  // One statement of thousands of values takes SQLite longer than as many small ones; a database on a line thanks for it.
  if (tx.kind === 'postgres') await tx.db.insertInto('mutation_result').values(rows).execute();
  else for (const row of rows) await keepResult(tx, row);
}

/** A door may have been revoked since its credential was looked at. */
async function asOfNow(tx: Tx, who: Owner): Promise<Owner> {
  if (who.kind !== 'device') return who;
  const row = await tx.db.selectFrom('device').select('revoked_at').where('id', '=', who.deviceId).executeTakeFirst();
  return typeof row?.revoked_at === 'number' ? { ...who, access: 'revoked', revokedAt: row.revoked_at } : who;
}

function ownerOf(who: Owner): string {
  if (who.kind === 'holder') return who.holderId;
  return who.kind === 'account' ? who.account.id : who.deviceId;
}

/** The replica, its row locked; the first push of a replica makes it its owner's for good (O4). */
async function lockReplica(ctx: Context, tx: Tx, who: Owner, id: string): Promise<{ id: string; last_seq: number }> {
  const owner = ownerOf(who);
  const query = tx.db.selectFrom('replica').selectAll().where('id', '=', id);
  const locking = tx.kind === 'postgres' ? query.forNoKeyUpdate() : query;
  const replica =
    (await locking.executeTakeFirst()) ??
    (await tx.db
      .insertInto('replica')
      .values({ id, kind: who.kind, owner, last_seq: 0, created_at: ctx.clock() })
      .onConflict((c) => c.column('id').doNothing())
      .returningAll()
      .executeTakeFirst()) ??
    // Another process has just made it.
    (await locking.executeTakeFirstOrThrow());
  if (replica.kind !== who.kind || replica.owner !== owner) {
    throw new ProblemError('forbidden', 'the replica belongs to another credential');
  }
  return replica;
}

/**
 * What is known of a push's mutations: under their numbers, under their ids elsewhere with the same owner, and the ids that
 * another owner has used, whose outcome is nobody else's business.
 */
async function storedResults(
  tx: Tx,
  request: PushRequest,
  last: number,
): Promise<{ bySeq: Map<number, ResultRow>; byMutation: Map<string, ResultRow>; strangers: Set<string> }> {
  const bySeq = new Map<number, ResultRow>();
  const seqs = request.mutations.map((m) => m.seq).filter((seq) => seq <= last);
  if (seqs.length > 0) {
    const rows = await tx.db
      .selectFrom('mutation_result')
      .selectAll()
      .where('replica_id', '=', request.replicaId)
      .where('seq', 'in', seqs)
      .execute();
    for (const row of rows) bySeq.set(row.seq, row);
  }
  const byMutation = new Map<string, ResultRow>();
  const strangers = new Set<string>();
  const ids = request.mutations.filter((m) => m.seq > last).map((m) => m.mutationId);
  if (ids.length > 0) {
    const rows = await tx.db
      .selectFrom('mutation_result')
      .selectAll('mutation_result')
      .where('mutation_id', 'in', ids)
      // Written out, as in the index's own condition: with a parameter SQLite would not use it.
      .where('repeated', '=', sql.lit(0))
      .execute();
    if (rows.length > 0) {
      const replicas = await tx.db
        .selectFrom('replica')
        .select(['id', 'owner'])
        .where('id', 'in', [request.replicaId, ...rows.map((r) => r.replica_id)])
        .execute();
      const owners = new Map(replicas.map((r) => [r.id, r.owner]));
      for (const row of rows) {
        if (owners.get(row.replica_id) === owners.get(request.replicaId)) byMutation.set(row.mutation_id, row);
        else strangers.add(row.mutation_id);
      }
    }
  }
  return { bySeq, byMutation, strangers };
}

async function handle(ctx: Context, tx: Tx, who: Owner, mutation: Envelope): Promise<Refusal | 'applied'> {
  if (!isMutationName(mutation.name)) return 'unsupported';
  const { version, by } = mutations[mutation.name];
  if (mutation.version !== version) return 'unsupported';
  return who.kind === by ? handlers[mutation.name](ctx, tx, who, mutation.args, mutation.mutationId) : 'forbidden';
}

/**
 * Where the owner's logs stand with the effects in them. With an answer that is given again, where all of them stand now, which is
 * later: what was committed now need not have moved the log that shows what was committed then (A1).
 */
async function reachedOf(
  ctx: Context,
  scopes: readonly Scope[],
  heads: Heads,
  { rows, again }: Pushed,
): Promise<PushResult['reached']> {
  if (!rows.some((row) => row.outcome === 'applied')) return {};
  const reached = scopes.flatMap((scope) => (heads[scope] ? [[scope, heads[scope]] as const] : []));
  // A support shows up in a count that everybody reads: until that has come, the device counts it itself.
  const counted = withPrefix(heads, QUESTIONS);
  if (reached.length > 0 && !again) return { ...counted, ...Object.fromEntries(reached) };
  const stored = await ctx.db.read
    .selectFrom('scope_head')
    .select(['scope', 'epoch', 'head'])
    .where('scope', 'in', scopes)
    .execute();
  return {
    ...counted,
    ...Object.fromEntries(stored.map(({ scope, epoch, head }) => [scope, { epoch, cursor: head }])),
  };
}

function withPrefix(heads: Heads, prefix: string): Heads {
  return Object.fromEntries(Object.entries(heads).filter(([scope]) => scope.startsWith(prefix)));
}

function resultOf(row: ResultRow, reached: PushResult['reached']): PushResult {
  return {
    seq: row.seq,
    mutationId: row.mutation_id,
    outcome: row.outcome,
    ...(row.reason === null ? {} : { reason: row.reason as Refusal }),
    reached: row.outcome === 'applied' ? reached : {},
  };
}
