import { expect, test } from 'vitest';
import type { EventCard } from '#domain/event-card.ts';
import { daysOf, entriesOf, foldPast } from '#domain/programme-days.ts';
import type { CardSlot } from '../../support/cards.ts';
import { eventCard } from '../../support/cards.ts';

const TODAY = '2026-11-24';

const card = (id: string, ...slots: CardSlot[]) => eventCard(id, slots);

const printed = (cards: EventCard[]): string[] =>
  daysOf(entriesOf(cards, TODAY)).map(
    (day) => `${day.date ?? 'any'}: ${day.entries.map((entry) => entry.card.id).join(' ')}`,
  );

test('an event stands once on each day on which something of it begins', () => {
  const two = card(
    'two',
    { date: '2026-11-24', start: '10:00' },
    { date: '2026-11-24', start: '14:00' },
    { date: '2026-11-26', start: '09:00' },
  );
  expect(printed([two, card('one', { date: '2026-11-25' })])).toEqual([
    '2026-11-24: two',
    '2026-11-25: one',
    '2026-11-26: two',
  ]);
});

test('within a day what has no hour comes first, then by hour', () => {
  expect(
    printed([
      card('b', { date: '2026-11-25', start: '09:00' }),
      card('a', { date: '2026-11-25', start: '08:00' }),
      card('c', { date: '2026-11-25' }),
    ]),
  ).toEqual(['2026-11-25: c a b']);
});

test('what began earlier and goes on stands on today, before what has hours', () => {
  expect(
    printed([
      card('talk', { date: TODAY, start: '08:00' }),
      card('exhibition', { date: '2026-11-01', endDate: '2026-11-30', start: '10:00', end: '18:00' }),
    ]),
  ).toEqual([`${TODAY}: exhibition talk`]);
});

test('an event of many days stands on its first and on today', () => {
  const many = card(
    'many',
    ...Array.from({ length: 20 }, (_, at) => ({ date: `2026-11-${String(at + 10).padStart(2, '0')}` })),
  );
  expect(printed([many])).toEqual(['2026-11-10: many', `${TODAY}: many`]);
});

test('what has no session stands at the end', () => {
  expect(printed([card('podcast'), card('late', { date: '2027-01-01' })])).toEqual([
    '2027-01-01: late',
    'any: podcast',
  ]);
});

test('days before today are folded away only while something is still to come', () => {
  const under = daysOf(entriesOf([card('a', { date: '2026-11-20' }), card('b', { date: TODAY }), card('c')], TODAY));
  expect(foldPast(under, TODAY).past.map((day) => day.date)).toEqual(['2026-11-20']);
  const over = daysOf(entriesOf([card('a', { date: '2018-11-20' }), card('c')], TODAY));
  expect(foldPast(over, TODAY)).toEqual({ past: [], rest: over });
});
