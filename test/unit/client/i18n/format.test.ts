import { expect, test } from 'vitest';
import { formatFor } from '#client/i18n/format.ts';

const fr = formatFor('fr');
const en = formatFor('en');
const zone = 'Europe/Paris';

test('a day and its hours are written the way of each country', () => {
  const slot = { date: '2026-11-24', start: '10:40', end: '12:00', zone };
  expect(fr.slot(slot)).toBe('mar. 24 nov., 10:40–12:00');
  expect(en.slot(slot)).toBe('Tue 24 Nov, 10:40–12:00');
});

test('a date without hours gets none', () => {
  expect(fr.slot({ date: '2026-11-24', zone })).toBe('mar. 24 nov.');
});

test('what passes midnight stays one evening, what ends on another day says which', () => {
  expect(fr.slot({ date: '2026-11-24', start: '22:00', end: '01:00', zone })).toBe('mar. 24 nov., 22:00–01:00');
  expect(fr.slot({ date: '2026-11-24', endDate: '2026-11-26', zone })).toBe('mar. 24 nov. – jeu. 26 nov.');
});

test('a moment is written in the zone that is asked for', () => {
  const at = Date.parse('2026-11-24T05:00:00Z');
  expect(fr.moment(at, 'Indian/Reunion')).toBe('mar. 24 nov., 09:00');
  expect(fr.moment(at, zone)).toBe('mar. 24 nov., 06:00');
});

test('times gone by and sizes are said in words', () => {
  expect(fr.relative(0, 3 * 60_000)).toBe('il y a 3 minutes');
  expect(en.relative(0, 26 * 3_600_000)).toBe('yesterday');
  expect(fr.bytes(12_345)).toMatch(/^12\sko$/);
  expect(fr.distance(1234)).toMatch(/^1,2\skm$/);
});

test('whole numbers are written as the browser writes them', () => {
  for (const value of [0, 7, 999, 1000, 12_345, 999_999, 1_000_000, 50_000_000_001])
    for (const format of [fr, en])
      expect(format.number(value)).toBe(new Intl.NumberFormat(format.locale).format(value));
  expect(fr.number(2.5)).toBe('2,5');
  expect(en.number(-1200)).toBe('-1,200');
});
