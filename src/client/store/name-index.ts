import { fold } from '#domain/text.ts';
import { lettersOf, mayBeWithin, prefixDistance, typosOf, wordDistance } from './typos.ts';

const PLAIN = /^[a-z0-9 ]*$/;

/** As `fold`, with the common case first: most names of a long list are plain letters. */
function folded(name: string): string {
  const lower = name.toLowerCase();
  return PLAIN.test(lower) ? lower : fold(name);
}

/** How well a word fits what was typed; the sum over all words typed orders what is found. */
const EXACT = 0;
const BEGINNING = 1;
const TYPO = 4;
const TYPO_IN_BEGINNING = 6;
const NONE = 255;

/**
 * Finds names without regard to accents, case or the order of their words; each word asked for may be the beginning of one, and
 * a longer one may have a typing error in it. People share words: each word is compared once, whatever the length of the list.
 */
export class NameIndex {
  private readonly words: string[] = [];
  private readonly letters: number[] = [];
  /** The words of all names, one name after the other, as positions in `words`. */
  private readonly wordsOfNames: Uint32Array;
  /** Where each name begins in `wordsOfNames`; one more at the end. */
  private readonly starts: Uint32Array;

  /** @param names each in its parts, which many people share */
  constructor(names: readonly (readonly string[])[]) {
    const known = new Map<string, number>();
    const parts = new Map<string, readonly number[]>();
    const wordsOf = (part: string): readonly number[] => {
      let ids = parts.get(part);
      if (ids === undefined) {
        ids = folded(part)
          .split(' ')
          .filter(Boolean)
          .map((word) => {
            let id = known.get(word);
            if (id === undefined) {
              known.set(word, (id = this.words.length));
              this.words.push(word);
            }
            return id;
          });
        parts.set(part, ids);
      }
      return ids;
    };
    const all: number[] = [];
    this.starts = new Uint32Array(names.length + 1);
    for (const [i, name] of names.entries()) {
      for (const part of name) for (const id of wordsOf(part)) all.push(id);
      this.starts[i + 1] = all.length;
    }
    this.wordsOfNames = Uint32Array.from(all);
  }

  /** Positions of the names that fit: whole words first, then beginnings, then what is a slip of the finger away; else in the order of the list. */
  search(query: string, limit: number): number[] {
    const terms = fold(query).split(' ').filter(Boolean);
    if (terms.length === 0) return [];
    const ranks = terms.map((term) => this.rank(term));
    const found = this.collect(ranks, limit);
    if (found.length >= limit || terms.every((term) => typosOf(term) === 0)) return found;
    for (const [i, term] of terms.entries()) this.rankTypos(term, ranks[i]!);
    return this.collect(ranks, limit);
  }

  private rank(term: string): Uint8Array {
    const ranks = new Uint8Array(this.words.length).fill(NONE);
    for (const [i, word] of this.words.entries())
      if (word.startsWith(term)) ranks[i] = word.length === term.length ? EXACT : BEGINNING;
    return ranks;
  }

  private rankTypos(term: string, ranks: Uint8Array): void {
    const most = typosOf(term);
    if (most === 0) return;
    const letters = lettersOf(term);
    for (const [i, word] of this.words.entries()) {
      if (ranks[i] !== NONE) continue;
      if (!mayBeWithin(letters, (this.letters[i] ??= lettersOf(word)), most)) continue;
      const whole = Math.abs(word.length - term.length) <= most ? wordDistance(term, word, most) : most + 1;
      if (whole <= most) ranks[i] = TYPO + whole - 1;
      else if (word.length > term.length && prefixDistance(term, word, 1) <= 1) ranks[i] = TYPO_IN_BEGINNING;
    }
  }

  private collect(ranks: readonly Uint8Array[], limit: number): number[] {
    const bySum = new Map<number, number[]>();
    const names = this.starts.length - 1;
    for (let name = 0; name < names; name++) {
      const end = this.starts[name + 1]!;
      let sum = 0;
      for (const rank of ranks) {
        let best = NONE;
        for (let at = this.starts[name]!; at < end; at++) {
          const one = rank[this.wordsOfNames[at]!]!;
          if (one < best) best = one;
        }
        if (best === NONE) {
          sum = -1;
          break;
        }
        sum += best;
      }
      if (sum < 0) continue;
      const same = bySum.get(sum);
      if (!same) bySum.set(sum, [name]);
      else if (same.length < limit) same.push(name);
    }
    return [...bySum.entries()]
      .sort(([a], [b]) => a - b)
      .flatMap(([, found]) => found)
      .slice(0, limit);
  }
}
