import { expect, test } from 'vitest';
import type { CalendarEntry } from '#interop/icalendar.ts';
import { writeCalendar } from '#interop/icalendar.ts';

const NOW = Date.parse('2026-11-02T08:00:00Z');
const PARIS = 'Europe/Paris';
const entry: CalendarEntry = {
  uid: 'a@escale',
  slot: { date: '2026-11-24', start: '10:00', end: '12:30', zone: PARIS },
  summary: 'Design des politiques publiques',
  status: 'confirmed',
};
const linesOf = (text: string) => text.replaceAll('\r\n ', '').split('\r\n');
const write = (part: Partial<CalendarEntry>) => linesOf(writeCalendar([{ ...entry, ...part }], NOW));

test('hours become UTC moments of their own zone, overseas and in summer too', () => {
  expect(write({})).toEqual(expect.arrayContaining(['DTSTART:20261124T090000Z', 'DTEND:20261124T113000Z']));
  expect(write({ slot: { date: '2026-11-24', start: '10:00', end: '12:00', zone: 'Indian/Reunion' } })).toContain(
    'DTSTART:20261124T060000Z',
  );
  expect(write({ slot: { date: '2026-07-14', start: '10:00', zone: PARIS } })).toContain('DTSTART:20260714T080000Z');
});

test('an end that is not known is not invented, one past midnight is the day after', () => {
  expect(write({ slot: { date: '2026-11-24', start: '10:00', zone: PARIS } }).join()).not.toContain('DTEND');
  expect(write({ slot: { date: '2026-11-24', start: '22:00', end: '01:00', zone: PARIS } })).toContain(
    'DTEND:20261125T000000Z',
  );
});

test('a slot without hours is whole days, with the day after as its end', () => {
  expect(write({ slot: { date: '2026-11-30', zone: PARIS } })).toEqual(
    expect.arrayContaining(['DTSTART;VALUE=DATE:20261130', 'DTEND;VALUE=DATE:20261201']),
  );
  expect(write({ slot: { date: '2026-11-24', endDate: '2026-11-26', zone: PARIS } })).toContain(
    'DTEND;VALUE=DATE:20261127',
  );
});

test('text is escaped, and no line of it can become a line of the file', () => {
  const lines = write({ summary: 'Budget; atelier, salle \\2\r\nEND:VEVENT\u0007', location: '1, rue\rX' });
  expect(lines).toContain('SUMMARY:Budget\\; atelier\\, salle \\\\2\\nEND:VEVENT');
  expect(lines).toContain('LOCATION:1\\, rue\\nX');
  expect(lines.filter((line) => line === 'END:VEVENT')).toHaveLength(1);
});

test('lines are at most 75 octets and no character is cut', () => {
  const summary = 'Déambulation ✓ 🗺 '.repeat(30).trim();
  const text = writeCalendar([{ ...entry, summary }], NOW);
  for (const line of text.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
  expect(linesOf(text)).toContain(`SUMMARY:${summary}`);
});

test('an entry carries its address, its position and its status', () => {
  const lines = write({
    url: 'https://escale.example/evenements/a',
    position: { lat: 43.6, lon: 3.88 },
    status: 'cancelled',
  });
  expect(lines).toEqual(
    expect.arrayContaining(['URL:https://escale.example/evenements/a', 'GEO:43.6;3.88', 'STATUS:CANCELLED']),
  );
  expect(lines.slice(0, 2)).toEqual(['BEGIN:VCALENDAR', 'VERSION:2.0']);
  expect(lines.at(-2)).toBe('END:VCALENDAR');
});
