import type { MapPack } from '#domain/map-pack.ts';
import type { RasterLayer } from '#protocol/map.ts';

/** A street-level map that this device keeps. */
export interface GroundPack extends MapPack {
  /** A PMTiles archive that was checked when it was kept. */
  readonly blob: Blob;
}

/**
 * What a map shows under its places and routes, beside the outlines that are part of the app: the streets that this device
 * keeps, and over the outlines the pictures that the operator has chosen, as long as there is a network.
 */
export interface Ground {
  readonly packs: readonly GroundPack[];
  readonly raster?: RasterLayer;
  /** Told once a map when it first draws from a pack: what is not looked at goes first when space runs out. */
  readonly onUsed?: (sha256: string) => void;
}
