import type { Bounds } from '#domain/bounds.ts';

/** Degrees, as GeoJSON has them. */
export type Point = readonly [lon: number, lat: number];
/** Closed: the first point is the last too. */
export type Ring = readonly Point[];
export type Line = readonly Point[];

/** Lines joined at their ends as far as they go: rings, and chains that end where the extract does. */
export function join(lines: readonly Line[]): { readonly rings: Ring[]; readonly chains: Line[] } {
  const rings: Ring[] = [];
  const open: Point[][] = [];
  const ends = new Map<string, Point[][]>();
  const key = ([lon, lat]: Point): string => `${lon},${lat}`;
  const add = (line: Point[]): void => {
    for (const end of [line[0]!, line.at(-1)!]) ends.set(key(end), [...(ends.get(key(end)) ?? []), line]);
  };
  const drop = (line: Point[]): void => {
    for (const end of [line[0]!, line.at(-1)!]) {
      ends.set(
        key(end),
        (ends.get(key(end)) ?? []).filter((other) => other !== line),
      );
    }
  };
  for (const line of lines) {
    if (line.length < 2) continue;
    let joined = [...line];
    for (;;) {
      if (isClosed(joined)) {
        if (joined.length > 3) rings.push(joined);
        break;
      }
      const last = key(joined.at(-1)!);
      const first = key(joined[0]!);
      const after = ends.get(last)?.[0];
      const before = after ? undefined : ends.get(first)?.[0];
      if (after) {
        drop(after);
        const next = key(after[0]!) === last ? after : after.toReversed();
        joined = [...joined, ...next.slice(1)];
      } else if (before) {
        drop(before);
        const next = key(before.at(-1)!) === first ? before : before.toReversed();
        joined = [...next, ...joined.slice(1)];
      } else {
        add(joined);
        break;
      }
    }
  }
  for (const list of ends.values()) for (const line of list) if (!open.includes(line)) open.push(line);
  return { rings, chains: open };
}

function isClosed(line: Line): boolean {
  const [a, b] = [line[0]!, line.at(-1)!];
  return line.length > 2 && a[0] === b[0] && a[1] === b[1];
}

/** A polygon as GeoJSON has it: the shore, then its holes. */
export type Polygon = readonly Ring[];

/** Puts each inner ring into the smallest outer one around it. One that lies in none is left out. */
export function polygonsOf(outers: readonly Ring[], inners: readonly Ring[]): Polygon[] {
  const sorted = outers.toSorted((a, b) => Math.abs(area(a)) - Math.abs(area(b)));
  const polygons = new Map(sorted.map((ring) => [ring, [ring]]));
  for (const inner of inners) {
    const around = sorted.find((outer) => contains(outer, inner[0]!) && contains(outer, inner[1]!));
    if (around) polygons.get(around)!.push(inner);
  }
  return [...polygons.values()];
}

/** Square degrees, positive where the ring runs against the clock (x to the east, y to the north). */
export function area(ring: Ring): number {
  let sum = 0;
  for (let i = 0; i + 1 < ring.length; i++) sum += ring[i]![0] * ring[i + 1]![1] - ring[i + 1]![0] * ring[i]![1];
  return sum / 2;
}

export function contains(ring: Ring, [x, y]: Point): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i]!;
    const [xj, yj] = ring[j]!;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** Where a name can stand: the middle of the ring, or of its widest stretch at that height when the middle lies outside. */
export function middle(ring: Ring): Point {
  const whole = area(ring);
  let [x, y] = [0, 0];
  for (let i = 0; i + 1 < ring.length; i++) {
    const [[x0, y0], [x1, y1]] = [ring[i]!, ring[i + 1]!];
    const cross = x0 * y1 - x1 * y0;
    x += (x0 + x1) * cross;
    y += (y0 + y1) * cross;
  }
  const centre: Point = whole === 0 ? ring[0]! : [x / (6 * whole), y / (6 * whole)];
  if (contains(ring, centre)) return centre;
  const crossings = ring
    .slice(1)
    .flatMap(([x1, y1], i) => {
      const [x0, y0] = ring[i]!;
      return y0 > centre[1] !== y1 > centre[1] ? [x0 + ((x1 - x0) * (centre[1] - y0)) / (y1 - y0)] : [];
    })
    .toSorted((a, b) => a - b);
  let best: Point = ring[0]!;
  let widest = 0;
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const width = crossings[i + 1]! - crossings[i]!;
    if (width > widest) [widest, best] = [width, [(crossings[i]! + crossings[i + 1]!) / 2, centre[1]]];
  }
  return best;
}

export function boxRing([south, west, north, east]: Bounds): Ring {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
}

/**
 * What chains that cross an area from border to border enclose, closed along the border: the two ways to do so, one the
 * complement of the other. Empty when their ends do not pair up.
 *
 *     ┌──a───b──┐   a chain from a to b encloses what lies between a and b along the border (first way)
 *     │  └───┘  │   or all the rest (second way); with several chains the stretches of border are by turns in and out
 *     └─────────┘
 */
export function closings(chains: readonly Line[], box: Bounds): readonly [Ring[], Ring[]] | undefined {
  const crossing = chains.filter((chain) => chain.length > 1);
  if (crossing.length === 0) return undefined;
  const ends = crossing
    .flatMap((chain) => [
      { chain, start: true, at: along(box, chain[0]!) },
      { chain, start: false, at: along(box, chain.at(-1)!) },
    ])
    .toSorted((a, b) => a.at - b.at);
  const close = (parity: 0 | 1): Ring[] => {
    const rings: Ring[] = [];
    const left = new Set(ends.map((_, i) => i));
    for (let first = 0; first < ends.length; first++) {
      if (!left.has(first)) continue;
      const ring: Point[] = [];
      let i = first;
      do {
        left.delete(i);
        // Along the chain that begins here to its other end.
        const { chain, start } = ends[i]!;
        ring.push(...(start ? chain : chain.toReversed()));
        const other = ends.findIndex((end) => end.chain === chain && end.start !== start);
        left.delete(other);
        // From there along the border to the neighbour that shares an enclosed stretch.
        const forward = other % 2 === parity;
        const next = (other + (forward ? 1 : ends.length - 1)) % ends.length;
        ring.push(...border(box, ends[other]!.at, ends[next]!.at, forward));
        i = next;
      } while (left.has(i));
      ring.push(ring[0]!);
      if (i === first || ring.length > 3) rings.push(ring);
    }
    return rings;
  };
  return [close(0), close(1)];
}

/** How far along the border (0 to 4, from the south-west corner against the clock) the point of the border nearest to a point is. */
function along([south, west, north, east]: Bounds, [lon, lat]: Point): number {
  const x = Math.min(1, Math.max(0, (lon - west) / (east - west)));
  const y = Math.min(1, Math.max(0, (lat - south) / (north - south)));
  const sides = [y, 1 - x, 1 - y, x];
  const side = sides.indexOf(Math.min(...sides));
  return side + [x, y, 1 - x, 1 - y][side]!;
}

/** The border from one place to another: both ends, and the corners between. */
function border(box: Bounds, from: number, to: number, forward: boolean): Point[] {
  const points: Point[] = [borderPoint(box, from)];
  if (forward) {
    const end = to < from ? to + 4 : to;
    for (let corner = Math.floor(from) + 1; corner < end; corner++) points.push(borderPoint(box, corner % 4));
  } else {
    const end = to > from ? to - 4 : to;
    for (let corner = Math.ceil(from) - 1; corner > end; corner--) points.push(borderPoint(box, (corner + 4) % 4));
  }
  points.push(borderPoint(box, to));
  return points;
}

function borderPoint([south, west, north, east]: Bounds, at: number): Point {
  const part = at % 1;
  const x = west + (east - west) * part;
  const y = south + (north - south) * part;
  return [
    [x, south],
    [east, y],
    [east + west - x, north],
    [west, north + south - y],
  ][Math.floor(at) % 4] as unknown as Point;
}
