import { fromGeojsonVt } from '@maplibre/vt-pbf';
import GeoJSONVT from 'geojson-vt';
import type { Bounds } from '#domain/bounds.ts';
import type { Feature } from './features.ts';
import type { Tile } from './pmtiles-writer.ts';
import type { LayerName } from './schema.ts';

/** A street-level map needs nothing below; above, tiles of the last zoom are drawn larger. */
export const MIN_ZOOM = 8;
export const MAX_ZOOM = 15;
const EXTENT = 4096;
/** Order in a tile. */
const LAYERS: readonly LayerName[] = [
  'earth',
  'landuse',
  'water',
  'roads',
  'buildings',
  'boundaries',
  'places',
  'pois',
];

/** Cuts what is to be drawn into vector tiles, simplified for each zoom. */
export function* tilesOf(features: readonly Feature[], bounds: Bounds): Generator<Tile> {
  const layers = LAYERS.map((name) => {
    const own = features.filter((feature) => feature.layer === name);
    const data = {
      type: 'FeatureCollection' as const,
      features: own.map(({ geometry }, i) => ({ type: 'Feature' as const, geometry, properties: { i } })),
    };
    const index = new GeoJSONVT(data as never, {
      maxZoom: MAX_ZOOM,
      extent: EXTENT,
      buffer: name === 'earth' ? 16 : 64,
      tolerance: name === 'buildings' ? 2 : 3,
    });
    return { name, own, index };
  });
  for (let z = MIN_ZOOM; z <= MAX_ZOOM; z++) {
    const [left, top] = tileAt(bounds[2], bounds[1], z);
    const [right, bottom] = tileAt(bounds[0], bounds[3], z);
    for (let x = left; x <= right; x++) {
      for (let y = top; y <= bottom; y++) {
        const drawn: Record<string, { features: unknown[] }> = {};
        for (const { name, own, index } of layers) {
          const tile = index.getTile(z, x, y);
          const shown = (tile?.features ?? []).flatMap((feature) => {
            const of = own[Number(feature.tags?.['i'])];
            return of && of.minZoom <= z ? [{ ...feature, tags: of.tags }] : [];
          });
          if (shown.length > 0) drawn[name] = { features: shown };
        }
        if (Object.keys(drawn).length === 0) continue;
        yield { z, x, y, data: fromGeojsonVt(drawn as never, { version: 2, extent: EXTENT }) };
      }
    }
  }
}

/** Column and row of the tile that holds a point. */
export function tileAt(lat: number, lon: number, z: number): [x: number, y: number] {
  const sine = Math.sin((lat * Math.PI) / 180);
  const last = 2 ** z - 1;
  const within = (value: number): number => Math.min(last, Math.max(0, Math.floor(value * 2 ** z)));
  return [within((lon + 180) / 360), within(0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI))];
}
