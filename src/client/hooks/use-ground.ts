import { useEffect, useMemo } from 'react';
import type { Ground } from '#client/map/ground.ts';
import { database } from '#client/store/database.ts';
import { keptPacks } from '#client/store/kept-packs.ts';
import { notePackUse } from '#client/store/map-packs.ts';
import { setting } from '#client/store/settings.ts';
import { lookForPacks } from '#client/sync/pack-loop.ts';
import { useLive } from './use-live.ts';

const offer = setting('mapOffer');
const onUsed = (sha256: string): void => void notePackUse(database(), sha256).catch(() => undefined);

/**
 * What every map draws under its places and routes: the streets that are kept, and what the operator has chosen.
 * Undefined until the device's store was read.
 */
export function useGround(): Ground | undefined {
  const packs = useLive(keptPacks);
  const raster = useLive(offer)?.raster;
  useEffect(() => void lookForPacks(), []);
  const kept = (packs?.length ?? 0) > 0;
  useEffect(() => {
    // Fetched beside the map and not after it.
    if (kept) import('#client/map/street-layer.ts').catch(() => undefined);
  }, [kept]);
  return useMemo(() => packs && { packs, onUsed, ...(raster ? { raster } : {}) }, [packs, raster]);
}
