import { expect, test } from 'vitest';
import type { DayStyle } from '#client/i18n/days.ts';
import { dayText, daysText } from '#client/i18n/days.ts';
import { addDays } from '#domain/dates.ts';
import { languages } from '#domain/text.ts';

const LOCALES = { fr: 'fr-FR', en: 'en-GB' } as const;
const STYLES: Record<DayStyle, Intl.DateTimeFormatOptions> = {
  short: { weekday: 'short', day: 'numeric', month: 'short' },
  weekday: { weekday: 'long', day: 'numeric', month: 'long' },
  full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
  numeric: { day: '2-digit', month: '2-digit', year: 'numeric' },
};
/** Spaces around a dash and the English comma after a weekday come and go from one version of the tables to the next. */
const even = (text: string): string => text.replaceAll(',', '').replaceAll(/\s*–\s*/g, '–');
const noon = (date: string): Date => new Date(`${date}T12:00:00Z`);

for (const language of languages) {
  test(`days are written as the tables of ${LOCALES[language]} have them`, () => {
    for (const [style, options] of Object.entries(STYLES)) {
      const format = new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone: 'UTC' });
      for (let n = 0, date = '2023-12-25'; n < 800; n++, date = addDays(date, 1))
        expect(dayText(date, style as DayStyle, language)).toBe(even(format.format(noon(date))));
    }
  });

  test(`spans of days are written as the tables of ${LOCALES[language]} have them`, () => {
    const format = new Intl.DateTimeFormat(LOCALES[language], {
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      timeZone: 'UTC',
    });
    for (let n = 0, from = '2025-11-20'; n < 60; n++, from = addDays(from, 1))
      for (const length of [0, 1, 9, 30, 45, 400]) {
        const to = addDays(from, length);
        expect(even(daysText(from, to, language))).toBe(even(format.formatRange(noon(from), noon(to))));
      }
  });
}
