import type { FoundCode } from './scanner-messages.ts';

/** How long a code must have been out of view before it is read again, in milliseconds. */
export const AWAY = 3000;

/**
 * Decides which codes of a stream of pictures are read: of several in view the one nearest to the centre, and none again
 * while it stays in view. A person who keeps holding up a ticket that was just admitted must not see it refused as used.
 */
export class ScannerGate {
  readonly #lastSeen = new Map<string, number>();

  /**
   * @param codes what one picture shows
   * @param now milliseconds of any steady clock
   * @returns the text to read, if one is new
   */
  pick(codes: readonly FoundCode[], now: number): string | undefined {
    for (const [text, seen] of this.#lastSeen) if (now - seen >= AWAY) this.#lastSeen.delete(text);
    const nearest = codes.toSorted((a, b) => a.distance - b.distance)[0];
    // Only what has been read is kept from being read again; a neighbour in the same picture has its turn at the centre.
    for (const { text } of codes) if (this.#lastSeen.has(text)) this.#lastSeen.set(text, now);
    if (!nearest || this.#lastSeen.has(nearest.text)) return undefined;
    this.#lastSeen.set(nearest.text, now);
    return nearest.text;
  }

  /** Lets every code be read again at once: the person at the door asked for the next one. */
  clear(): void {
    this.#lastSeen.clear();
  }
}
