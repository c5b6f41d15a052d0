import type { LocalDate, Slot } from './dates.ts';
import { compareSlots, lastDay } from './dates.ts';
import type { EventCard } from './event-card.ts';

/** A line of the programme: an event on one of its days. What has no session has neither day nor slot. */
export interface Entry {
  readonly key: string;
  readonly card: EventCard;
  readonly day?: LocalDate;
  /** From the first start of the event on that day to its last end. */
  readonly slot?: Slot;
}

/** A day of the programme; without a date, what can be had at any time. */
export interface Day {
  readonly date?: LocalDate;
  readonly entries: readonly Entry[];
}

/** The order of a programme: by the first slot, what has none at the end. */
export function programmeOrder(cards: readonly EventCard[]): EventCard[] {
  const keyed = cards.map((card) => {
    const slot = card.slots[0];
    return { card, key: `${slot ? `${slot.date} ${slot.start ?? ''}` : '~'} ${card.slug}` };
  });
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map((k) => k.card);
}

/** An event with more days than this stands on its first one and on today, and not on each of them. */
const LONG = 7;

/**
 * The lines of a programme that is in its order, each event once a day on which something of it begins; what began earlier and goes on stands
 * on today, before what has hours.
 */
export function entriesOf(cards: readonly EventCard[], today: LocalDate): readonly Entry[] {
  const entries: Dated[] = [];
  const undated: Entry[] = [];
  for (const card of cards) {
    if (card.slots.length === 0) {
      undated.push({ key: card.id, card });
      continue;
    }
    const only = card.slots.length === 1 ? card.slots[0]! : undefined;
    if (only && !only.endDate) {
      entries.push({ key: card.id, card, day: only.date, slot: only });
      continue;
    }
    const days = new Map<LocalDate, Slot>();
    for (const slot of card.slots) {
      const goesOn = slot.endDate !== undefined && slot.date < today && lastDay(slot) >= today;
      const day = goesOn ? today : slot.date;
      const first = days.get(day);
      days.set(day, first ? untilEndOf(first, slot) : slot);
    }
    const shown = days.size > LONG ? [...days].filter(([day], at) => at === 0 || day === today) : days;
    for (const [day, slot] of shown) entries.push({ key: `${card.id} ${day}`, card, day, slot });
  }
  return [...entries.toSorted(inOrder), ...undated];
}

/** Several sessions of a day are one line, from the first start to the last end. */
function untilEndOf(first: Slot, slot: Slot): Slot {
  const within = first.date === slot.date && first.start && slot.end && !first.endDate && !slot.endDate;
  return within && slot.end > (first.end ?? first.start ?? '') ? { ...first, end: slot.end } : first;
}

type Dated = Required<Entry>;

function inOrder(a: Dated, b: Dated): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1;
  return compareSlots(onDay(a), onDay(b));
}

/** What began on an earlier day has no hour on this one. */
function onDay({ slot, day }: Dated): Slot {
  return slot.date === day ? slot : { date: day, zone: slot.zone };
}

/** Lines in order, by day. */
export function daysOf(entries: readonly Entry[]): readonly Day[] {
  const days: { date?: LocalDate; entries: Entry[] }[] = [];
  for (const entry of entries) {
    const last = days.at(-1);
    if (last && last.date === entry.day) last.entries.push(entry);
    else days.push({ ...(entry.day ? { date: entry.day } : {}), entries: [entry] });
  }
  return days;
}

/**
 * Days before today are folded away while the edition is under way: something is past and something is not. An edition
 * that is wholly over shows whole.
 */
export function foldPast(
  days: readonly Day[],
  today: LocalDate,
): { readonly past: readonly Day[]; readonly rest: readonly Day[] } {
  const past = days.filter((day) => day.date !== undefined && day.date < today);
  const rest = days.filter((day) => day.date === undefined || day.date >= today);
  return rest.some((day) => day.date !== undefined) ? { past, rest } : { past: [], rest: days };
}
