import { useEffect } from 'react';
import type { MapPack } from '#domain/map-pack.ts';
import { storageState } from '#client/platform/storage.ts';
import type { MapPackRow } from '#client/store/database.ts';
import { database } from '#client/store/database.ts';
import { dropPack, mapPackRows, wantPack } from '#client/store/map-packs.ts';
import { setting, writeSetting } from '#client/store/settings.ts';
import { lookForPacks } from '#client/sync/pack-loop.ts';
import { useLive } from './use-live.ts';

/** A street-level map, as it stands on this device. */
interface PackView {
  readonly pack: MapPack;
  /** Absent: offered, and nobody asked for it here. */
  readonly row?: MapPackRow;
  /** The server has a newer map of the area than the one that is kept. */
  readonly newer?: MapPack;
}

interface PacksView {
  /** Kept, on their way or refused first, then what is offered, each area once. */
  readonly packs: readonly PackView[];
  /** Names of maps that were given up for want of room. */
  readonly given: readonly string[];
}

const offer = setting('mapOffer');
const given = setting('packsGiven');
const NONE: readonly string[] = [];

export function usePacks(): PacksView {
  const rows = useLive(mapPackRows);
  const offered = useLive(offer)?.packs ?? [];
  const names = useLive(given) ?? NONE;
  useEffect(() => void lookForPacks(), []);
  const known = new Set(rows.map((row) => row.id));
  return {
    packs: [
      ...rows.map((row) => {
        const newer = offered.find((pack) => pack.id === row.id && pack.sha256 !== row.sha256);
        const coming = newer && rows.some((other) => other.sha256 === newer.sha256);
        return { pack: row, row, ...(newer && !coming ? { newer } : {}) };
      }),
      ...offered.filter((pack) => !known.has(pack.id)).map((pack) => ({ pack })),
    ],
    given: names,
  };
}

/**
 * Asks for a map to be kept on this device.
 * @param keepUntil server's clock, milliseconds
 * @returns false, and asks for nothing, where the browser says that there is no room: the parts and then the whole need it twice
 */
export async function keepPackHere(pack: MapPack, keepUntil?: number): Promise<boolean> {
  const { usage, quota } = await storageState();
  if (usage !== undefined && quota !== undefined && quota - usage < pack.bytes * 2) return false;
  await wantPack(database(), pack, keepUntil);
  return true;
}

export async function dropPackHere(sha256: string): Promise<void> {
  await dropPack(database(), sha256);
}

/** The person has read which maps were given up. */
export async function forgetGiven(): Promise<void> {
  await writeSetting(database(), 'packsGiven', undefined);
}
