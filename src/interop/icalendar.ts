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
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:${PRODUCT}`,
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    ...entries.flatMap((entry) => entryLines(entry, now)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => fold(line) + '\r\n').join('');
}

function entryLines(entry: CalendarEntry, now: Instant): string[] {
  const { slot, position } = entry;
  return [
    'BEGIN:VEVENT',
    `UID:${escape(entry.uid)}`,
    `DTSTAMP:${utc(now)}`,
    ...(slot.start ? timed(slot, slot.start) : wholeDays(slot)),
    `SUMMARY:${escape(entry.summary)}`,
    ...(entry.description ? [`DESCRIPTION:${escape(entry.description)}`] : []),
    ...(entry.location ? [`LOCATION:${escape(entry.location)}`] : []),
    ...(position ? [`GEO:${position.lat};${position.lon}`] : []),
    ...(entry.url ? [`URL:${entry.url.replace(/[\r\n]/g, '')}`] : []),
    `STATUS:${entry.status.toUpperCase()}`,
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
