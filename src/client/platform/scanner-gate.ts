import type { FoundCode } from './scanner-messages.ts';

/** How long a code must have been out of view before it is read again, in milliseconds. */
export const AWAY = 3000;
/** How long a code that is no ticket must be in view, without a ticket beside it, before anything is said about it. */
export const STEADY = 500;

interface Sight {
  first: number;
  last: number;
  read: boolean;
}

/**
 * Decides which codes of a stream of pictures are read: of several in view a ticket of ours before anything else, and the nearest
 * to the centre; none again while it stays in view. A person who keeps holding up a ticket that was just admitted must not see it
 * refused as used, nor the poster behind them called "not a ticket".
 */
export class ScannerGate {
  readonly #sights = new Map<string, Sight>();
  #ticketSeen = -Infinity;

  /**
   * @param codes what one picture shows
   * @param now milliseconds of any steady clock
   * @returns the text to read, if one is new
   */
  pick(codes: readonly FoundCode[], now: number): string | undefined {
    for (const [text, sight] of this.#sights) if (now - sight.last >= AWAY) this.#sights.delete(text);
    for (const { text } of codes) {
      const sight = this.#sights.get(text);
      if (sight) sight.last = now;
      else this.#sights.set(text, { first: now, last: now, read: false });
    }
    const nearest = nearestOf(codes);
    if (!nearest) return undefined;
    const sight = this.#sights.get(nearest.text)!;
    if (nearest.kind === 'ours') this.#ticketSeen = now;
    // A ticket beside it may be unreadable for a moment; a code read wrongly once is not read wrongly twice.
    else if (now - sight.first < STEADY || now - this.#ticketSeen < STEADY) return undefined;
    if (sight.read) return undefined;
    sight.read = true;
    return nearest.text;
  }

  /** Lets every code be read again at once: the person at the door asked for the next one. */
  clear(): void {
    this.#sights.clear();
  }
}

/** Of what one picture shows: a ticket of ours before anything else, then what is nearest to the centre. */
export function nearestOf(codes: readonly FoundCode[]): FoundCode | undefined {
  return codes.toSorted((a, b) => rank(a) - rank(b) || a.distance - b.distance)[0];
}

function rank({ kind }: FoundCode): number {
  return kind === 'ours' ? 0 : 1;
}
