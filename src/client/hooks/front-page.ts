import type { LocalDate } from '#domain/dates.ts';
import type { EventCard } from '#domain/event-card.ts';
import type { Edition } from '#domain/programme.ts';
import type { Language } from '#domain/text.ts';

/**
 * The beginning of the programme that was shown last: what a launch shows while the device's store is being read. It stands
 * in localStorage, which is read without waiting, and holds nothing but what is public.
 */
export interface FrontPage {
  readonly edition: Edition;
  /** The first ones of each of the next days. */
  readonly cards: readonly EventCard[];
  /** How many events the edition has, and how many of them stand on days that are over. */
  readonly total: number;
  readonly past: number;
  /** What is said of these numbers, in words: to have the browser choose between singular and plural takes it longer than drawing the list. */
  readonly said: { readonly language: Language; readonly total: string; readonly past: string };
  /** Whether there are other editions to choose. */
  readonly others: boolean;
  /** Whether something stood above the days, for which room is kept. */
  readonly featured?: boolean;
  /** The last day for which `cards` are the beginning; without it there is none. */
  readonly until?: LocalDate;
}

/** The number rises when a card or an edition changes its shape: what an older version kept is then not read. */
const KEY = 'escale.front.2';

const QUIET_MS = 300;

const kept: FrontPage | undefined = read();

/** What the last visit left, as this one began. */
export function frontPage(): FrontPage | undefined {
  return kept;
}

/** Keeps the front page for the next launch, once nothing else is to be done; the answer takes that back. */
export function keepFront(make: () => FrontPage): () => void {
  const timer = setTimeout(() => {
    try {
      localStorage.setItem(KEY, JSON.stringify(make()));
    } catch {
      // Storage may be full or refused: the next launch then waits for the device's store.
    }
  }, QUIET_MS);
  return () => clearTimeout(timer);
}

function read(): FrontPage | undefined {
  try {
    return (JSON.parse(localStorage.getItem(KEY) ?? 'null') as FrontPage | null) ?? undefined;
  } catch {
    return undefined;
  }
}
