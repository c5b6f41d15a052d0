import type { Instant, LocalDate, LocalTime, Slot } from '#domain/dates.ts';
import { addDays, instantOf, lastDay } from '#domain/dates.ts';

/** One entry of a calendar (RFC 5545), as other people's software is given it. */
export interface CalendarEntry {
  /** Globally unique and always the same for the same thing, so that a second import updates the first. */
  readonly uid: string;
  readonly slot: Slot;
  readonly summary: string;
  readonly description?: string;
  readonly location?: string;
  readonly position?: { readonly lat: number; readonly lon: number };
  readonly url?: string;
  readonly status: 'confirmed' | 'tentative' | 'cancelled';
  readonly categories?: readonly string[];
  /** When it was last changed: what stands for the moment of writing, so that the same is always written the same. */
  readonly modified?: Instant;
  /** Properties that only some programs know: `X-NAME` and text. */
  readonly extra?: readonly (readonly [name: `X-${string}`, text: string])[];
}

const PRODUCT = '-//Escale//Escale//FR';
/** RFC 5545, section 3.1: lines of at most 75 octets. */
const LINE = 75;

/**
 * A calendar file. Hours are written as UTC moments: every reader shows them right in any zone, with no zone table
 * to carry. A slot without hours is a whole day, in no zone.
 * @param now the moment of writing, which the format wants in each entry
 */
export function writeCalendar(entries: readonly CalendarEntry[], now: Instant): string {
  return calendarStart() + entries.map((entry) => calendarEntry(entry, now)).join('') + CALENDAR_END;
}

/** What comes before the entries. The name, and how often it is worth asking again, are what calendar programs read of a subscription. */
export function calendarStart(name?: string): string {
  return physical([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:${PRODUCT}`,
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    ...(name
      ? [
          `NAME:${escape(name)}`,
          `X-WR-CALNAME:${escape(name)}`,
          'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
          'X-PUBLISHED-TTL:PT1H',
        ]
      : []),
  ]);
}

export function calendarEntry(entry: CalendarEntry, now: Instant): string {
  return physical(entryLines(entry, now));
}

export const CALENDAR_END = 'END:VCALENDAR\r\n';

function physical(lines: readonly string[]): string {
  return lines.map((line) => fold(line) + '\r\n').join('');
}

function entryLines(entry: CalendarEntry, now: Instant): string[] {
  const { slot, position } = entry;
  return [
    'BEGIN:VEVENT',
    `UID:${escape(entry.uid)}`,
    `DTSTAMP:${utc(entry.modified ?? now)}`,
    ...(entry.modified === undefined ? [] : [`LAST-MODIFIED:${utc(entry.modified)}`]),
    ...(slot.start ? timed(slot, slot.start) : wholeDays(slot)),
    `SUMMARY:${escape(entry.summary)}`,
    ...(entry.description ? [`DESCRIPTION:${escape(entry.description)}`] : []),
    ...(entry.location ? [`LOCATION:${escape(entry.location)}`] : []),
    ...(position ? [`GEO:${position.lat};${position.lon}`] : []),
    ...(entry.url ? [`URL:${entry.url.replace(/[\r\n]/g, '')}`] : []),
    ...(entry.categories?.length ? [`CATEGORIES:${entry.categories.map(escape).join(',')}`] : []),
    `STATUS:${entry.status.toUpperCase()}`,
    ...(entry.extra ?? []).map(([name, text]) => `${name}:${escape(text)}`),
    'END:VEVENT',
  ];
}

function timed(slot: Slot, start: LocalTime): string[] {
  const from = instantOf(slot.date, start, slot.zone);
  // Without an end the entry has none either: nothing here may invent one.
  if (!slot.end) return [`DTSTART:${utc(from)}`];
  const to = instantOf(lastDay(slot), slot.end, slot.zone);
  return [`DTSTART:${utc(from)}`, `DTEND:${utc(Math.max(from, to))}`];
}

/** The end of a whole day is the day after (section 3.6.1). */
function wholeDays(slot: Slot): string[] {
  return [`DTSTART;VALUE=DATE:${day(slot.date)}`, `DTEND;VALUE=DATE:${day(addDays(lastDay(slot), 1))}`];
}

function day(date: LocalDate): string {
  return date.replaceAll('-', '');
}

function utc(at: Instant): string {
  return new Date(at)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:]/g, '');
}

/** Section 3.3.11: backslash, semicolon and comma are escaped, a line break is `\n`; other control characters are not text. */
function escape(text: string): string {
  return (
    text
      .replace(/\r\n?/g, '\n')
      .replace(/[\\;,]/g, (sign) => `\\${sign}`)
      .replaceAll('\n', '\\n')
      // oxlint-disable-next-line no-control-regex
      .replace(/[\u0000-\u001f\u007f]/g, '')
  );
}

/** Breaks a line at 75 octets, never inside a character; the next begins with a space, which counts. */
function fold(line: string): string {
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = sizeOf(character);
    if (octets + size > LINE) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}

/** Octets of one character in UTF-8. */
function sizeOf(character: string): number {
  const code = character.codePointAt(0)!;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
