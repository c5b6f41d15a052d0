import type { EventCard } from '#domain/event-card.ts';
import type { Uuid } from '#domain/ids.ts';

/** The cards of a page, in `CardsRow.text`. Apart from `packs.ts`, because a launch needs this and no schema. */
export interface CardPack {
  readonly cards: readonly EventCard[];
  readonly gone: readonly Uuid[];
}

export function writeCards(pack: CardPack): string {
  return JSON.stringify(pack);
}

export function readCards(text: string): CardPack {
  return JSON.parse(text) as CardPack;
}
