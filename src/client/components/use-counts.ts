import { startTransition, useEffect, useState } from 'react';
import type { EventCard } from '#domain/event-card.ts';
import type { Moment, ProgrammeFilter, When } from '#domain/programme-filter.ts';
import { matcherOf, whens } from '#domain/programme-filter.ts';

type Counts = Readonly<Record<When | 'free', number>>;

/** The list comes first; milliseconds. */
const AFTER_MS = 120;
/** Longer than this at a stretch, and a key that is typed meanwhile would be seen to wait; milliseconds. */
const STRETCH_MS = 8;

/**
 * How many events each quick filter would show beside what else is chosen. It is counted after the list and with room for what the
 * person does: until then it says what it said before. Undefined before anything was counted.
 */
export function useCounts(
  cards: readonly EventCard[],
  filter: ProgrammeFilter,
  ids: ReadonlySet<string> | undefined,
  moment: Moment,
): Counts | undefined {
  const [counts, setCounts] = useState<Counts>();
  useEffect(() => {
    const gone = new AbortController();
    void counted(cards, filter, ids, moment, gone.signal).then((found) => {
      if (found) startTransition(() => setCounts(found));
    });
    return () => gone.abort();
  }, [cards, filter, ids, moment]);
  return counts;
}

/** In one walk over the programme; undefined when nobody waits for it any more. */
async function counted(
  cards: readonly EventCard[],
  { when, places, ...rest }: ProgrammeFilter,
  ids: ReadonlySet<string> | undefined,
  moment: Moment,
  gone: AbortSignal,
): Promise<Counts | undefined> {
  await pause(AFTER_MS);
  const matches = matcherOf(rest, ids);
  const isFree = matcherOf({ places: 'free' });
  const within = whens.map((one) => [one, matcherOf({ when: one }, undefined, moment)] as const);
  const isWhen = when && matcherOf({ when }, undefined, moment);
  const counts = { now: 0, today: 0, weekend: 0, free: 0 };
  let began = performance.now();
  for (const [at, card] of cards.entries()) {
    if (at % 64 === 0 && performance.now() - began > STRETCH_MS) {
      await pause(0);
      began = performance.now();
    }
    if (gone.aborted) return undefined;
    if (!matches(card)) continue;
    const free = isFree(card);
    if (free && (!isWhen || isWhen(card))) counts.free++;
    if (places && !free) continue;
    for (const [one, matchesOne] of within) if (matchesOne(card)) counts[one]++;
  }
  return counts;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
