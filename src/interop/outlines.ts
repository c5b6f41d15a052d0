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

/** What is drawn of the communes of one département. */
export interface Communes {
  /** The lines between two of them. */
  readonly borders: readonly (readonly (readonly [lon: number, lat: number])[])[];
  readonly names: readonly { readonly name: string; readonly lat: number; readonly lon: number }[];
}

/** Reads a file of `outlines/communes`, which the project made itself. */
export function readCommunes(text: string): Communes {
  const shapes = JSON.parse(text) as Parameters<typeof feature>[0];
  const borders = feature(shapes, shapes.objects['borders']!) as unknown as {
    readonly geometry: { readonly coordinates: Communes['borders'] };
  };
  const names = feature(shapes, shapes.objects['names']!) as unknown as {
    readonly features: readonly {
      readonly geometry: { readonly coordinates: readonly [number, number] };
      readonly properties: { readonly name: string };
    }[];
  };
  return {
    borders: borders.geometry.coordinates,
    names: names.features.map(
      ({
        geometry: {
          coordinates: [lon, lat],
        },
        properties: { name },
      }) => ({ name, lat, lon }),
    ),
  };
}

/** The pieces of an outline, islands among them. */
export function piecesOf({ geometry }: Outline<unknown>): readonly Rings[] {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
}
