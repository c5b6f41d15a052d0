import { useMemo } from 'react';
import type { EventCard } from '#domain/event-card.ts';
import type { Radius } from '#domain/near.ts';
import { distanceTo, radiusFor } from '#domain/near.ts';
import { locateOnce } from '#client/platform/locate.ts';
import { Cell } from '#client/store/live.ts';
import { useLive } from './use-live.ts';

/** What the list is around: the person, or a town that they chose. */
export interface Around {
  readonly lat: number;
  readonly lon: number;
  /** A town; without it, where the person is. */
  readonly town?: string;
  /** Kilometres. */
  readonly radius: Radius;
}

/** What became of looking: nothing yet, under way, found, or why it cannot be known. */
type Looked =
  | { readonly kind: 'off' | 'asking' | 'denied' | 'unavailable' }
  | { readonly kind: 'found'; readonly around: Around };

const OFF: Looked = { kind: 'off' };
/** For as long as the tab lives: where somebody is stands in no address and is written nowhere. */
const looked = new Cell<Looked>(OFF);

/** Lists what is around a point, as far as there is something to choose from. */
export function lookAround(at: Omit<Around, 'radius'>, cards: readonly EventCard[]): void {
  const distances = cards.flatMap((card) => distanceTo(card, at) ?? []);
  setAround({ ...at, radius: radiusFor(distances) });
}

export function setAround(next: Around | undefined): void {
  looked.set(next ? { kind: 'found', around: next } : OFF);
}

/** Asks where the person is, in a gesture of theirs; a second time stops looking around. */
export async function toggleNearMe(cards: readonly EventCard[]): Promise<void> {
  const before = looked.get();
  if (before.kind === 'asking') return;
  if (before.kind !== 'off') return looked.set(OFF);
  looked.set({ kind: 'asking' });
  const found = await locateOnce();
  if (looked.get().kind !== 'asking') return undefined;
  if (found.kind === 'found') lookAround({ lat: found.lat, lon: found.lon }, cards);
  else looked.set({ kind: found.kind });
  return undefined;
}

export interface AroundView {
  readonly kind: Looked['kind'];
  readonly around: Around | undefined;
  /** Metres; undefined while nothing is looked around, and for what is nowhere. */
  readonly distanceOf: ((card: EventCard) => number | undefined) | undefined;
  /** Whether an event is near enough. */
  readonly isNear: (card: EventCard) => boolean;
}

export function useAround(): AroundView {
  const state = useLive(looked);
  return useMemo(() => {
    const { kind } = state;
    if (state.kind !== 'found') return { kind, around: undefined, distanceOf: undefined, isNear: () => true };
    const here = state.around;
    // Kept by card: the list asks for each again and again.
    const known = new WeakMap<EventCard, { readonly metres: number | undefined }>();
    const distanceOf = (card: EventCard): number | undefined => {
      let distance = known.get(card);
      if (!distance) known.set(card, (distance = { metres: distanceTo(card, here) }));
      return distance.metres;
    };
    const reach = here.radius * 1000;
    return { kind, around: here, distanceOf, isNear: (card) => (distanceOf(card) ?? Infinity) <= reach };
  }, [state]);
}
