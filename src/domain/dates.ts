import { knownOffset } from './known-zones.ts';

/** `YYYY-MM-DD`, a day in the zone of the thing that it dates. */
export type LocalDate = string;
/** `HH:MM`, 24 hours. */
export type LocalTime = string;
/** An IANA time zone, `Europe/Paris` or `Indian/Reunion`. */
export type Zone = string;
/** Milliseconds since 1970, UTC. */
export type Instant = number;

/**
 * When something takes place, in its own zone. Without `start` the hours are not known or do not matter,
 * and nothing may invent them.
 */
export interface Slot {
  readonly date: LocalDate;
  readonly start?: LocalTime;
  readonly end?: LocalTime;
  /** The last day, when it is not `date`; the day of `end`, when it passes midnight. */
  readonly endDate?: LocalDate;
  readonly zone: Zone;
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** True for a day that exists between 1900 and 2199: `2026-02-30` and `20008-01-01` do not. */
export function isLocalDate(text: string): boolean {
  const parts = DATE.exec(text);
  if (!parts) return false;
  const year = Number(parts[1]);
  if (year < 1900 || year > 2199) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

export function isLocalTime(text: string): boolean {
  return TIME.test(text);
}

export function isZone(text: string): boolean {
  try {
    formatterOf(text);
    return true;
  } catch {
    return false;
  }
}

const formatters = new Map<Zone, Intl.DateTimeFormat>();

function formatterOf(zone: Zone): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

/** The day and minute that a clock on the wall of the zone shows; without a zone that of the device which asks. */
export function localOf(instant: Instant, zone?: Zone): { date: LocalDate; time: LocalTime } {
  if (zone === undefined) return ownClock(new Date(instant));
  const wall = new Date(Math.floor(instant / 1000) * 1000 + offsetAt(instant, zone)).toISOString();
  return { date: wall.slice(0, 10), time: wall.slice(11, 16) };
}

function ownClock(here: Date): { date: LocalDate; time: LocalTime } {
  const two = (n: number): string => String(n).padStart(2, '0');
  return {
    date: `${here.getFullYear()}-${two(here.getMonth() + 1)}-${two(here.getDate())}`,
    time: `${two(here.getHours())}:${two(here.getMinutes())}`,
  };
}

/** What the zone is ahead of UTC at a moment, in milliseconds. */
function offsetAt(instant: Instant, zone: Zone): number {
  return knownOffset(instant, zone) ?? askedOffset(instant, zone);
}

function askedOffset(instant: Instant, zone: Zone): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatterOf(zone).formatToParts(instant)) part[type] = Number(value);
  const wall = Date.UTC(part['year']!, part['month']! - 1, part['day'], part['hour'], part['minute'], part['second']);
  return wall - Math.floor(instant / 1000) * 1000;
}

/**
 * The moment at which a wall clock of the zone shows that day and time. An hour that summer time skips is
 * taken as the one after it, an hour that comes twice as the first of the two.
 */
export function instantOf(date: LocalDate, time: LocalTime, zone: Zone): Instant {
  const wall = Date.parse(`${date}T${time}:00Z`);
  const before = wall - offsetAt(wall - 86_400_000, zone);
  if (offsetAt(before, zone) === wall - before) return before;
  const after = wall - offsetAt(wall + 86_400_000, zone);
  if (offsetAt(after, zone) === wall - after) return after;
  return before;
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Whole days from one date to another; negative when the second is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** The last day that a slot touches: an end at or before the start without `endDate` is on the day after. */
export function lastDay(slot: Slot): LocalDate {
  if (slot.endDate) return slot.endDate;
  return slot.start && slot.end && slot.end <= slot.start ? addDays(slot.date, 1) : slot.date;
}

/** Every day of some slots, each once, in their order; of what lasts for months the first sixty. */
export function daysOf(slots: readonly Slot[]): LocalDate[] {
  const days = new Set<LocalDate>();
  for (const slot of slots.toSorted(compareSlots))
    for (let day = slot.date; day <= lastDay(slot) && days.size < 60; day = addDays(day, 1)) days.add(day);
  return [...days].toSorted();
}

/** Zones cost much to ask, and a slot never changes. */
const knownBounds = new WeakMap<Slot, { from: Instant; to: Instant }>();

/** First and last moment of a slot; a slot without hours takes its days whole, one without an end its start to the day's end. */
export function slotBounds(slot: Slot): { from: Instant; to: Instant } {
  const known = knownBounds.get(slot);
  if (known) return known;
  const from = instantOf(slot.date, slot.start ?? '00:00', slot.zone);
  const to = slot.end
    ? instantOf(lastDay(slot), slot.end, slot.zone)
    : instantOf(addDays(lastDay(slot), 1), '00:00', slot.zone);
  const bounds = { from, to: Math.max(from, to) };
  knownBounds.set(slot, bounds);
  return bounds;
}

/** True once the last of the slots has ended; what has no slots is never over. */
export function areOver(slots: readonly Slot[], now: Instant): boolean {
  return slots.length > 0 && slots.every((slot) => hasEnded(slot, now));
}

/** Zones are up to fourteen hours from UTC, and cost much to ask: only for what ends about now. */
function hasEnded(slot: Slot, now: Instant): boolean {
  const last = lastDay(slot);
  const day = Date.parse(`${last < slot.date ? slot.date : last}T00:00:00Z`);
  if (now < day - 86_400_000) return false;
  if (now >= day + 2 * 86_400_000) return true;
  return slotBounds(slot).to <= now;
}

/** Orders slots as a programme prints them: by day, those without hours first in their day, then by start. */
export function compareSlots(a: Slot, b: Slot): number {
  return (
    compareText(a.date, b.date) || compareText(a.start ?? '', b.start ?? '') || compareText(a.end ?? '', b.end ?? '')
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
