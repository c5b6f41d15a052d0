import { useMemo } from 'react';
import type { Instant, LocalDate, Slot, Zone } from '#domain/dates.ts';
import { lastDay, localOf } from '#domain/dates.ts';
import type { Language } from '#domain/text.ts';
import type { DayStyle } from './days.ts';
import { dayText, daysText } from './days.ts';
import { useLanguage } from './i18n.ts';

/** British dates for English: day before month, 24 hours, as the programme prints them. */
const LOCALES: Record<Language, string> = { fr: 'fr-FR', en: 'en-GB' };

/** Everything that is written the way of a country: days, times, numbers, sizes, lists. */
export interface Format {
  readonly language: Language;
  readonly locale: string;
  /** A day as it is, in no zone: the day of its event. */
  day(date: LocalDate, style?: DayStyle): string;
  /** `10:00`, `10:00–12:30`, or nothing for a slot without hours. */
  hours(slot: Slot): string;
  /** Day or days, then hours where they are known: `mar. 24 nov., 10:00–12:30`. */
  slot(slot: Slot, style?: DayStyle): string;
  /** What several slots, in their order, span: the one slot, its only day, or `mar. 24 nov. – jeu. 26 nov.` */
  span(slots: readonly Slot[]): string;
  /** A year, a month or a day, as far as it is known: `2020`, `novembre 2025`, `28 janvier 2025`. */
  partOfDate(text: string): string;
  /** A span of days: `24–26 novembre 2018`. */
  days(from: LocalDate, to: LocalDate): string;
  /** A moment, in the device's zone unless another is given: `mar. 24 nov., 10:40`. */
  moment(at: Instant, zone?: Zone): string;
  /** The clock alone: `10:40`. */
  clock(at: Instant, zone?: Zone): string;
  /** `il y a 3 minutes`, `dans 2 jours`. */
  relative(at: Instant, now: Instant): string;
  number(value: number): string;
  percent(share: number): string;
  /** Bytes in the largest unit that keeps them above one: `12 ko`. */
  bytes(bytes: number): string;
  /** Metres below a kilometre, else kilometres with one decimal. */
  distance(metres: number): string;
  list(items: readonly string[]): string;
  /** `heure de La Réunion`. */
  zone(zone: Zone, at: Instant): string;
  compare(a: string, b: string): number;
}

const made = new Map<Language, Format>();

export function formatFor(language: Language): Format {
  let format = made.get(language);
  if (!format) {
    format = makeFormat(language);
    made.set(language, format);
  }
  return format;
}

export function useFormat(): Format {
  const language = useLanguage();
  return useMemo(() => formatFor(language), [language]);
}

function makeFormat(language: Language): Format {
  const locale = LOCALES[language];
  const numbers = new Map<string, Intl.NumberFormat>();
  const numberFormat = (options: Intl.NumberFormatOptions): Intl.NumberFormat => {
    const key = JSON.stringify(options);
    let format = numbers.get(key);
    if (!format) numbers.set(key, (format = new Intl.NumberFormat(locale, options)));
    return format;
  };
  // Each takes milliseconds to make: only what is asked for is made.
  const relative = once(() => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
  const list = once(() => new Intl.ListFormat(locale, { type: 'conjunction' }));
  const collator = once(() => new Intl.Collator(locale, { numeric: true }));

  const day = (date: LocalDate, style: DayStyle = 'short'): string => dayText(date, style, language);
  const days = (from: LocalDate, to: LocalDate): string => daysText(from, to, language);
  const hours = (slot: Slot): string => {
    if (!slot.start) return '';
    return slot.end ? `${slot.start}–${slot.end}` : slot.start;
  };

  const slot = (of: Slot, style: DayStyle = 'short'): string => {
    const last = lastDay(of);
    const overnight = of.start !== undefined && of.end !== undefined && !of.endDate;
    if (last === of.date || overnight) return [day(of.date, style), hours(of)].filter(Boolean).join(', ');
    const from = [day(of.date, style), of.start].filter(Boolean).join(', ');
    const to = [day(last, style), of.end].filter(Boolean).join(', ');
    return `${from} – ${to}`;
  };

  return {
    language,
    locale,
    day,
    days,
    hours,
    slot,
    partOfDate(text) {
      const [year = '', month, date] = text.split('-');
      if (!month) return year;
      return date ? days(text, text) : day(text, 'month');
    },
    span(slots) {
      const [first, last] = [slots[0], slots.at(-1)];
      if (!first || !last) return '';
      if (slots.length === 1) return slot(first);
      return first.date === last.date ? day(first.date) : `${day(first.date)} – ${day(last.date)}`;
    },
    moment(at, zone) {
      const { date, time } = localOf(at, zone);
      return `${day(date)}, ${time}`;
    },
    clock: (at, zone) => localOf(at, zone).time,
    relative(at, now) {
      const seconds = (at - now) / 1000;
      for (const [unit, size] of [
        ['day', 86_400],
        ['hour', 3600],
        ['minute', 60],
      ] as const) {
        if (Math.abs(seconds) >= size) return relative().format(Math.trunc(seconds / size), unit);
      }
      return relative().format(0, 'second');
    },
    number: (value) =>
      Number.isSafeInteger(value) && value >= 0 ? wholeText(value, language) : numberFormat({}).format(value),
    percent: (share) => numberFormat({ style: 'percent' }).format(share),
    bytes(bytes) {
      const [unit, size] =
        bytes >= 1e9
          ? (['gigabyte', 1e9] as const)
          : bytes >= 1e6
            ? (['megabyte', 1e6] as const)
            : bytes >= 1000
              ? (['kilobyte', 1000] as const)
              : (['byte', 1] as const);
      const value = bytes / size;
      return numberFormat({
        style: 'unit',
        unit,
        unitDisplay: 'short',
        maximumFractionDigits: value < 10 && size > 1 ? 1 : 0,
      }).format(value);
    },
    distance: (metres) =>
      metres < 1000
        ? numberFormat({ style: 'unit', unit: 'meter', maximumFractionDigits: 0 }).format(metres)
        : numberFormat({ style: 'unit', unit: 'kilometer', maximumFractionDigits: 1 }).format(metres / 1000),
    list: (items) => list().format(items),
    zone(zone, at) {
      const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'longGeneric' }).formatToParts(at);
      return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
    },
    compare: (a, b) => collator().compare(a, b),
  };
}

/** Between groups of three digits, from CLDR; like the names of days it stands here because the first page waits for no formatter. */
const BETWEEN: Record<Language, string> = { fr: '\u202f', en: ',' };

function wholeText(value: number, language: Language): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, BETWEEN[language]);
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
