import type { Instant, LocalDate, Slot } from './dates.ts';
import { compareSlots, instantOf, lastDay, slotBounds } from './dates.ts';
import type { Uuid } from './ids.ts';
import type { ProgrammeEvent } from './programme.ts';
import { slotsOf } from './programme.ts';
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
        entries.push({ key: `${registration.id} ${slot.date}`, event, slot, registration, clashes: [] });
      }
    }
    if (noted.has(event.id)) {
      for (const slot of byDay(event.sessions.map((session) => session.slot))) {
        if (!taken.has(slot.date)) entries.push({ key: `${event.id} ${slot.date}`, event, slot, clashes: [] });
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
    return { ...entry, clashes };
  });
}

function spanOf({ event, slot }: AgendaEntry): { from: Instant; to: Instant } | undefined {
  if (!slot.start || !slot.end || event.status === 'cancelled' || event.status === 'postponed') return undefined;
  return {
    from: instantOf(slot.date, slot.start, slot.zone),
    to: instantOf(lastDay(slot), slot.end, slot.zone),
  };
}
