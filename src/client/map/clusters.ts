import type { Place } from './places.ts';

/** Places that stand too near each other on the screen to be told apart, or one place alone. */
export interface Cluster {
  /** The same for the same places at the same zoom, so that a marker that stays keeps the focus. */
  readonly id: string;
  readonly places: readonly Place[];
  /** Mean position of its places. */
  readonly lat: number;
  readonly lon: number;
}

/** Side of the square in which markers would touch, in CSS pixels. */
const REACH = 44;
const TILE = 256;

/**
 * Groups places by nearness at a zoom level of the web Mercator map. Each place joins the first group that began within
 * reach of it, so the result depends on the order of the places alone and not on what part of the map is looked at.
 * A grid of cells keeps it linear.
 */
export function clusterPlaces(places: readonly Place[], zoom: number): Cluster[] {
  const size = TILE * 2 ** zoom;
  const cells = new Map<string, { x: number; y: number; places: Place[] }[]>();
  const groups: { x: number; y: number; places: Place[] }[] = [];
  for (const place of places) {
    const { x, y } = mercator(place.position.lat, place.position.lon, size);
    const [column, row] = [Math.floor(x / REACH), Math.floor(y / REACH)];
    const group = near(cells, column, row, x, y);
    if (group) {
      group.places.push(place);
      continue;
    }
    const begun = { x, y, places: [place] };
    groups.push(begun);
    const key = `${column}:${row}`;
    const cell = cells.get(key);
    if (cell) cell.push(begun);
    else cells.set(key, [begun]);
  }
  return groups.map((group) => ({
    id: `${zoom}:${group.places[0]!.id}:${group.places.length}`,
    places: group.places,
    lat: mean(group.places.map((place) => place.position.lat)),
    lon: mean(group.places.map((place) => place.position.lon)),
  }));
}

function near<T extends { x: number; y: number }>(
  cells: ReadonlyMap<string, T[]>,
  column: number,
  row: number,
  x: number,
  y: number,
): T | undefined {
  for (let c = column - 1; c <= column + 1; c++) {
    for (let r = row - 1; r <= row + 1; r++) {
      const found = cells.get(`${c}:${r}`)?.find((g) => Math.abs(g.x - x) < REACH && Math.abs(g.y - y) < REACH);
      if (found) return found;
    }
  }
  return undefined;
}

function mercator(lat: number, lon: number, size: number): { x: number; y: number } {
  const sine = Math.sin((Math.max(-85, Math.min(85, lat)) * Math.PI) / 180);
  return {
    x: ((lon + 180) / 360) * size,
    y: (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * size,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
