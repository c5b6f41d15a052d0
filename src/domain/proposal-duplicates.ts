import type { EventCard } from './event-card.ts';
import type { Uuid } from './ids.ts';
import type { Proposal } from './proposal.ts';
import { isBeforeModerators } from './proposal.ts';
import { fold } from './text.ts';
import type { LocalizedText } from './text.ts';

/** What two entries are compared by. */
export interface Likeness {
  readonly id: Uuid;
  /** Folded words of its titles, each once. */
  readonly words: ReadonlySet<string>;
  readonly days: ReadonlySet<string>;
  /** Folded. */
  readonly city: string;
  readonly organiser: string;
}

/** Words that say nothing of what an event is. */
const COMMON = new Set(
  'a au aux d de des du en et l la le les pour par sur un une dans avec the of and for in on to a an'.split(' '),
);
/** Share of common words from which two titles are alike. */
const ALIKE = 0.6;

export function likenessOfCard(card: EventCard): Likeness {
  return {
    id: card.id,
    words: wordsOf(card.title),
    days: new Set(card.slots.map((slot) => slot.date)),
    city: fold(card.city ?? ''),
    organiser: fold(card.organiser ?? ''),
  };
}

export function likenessOfProposal({ id, content }: Proposal): Likeness {
  return {
    id,
    words: wordsOf(content.title ?? {}),
    days: new Set((content.sessions ?? []).map((one) => one.slot.date)),
    city: fold(content.venues?.find((one) => one.city)?.city ?? ''),
    organiser: fold(content.organisers?.[0]?.name ?? ''),
  };
}

/**
 * Whether a moderator had better look at both: titles that share most of their words, on a common day, in the same town or by the
 * same organiser. One alone is a series, a tour of the same talk, or chance.
 */
export function isLikelyDouble(a: Likeness, b: Likeness): boolean {
  if (a.id === b.id || a.words.size === 0 || b.words.size === 0) return false;
  if (similarity(a.words, b.words) < ALIKE) return false;
  const sameDay = [...a.days].some((day) => b.days.has(day));
  const sameTown = a.city !== '' && a.city === b.city;
  const sameOrganiser = a.organiser !== '' && a.organiser === b.organiser;
  return [sameDay, sameTown, sameOrganiser].filter(Boolean).length >= 2 || (sameDay && a.words.size > 3);
}

/** The others that a proposal may be the double of: proposals that are still open, and what is in the programme; never what it edits. */
export function likelyDoubles(
  proposal: Proposal,
  proposals: readonly Proposal[],
  cards: readonly EventCard[],
): { readonly proposals: Proposal[]; readonly cards: EventCard[] } {
  const own = likenessOfProposal(proposal);
  const edited = proposal.eventId;
  return {
    proposals: proposals.filter(
      (other) =>
        isBeforeModerators(other) &&
        (other.state === 'submitted' || other.state === 'changes_requested') &&
        (edited === undefined || other.eventId !== edited) &&
        isLikelyDouble(own, likenessOfProposal(other)),
    ),
    cards: cards.filter(
      (card) =>
        card.id !== edited && card.editionId === proposal.editionId && isLikelyDouble(own, likenessOfCard(card)),
    ),
  };
}

/** Twice the common words over all of both (Dice). */
function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0;
  for (const word of a) if (b.has(word)) common++;
  return (2 * common) / (a.size + b.size);
}

function wordsOf(title: LocalizedText): Set<string> {
  const first = Object.values(title)[0] ?? '';
  return new Set(
    fold(first)
      .split(' ')
      .filter((word) => word && !COMMON.has(word)),
  );
}
