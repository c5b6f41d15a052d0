import { expect, test } from 'vitest';
import type { CheckIn } from '#domain/check-in.ts';
import { RecentArrivals } from '#client/screens/door/recent-arrivals.ts';

const arrival: CheckIn = {
  id: 'c1',
  eventId: 'e',
  ticketId: 't',
  count: 1,
  at: '2026-11-24T10:31:00Z',
  deviceId: 'd',
  door: 'A',
};
const undone = { ...arrival, undoneAt: '2026-11-24T10:32:00Z' };

test('an arrival counts before the store shows it, and once when it does', () => {
  const recent = new RecentArrivals();
  recent.add(arrival);
  expect(recent.over('t', [])).toEqual([arrival]);
  expect(recent.over('t', [arrival])).toEqual([arrival]);
  expect(recent.over('other', [])).toEqual([]);
});

test('an arrival taken back stays taken back while the store still shows it', () => {
  const recent = new RecentArrivals();
  recent.undo(arrival, undone.undoneAt);
  recent.settle(() => [arrival]);
  expect(recent.over('t', [arrival])).toEqual([undone]);
});

test('what the store shows by now is let go, so that a later change of it is seen', () => {
  const recent = new RecentArrivals();
  recent.add(arrival);
  recent.settle(() => [arrival]);
  expect(recent.over('t', [undone])).toEqual([undone]);
});
