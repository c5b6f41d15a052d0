import type { LocalDate, LocalTime, Slot } from '#domain/dates.ts';
import { lastDay } from '#domain/dates.ts';
import type { EventCard } from '#domain/event-card.ts';

/** What an event takes up in a column: its hours, in minutes since the day's midnight, and its share of the width. */
export interface Block {
  readonly card: EventCard;
  readonly start: LocalTime;
  readonly end?: LocalTime;
  readonly from: number;
  /** For the drawing alone where the programme gives no end. */
  readonly to: number;
  readonly lane: number;
  readonly lanes: number;
}

/** Where something takes place: a room, a house or a town. */
export interface Column {
  readonly key: string;
  readonly name: string;
  /** Where the room or the house is, when there are several such places. */
  readonly within?: string;
  /** By their hours. */
  readonly blocks: readonly Block[];
}

export interface Timetable {
  /** Minutes since midnight, full hours; past 1440 on the next day. */
  readonly from: number;
  readonly to: number;
  readonly columns: readonly Column[];
  /** What has no hours on this day, or is older than the day and goes on. */
  readonly untimed: readonly EventCard[];
}

/** What is drawn for an event of which only the beginning is known, in minutes. */
const UNENDED = 30;
/** Nothing is drawn longer than until the next morning. */
const LATEST = 1440 + 360;

const minutesOf = (time: LocalTime): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Where an event is, as short as it can be told. */
interface Where {
  readonly name: string;
  readonly within?: string;
}

/**
 * The timetable of a day: places side by side, hours downwards.
 * @param online what is said for what has no place
 * @param compare by the reader's language
 */
export function timetableOf(
  cards: readonly EventCard[],
  date: LocalDate,
  online: string,
  compare: (a: string, b: string) => number,
): Timetable {
  const columns = new Map<string, Where & { timed: Timed[] }>();
  const untimed: EventCard[] = [];
  for (const card of cards) {
    const timed: Timed[] = [];
    let apart = false;
    for (const slot of card.slots) {
      if (slot.date === date && slot.start && !lasts(slot)) timed.push(timedOf(card, slot));
      else if (slot.date <= date && lastDay(slot) >= date) apart = true;
    }
    if (timed.length === 0) {
      if (apart) untimed.push(card);
      continue;
    }
    const where = whereOf(card, online);
    const key = `${where.within ?? ''}\n${where.name}`;
    const column = columns.get(key) ?? { ...where, timed: [] };
    columns.set(key, column);
    column.timed.push(...joined(timed));
  }
  const towns = new Set([...columns.values()].map((column) => column.within ?? ''));
  const ordered = [...columns].toSorted(
    ([, a], [, b]) => compare(a.within ?? '', b.within ?? '') || compare(a.name, b.name),
  );
  const all = ordered.flatMap(([, column]) => column.timed);
  return {
    from: Math.floor(Math.min(...all.map((one) => one.from)) / 60) * 60,
    to: Math.ceil(Math.max(...all.map((one) => one.to)) / 60) * 60,
    columns: ordered.map(([key, { name, within, timed }]) => ({
      key,
      name,
      ...(within !== undefined && towns.size > 1 ? { within } : {}),
      blocks: inLanes(timed),
    })),
    untimed,
  };
}

type Timed = Omit<Block, 'lane' | 'lanes'>;

/** It goes on over days and not merely past midnight. */
function lasts(slot: Slot): boolean {
  return slot.endDate !== undefined && slot.endDate !== slot.date && (slot.end ?? '24:00') > '06:00';
}

function timedOf(card: EventCard, slot: Slot): Timed {
  const start = slot.start!;
  const from = minutesOf(start);
  const ends = slot.end === undefined ? from + UNENDED : minutesOf(slot.end) + (lastDay(slot) > slot.date ? 1440 : 0);
  return { card, start, ...(slot.end ? { end: slot.end } : {}), from, to: Math.min(Math.max(ends, from + 1), LATEST) };
}

/** Sessions of an event that follow one another are one stretch. */
function joined(timed: readonly Timed[]): Timed[] {
  const list: Timed[] = [];
  for (const one of timed.toSorted((a, b) => a.from - b.from)) {
    const last = list.at(-1);
    if (!last || one.from > last.to) list.push(one);
    else if (one.to > last.to) list[list.length - 1] = { ...last, to: one.to, ...(one.end ? { end: one.end } : {}) };
  }
  return list;
}

/** What overlaps stands side by side, each stretch of overlaps in as few lanes as it needs. */
function inLanes(timed: readonly Timed[]): Block[] {
  const blocks: Block[] = [];
  let open: { one: Timed; lane: number }[] = [];
  let ends: number[] = [];
  const close = (): void => {
    for (const { one, lane } of open) blocks.push({ ...one, lane, lanes: ends.length });
    open = [];
    ends = [];
  };
  for (const one of timed.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    if (ends.every((end) => end <= one.from)) close();
    const free = ends.findIndex((end) => end <= one.from);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = one.to;
    open.push({ one, lane });
  }
  close();
  return blocks;
}

function whereOf(card: EventCard, online: string): Where {
  if (card.attendanceMode === 'online') return { name: online };
  const { room, city } = card;
  const house = card.venues[0]?.name;
  const name = room ?? house ?? city ?? online;
  const within = room === undefined && house === undefined ? undefined : city;
  return within === undefined || within === name ? { name } : { name, within };
}

/** The days of a programme on which something begins or goes on, each once. */
export function daysWith(cards: readonly EventCard[]): LocalDate[] {
  const days = new Set<LocalDate>();
  for (const card of cards) for (const slot of card.slots) days.add(slot.date);
  return [...days].toSorted();
}

/** Where the arrow keys lead from a block: up and down in its column, sideways to what is nearest in time. */
export function neighbour(
  columns: readonly Column[],
  at: { readonly column: number; readonly block: number },
  key: string,
): { readonly column: number; readonly block: number } | undefined {
  const here = columns[at.column]?.blocks[at.block];
  if (!here) return undefined;
  if (key === 'ArrowDown' || key === 'ArrowUp') {
    const block = at.block + (key === 'ArrowDown' ? 1 : -1);
    return columns[at.column]!.blocks[block] ? { column: at.column, block } : undefined;
  }
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return undefined;
  const column = at.column + (key === 'ArrowRight' ? 1 : -1);
  const there = columns[column]?.blocks ?? [];
  let best: number | undefined;
  for (const [i, block] of there.entries()) {
    if (best === undefined || Math.abs(block.from - here.from) < Math.abs(there[best]!.from - here.from)) best = i;
  }
  return best === undefined ? undefined : { column, block: best };
}
