import type { Instant, Slot } from '#domain/dates.ts';
import { addDays, instantOf, lastDay } from '#domain/dates.ts';
import type { Edition, ProgrammeEvent, Session, Venue } from '#domain/programme.ts';
import { venueOf } from '#domain/programme.ts';
import { textIn } from '#domain/text.ts';

/** A programme as its writers are given it: published events of one edition, in the order in which they are written. */
export interface Written {
  readonly edition: Edition;
  /** Of this server, without a slash at the end. */
  readonly origin: string;
  /** ISO 8601: the last change of what is written. It stands where a format wants a date, so that the same is always written the same. */
  readonly at: string;
  /** SHA-256 of a text's UTF-8 bytes. */
  readonly digest: (text: string) => Uint8Array;
  /** The name under which an event came from the format. */
  readonly externalId: (event: ProgrammeEvent) => string | undefined;
}

/** A format written piece by piece: what comes before the events, each of them, and what comes after. */
export interface EventWriter {
  readonly start: (written: Written) => string;
  /** @param before how many pieces that said something came before it; an empty piece is of an event that the format cannot say */
  readonly event: (event: ProgrammeEvent, written: Written, before: number) => string;
  readonly end: (written: Written, count: number) => string;
}

/** The page of an event. */
export function pageOf({ origin }: Written, event: ProgrammeEvent): string {
  return `${origin}/evenements/${event.slug}`;
}

/** The language that an event is written in where a format has room for one. */
export function mainLanguage(event: ProgrammeEvent): string {
  return textIn(event.title, 'fr').lang;
}

/** What a session says of itself, and the event for what it leaves unsaid. */
export interface Occasion {
  readonly session: Session;
  readonly venue: Venue | undefined;
  readonly mode: ProgrammeEvent['attendanceMode'];
  readonly status: ProgrammeEvent['status'];
  readonly onlineUrl: string | undefined;
}

export function occasionsOf(event: ProgrammeEvent): Occasion[] {
  return event.sessions.map((session) => ({
    session,
    venue: venueOf(event, session),
    mode: session.attendanceMode ?? event.attendanceMode,
    status: event.status === 'cancelled' ? 'cancelled' : (session.status ?? event.status),
    onlineUrl: session.onlineUrl ?? event.onlineUrl,
  }));
}

/** Street, postal code and town in one line; empty when none is known. */
export function addressLine(venue: Venue): string {
  const town = [venue.postalCode, venue.city].filter(Boolean).join(' ');
  return [venue.address, town].filter(Boolean).join(', ');
}

/** The moment at which an instant is, as a clock in the slot's zone shows it: `2026-11-24T10:00:00+01:00`. */
export function zoned(date: string, time: string, zone: string): string {
  const instant = instantOf(date, time, zone);
  return zonedInstant(instant, Date.parse(`${date}T${time}:00Z`) - instant);
}

function zonedInstant(instant: Instant, ahead: number): string {
  const minutes = Math.round(ahead / 60_000);
  const two = (n: number): string => String(n).padStart(2, '0');
  const offset = `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
  return `${new Date(instant + ahead).toISOString().slice(0, 19)}${offset}`;
}

/** Minutes of a slot with hours; 0 when its end is not known. */
export function minutesOf(slot: Slot): number {
  if (slot.start === undefined || slot.end === undefined) return 0;
  const from = instantOf(slot.date, slot.start, slot.zone);
  return Math.max(0, Math.round((instantOf(lastDay(slot), slot.end, slot.zone) - from) / 60_000));
}

/** The days that a slot touches, at most so many. */
export function daysOfSlot(slot: Slot, most: number): string[] {
  const last = lastDay(slot);
  const days: string[] = [];
  for (let day = slot.date; day <= last && days.length < most; day = addDays(day, 1)) days.push(day);
  return days;
}
