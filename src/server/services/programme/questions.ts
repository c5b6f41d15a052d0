import type { Kysely, Selectable } from 'kysely';
import type { QuestionPart } from '#domain/event-question.ts';
import { decideAnswer, decideSupport } from '#domain/event-question.ts';
import type { Uuid } from '#domain/ids.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import type {
  AnswerQuestion,
  DeskQuestion,
  QuestionEdit,
  SupportAnswer,
  WithdrawAnswer,
} from '#protocol/event-question.ts';
import type { Refusal } from '#protocol/push.ts';
import { personScope, questionScope } from '#protocol/scope.ts';
import type { Schema } from '../../db/schema.ts';
import type { Tx } from '../../db/units.ts';
import type { Account } from '../people/accounts.ts';
import type { Context } from '../context.ts';
import { requireEvent } from '../desk/desk.ts';
import { editEvent, eventToEdit, versionOf } from './event-edit.ts';
import { storedEvent } from './events.ts';
import type { Identity } from '../people/identity.ts';
import { ProblemError } from '../problem-error.ts';

type AnswerRow = Selectable<Schema['question_answer']>;

/** Answers that the desk is shown: far more than anybody goes through. */
const SHOWN = 2000;

/** Keeps somebody's answer; the same one a second time changes nothing. */
export async function answerQuestion(
  ctx: Context,
  tx: Tx,
  who: Identity,
  args: AnswerQuestion,
): Promise<Refusal | 'applied'> {
  if (who.kind !== 'holder') return 'forbidden';
  const { answerId, eventId, opening, text, name } = args;
  const known = await answerOf(tx, answerId);
  if (known) return known.holder_id === who.holderId ? 'applied' : 'invalid';
  const { given } = await tx.db
    .selectFrom('question_answer')
    .select((e) => e.fn.countAll<number>().as('given'))
    .where('event_id', '=', eventId)
    .where('holder_id', '=', who.holderId)
    .executeTakeFirstOrThrow();
  const decision = decideAnswer(await eventOf(tx, eventId), opening, given);
  if (decision !== 'accepted') return decision;
  const row: AnswerRow = {
    id: answerId,
    event_id: eventId,
    holder_id: who.holderId,
    opening: opening ?? null,
    text,
    name: name ?? null,
    at: ctx.clock(),
    hidden: null,
    hidden_by: null,
  };
  await tx.db.insertInto('question_answer').values(row).execute();
  await logAnswer(tx, row);
  await logPart(tx, who.holderId, eventId);
  return 'applied';
}

/** Forgets somebody's own answer and its supports. */
export async function withdrawAnswer(
  _ctx: Context,
  tx: Tx,
  who: Identity,
  { answerId, eventId }: WithdrawAnswer,
): Promise<Refusal | 'applied'> {
  if (who.kind !== 'holder') return 'forbidden';
  const row = await answerOf(tx, answerId);
  if (row && (row.holder_id !== who.holderId || row.event_id !== eventId)) return 'answer_unknown';
  if (row) {
    await tx.db.deleteFrom('answer_support').where('answer_id', '=', answerId).execute();
    await tx.db.deleteFrom('question_answer').where('id', '=', answerId).execute();
    tx.log(questionScope(eventId), 'answer', answerId, undefined);
  }
  await logPart(tx, who.holderId, eventId);
  return 'applied';
}

/** Counts a person's support for somebody else's answer, once, or takes it back. */
export async function supportAnswer(
  ctx: Context,
  tx: Tx,
  who: Identity,
  { answerId, eventId, support }: SupportAnswer,
): Promise<Refusal | 'applied'> {
  if (who.kind !== 'holder') return 'forbidden';
  const decision = decideSupport(await eventOf(tx, eventId));
  if (decision !== 'accepted') return decision;
  // Locked, so that of two who support at once the later one counts both.
  const row = await answerOf(tx, answerId);
  if (!row || row.event_id !== eventId || row.hidden !== null) return 'answer_unknown';
  if (row.holder_id === who.holderId) return 'invalid';
  if (support) {
    await tx.db
      .insertInto('answer_support')
      .values({ answer_id: answerId, holder_id: who.holderId, event_id: eventId, at: ctx.clock() })
      .onConflict((c) => c.columns(['answer_id', 'holder_id']).doNothing())
      .execute();
  } else {
    await tx.db
      .deleteFrom('answer_support')
      .where('answer_id', '=', answerId)
      .where('holder_id', '=', who.holderId)
      .execute();
  }
  await logAnswer(tx, row);
  await logPart(tx, who.holderId, eventId);
  return 'applied';
}

/**
 * An event's question, to be edited, and what was answered.
 * @throws ProblemError `not_found`; `forbidden` when the account may not run the event
 */
export async function readQuestion(ctx: Context, account: Account, eventId: Uuid): Promise<DeskQuestion> {
  const { event } = await eventToEdit(ctx, account, eventId, 'reading');
  const rows = await ctx.db.read
    .selectFrom('question_answer')
    .selectAll('question_answer')
    .select((e) =>
      e
        .selectFrom('answer_support')
        .select((c) => c.fn.countAll<number>().as('n'))
        .whereRef('answer_support.answer_id', '=', 'question_answer.id')
        .as('support'),
    )
    .where('event_id', '=', eventId)
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(SHOWN)
    .execute();
  return {
    eventId,
    slug: event.slug,
    ...(event.question ? { question: event.question as NonNullable<DeskQuestion['question']> } : {}),
    version: versionOf(event.question),
    answers: rows.map(({ support, ...row }) => ({
      ...publicAnswer(row, support ?? 0),
      ...(row.hidden === null ? {} : { hidden: row.hidden }),
    })),
  };
}

/**
 * Puts a question in the place of the one that the editor has seen, and publishes it with its event. Answers stay, also those
 * to an opening that is there no more.
 * @throws ProblemError `not_found`, `forbidden`; `edited_elsewhere` when somebody else has changed the question meanwhile
 */
export async function saveQuestion(
  ctx: Context,
  account: Account,
  eventId: Uuid,
  edit: QuestionEdit,
): Promise<DeskQuestion> {
  await editEvent(ctx, account, eventId, ({ question, ...rest }) => {
    if (versionOf(question) !== edit.basedOn) throw new ProblemError('edited_elsewhere');
    return { ...rest, ...(edit.question ? { question: edit.question } : {}) };
  });
  return readQuestion(ctx, account, eventId);
}

/**
 * Hides an answer from everybody but its author, who learns why; without a reason shows it again.
 * @throws ProblemError `not_found`, `forbidden`
 */
export async function moderateAnswer(
  ctx: Context,
  account: Account,
  eventId: Uuid,
  answerId: Uuid,
  hidden: string | undefined,
): Promise<DeskQuestion> {
  await requireEvent(ctx, account, eventId);
  await ctx.db.units.one(async (tx) => {
    const row = await answerOf(tx, answerId);
    if (!row || row.event_id !== eventId) throw new ProblemError('not_found');
    const change = { hidden: hidden ?? null, hidden_by: hidden === undefined ? null : account.id };
    await tx.db.updateTable('question_answer').set(change).where('id', '=', answerId).execute();
    await logAnswer(tx, { ...row, ...change });
    await logPart(tx, row.holder_id, eventId);
  });
  return readQuestion(ctx, account, eventId);
}

/** An answer, its row locked until the commit. */
async function answerOf(tx: Tx, answerId: Uuid): Promise<AnswerRow | undefined> {
  const query = tx.db.selectFrom('question_answer').selectAll().where('id', '=', answerId);
  return (tx.kind === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
}

async function eventOf(tx: Tx, eventId: Uuid): Promise<ProgrammeEvent | undefined> {
  const row = await tx.db
    .selectFrom('event')
    .select(['id', 'data'])
    .where('id', '=', eventId)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return row && storedEvent(row);
}

/** What everybody reads of an answer; nothing of one that is hidden. */
export async function logAnswer(tx: Tx, row: AnswerRow): Promise<void> {
  const { support } = await tx.db
    .selectFrom('answer_support')
    .select((e) => e.fn.countAll<number>().as('support'))
    .where('answer_id', '=', row.id)
    .executeTakeFirstOrThrow();
  const value = row.hidden === null ? publicAnswer(row, support) : undefined;
  tx.log(questionScope(row.event_id), 'answer', row.id, value);
}

function publicAnswer(row: AnswerRow, support: number) {
  return {
    id: row.id,
    eventId: row.event_id,
    ...(row.opening === null ? {} : { opening: row.opening }),
    text: row.text,
    ...(row.name === null ? {} : { name: row.name }),
    support,
    at: new Date(row.at).toISOString(),
  };
}

/** What a person has contributed, for their own devices. */
async function logPart(tx: Tx, holderId: string, eventId: Uuid): Promise<void> {
  // Whose it was is known no more.
  if (holderId === '') return;
  tx.log(personScope(holderId), 'question-part', eventId, await partOf(tx.db, holderId, eventId));
}

/** What a person has contributed to the question of an event. */
export async function partOf(db: Kysely<Schema>, holderId: string, eventId: Uuid): Promise<QuestionPart> {
  const answers = await db
    .selectFrom('question_answer')
    .selectAll()
    .where('holder_id', '=', holderId)
    .where('event_id', '=', eventId)
    .orderBy('at')
    .orderBy('id')
    .execute();
  const supports = await db
    .selectFrom('answer_support')
    .select('answer_id')
    .where('holder_id', '=', holderId)
    .where('event_id', '=', eventId)
    .orderBy('answer_id')
    .execute();
  return {
    eventId,
    answers: answers.map((row) => {
      const { support: _, eventId: __, ...own } = publicAnswer(row, 0);
      return { ...own, ...(row.hidden === null ? {} : { hidden: row.hidden }) };
    }),
    supports: supports.map((row) => row.answer_id),
  };
}
