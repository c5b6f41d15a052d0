import { expect, test } from 'vitest';
import { knownOffset } from '#domain/known-zones.ts';

const HOUR = 3_600_000;
const ZONES = [
  'Europe/Paris',
  'America/Guadeloupe',
  'America/Martinique',
  'America/St_Barthelemy',
  'America/Marigot',
  'America/Cayenne',
  'Indian/Reunion',
  'Indian/Mayotte',
  'Pacific/Wallis',
  'Pacific/Tahiti',
];

function asked(instant: number, zone: string): number {
  const part: Record<string, number> = {};
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  for (const { type, value } of format.formatToParts(instant)) part[type] = Number(value);
  return Date.UTC(part['year']!, part['month']! - 1, part['day'], part['hour'], part['minute']) - instant;
}

test.each(ZONES)('%s is ahead of UTC by what the machine says, on each day of its years', (zone) => {
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset', year: 'numeric' });
  for (let at = Date.UTC(1997, 0, 1, 12); at < Date.UTC(2038, 0); at += 24 * HOUR) {
    const [, sign = '+', hours = '0'] = /GMT(?:([+-])(\d\d):00)?$/.exec(format.format(at)) ?? [];
    expect(knownOffset(at, zone)).toBe((sign === '-' ? -1 : 1) * Number(hours) * HOUR);
  }
});

test.each([2000, 2024, 2025, 2026, 2027, 2037])('summer time of %i begins and ends at the very minute', (year) => {
  for (const month of [2, 9]) {
    for (let hour = 24 * 20; hour < 24 * 31; hour++) {
      for (const minute of [0, 59]) {
        const at = Date.UTC(year, month, 1, hour, minute);
        expect(knownOffset(at, 'Europe/Paris')).toBe(asked(at, 'Europe/Paris'));
      }
    }
  }
});

test('another zone and another century are left to the machine', () => {
  expect(knownOffset(Date.UTC(2026, 0), 'America/New_York')).toBeUndefined();
  expect(knownOffset(Date.UTC(2026, 0), 'constructor')).toBeUndefined();
  expect(knownOffset(Date.UTC(1976, 5), 'Europe/Paris')).toBeUndefined();
  expect(knownOffset(Date.UTC(2040, 5), 'Europe/Paris')).toBeUndefined();
  expect(knownOffset(Number.NaN, 'Europe/Paris')).toBeUndefined();
});
