import { useEffect, useState } from 'react';
import type { View } from '#client/map/base-map.ts';
import type { Ground } from '#client/map/ground.ts';
import type { Live } from '#client/store/live.ts';
import { isInside } from '#domain/bounds.ts';
import { positionOf } from '#domain/place-id.ts';

/** At the latest then, milliseconds. */
const PATIENCE = 3000;

/**
 * Whether it is the programme's turn to be read. An address that names a place is about its streets: where they are kept they
 * are drawn first, for ten thousand cards take a slow phone as long. Once true it stays so.
 */
export function useTurn(
  placeId: string | undefined,
  ground: Ground | undefined,
  view: Live<View | undefined>,
): boolean {
  const [waits, setWaits] = useState(placeId !== undefined);
  const at = placeId === undefined ? undefined : positionOf(placeId);
  const kept = ground?.packs.some((pack) => at && isInside(pack.bounds, at));
  useEffect(() => {
    if (!waits) return undefined;
    const end = (): void => setWaits(false);
    let frame = 0;
    const look = (): void => {
      const seen = view.get();
      // Once they are painted, not only drawn.
      if (seen?.cover === 'streets' && seen.drawn) frame ||= requestAnimationFrame(() => setTimeout(end));
    };
    const timer = setTimeout(end, kept === false ? 0 : PATIENCE);
    const leave = view.subscribe(look);
    return () => {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
      leave();
    };
  }, [waits, kept, view]);
  return !waits;
}
