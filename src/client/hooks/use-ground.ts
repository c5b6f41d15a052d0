import { useEffect, useMemo } from 'react';
import type { Ground } from '#client/map/ground.ts';
import { keptPacks } from '#client/store/map-packs.ts';
import { setting } from '#client/store/settings.ts';
import { lookForPacks } from '#client/sync/pack-loop.ts';
import { useLive } from './use-live.ts';

const offer = setting('mapOffer');

/** What every map draws under its places and routes: the streets that are kept, and what the operator has chosen. */
export function useGround(): Ground {
  const packs = useLive(keptPacks);
  const raster = useLive(offer)?.raster;
  useEffect(() => void lookForPacks(), []);
  return useMemo(() => ({ packs, ...(raster ? { raster } : {}) }), [packs, raster]);
}
