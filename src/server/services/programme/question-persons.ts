import type { QuestionPart } from '#domain/event-question.ts';
import type { Uuid } from '#domain/ids.ts';
import type { Scope } from '#protocol/scope.ts';
import { personScope, questionScope } from '#protocol/scope.ts';
import type { Tx } from '../../db/units.ts';
import type { Context } from '../context.ts';
import { nobody } from '../people/erasing.ts';
import { logAnswer, partOf } from './questions.ts';

/** The holder of an answer that is nobody's any more. */
const ERASED = '';

/** What somebody contributed to questions, event by event. */
export async function contributionsOf({ db }: Pick<Context, 'db'>, holderId: string): Promise<QuestionPart[]> {
  const [answered, supported] = await Promise.all([
    db.read.selectFrom('question_answer').select('event_id').where('holder_id', '=', holderId).distinct().execute(),
    db.read.selectFrom('answer_support').select('event_id').where('holder_id', '=', holderId).distinct().execute(),
  ]);
  const events = new Set([...answered, ...supported].map((row) => row.event_id));
  return Promise.all([...events].sort().map((eventId) => partOf(db.read, holderId, eventId)));
}

/**
 * Deletes a person's answers and supports: they asked for it.
 * @returns the scopes in which they could be read
 */
export async function forgetContributions(tx: Tx, holderId: string): Promise<Scope[]> {
  const answers = await tx.db
    .selectFrom('question_answer')
    .select(['id', 'event_id'])
    .where('holder_id', '=', holderId)
    .execute();
  const supports = await tx.db
    .deleteFrom('answer_support')
    .where('holder_id', '=', holderId)
    .returning(['answer_id', 'event_id'])
    .execute();
  for (const { id, event_id: eventId } of answers) {
    await tx.db.deleteFrom('answer_support').where('answer_id', '=', id).execute();
    await tx.db.deleteFrom('question_answer').where('id', '=', id).execute();
    tx.log(questionScope(eventId), 'answer', id, undefined);
  }
  for (const { answer_id: id } of supports) {
    const row = await tx.db.selectFrom('question_answer').selectAll().where('id', '=', id).executeTakeFirst();
    if (row) await logAnswer(tx, row);
  }
  const events = new Set([...answers, ...supports].map((row) => row.event_id));
  for (const eventId of events) tx.log(personScope(holderId), 'question-part', eventId, undefined);
  return [...events].map(questionScope);
}

/** Answers to an event's question that are still somebody's. */
export async function personalAnswers({ db }: Pick<Context, 'db'>, eventId: Uuid): Promise<number> {
  const { count } = await db.read
    .selectFrom('question_answer')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('event_id', '=', eventId)
    .where('holder_id', '!=', ERASED)
    .executeTakeFirstOrThrow();
  return count;
}

/**
 * Leaves the answers of an event that is long over, and nobody behind them: no name, no holder, and supports as numbers.
 * @returns the scopes in which somebody could be read
 */
export async function unsignAnswers(tx: Tx, eventId: Uuid): Promise<Scope[]> {
  const answers = await tx.db
    .selectFrom('question_answer')
    .selectAll()
    .where('event_id', '=', eventId)
    .where('holder_id', '!=', ERASED)
    .execute();
  if (answers.length === 0) return [];
  const supports = await tx.db
    .selectFrom('answer_support')
    .select(['answer_id', 'holder_id'])
    .where('event_id', '=', eventId)
    .execute();
  for (const { answer_id: id, holder_id: holder } of supports) {
    await tx.db
      .updateTable('answer_support')
      .set({ holder_id: nobody() })
      .where('answer_id', '=', id)
      .where('holder_id', '=', holder)
      .execute();
  }
  for (const row of answers) {
    const unsigned = { holder_id: ERASED, name: null };
    await tx.db.updateTable('question_answer').set(unsigned).where('id', '=', row.id).execute();
    await logAnswer(tx, { ...row, ...unsigned });
  }
  const holders = [...new Set([...answers, ...supports].map((row) => row.holder_id))];
  for (const holder of holders) tx.log(personScope(holder), 'question-part', eventId, undefined);
  return [questionScope(eventId), ...holders.map(personScope)];
}
