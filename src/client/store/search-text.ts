import { fold } from '#domain/text.ts';
import type { EventCard } from '#domain/event-card.ts';
import type { LocalizedText } from '#domain/text.ts';

const all = (text: LocalizedText | undefined): string => (text ? Object.values(text).join(' ') : '');

/** Longer than this at a stretch, and a key that is typed meanwhile would be seen to wait; milliseconds. */
const STRETCH_MS = 8;

/**
 * The search while the index is being built: every word of the query stands in the title, the place or the organiser.
 * It is fast enough for a key's time over ten thousand cards because each card is folded once.
 */
export class QuickSearch {
  private readonly folded = new WeakMap<EventCard, string>();

  search(cards: readonly EventCard[], query: string): Set<string> {
    const terms = fold(query).split(' ').filter(Boolean);
    const found = new Set<string>();
    if (terms.length === 0) return found;
    for (const card of cards) {
      const text = this.textOf(card);
      if (terms.every((term) => text.includes(` ${term}`))) found.add(card.id);
    }
    return found;
  }

  /** Folds what is not folded yet, with room for what the person does, as long as `wanted` says so. */
  async prepare(cards: readonly EventCard[], wanted: () => boolean): Promise<void> {
    let began = performance.now();
    for (const card of cards) {
      this.textOf(card);
      if (performance.now() - began < STRETCH_MS) continue;
      await new Promise((resolve) => setTimeout(resolve));
      if (!wanted()) return;
      began = performance.now();
    }
  }

  private textOf(card: EventCard): string {
    let text = this.folded.get(card);
    if (text === undefined) {
      text = ` ${fold(`${all(card.title)} ${card.city ?? ''} ${card.organiser ?? ''}`)}`;
      this.folded.set(card, text);
    }
    return text;
  }
}
