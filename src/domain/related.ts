import type { Instant } from './dates.ts';
import { areOver } from './dates.ts';
import type { EventCard } from './event-card.ts';

/** What makes two events alike, by how much it says. */
function likeness(a: EventCard, b: EventCard): number {
  let score = 0;
  for (const theme of a.themes) if (b.themes.includes(theme)) score += 3;
  if (a.organiser !== undefined && a.organiser === b.organiser) score += 3;
  if (a.city !== undefined && a.city === b.city) score += 2;
  else if (a.department !== undefined && a.department === b.department) score += 1;
  if (a.room !== undefined && a.room === b.room) score += 1;
  if (a.format === b.format) score += 1;
  if (a.attendanceMode === 'online' && b.attendanceMode === 'online') score += 1;
  return score;
}

/** Below this two events have nothing in common but being in one programme. */
const ALIKE = 3;

/**
 * Events that whoever reads this one may want to see: alike, and still to come unless this one is over as well. The most alike
 * first, then as the programme has them.
 */
export function relatedTo(event: EventCard, cards: readonly EventCard[], now: Instant, most: number): EventCard[] {
  const past = areOver(event.slots, now);
  return cards
    .map((card, at) => ({ card, at, score: card.id === event.id ? 0 : likeness(event, card) }))
    .filter(({ score, card }) => score >= ALIKE && card.status !== 'cancelled')
    .sort((a, b) => b.score - a.score || a.at - b.at)
    .filter(({ card }) => past || !areOver(card.slots, now))
    .slice(0, most)
    .map(({ card }) => card);
}
