import type { Bounds } from '#domain/bounds.ts';
import { readArea } from './features.ts';
import { writePmtiles } from './pmtiles-writer.ts';
import type { LayerName } from './schema.ts';
import { MAX_ZOOM, MIN_ZOOM, tilesOf } from './tiles.ts';

/** Of every pack made of OpenStreetMap (ODbL 1.0, 4.3: the notice goes with what is made of it). */
export const OSM = {
  attribution: '© OpenStreetMap',
  attributionUrl: 'https://www.openstreetmap.org/copyright',
  licence: 'ODbL 1.0',
} as const;

const FIELDS: Readonly<Record<LayerName, Readonly<Record<string, string>>>> = {
  earth: { kind: 'String' },
  landuse: { kind: 'String' },
  water: { kind: 'String', name: 'String' },
  roads: {
    kind: 'String',
    kind_detail: 'String',
    name: 'String',
    ref: 'String',
    is_bridge: 'Boolean',
    is_tunnel: 'Boolean',
  },
  buildings: { kind: 'String' },
  boundaries: { kind: 'String', kind_detail: 'Number' },
  places: { kind: 'String', kind_detail: 'String', name: 'String', min_zoom: 'Number' },
  pois: { kind: 'String', name: 'String', min_zoom: 'Number' },
};

export interface BuiltPack {
  readonly bytes: Uint8Array;
  readonly bounds: Bounds;
  readonly tiles: number;
  readonly features: number;
  /** Of OpenStreetMap, milliseconds; absent where the extract does not say. */
  readonly timestamp?: number;
}

/**
 * Makes a street-level pack of an extract of OpenStreetMap.
 * @throws ExtractRefused
 */
export async function buildPack(file: string, name: string, box?: Bounds): Promise<BuiltPack> {
  const { bounds, timestamp, features } = await readArea(file, box);
  const tiles = [...tilesOf(features, bounds)];
  const metadata = {
    name,
    type: 'baselayer',
    version: '4.0.0',
    format: 'pbf',
    description: 'Protomaps basemap schema, version 4 (streets of one area)',
    attribution: `<a href="${OSM.attributionUrl}">${OSM.attribution}</a>`,
    ...(timestamp === undefined ? {} : { 'planetiler:osm:osmosisreplicationtime': new Date(timestamp).toISOString() }),
    vector_layers: Object.entries(FIELDS).map(([id, fields]) => ({ id, fields, minzoom: MIN_ZOOM, maxzoom: MAX_ZOOM })),
  };
  return {
    bytes: writePmtiles(tiles, { bounds, minZoom: MIN_ZOOM, maxZoom: MAX_ZOOM, metadata }),
    bounds,
    tiles: tiles.length,
    features: features.length,
    ...(timestamp === undefined ? {} : { timestamp }),
  };
}
