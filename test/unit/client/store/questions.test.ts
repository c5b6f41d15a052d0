import { expect, test } from 'vitest';
import type { OutboxRow } from '#client/store/database.ts';
import { answerViews } from '#client/store/questions.ts';
import { questionScope } from '#protocol/scope.ts';

const eventId = '00000000-0000-8000-8000-000000000001';
const scope = questionScope(eventId);
const id = (n: number) => `00000000-0000-8000-8000-0000000001${String(n).padStart(2, '0')}`;
const at = '2026-11-20T09:00:00.000Z';
const theirs = { id: id(1), eventId, text: 'Du temps.', support: 3, at };

let seq = 0;
function row(name: OutboxRow['name'], args: object, more: Partial<OutboxRow> = {}): OutboxRow {
  const base = { replicaId: 'r', seq: ++seq, replica: 'holder', mutationId: `m${seq}`, version: 1, clientAt: at };
  return { ...base, name, args: { eventId, ...args } as OutboxRow['args'], state: 'waiting', ...more };
}
const support = (yes: boolean, more?: Partial<OutboxRow>) =>
  row('support-answer', { answerId: theirs.id, support: yes }, more);
const known = { scope, epoch: 'e', cursor: 10 };
const reached = (cursor: number): Partial<OutboxRow> => ({
  state: 'answered',
  reached: { [scope]: { epoch: 'e', cursor } },
});
const one = (...[part, outbox]: [Parameters<typeof answerViews>[1], OutboxRow[]]) =>
  answerViews([theirs], part, outbox, known)[0];

test('A1 a support counts once from the tap on, before and after the count that has it comes', () => {
  const supports = { eventId, answers: [], supports: [theirs.id] };
  expect(one(undefined, [])).toMatchObject({ support: 3, supported: false });
  expect(one(undefined, [support(true)])).toMatchObject({ support: 4, supported: true });
  expect(one(undefined, [support(true, reached(11))])).toMatchObject({ support: 4, supported: true });
  // Either scope may come first.
  expect(one(supports, [support(true, reached(11))])).toMatchObject({ support: 4, supported: true });
  expect(one(undefined, [support(true, reached(10))])).toMatchObject({ support: 3, supported: true });
  expect(one(supports, [])).toMatchObject({ support: 3, supported: true });
  expect(one(supports, [support(false)])).toMatchObject({ support: 2, supported: false });
  expect(one(undefined, [support(true), support(false)])).toMatchObject({ support: 3, supported: false });
  expect(one(undefined, [support(true, { state: 'refused' })])).toMatchObject({ support: 3, supported: false });
});

test('A1 one’s own answer shows from the moment it is written until it is withdrawn, once, with what became of it', () => {
  const answer = (more?: Partial<OutboxRow>) => row('answer-question', { answerId: id(2), text: 'Des outils.' }, more);
  const mine = (part: Parameters<typeof answerViews>[1], outbox: OutboxRow[], base = [theirs]) =>
    answerViews(base, part, outbox, known).filter((view) => view.mine);
  expect(mine(undefined, [answer()])).toMatchObject([{ text: 'Des outils.', pending: true, support: 0 }]);
  expect(mine(undefined, [answer(reached(11))])[0]).not.toHaveProperty('pending');
  const part = { eventId, answers: [{ id: id(2), text: 'Des outils.', at }], supports: [] };
  const public2 = { ...theirs, id: id(2), text: 'Des outils.', support: 2 };
  expect(mine(part, [answer(reached(11))], [theirs, public2])).toMatchObject([{ support: 2 }]);
  expect(mine(part, [row('withdraw-answer', { answerId: id(2) })], [theirs, public2])).toEqual([]);
  expect(mine(undefined, [answer({ state: 'refused', reason: 'question_closed' })])).toMatchObject([
    { refused: { reason: 'question_closed', replicaId: 'r' } },
  ]);
  const hidden = { ...part, answers: [{ ...part.answers[0]!, hidden: 'Hors sujet.' }] };
  expect(mine(hidden, [])).toMatchObject([{ hidden: 'Hors sujet.' }]);
});

test('the most supported answer comes first', () => {
  const views = answerViews([theirs, { ...theirs, id: id(3), support: 5 }], undefined, [], known);
  expect(views.map((view) => view.support)).toEqual([5, 3]);
});
