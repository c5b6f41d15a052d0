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
};
/** Spaces around a dash and the English comma after a weekday come and go from one version of the tables to the next. */
const even = (text: string): string => text.replaceAll(',', '').replaceAll(/\s*–\s*/g, '–');
/** The tables write `1 décembre`; French writes `1er`. */
const asWritten = (text: string, language: string): string =>
  language === 'fr' ? text.replaceAll(/(?<!\d)1(?= \p{L}|–\d)/gu, '1er') : text;
const noon = (date: string): Date => new Date(`${date}T12:00:00Z`);

for (const language of languages) {
  test(`days are written as the tables of ${LOCALES[language]} have them`, () => {
    for (const [style, options] of Object.entries(STYLES)) {
      const format = new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone: 'UTC' });
      for (let n = 0, date = '2023-12-25'; n < 800; n++, date = addDays(date, 1))
        expect(dayText(date, style as DayStyle, language)).toBe(asWritten(even(format.format(noon(date))), language));
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
        expect(even(daysText(from, to, language))).toBe(
          asWritten(even(format.formatRange(noon(from), noon(to))), language),
        );
      }
  });
}
