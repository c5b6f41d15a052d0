import type { QuestionAnswer, QuestionPart } from '#domain/event-question.ts';
import { compareAnswers } from '#domain/event-question.ts';
import type { Uuid } from '#domain/ids.ts';
import type { AnswerQuestion, SupportAnswer, WithdrawAnswer } from '#protocol/event-question.ts';
import type { Refusal } from '#protocol/push.ts';
import { personScope, questionScope } from '#protocol/scope.ts';
import type { OutboxRow, ScopeRow } from './database.ts';
import { database, EscaleDatabase } from './database.ts';
import { newId } from './ids.ts';
import { live, liveFamily } from './live.ts';
import { discard, enqueue } from './outbox.ts';
import { ensureHolder, HOLDER } from './replicas.ts';
import { readSetting, writeSetting } from './settings.ts';
import { signal } from './signals.ts';

/** Questions whose answers a device keeps; of more than this the one that was opened longest ago goes. */
const KEPT = 30;

/** An answer as the person sees it: the base with what they have done since laid over it (A1). */
export interface AnswerView extends Omit<QuestionAnswer, 'eventId'> {
  readonly mine: boolean;
  /** The person supports it. */
  readonly supported: boolean;
  /** The server has had no word of it. */
  readonly pending?: true;
  /** One's own, hidden from the others for this reason. */
  readonly hidden?: string;
  /** One's own, which the server has refused. */
  readonly refused?: { readonly reason: Refusal | undefined; readonly replicaId: string; readonly seq: number };
}

export interface QuestionView {
  /** The answers of others have been here once. */
  readonly kept: boolean;
  /** The most supported first. */
  readonly answers: readonly AnswerView[];
}

/** Undefined until the store was read. */
export const questionOf = liveFamily((eventId) =>
  live<QuestionView | undefined>(() => readQuestion(database(), eventId), undefined),
);

/** Keeps what people answer to the question of an event from now on, for it was opened here. */
export async function keepQuestion(eventId: Uuid): Promise<void> {
  const db = database();
  const fresh = await db.transaction('rw', db.settings, async () => {
    const kept = (await readSetting(db, 'questions')) ?? [];
    if (kept.at(-1) === eventId) return false;
    await writeSetting(db, 'questions', [...kept.filter((id) => id !== eventId), eventId].slice(-KEPT));
    return !kept.includes(eventId);
  });
  if (fresh) signal('wanted');
}

/** Answers a question, named or not. */
export async function answerQuestion(answer: Omit<AnswerQuestion, 'answerId'>): Promise<void> {
  const db = database();
  await ensureHolder(db);
  await enqueue(db, HOLDER, 'answer-question', { ...answer, answerId: newId() });
  signal('queued');
  signal('kept');
}

/** Takes one's own answer back. One that was refused is let go with it. */
export async function withdrawAnswer(eventId: Uuid, answer: AnswerView): Promise<void> {
  const db = database();
  if (answer.refused) return discard(db, answer.refused.replicaId, answer.refused.seq);
  await enqueue(db, HOLDER, 'withdraw-answer', { answerId: answer.id, eventId });
  signal('queued');
}

/** Supports somebody's answer, or does so no more. */
export async function supportAnswer(args: SupportAnswer): Promise<void> {
  const db = database();
  await ensureHolder(db);
  await enqueue(db, HOLDER, 'support-answer', args);
  signal('queued');
}

const NAMES = new Set(['answer-question', 'withdraw-answer', 'support-answer']);

async function readQuestion(db: EscaleDatabase, eventId: Uuid): Promise<QuestionView> {
  const scope = questionScope(eventId);
  const holder = await db.replicas.get(HOLDER);
  const [row, items, part, outbox] = await Promise.all([
    db.scopes.get(scope),
    db.items
      .where('[scope+kind+id]')
      .between(...EscaleDatabase.underItems(scope))
      .toArray(),
    holder?.holderId ? db.items.get([personScope(holder.holderId), 'question-part', eventId]) : undefined,
    db.outbox.filter((one) => NAMES.has(one.name)).toArray(),
  ]);
  const done = outbox.filter((one) => (one.args as WithdrawAnswer).eventId === eventId);
  return {
    kept: row !== undefined,
    answers: answerViews(
      items.map((item) => item.value as QuestionAnswer),
      part?.value as QuestionPart | undefined,
      done.toSorted((a, b) => a.seq - b.seq),
      row,
    ),
  };
}

/**
 * What is shown of a question's answers.
 * @param base what everybody reads, at the cursor of `scope`
 * @param part what the person has contributed, as the server knows it
 * @param outbox what they have done since, in order
 */
export function answerViews(
  base: readonly QuestionAnswer[],
  part: QuestionPart | undefined,
  outbox: readonly OutboxRow[],
  scope: Pick<ScopeRow, 'scope' | 'cursor' | 'epoch'> | undefined,
): AnswerView[] {
  const views = new Map<Uuid, AnswerView>();
  const supports = new Set(part?.supports);
  for (const { eventId: _, ...answer } of base) views.set(answer.id, { ...answer, mine: false, supported: false });
  for (const own of part?.answers ?? [])
    views.set(own.id, { support: views.get(own.id)?.support ?? 0, ...own, mine: true, supported: false });
  for (const row of outbox) {
    if (row.name === 'answer-question') {
      const { answerId: id, eventId: _, ...said } = row.args as AnswerQuestion;
      if (views.get(id)?.mine) continue;
      const refused =
        row.state === 'refused' ? { reason: row.reason, replicaId: row.replicaId, seq: row.seq } : undefined;
      views.set(id, {
        ...said,
        id,
        at: row.clientAt,
        support: views.get(id)?.support ?? 0,
        mine: true,
        supported: false,
        ...(row.state === 'waiting' ? { pending: true as const } : {}),
        ...(refused ? { refused } : {}),
      });
    } else if (row.name === 'withdraw-answer' && row.state !== 'refused') {
      views.delete((row.args as WithdrawAnswer).answerId);
    }
  }
  for (const [id, view] of views) {
    const { counted, wanted } = supportOf(id, supports.has(id), outbox, scope);
    if (counted || wanted)
      views.set(id, {
        ...view,
        supported: wanted,
        support: Math.max(0, view.support + Number(wanted) - Number(counted)),
      });
  }
  return [...views.values()].sort(compareAnswers);
}

/** Whether the person's support is in the count that came, and whether they mean it to be. */
function supportOf(
  id: Uuid,
  known: boolean,
  outbox: readonly OutboxRow[],
  scope: Pick<ScopeRow, 'scope' | 'cursor' | 'epoch'> | undefined,
): { readonly counted: boolean; readonly wanted: boolean } {
  let counted: boolean | undefined;
  let wanted = known;
  for (const row of outbox) {
    if (row.name !== 'support-answer' || row.state === 'refused') continue;
    const { answerId, support } = row.args as SupportAnswer;
    if (answerId !== id) continue;
    wanted = support;
    // The first that has not come yet: before it the count had the opposite.
    counted ??= isIn(row, scope) ? undefined : !support;
  }
  return { counted: counted ?? wanted, wanted };
}

function isIn(row: OutboxRow, scope: Pick<ScopeRow, 'scope' | 'cursor' | 'epoch'> | undefined): boolean {
  const at = scope && row.reached?.[scope.scope];
  if (!scope || !at || row.state !== 'answered') return false;
  return at.epoch === scope.epoch && scope.cursor >= at.cursor;
}
