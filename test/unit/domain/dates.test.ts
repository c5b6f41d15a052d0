import { describe, expect, test } from 'vitest';
import {
  addDays,
  compareSlots,
  daysBetween,
  instantOf,
  isLocalDate,
  isLocalTime,
  isZone,
  lastDay,
  localOf,
  slotBounds,
  areOver,
} from '#domain/dates.ts';

const PARIS = 'Europe/Paris';
const iso = (instant: number): string => new Date(instant).toISOString();

describe('what is a day, a time, a zone', () => {
  test.each(['2026-11-24', '2024-02-29', '1900-01-01', '2199-12-31'])('%s is a day', (text) => {
    expect(isLocalDate(text)).toBe(true);
  });
  test.each([
    '2026-02-30',
    '2025-02-29',
    '20008-01-01',
    '1899-12-31',
    '2026-1-1',
    '2026-13-01',
    '',
    '2026-11-24T00:00',
  ])('%s is no day', (text) => {
    expect(isLocalDate(text)).toBe(false);
  });
  test('24:00 and 9:00 are no times, 00:00 and 23:59 are', () => {
    expect(['24:00', '9:00', '12:60', '12:00:00', ''].some(isLocalTime)).toBe(false);
    expect(['00:00', '23:59'].every(isLocalTime)).toBe(true);
  });
  test('a zone is one that the machine knows', () => {
    expect(isZone('America/Cayenne')).toBe(true);
    expect(isZone('Europe/Atlantis')).toBe(false);
    expect(isZone('')).toBe(false);
  });
});

describe('a wall clock and a moment', () => {
  test.each([
    ['2026-11-24', '10:00', PARIS, '2026-11-24T09:00:00.000Z'],
    ['2026-07-14', '10:00', PARIS, '2026-07-14T08:00:00.000Z'],
    ['2026-11-24', '10:00', 'America/Guadeloupe', '2026-11-24T14:00:00.000Z'],
    ['2026-11-24', '10:00', 'America/Martinique', '2026-11-24T14:00:00.000Z'],
    ['2026-11-24', '10:00', 'America/Cayenne', '2026-11-24T13:00:00.000Z'],
    ['2026-11-24', '10:00', 'Indian/Reunion', '2026-11-24T06:00:00.000Z'],
    ['2026-11-24', '10:00', 'Indian/Mayotte', '2026-11-24T07:00:00.000Z'],
    ['2026-11-24', '00:30', 'Indian/Reunion', '2026-11-23T20:30:00.000Z'],
  ])('%s %s in %s', (date, time, zone, expected) => {
    expect(iso(instantOf(date, time, zone))).toBe(expected);
  });
  test('an hour that summer time skips is taken as the one after it', () => {
    expect(iso(instantOf('2026-03-29', '02:30', PARIS))).toBe('2026-03-29T01:30:00.000Z');
    expect(localOf(instantOf('2026-03-29', '02:30', PARIS), PARIS)).toEqual({ date: '2026-03-29', time: '03:30' });
  });
  test('an hour that comes twice is taken as the first of the two', () => {
    expect(iso(instantOf('2026-10-25', '02:30', PARIS))).toBe('2026-10-25T00:30:00.000Z');
  });
  test('the last hour before a change and the first after it are themselves', () => {
    expect(iso(instantOf('2026-03-29', '01:59', PARIS))).toBe('2026-03-29T00:59:00.000Z');
    expect(iso(instantOf('2026-03-29', '03:00', PARIS))).toBe('2026-03-29T01:00:00.000Z');
    expect(iso(instantOf('2026-10-25', '03:00', PARIS))).toBe('2026-10-25T02:00:00.000Z');
  });
  test('a moment is another day overseas', () => {
    const moment = Date.parse('2026-11-24T21:30:00Z');
    expect(localOf(moment, PARIS)).toEqual({ date: '2026-11-24', time: '22:30' });
    expect(localOf(moment, 'Indian/Reunion')).toEqual({ date: '2026-11-25', time: '01:30' });
    expect(localOf(moment, 'America/Cayenne')).toEqual({ date: '2026-11-24', time: '18:30' });
  });
  test('midnight is 00:00, never 24:00', () => {
    expect(localOf(Date.parse('2026-11-23T23:00:00Z'), PARIS)).toEqual({ date: '2026-11-24', time: '00:00' });
  });
});

describe('days', () => {
  test('are added over the ends of months and years, and over a change of the clocks', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2024-03-01', -1)).toBe('2024-02-29');
    expect(addDays('2026-10-25', 1)).toBe('2026-10-26');
  });
  test('are counted from one to another', () => {
    expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2);
    expect(daysBetween('2026-11-24', '2026-11-20')).toBe(-4);
  });
});

describe('slots', () => {
  test('an end at or before the start is on the day after', () => {
    expect(lastDay({ date: '2026-11-24', start: '22:00', end: '01:00', zone: PARIS })).toBe('2026-11-25');
    expect(lastDay({ date: '2026-11-24', start: '22:00', end: '22:00', zone: PARIS })).toBe('2026-11-25');
    expect(lastDay({ date: '2026-11-24', start: '09:00', end: '22:00', zone: PARIS })).toBe('2026-11-24');
    expect(lastDay({ date: '2026-11-24', zone: PARIS })).toBe('2026-11-24');
  });
  test('without hours a slot takes its days whole, 25 hours where the clocks go back', () => {
    const { from, to } = slotBounds({ date: '2026-10-25', zone: PARIS });
    expect((to - from) / 3_600_000).toBe(25);
    const days = slotBounds({ date: '2026-11-24', endDate: '2026-11-26', zone: PARIS });
    expect((days.to - days.from) / 3_600_000).toBe(72);
  });
  test('without an end it lasts to the end of its day', () => {
    const { from, to } = slotBounds({ date: '2026-11-24', start: '18:00', zone: PARIS });
    expect([iso(from), iso(to)]).toEqual(['2026-11-24T17:00:00.000Z', '2026-11-24T23:00:00.000Z']);
  });
  test('several are over with the last of them, and none are never over', () => {
    const day = (date: string) => ({ date, start: '10:00', end: '11:00', zone: PARIS });
    const slots = [day('2026-11-24'), day('2026-11-25')];
    expect(areOver(slots, Date.parse('2026-11-25T09:59:00Z'))).toBe(false);
    expect(areOver(slots, Date.parse('2026-11-25T10:00:00Z'))).toBe(true);
    expect(areOver([], Date.parse('2030-01-01T00:00:00Z'))).toBe(false);
  });
  test('past midnight it ends the day after', () => {
    const { to } = slotBounds({ date: '2026-11-24', start: '22:00', end: '01:00', zone: PARIS });
    expect(iso(to)).toBe('2026-11-25T00:00:00.000Z');
  });
  test('an end before the beginning is no time, never less than none', () => {
    const { from, to } = slotBounds({
      date: '2026-11-24',
      start: '10:00',
      end: '09:00',
      endDate: '2026-11-24',
      zone: PARIS,
    });
    expect(to).toBe(from);
  });
  test('are ordered by day, those without hours first, then by start and end', () => {
    const slots = [
      { date: '2026-11-25', zone: PARIS },
      { date: '2026-11-24', start: '10:00', end: '12:00', zone: PARIS },
      { date: '2026-11-24', start: '10:00', end: '11:00', zone: PARIS },
      { date: '2026-11-24', zone: PARIS },
      { date: '2026-11-24', start: '09:00', zone: PARIS },
    ];
    expect(slots.toSorted(compareSlots).map((s) => [s.date.slice(8), s.start, s.end].join(' '))).toEqual([
      '24  ',
      '24 09:00 ',
      '24 10:00 11:00',
      '24 10:00 12:00',
      '25  ',
    ]);
  });
});
