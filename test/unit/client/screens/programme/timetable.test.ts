import { expect, test } from 'vitest';
import type { EventCard } from '#domain/event-card.ts';
import { daysWith, neighbour, timetableOf } from '#client/screens/programme/timetable.ts';
import type { CardSlot } from '../../../../support/cards.ts';
import { eventCard } from '../../../../support/cards.ts';

const DAY = '2026-11-24';
const compare = (a: string, b: string): number => a.localeCompare(b, 'fr', { numeric: true });

const card = (id: string, where: Partial<EventCard>, ...slots: CardSlot[]) => eventCard(id, slots, where);
const on = (start: string, end?: string): CardSlot => ({ date: DAY, start, ...(end ? { end } : {}) });
const made = (cards: EventCard[]) => timetableOf(cards, DAY, 'En ligne', compare);
const printed = (cards: EventCard[]): string[] =>
  made(cards).columns.map(
    ({ name, within, blocks }) =>
      `${within ?? ''}/${name}: ${blocks.map((b) => `${b.card.id} ${b.from}-${b.to} ${b.lane}/${b.lanes}`).join(', ')}`,
  );

test('rooms stand in the order of their numbers, what overlaps side by side, from a full hour to a full hour', () => {
  const cards = [
    card('late', { room: 'Salle 10' }, on('15:00', '15:50')),
    card('a', { room: 'Salle 2' }, on('09:30', '10:30')),
    card('b', { room: 'Salle 2' }, on('10:00', '11:00')),
    card('c', { room: 'Salle 2' }, on('10:30', '10:45')),
    card('d', { room: 'Salle 2' }, on('11:00', '11:30')),
  ];
  expect(printed(cards)).toEqual([
    '/Salle 2: a 570-630 0/2, b 600-660 1/2, c 630-645 0/2, d 660-690 0/1',
    '/Salle 10: late 900-950 0/1',
  ]);
  expect(made(cards)).toMatchObject({ from: 540, to: 960 });
});

test('without rooms it is the house, then the town; the town is said where there are several', () => {
  const house = { name: 'Mairie', city: 'Brest', position: { lat: 48, lon: -4 } };
  expect(
    printed([
      card('one', { city: 'Brest', venues: [house] }, on('10:00', '11:00')),
      card('two', { city: 'Rennes' }, on('10:00')),
      card('web', { attendanceMode: 'online', city: 'Paris' }, on('10:00', '10:15')),
    ]),
  ).toEqual(['/En ligne: web 600-615 0/1', '/Rennes: two 600-630 0/1', 'Brest/Mairie: one 600-660 0/1']);
});

test('sessions that follow one another are one, past midnight goes on, and what has no hours stands apart', () => {
  const table = made([
    card('joined', { room: 'A' }, on('10:00', '10:40'), on('10:40', '12:00'), on('14:00', '15:00')),
    card('night', { room: 'B' }, on('22:00', '02:00')),
    card('all day', { room: 'A' }, { date: DAY }),
    card('show', { room: 'A' }, { date: '2026-11-20', start: '09:00', endDate: '2026-11-30', end: '18:00' }),
    card('other', { room: 'A' }, { date: '2026-11-25', start: '09:00' }),
  ]);
  expect(table.columns.map((c) => c.blocks.map((b) => [b.from, b.to, b.end]))).toEqual([
    [
      [600, 720, '12:00'],
      [840, 900, '15:00'],
    ],
    [[1320, 1560, '02:00']],
  ]);
  expect(table.untimed.map((one) => one.id)).toEqual(['all day', 'show']);
});

test('the arrow keys go on in a place, and sideways to what is nearest in time', () => {
  const { columns } = made([
    card('a1', { room: 'A' }, on('09:00', '10:00')),
    card('a2', { room: 'A' }, on('15:00', '16:00')),
    card('b1', { room: 'B' }, on('10:00', '11:00')),
    card('b2', { room: 'B' }, on('14:30', '15:00')),
  ]);
  const at = (column: number, block: number) => ({ column, block });
  expect(neighbour(columns, at(0, 0), 'ArrowDown')).toEqual(at(0, 1));
  expect(neighbour(columns, at(0, 1), 'ArrowDown')).toBeUndefined();
  expect(neighbour(columns, at(0, 1), 'ArrowRight')).toEqual(at(1, 1));
  expect(neighbour(columns, at(1, 0), 'ArrowLeft')).toEqual(at(0, 0));
  expect(neighbour(columns, at(1, 0), 'ArrowRight')).toBeUndefined();
  expect(neighbour(columns, at(0, 0), 'Enter')).toBeUndefined();
});

test('the days are those on which something begins', () => {
  expect(daysWith([card('x', {}, on('10:00'), { date: '2026-11-22' }), card('y', {}, on('11:00'))])).toEqual([
    '2026-11-22',
    DAY,
  ]);
});
