import type { LocalDate } from '#domain/dates.ts';
import type { Language } from '#domain/text.ts';

/**
 * `short`: mar. 24 nov. · `weekday`: mardi 24 novembre · `full`: with the year · `month`: novembre 2018
 */
export type DayStyle = 'short' | 'weekday' | 'full' | 'month';

/**
 * The names of days and months, from CLDR for fr-FR and en-GB: a browser takes longer to make its first formatter of dates than to
 * draw the list (60 ms on a modest phone). A test holds every text to what `Intl` says.
 */
const NAMES: Record<Language, Record<'days' | 'daysShort' | 'months' | 'monthsShort', readonly string[]>> = {
  fr: {
    days: 'dimanche lundi mardi mercredi jeudi vendredi samedi'.split(' '),
    daysShort: 'dim. lun. mar. mer. jeu. ven. sam.'.split(' '),
    months: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' '),
    monthsShort: 'janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.'.split(' '),
  },
  en: {
    days: 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' '),
    daysShort: 'Sun Mon Tue Wed Thu Fri Sat'.split(' '),
    months: 'January February March April May June July August September October November December'.split(' '),
    monthsShort: 'Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec'.split(' '),
  },
};

/** A day as it is, in no zone. */
export function dayText(date: LocalDate, style: DayStyle, language: Language): string {
  const { days, daysShort, months, monthsShort } = NAMES[language];
  const [year, month, number] = partsOf(date);
  const weekday = new Date(Date.UTC(year, month, number)).getUTCDay();
  const day = inMonth(number, language);
  switch (style) {
    case 'short':
      return `${daysShort[weekday]} ${day} ${monthsShort[month]}`;
    case 'weekday':
      return `${days[weekday]} ${day} ${months[month]}`;
    case 'full':
      return `${days[weekday]} ${day} ${months[month]} ${year}`;
    case 'month':
      return `${months[month]} ${year}`;
  }
}

/** A span of days, the second not before the first: `24–26 novembre 2018`. */
export function daysText(from: LocalDate, to: LocalDate, language: Language): string {
  const { months } = NAMES[language];
  const [year, month, number] = partsOf(from);
  const [lastYear, lastMonth, lastNumber] = partsOf(to);
  const [day, last] = [inMonth(number, language), inMonth(lastNumber, language)];
  const end = `${last} ${months[lastMonth]} ${lastYear}`;
  if (from === to) return end;
  if (year !== lastYear) return `${day} ${months[month]} ${year} – ${end}`;
  return month === lastMonth ? `${day}–${end}` : `${day} ${months[month]} – ${end}`;
}

/** French counts the first of a month and numbers the others: `1er décembre`, which no browser's tables know. */
const inMonth = (day: number, language: Language): string => (day === 1 && language === 'fr' ? '1er' : String(day));

function partsOf(date: LocalDate): [year: number, month: number, day: number] {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8))];
}
