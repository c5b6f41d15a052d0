import type { DepartmentCode, Position, RegionCode } from '#domain/programme.ts';
import { departmentOf, departmentOfPostalCode } from '#domain/regions.ts';
import type { ImportOptions, Place } from './imported.ts';
import type { Outlines } from './outlines.ts';
import { piecesOf } from './outlines.ts';

type Ring = readonly (readonly [lon: number, lat: number])[];
interface Area {
  readonly code: DepartmentCode;
  readonly rings: readonly Ring[];
  readonly box: readonly [west: number, south: number, east: number, north: number];
}

/** ISO 3166-1: France and its départements overseas, which have codes of their own. */
const FRENCH = new Set(['FR', 'GP', 'MQ', 'GF', 'RE', 'YT']);
/** Degrees, some twenty kilometres: the outlines are coarse, and a quay or an islet may lie outside of them. */
const NEAR = 0.2;

/**
 * Finds régions and départements. A position anywhere else than in France is nowhere, whatever five digits stand beside it;
 * otherwise a French postal code is more exact than the coarse outlines are.
 */
export function locator(outlines: Outlines): ImportOptions['locate'] {
  const areas = outlines.departments.map((outline): Area => {
    const rings = piecesOf(outline).flat();
    const lons = rings.flatMap((ring) => ring.map(([lon]) => lon));
    const lats = rings.flatMap((ring) => ring.map(([, lat]) => lat));
    const bound = (list: readonly number[], pick: (a: number, b: number) => number): number =>
      list.reduce((a, b) => pick(a, b));
    return {
      code: outline.id,
      rings,
      box: [bound(lons, Math.min), bound(lats, Math.min), bound(lons, Math.max), bound(lats, Math.max)],
    };
  });
  return ({ postalCode, country, position }: Place) => {
    if (country !== undefined && !FRENCH.has(country.toUpperCase())) return undefined;
    const here = position && departmentAt(areas, position);
    if (position && here === undefined) return undefined;
    return found((postalCode === undefined ? undefined : departmentOfPostalCode(postalCode)?.code) ?? here);
  };
}

function found(code: DepartmentCode | undefined): { region: RegionCode; department: DepartmentCode } | undefined {
  const department = code === undefined ? undefined : departmentOf(code);
  return department && { region: department.region, department: department.code };
}

function departmentAt(areas: readonly Area[], { lat, lon }: Position): DepartmentCode | undefined {
  const close = areas.filter(
    ({ box: [west, south, east, north] }) =>
      lon >= west - NEAR && lon <= east + NEAR && lat >= south - NEAR && lat <= north + NEAR,
  );
  const inside = close.find((area) => isInside(area.rings, lon, lat));
  if (inside) return inside.code;
  let nearest: { code: DepartmentCode; distance: number } | undefined;
  for (const { code, rings } of close) {
    for (const ring of rings) {
      for (const [x, y] of ring) {
        const distance = Math.hypot((x - lon) * Math.cos((lat * Math.PI) / 180), y - lat);
        if (distance <= NEAR && distance < (nearest?.distance ?? Infinity)) nearest = { code, distance };
      }
    }
  }
  return nearest?.code;
}

/** Even and odd over all rings, so that holes count. */
function isInside(rings: readonly Ring[], lon: number, lat: number): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i]!;
      const [xj, yj] = ring[j]!;
      if (yi > lat !== yj > lat && lon < ((xj - xi) * (lat - yi)) / (yj - yi) + xi) inside = !inside;
    }
  }
  return inside;
}
