import { expect, test } from 'vitest';
import type { Edition } from '#domain/programme.ts';
import { localOf } from '#domain/dates.ts';
import { daysOf, entriesOf } from '#domain/programme-days.ts';
import { forOneDay, frontDays, frontOf } from '#domain/front-page.ts';
import type { CardSlot } from '../../support/cards.ts';
import { eventCard } from '../../support/cards.ts';

const edition: Edition = { id: 'e', title: { fr: 'É' }, year: 2026, themes: [], kind: 'current', current: true };

const card = (id: string, ...slots: CardSlot[]) => eventCard(id, slots);

/** Thirty events on each day from the 2nd to the 20th. */
const cards = Array.from({ length: 19 }, (_, day) => `2026-11-${String(day + 2).padStart(2, '0')}`).flatMap((date) =>
  Array.from({ length: 30 }, (__, at) => card(`${date} ${String(at).padStart(2, '0')}`, { date, start: '10:00' })),
);
const about = { edition, others: false, featured: false };
const frontOn = (today: string) => frontOf(about, daysOf(entriesOf(cards, today)), today);
const ids = (days: ReturnType<typeof frontDays>): string[] | undefined =>
  days?.flatMap((day) => day.entries.map((entry) => entry.card.id));

test('the front page is what the list begins with, on its day and on each of the next ones', () => {
  const front = frontOn('2026-11-05');
  expect(front).toMatchObject({ total: 570, past: 90, until: '2026-11-11' });
  for (const day of ['2026-11-05', '2026-11-06', '2026-11-11']) {
    expect(ids(frontDays(front, day))).toEqual(Array.from({ length: 8 }, (_, at) => `${day} 0${at}`));
  }
});

test('a front page that is too old shows nothing', () => {
  expect(frontDays(frontOn('2026-11-05'), '2026-11-12')).toBeUndefined();
  expect(frontDays(frontOn('2026-11-19'), '2026-11-21')).toBeUndefined();
  expect(frontDays(frontOf(about, [], '2026-11-05'), '2026-11-05')).toBeUndefined();
});

test('a front page from a clock that went ahead shows nothing', () => {
  expect(frontDays(frontOn('2026-11-05'), '2026-11-04')).toBeUndefined();
});

test("for one day it has that day's lines alone, and the same numbers", () => {
  const week = frontOn('2026-11-05');
  const day = forOneDay(week);
  expect(ids(frontDays(day, '2026-11-05'))).toEqual(ids(frontDays(week, '2026-11-05')));
  expect(day).toMatchObject({ total: 570, past: 90, until: '2026-11-05' });
  expect(day.cards).toHaveLength(8);
  expect(frontDays(day, '2026-11-06')).toBeUndefined();
  expect(forOneDay(frontOn('2027-06-01')).until).toBeUndefined();
});

test('before the first day, and after the last, the list begins with the first day', () => {
  for (const today of ['2026-06-01', '2027-06-01']) {
    expect(ids(frontDays(frontOn(today), today))?.[0]).toBe('2026-11-02 00');
  }
  expect(frontOn('2027-06-01').until).toBeUndefined();
});

test("today is the device's own day", () => {
  expect(localOf(new Date(2026, 10, 3, 0, 0, 1).getTime()).date).toBe('2026-11-03');
  expect(localOf(new Date(2026, 10, 3, 23, 59, 59).getTime()).date).toBe('2026-11-03');
});
