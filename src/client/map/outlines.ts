import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { RegionCode } from '#domain/programme.ts';

type Area = Polygon | MultiPolygon;

export interface Outlines {
  readonly regions: readonly Feature<Area, { readonly label: readonly [lon: number, lat: number] }>[];
  readonly departments: readonly Feature<Area, { readonly region: RegionCode }>[];
}

let loaded: Promise<Outlines> | undefined;

/** The outlines of regions and départements, each with its INSEE code as `id`; loaded when a map first needs them. */
export function loadOutlines(): Promise<Outlines> {
  loaded ??= import('./outlines/outlines.json?raw').then(
    ({ default: text }) => readOutlines(text),
    (error: unknown) => {
      loaded = undefined;
      throw error;
    },
  );
  return loaded;
}

/** Reads `outlines.json`, which the project made itself. */
export function readOutlines(text: string): Outlines {
  const shapes = JSON.parse(text) as Topology<{ regions: GeometryCollection; departments: GeometryCollection }>;
  return {
    regions: featuresOf<Outlines['regions'][number]>(feature(shapes, shapes.objects.regions)),
    departments: featuresOf<Outlines['departments'][number]>(feature(shapes, shapes.objects.departments)),
  };
}

function featuresOf<T extends Feature>(collection: FeatureCollection): readonly T[] {
  return collection.features as unknown as readonly T[];
}

/** The INSEE code of an outline, of a region or of a département. */
export function codeOf(outline: Feature): string {
  return String(outline.id);
}
