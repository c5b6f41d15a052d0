import type { LocalDate } from './dates.ts';
import type { EventCard } from './event-card.ts';
import type { Edition } from './programme.ts';
import type { Day } from './programme-days.ts';
import { daysOf, entriesOf, foldPast } from './programme-days.ts';
import type { Language } from './text.ts';

/** The beginning of a programme, enough to show at once: a launch has it from the visit before, a first visit from the page's own HTML. */
export interface FrontPage {
  readonly edition: Edition;
  /** The first ones of each of the days for which it was made. */
  readonly cards: readonly EventCard[];
  /** How many events the edition has, and how many of them stand on days that are over. */
  readonly total: number;
  readonly past: number;
  /** What is said of these numbers, in words: to have the browser choose between singular and plural takes it longer than drawing the list. */
  readonly said?: { readonly language: Language; readonly total: string; readonly past: string };
  /** Whether there are other editions to choose. */
  readonly others: boolean;
  /** Whether something stood above the days, for which room is kept. */
  readonly featured?: boolean;
  /** The first and the last day for which `cards` are the beginning; without the last there is none. */
  readonly from: LocalDate;
  readonly until?: LocalDate;
}

/** More than a phone shows at once. */
const LINES = 8;
/** The app is opened again within so many days of the programme, or waits for its store once. */
const DAYS = 7;

/**
 * The beginning of a programme on its next days, to be shown at once.
 * @param days of the whole programme, as they stand on `today`
 */
export function frontOf(
  about: Pick<FrontPage, 'edition' | 'others' | 'featured' | 'said'>,
  days: readonly Day[],
  today: LocalDate,
): FrontPage {
  const { past, rest } = foldPast(days, today);
  const next = rest.slice(0, DAYS);
  const first = new Map(next.flatMap((day) => day.entries.slice(0, LINES).map(({ card }) => [card.id, card] as const)));
  const over = eventsOf(past);
  const dated = next.flatMap((day) => day.date ?? []);
  // What is wholly over, or has no dates, begins the same on every day to come.
  const until = dated.findLast((date) => date >= today);
  return {
    ...about,
    cards: [...first.values()],
    total: eventsOf(days).size,
    past: over.size,
    from: today,
    ...(until === undefined ? {} : { until }),
  };
}

function eventsOf(days: readonly Day[]): Set<string> {
  return new Set(days.flatMap((day) => day.entries.map(({ card }) => card.id)));
}

/** The same for its first day alone: what nobody keeps for later. */
export function forOneDay(front: FrontPage): FrontPage {
  const shown = new Set(frontDays(front, front.from)?.flatMap((day) => day.entries.map(({ card }) => card.id)));
  const cards = front.cards.filter((card) => shown.has(card.id));
  return { ...front, cards, ...(front.until === undefined ? {} : { until: front.from }) };
}

/** The lines that stand at the top on a day; undefined when it was not made for that day. */
export function frontDays(front: FrontPage, today: LocalDate): readonly Day[] | undefined {
  const { cards, from, until } = front;
  if (cards.length === 0 || today < from || (until !== undefined && today > until)) return undefined;
  const { rest } = foldPast(daysOf(entriesOf(cards, today)), today);
  let left = LINES;
  return rest.flatMap((day) => {
    const entries = day.entries.slice(0, left);
    left -= entries.length;
    return entries.length > 0 ? [{ ...day, entries }] : [];
  });
}
