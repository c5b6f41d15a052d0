import type { EventCard } from './event-card.ts';
import { fold } from './text.ts';

/** Where a word can be found, the most telling first; as bits of `SearchAnswer.where` in this order. */
export const searchFields = ['title', 'sessions', 'people', 'organisers', 'places', 'summary', 'text'] as const;
export type SearchField = (typeof searchFields)[number];

/** Of more events than this no words are marked: nobody looks for a first letter in half a programme. */
export const MARKED = 1000;

/** What a search found; it crosses between threads. */
export interface SearchAnswer {
  /** Event ids, the best first. */
  readonly ids: readonly string[];
  /** An event each: the fields that have what its title has not, a bit each; empty where there are too many to say. */
  readonly where: Uint8Array;
  /** An event each: the name, place or title of a session in which the first of these was found; empty likewise. */
  readonly names: readonly string[];
  /** Folded words of the programme that were found, but for those that `start` begins. */
  readonly words: readonly string[];
  /** What was typed last and may still become a longer word. */
  readonly start?: string;
  /** What was searched for in the place of what was typed, which nothing has. */
  readonly corrected?: string;
}

/** Why an event is among those found, beside what its title shows. */
export interface Why {
  readonly fields: readonly SearchField[];
  /** The name, place or session's title in which the first field has it. */
  readonly name?: string;
}

/** What a search found, as lists use it. */
export interface Found {
  readonly ids: ReadonlySet<string>;
  /** Folded words to be marked where they stand, and beginnings of such. */
  readonly words: ReadonlySet<string>;
  readonly starts: readonly string[];
  readonly corrected?: string;
  /** Undefined when the title says it all, or so much was found that nothing tells it apart. */
  why(id: string): Why | undefined;
}

/** Nothing was searched by index: the words that were typed are looked for in what the cards show. */
export function foundInCards(ids: ReadonlySet<string>, query: string): Found {
  return { ids, words: new Set(), starts: fold(query).split(' ').filter(Boolean), why: () => undefined };
}

export function foundByIndex(answer: SearchAnswer): Found {
  const { ids, where, names, words, start, corrected } = answer;
  // Asked for the few cards that are in sight, and not at all where nothing is to be said.
  let places: Map<string, number> | undefined;
  return {
    ids: new Set(ids),
    words: new Set(words),
    starts: start === undefined ? [] : [start],
    ...(corrected === undefined ? {} : { corrected }),
    why: (id) => {
      if (where.length === 0) return undefined;
      places ??= new Map(ids.map((one, at) => [one, at]));
      const at = places.get(id);
      const bits = at === undefined ? 0 : (where[at] ?? 0);
      if (at === undefined || bits === 0) return undefined;
      const name = names[at];
      return { fields: searchFields.filter((_, field) => bits & (1 << field)), ...(name ? { name } : {}) };
    },
  };
}

/** A stretch of a text; `marked` where it is a word that was found. */
export interface Stretch {
  readonly text: string;
  readonly marked: boolean;
}

const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** Cuts a text at the words that were found; joined again, its stretches are the text. */
export function stretchesOf(text: string, found: Pick<Found, 'words' | 'starts'>): Stretch[] {
  const stretches: Stretch[] = [];
  let at = 0;
  for (const match of text.matchAll(WORD)) {
    const word = fold(match[0]);
    if (!found.words.has(word) && !found.starts.some((start) => word.startsWith(start))) continue;
    if (match.index > at) stretches.push({ text: text.slice(at, match.index), marked: false });
    stretches.push({ text: match[0], marked: true });
    at = match.index + match[0].length;
  }
  if (at < text.length) stretches.push({ text: text.slice(at), marked: false });
  return stretches;
}

/** What a card need not say again: a place that it shows. */
export function whyBeside(card: EventCard, why: Why | undefined): Why | undefined {
  if (!why || why.fields[0] !== 'places' || why.name === undefined) return why;
  return why.name === card.city || why.name === card.room ? undefined : why;
}
