import { feature } from 'topojson-client';
import type { RegionCode } from '#domain/programme.ts';

/** Closed rings of [lon, lat]; the first is the shore, the others are holes. */
type Rings = readonly (readonly (readonly [lon: number, lat: number])[])[];

export interface Outline<Properties> {
  /** INSEE code. */
  readonly id: string;
  readonly geometry:
    | { readonly type: 'Polygon'; readonly coordinates: Rings }
    | { readonly type: 'MultiPolygon'; readonly coordinates: readonly Rings[] };
  readonly properties: Properties;
}

export interface Outlines {
  /** `label`: where the name stands. */
  readonly regions: readonly Outline<{ readonly label: readonly [lon: number, lat: number] }>[];
  readonly departments: readonly Outline<{ readonly region: RegionCode }>[];
}

/** Reads `outlines.topo`, which the project made itself. */
export function readOutlines(text: string): Outlines {
  const shapes = JSON.parse(text) as Parameters<typeof feature>[0];
  const areas = (name: keyof Outlines): unknown => {
    const found = feature(shapes, shapes.objects[name]!);
    return 'features' in found ? found.features : [];
  };
  return {
    regions: areas('regions') as Outlines['regions'],
    departments: areas('departments') as Outlines['departments'],
  };
}

/** The pieces of an outline, islands among them. */
export function piecesOf({ geometry }: Outline<unknown>): readonly Rings[] {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
}
