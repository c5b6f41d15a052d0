import type { Instant, LocalDate, Slot } from './dates.ts';
import { compareSlots, instantOf, lastDay, slotBounds } from './dates.ts';
import type { Uuid } from './ids.ts';
import { distanceBetween } from './bearing.ts';
import type { ProgrammeEvent } from './programme.ts';
import { slotsOf, venueOf } from './programme.ts';
import type { Registration } from './registration.ts';

/** What the agenda needs to know of a registration. */
export type Booking = Pick<Registration, 'id' | 'eventId' | 'subjectId' | 'state'>;

/** What someone means to be at: one registration, or one day of an event that they noted. */
export interface AgendaEntry<R extends Booking = Booking> {
  readonly key: string;
  readonly event: ProgrammeEvent;
  readonly slot: Slot;
  readonly registration?: R;
  /** Other events of the agenda that take place at the same time. */
  readonly clashes: readonly ProgrammeEvent[];
  /** Too little time to come here from what ends before it: minutes there are, and minutes that it takes, about. */
  readonly tight?: { readonly from: ProgrammeEvent; readonly have: number; readonly need: number };
  /** With a clash or too little time: when else the same event takes place. */
  readonly others: readonly Slot[];
}

export interface AgendaDay<R extends Booking = Booking> {
  readonly date: LocalDate;
  readonly entries: readonly AgendaEntry<R>[];
}

/**
 * Noted events and registrations by day. A registration stands for its event on the days of its subject; the other days of a
 * noted event are one entry each, from the first start to the last end. What was refused or given back stands there only
 * if it is noted.
 * @param events those that are noted, and those of the registrations
 * @param noted ids of the events that are noted
 */
export function agendaOf<R extends Booking>(
  events: readonly ProgrammeEvent[],
  noted: ReadonlySet<Uuid>,
  registrations: readonly R[],
): { days: AgendaDay<R>[]; undated: ProgrammeEvent[] } {
  const entries: AgendaEntry<R>[] = [];
  const undated: ProgrammeEvent[] = [];
  for (const event of events) {
    const own = registrations.filter((r) => r.eventId === event.id && r.state !== 'refused' && r.state !== 'cancelled');
    const taken = new Set<LocalDate>();
    for (const registration of own) {
      for (const slot of byDay(slotsOf(event, registration.subjectId))) {
        taken.add(slot.date);
        entries.push({ key: `${registration.id} ${slot.date}`, event, slot, registration, clashes: [], others: [] });
      }
    }
    if (noted.has(event.id)) {
      for (const slot of byDay(event.sessions.map((session) => session.slot))) {
        if (!taken.has(slot.date))
          entries.push({ key: `${event.id} ${slot.date}`, event, slot, clashes: [], others: [] });
      }
    }
    const dated = event.sessions.length > 0;
    if (!dated && (own.length > 0 || noted.has(event.id))) undated.push(event);
  }
  const days = new Map<LocalDate, AgendaEntry<R>[]>();
  for (const entry of withClashes(entries).toSorted((a, b) => compareSlots(a.slot, b.slot))) {
    const day = days.get(entry.slot.date);
    if (day) day.push(entry);
    else days.set(entry.slot.date, [entry]);
  }
  return { days: [...days].map(([date, of]) => ({ date, entries: of })), undated };
}

/** The slot to name when there is room for one: the first that is not over, else the first of all. */
export function nextSlot(slots: readonly Slot[], now: Instant): Slot | undefined {
  const sorted = slots.toSorted(compareSlots);
  return sorted.find((slot) => slotBounds(slot).to > now) ?? sorted[0];
}

/** One slot a day, from the first start to the last end; without hours when one of that day has none. */
function byDay(slots: readonly Slot[]): Slot[] {
  const days = new Map<string, Slot[]>();
  for (const slot of slots) days.set(slot.date, [...(days.get(slot.date) ?? []), slot]);
  return [...days.values()].map((of) => {
    const [first, ...others] = of.toSorted(compareSlots) as [Slot, ...Slot[]];
    if (others.length === 0) return first;
    const { date, start, zone } = first;
    const last = of.reduce((a, b) => (endKey(a) < endKey(b) ? b : a));
    const end = of.every((slot) => slot.end) ? last.end : undefined;
    const endDate = lastDay(last);
    return {
      date,
      zone,
      ...(start ? { start } : {}),
      ...(start && end ? { end } : {}),
      ...(endDate === date ? {} : { endDate }),
    };
  });
}

function endKey(slot: Slot): string {
  return `${lastDay(slot)} ${slot.end ?? ''}`;
}

/** Entries that overlap in time, where the hours of both are known: nothing is said of hours that nobody gave. */
function withClashes<R extends Booking>(entries: readonly AgendaEntry<R>[]): AgendaEntry<R>[] {
  const spans = entries.map((entry) => spanOf(entry));
  return entries.map((entry, i) => {
    const span = spans[i];
    if (!span) return entry;
    const clashes = entries.flatMap((other, j) => {
      const its = spans[j];
      const apart = !its || other.event.id === entry.event.id || its.from >= span.to || its.to <= span.from;
      return apart ? [] : [other.event];
    });
    const tight = clashes.length === 0 ? tightness(entry, entries) : undefined;
    const late = clashes.length > 0 || tight !== undefined;
    return { ...entry, clashes, ...(tight ? { tight } : {}), others: late ? otherSlots(entry) : [] };
  });
}

function spanOf({ event, slot }: AgendaEntry): { from: Instant; to: Instant } | undefined {
  if (!slot.start || !slot.end || event.status === 'cancelled' || event.status === 'postponed') return undefined;
  return {
    from: instantOf(slot.date, slot.start, slot.zone),
    to: instantOf(lastDay(slot), slot.end, slot.zone),
  };
}

/** Metres a minute on foot, and for longer ways by whatever drives, with minutes to find it. */
const WALK = 75;
const WALKABLE = 2000;
const RIDE = 500;
const RIDE_START = 12;

/** Minutes that the way takes, about: nobody knows the streets and the buses here, so it only warns. */
export function travelMinutes(metres: number): number {
  return Math.ceil(metres <= WALKABLE ? metres / WALK : RIDE_START + metres / RIDE);
}

/** Whether what ended last before an entry leaves too little time for the way, where hours and places of both are known. */
function tightness<R extends Booking>(entry: AgendaEntry<R>, entries: readonly AgendaEntry<R>[]): AgendaEntry['tight'] {
  const span = spanOf(entry);
  const to = placeOf(entry);
  if (!span || !to) return undefined;
  let before: { entry: AgendaEntry<R>; end: Instant } | undefined;
  for (const other of entries) {
    const its = spanOf(other);
    if (!its || other.event.id === entry.event.id || its.to > span.from || (before && its.to <= before.end)) continue;
    before = { entry: other, end: its.to };
  }
  const from = before && placeOf(before.entry);
  if (!before || !from) return undefined;
  const have = Math.round((span.from - before.end) / 60_000);
  const need = travelMinutes(distanceBetween(from, to));
  return need > have ? { from: before.entry.event, have, need } : undefined;
}

function placeOf({ event, slot }: AgendaEntry): { lat: number; lon: number } | undefined {
  const session = event.sessions.find((s) => s.slot.date === slot.date && s.slot.start === slot.start);
  return venueOf(event, session)?.position;
}

/** When else one could come: the event's other sessions, by day. */
function otherSlots({ event, slot }: AgendaEntry): Slot[] {
  return event.sessions
    .filter((s) => s.status !== 'cancelled' && (s.slot.date !== slot.date || s.slot.start !== slot.start))
    .map((s) => s.slot)
    .toSorted(compareSlots)
    .slice(0, 3);
}
