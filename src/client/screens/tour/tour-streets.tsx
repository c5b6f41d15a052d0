import { PackList } from '#client/components/maps/pack-list.tsx';
import { useClock } from '#client/hooks/use-clock.ts';
import { dropPackHere, keepPackHere, usePacks } from '#client/hooks/use-packs.ts';
import { isInside } from '#domain/bounds.ts';
import { keptUntil, pointsOf } from '#domain/map-pack.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';

/** Streets around a walk that are not kept here yet: whoever is about to set out is offered them. */
export function TourStreets({ event }: { readonly event: ProgrammeEvent }) {
  const now = useClock();
  const { packs } = usePacks();
  const points = pointsOf(event);
  const missing = packs.filter(
    ({ pack, row }) => row?.state !== 'kept' && points.some((point) => isInside(pack.bounds, point)),
  );
  if (missing.length === 0) return null;
  return (
    <PackList packs={missing} onKeep={(wanted) => keepPackHere(wanted, keptUntil(event, now))} onDrop={dropPackHere} />
  );
}
