import { Cursor, Malformed } from './varint.ts';

/**
 * Mapbox vector tiles, version 2 (https://github.com/mapbox/vector-tile-spec). The usual readers believe every count in a
 * tile: one of a hundred bytes can ask for a gigabyte. This one stops at what no honest tile has.
 */
export interface TileFeature<P> {
  readonly props: Record<string, string | number | boolean>;
  /** 1 points, 2 lines, 3 rings. */
  readonly geomType: 1 | 2 | 3;
  /** Rings are closed. */
  readonly geom: P[][];
  readonly numVertices: number;
  readonly bbox: { readonly minX: number; readonly minY: number; readonly maxX: number; readonly maxY: number };
}

const MOST_LAYERS = 64;
const MOST_FEATURES = 60_000;
const MOST_POINTS = 600_000;
const MOST_VALUES = 60_000;
const MOST_PROPS = 64;
/** Characters. A longer text is none that a map shows. */
const LONGEST_TEXT = 200;
/** Twice as far out as a tile is wide. */
const FARTHEST = 2;

interface Budget {
  features: number;
  points: number;
}

/**
 * @param size what a tile's side is in the wanted coordinates
 * @param point makes a point of them
 * @param decode UTF-8
 * @throws Malformed
 */
export function readVectorTile<P>(
  bytes: Uint8Array,
  size: number,
  point: (x: number, y: number) => P,
  decode: (bytes: Uint8Array) => string,
): Map<string, TileFeature<P>[]> {
  const layers = new Map<string, TileFeature<P>[]>();
  const budget: Budget = { features: MOST_FEATURES, points: MOST_POINTS };
  const cursor = new Cursor(bytes);
  while (cursor.more) {
    const { field, part } = next(cursor);
    if (field !== 3 || !part) continue;
    if (layers.size === MOST_LAYERS) throw new Malformed('too many layers');
    const { name, features } = readLayer(part, size, point, decode, budget);
    layers.set(name, features);
  }
  return layers;
}

interface Field {
  readonly field: number;
  /** Of a length-delimited field. */
  readonly part?: Cursor;
  readonly value?: number;
}

function next(cursor: Cursor): Field {
  const tag = cursor.varint();
  const field = Math.floor(tag / 8);
  switch (tag % 8) {
    case 0:
      return { field, value: cursor.varint() };
    case 1:
      return { field, part: cursor.part(8) };
    case 2:
      return { field, part: cursor.part(cursor.varint()) };
    case 5:
      return { field, part: cursor.part(4) };
    default:
      throw new Malformed('a field of no known type');
  }
}

function readLayer<P>(
  cursor: Cursor,
  size: number,
  point: (x: number, y: number) => P,
  decode: (bytes: Uint8Array) => string,
  budget: Budget,
): { name: string; features: TileFeature<P>[] } {
  let name = '';
  let extent = 4096;
  const keys: string[] = [];
  const values: (string | number | boolean | undefined)[] = [];
  const raw: Cursor[] = [];
  const text = (part: Cursor): string => decode(part.bytes.subarray(part.at, part.end));
  while (cursor.more) {
    const { field, part, value } = next(cursor);
    if (field === 1 && part) name = text(part).slice(0, LONGEST_TEXT);
    else if (field === 2 && part) raw.push(part);
    else if (field === 3 && part) keys.push(text(part).slice(0, LONGEST_TEXT));
    else if (field === 4 && part) values.push(readValue(part, decode));
    else if (field === 5 && value) extent = value;
    if (keys.length > MOST_VALUES || values.length > MOST_VALUES) throw new Malformed('too many values');
  }
  budget.features -= raw.length;
  if (budget.features < 0) throw new Malformed('too many features');
  if (extent < 16 || extent > 1 << 20) throw new Malformed(`an extent of ${extent}`);
  const features = raw.flatMap((part) => {
    const feature = readFeature(part, { keys, values, scale: size / extent, far: extent * FARTHEST, point, budget });
    return feature ? [feature] : [];
  });
  return { name, features };
}

function readValue(cursor: Cursor, decode: (bytes: Uint8Array) => string): string | number | boolean | undefined {
  let found: string | number | boolean | undefined;
  while (cursor.more) {
    const { field, part, value } = next(cursor);
    if (field === 1 && part) {
      const text = part.end - part.at > LONGEST_TEXT * 4 ? undefined : decode(part.bytes.subarray(part.at, part.end));
      found = text !== undefined && text.length <= LONGEST_TEXT ? text : undefined;
    } else if ((field === 2 || field === 3) && part) {
      if (part.end - part.at !== (field === 2 ? 4 : 8)) throw new Malformed('a number of a wrong length');
      const view = new DataView(part.bytes.buffer, part.bytes.byteOffset + part.at, part.end - part.at);
      const real = field === 2 ? view.getFloat32(0, true) : view.getFloat64(0, true);
      found = Number.isFinite(real) ? real : undefined;
    } else if (field === 4 || field === 5) found = value;
    else if (field === 6 && value !== undefined) found = value % 2 === 1 ? -(value + 1) / 2 : value / 2;
    else if (field === 7) found = value === 1;
  }
  return found;
}

interface Making<P> {
  readonly keys: readonly string[];
  readonly values: readonly (string | number | boolean | undefined)[];
  readonly scale: number;
  readonly far: number;
  readonly point: (x: number, y: number) => P;
  readonly budget: Budget;
}

function readFeature<P>(cursor: Cursor, making: Making<P>): TileFeature<P> | undefined {
  const props: Record<string, string | number | boolean> = {};
  let type = 0;
  let shape: Cursor | undefined;
  while (cursor.more) {
    const { field, part, value } = next(cursor);
    if (field === 2 && part) {
      for (let read = 0; part.more; read++) {
        if (read === MOST_PROPS) throw new Malformed('too many words on one thing');
        const key = making.keys[part.varint()];
        const said = making.values[part.varint()];
        if (key !== undefined && key !== '__proto__' && said !== undefined) props[key] = said;
      }
    } else if (field === 3 && value !== undefined) type = value;
    else if (field === 4 && part) shape = part;
  }
  if (!shape || (type !== 1 && type !== 2 && type !== 3)) return undefined;
  return { props, geomType: type, ...readGeometry(shape, type, making) };
}

const [MOVE, LINE, CLOSE] = [1, 2, 7];

/** Where most of a map's reading time goes: no object but the points themselves is made for a point. */
function readGeometry<P>(
  cursor: Cursor,
  type: 1 | 2 | 3,
  { scale, far, point, budget }: Making<P>,
): Pick<TileFeature<P>, 'geom' | 'bbox' | 'numVertices'> {
  const geom: P[][] = [];
  let line: P[] = [];
  let x = 0;
  let y = 0;
  let firstX = 0;
  let firstY = 0;
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  let numVertices = 0;
  while (cursor.at < cursor.end) {
    const command = cursor.varint();
    const kind = command % 8;
    if (kind === CLOSE) {
      // As many as it says would be the same point again.
      if (line.length > 0) {
        budget.points -= 1;
        line.push(point(firstX * scale, firstY * scale));
      }
      continue;
    }
    if (kind !== MOVE && kind !== LINE) throw new Malformed('an unknown command');
    for (let left = Math.floor(command / 8); left > 0; left--) {
      x += cursor.signed();
      y += cursor.signed();
      if (x > far || x < -far || y > far || y < -far) throw new Malformed('a point far outside of its tile');
      budget.points -= 1;
      if (budget.points < 0) throw new Malformed('too many points');
      if (kind === MOVE) {
        if (line.length > 0) geom.push(line);
        line = [];
        firstX = x;
        firstY = y;
      }
      numVertices += 1;
      line.push(point(x * scale, y * scale));
      if (x < minX) minX = x;
      if (x > maxX) maxX = x;
      if (y < minY) minY = y;
      if (y > maxY) maxY = y;
    }
  }
  if (line.length > 0) geom.push(line);
  if (geom.length === 0) throw new Malformed(`a shape of type ${type} without a point`);
  const bbox = { minX: minX * scale, minY: minY * scale, maxX: maxX * scale, maxY: maxY * scale };
  return { geom, numVertices, bbox };
}
