import { describe, expect, test } from 'vitest';
import type { CheckIn, RosterEntry } from '#domain/check-in.ts';
import type { VerdictQuestion } from '#domain/verdict.ts';
import { verdictOf } from '#domain/verdict.ts';
import { id } from './an-event.ts';

const NOW = Date.parse('2026-11-24T09:00:00Z');
const EVENT = id(1);
const TICKET = id(50);
const presented = { ticketId: TICKET, eventId: EVENT, subjectId: EVENT, party: 3 };
const slot = { date: '2026-11-24', start: '10:00', end: '12:00', zone: 'Europe/Paris' };
const entry: RosterEntry = {
  registrationId: id(60),
  subjectId: EVENT,
  firstName: 'Hélène',
  lastName: 'Öztürk',
  party: 3,
  state: 'confirmed',
  ticketId: TICKET,
};
const arrival = (count: number, at: string, more: Partial<CheckIn> = {}): CheckIn => ({
  id: id(70),
  eventId: EVENT,
  ticketId: TICKET,
  count,
  at,
  deviceId: id(80),
  door: 'A',
  ...more,
});
const ask = (more: Partial<VerdictQuestion> = {}) =>
  verdictOf({ presented, eventId: EVENT, entry, revoked: false, checkIns: [], slots: [slot], now: NOW, ...more });

describe('every verdict that the rule gives', () => {
  test('admitted: the whole party, or as many as come', () => {
    expect(ask()).toEqual({ verdict: 'admitted', count: 3, inside: 0 });
    expect(ask({ count: 2 })).toMatchObject({ verdict: 'admitted', count: 2 });
    expect(ask({ count: 9 })).toMatchObject({ verdict: 'admitted', count: 3 });
    expect(ask({ count: 0 })).toMatchObject({ verdict: 'admitted', count: 1 });
  });
  test('admitted: a good signature that the roster does not know yet', () => {
    const { entry: _, ...unknown } = {
      presented,
      eventId: EVENT,
      entry,
      revoked: false,
      checkIns: [],
      slots: [slot],
      now: NOW,
    };
    expect(verdictOf(unknown)).toEqual({ verdict: 'admitted', count: 3, inside: 0 });
  });
  test('already_used: the whole party is in, with the latest arrival', () => {
    const first = arrival(1, '2026-11-24T08:10:00Z');
    const second = arrival(2, '2026-11-24T08:40:00Z', { door: 'B' });
    expect(ask({ checkIns: [second, first] })).toEqual({
      verdict: 'already_used',
      count: 0,
      inside: 3,
      previous: second,
    });
  });
  test('already_used is about the party that the roster has, not the one on an older ticket', () => {
    expect(ask({ entry: { ...entry, party: 1 }, checkIns: [arrival(1, '2026-11-24T08:10:00Z')] }).verdict).toBe(
      'already_used',
    );
  });
  test('part of the party is in: the rest is admitted', () => {
    expect(ask({ checkIns: [arrival(1, '2026-11-24T08:10:00Z')] })).toMatchObject({
      verdict: 'admitted',
      count: 2,
      inside: 1,
    });
  });
  test('an arrival taken back counts no more', () => {
    const undone = arrival(3, '2026-11-24T08:10:00Z', { undoneAt: '2026-11-24T08:11:00Z' });
    expect(ask({ checkIns: [undone] })).toEqual({ verdict: 'admitted', count: 3, inside: 0 });
  });
  test('wrong_event comes before all else', () => {
    const other = { ...presented, eventId: id(2) };
    expect(ask({ presented: other, revoked: true, entry: { ...entry, state: 'cancelled' } }).verdict).toBe(
      'wrong_event',
    );
  });
  test('revoked comes before the state and the day', () => {
    expect(ask({ revoked: true, entry: { ...entry, state: 'cancelled' } }).verdict).toBe('revoked');
  });
  test.each(['requested', 'waitlisted', 'refused', 'cancelled'] as const)(
    '%s is the state of the registration',
    (state) => {
      expect(ask({ entry: { ...entry, state }, now: NOW - 10 * 86_400_000 })).toMatchObject({
        verdict: state,
        count: 0,
      });
    },
  );
});

describe('a ticket opens the door on its days', () => {
  const at = (text: string, slots = [slot]) => ask({ now: Date.parse(text), slots }).verdict;
  test('from midnight where it is held', () => {
    expect(at('2026-11-23T22:59:59Z')).toBe('not_yet');
    expect(at('2026-11-23T23:00:00Z')).toBe('admitted');
  });
  test('until four in the morning after', () => {
    expect(at('2026-11-25T02:59:59Z')).toBe('admitted');
    expect(at('2026-11-25T03:00:00Z')).toBe('expired');
  });
  test('overseas, by the clock over there', () => {
    const there = { ...slot, zone: 'America/Martinique' };
    expect(at('2026-11-24T03:59:59Z', [there])).toBe('not_yet');
    expect(at('2026-11-24T04:00:00Z', [there])).toBe('admitted');
    expect(at('2026-11-25T07:59:00Z', [there])).toBe('admitted');
  });
  test('of several days, any; between them it is too early, not too late', () => {
    const days = [slot, { ...slot, date: '2026-11-28' }];
    expect(at('2026-11-28T10:00:00Z', days)).toBe('admitted');
    expect(at('2026-11-26T10:00:00Z', days)).toBe('not_yet');
    expect(at('2026-11-30T10:00:00Z', days)).toBe('expired');
  });
  test('of a slot past midnight, through the night and until four in the morning of the day after its last', () => {
    const night = { ...slot, start: '22:00', end: '02:00' };
    expect(at('2026-11-25T22:00:00Z', [night])).toBe('admitted');
    expect(at('2026-11-26T03:00:00Z', [night])).toBe('expired');
  });
  test('always, when there is no day', () => {
    expect(at('2031-01-01T00:00:00Z', [])).toBe('admitted');
  });
});
