import * as v from 'valibot';
import type { Bounds } from '#domain/bounds.ts';
import type { MapPack } from '#domain/map-pack.ts';
import { MAX_PACK_BYTES } from '#domain/map-pack.ts';
import { line, slug, webUrl } from './primitives.ts';

const degrees = (most: number) => v.pipe(v.number(), v.minValue(-most), v.maxValue(most));
const zoom = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(22));

const bounds: v.GenericSchema<Bounds> = v.pipe(
  v.tuple([degrees(90), degrees(180), degrees(90), degrees(180)]),
  v.check(([south, west, north, east]) => south < north && west < east, 'not an area'),
);

export const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'not a SHA-256'));

/** A street-level map that the server offers. Its bytes: `GET /api/v1/packs/{sha256}`, with ranges. */
export const mapPack = v.object({
  id: slug,
  name: line(80),
  bounds,
  bytes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_PACK_BYTES)),
  sha256,
  minZoom: zoom,
  maxZoom: zoom,
  dataDate: v.exactOptional(v.pipe(v.string(), v.regex(/^\d{4}(-\d{2}){0,2}$/, 'not a year, month or day'))),
  licence: line(80),
  attribution: line(200),
  attributionUrl: v.exactOptional(webUrl),
}) satisfies v.GenericSchema<unknown, MapPack>;

/** `GET /api/v1/packs`. */
export const packsResponse = v.object({ packs: v.pipe(v.array(mapPack), v.maxLength(1000)) });

/**
 * Pictures of a map that the operator has chosen, fetched from elsewhere while there is a network.
 * `url` has `{z}`, `{x}` and `{y}` in it.
 */
export const rasterLayer = v.object({
  url: v.pipe(webUrl, v.includes('{z}'), v.includes('{x}'), v.includes('{y}')),
  attribution: line(200),
  maxZoom: zoom,
});

/** `GET /api/v1/config`: what the operator has chosen and every visitor may know. */
export const publicConfig = v.object({
  raster: v.exactOptional(rasterLayer),
  /** Addresses can be searched (`geocode.ts`). */
  geocoder: v.exactOptional(v.literal(true)),
  /** Who else says who somebody is (`sign-in-ways.ts`), by the name that people know it by. */
  provider: v.exactOptional(v.object({ name: line(60) })),
});

export type RasterLayer = v.InferOutput<typeof rasterLayer>;
