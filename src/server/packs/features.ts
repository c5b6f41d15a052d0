import type { Bounds } from '#domain/bounds.ts';
import { isInside } from '#domain/bounds.ts';
import { NodeStore } from './node-store.ts';
import type { OsmMember, Tags } from './osm-pbf.ts';
import { ExtractRefused, readOsm } from './osm-pbf.ts';
import type { Line, Point, Polygon, Ring } from './rings.ts';
import { area, boxRing, closings, contains, join, middle, polygonsOf } from './rings.ts';
import type { Drawn } from './schema.ts';
import { borderOf, buildingOf, groundOf, placeOf, poiOf, roadOf, streamOf, waterOf } from './schema.ts';

/** Something to draw, with its shape. */
export interface Feature extends Drawn {
  readonly geometry:
    | { readonly type: 'Point'; readonly coordinates: Point }
    | { readonly type: 'LineString'; readonly coordinates: Line }
    | { readonly type: 'Polygon'; readonly coordinates: Polygon };
}

export interface Area {
  readonly bounds: Bounds;
  /** Milliseconds. */
  readonly timestamp?: number;
  readonly features: readonly Feature[];
}

/** What an area relation is made of. */
interface AreaRelation {
  readonly tags: Tags;
  readonly members: readonly OsmMember[];
}

/** Points of roads and houses that are looked at when it has to be guessed on which side of a shore the water lies. */
const EVIDENCE = 4000;

/**
 * Reads what is drawn of an extract. Two passes: the relations say which ways their areas need, so that nothing else is kept.
 * @param box only what lies in it; without it what the extract says that it covers, or all that it has
 * @throws ExtractRefused
 */
export async function readArea(file: string, box?: Bounds): Promise<Area> {
  const relations: AreaRelation[] = [];
  const borders = new Map<number, Drawn>();
  const needed = new Set<number>();
  const header = await readOsm(file, {
    relation: (_, members, tags) => {
      if (tags['type'] === 'multipolygon' && areasOf(tags).length > 0) {
        relations.push({ tags, members });
        for (const member of members) if (member.type === 'way') needed.add(member.ref);
      }
      const border = tags['type'] === 'boundary' ? borderOf(tags) : undefined;
      for (const { type, ref } of border ? members : []) {
        const known = borders.get(ref);
        if (type === 'way' && border && (!known || border.minZoom < known.minZoom)) borders.set(ref, border);
      }
    },
  });
  const wanted = box ?? header.bounds;
  const reader = new AreaReader(wanted, needed, borders);
  await readOsm(file, { node: reader.node, way: reader.way });
  const bounds = wanted ?? reader.nodes.bounds;
  if (!bounds || reader.nodes.size === 0) throw new ExtractRefused('nothing of the extract lies in the area');
  reader.addRelations(relations);
  reader.addCuts(bounds);
  reader.addCoast(bounds);
  reader.addEarth(bounds);
  return {
    bounds,
    ...(header.timestamp === undefined ? {} : { timestamp: header.timestamp }),
    features: mergedRoads(reader.features),
  };
}

/** Pieces of one street as one line, so that its name has room to stand along it. */
function mergedRoads(features: readonly Feature[]): Feature[] {
  const merged: Feature[] = [];
  const streets = new Map<string, { of: Feature; lines: Line[] }>();
  for (const feature of features) {
    if (feature.layer !== 'roads' || feature.geometry.type !== 'LineString') {
      merged.push(feature);
      continue;
    }
    const key = JSON.stringify([feature.minZoom, feature.tags]);
    const street = streets.get(key);
    if (street) street.lines.push(feature.geometry.coordinates);
    else streets.set(key, { of: feature, lines: [feature.geometry.coordinates] });
  }
  for (const { of, lines } of streets.values()) {
    const { rings, chains } = join(lines);
    for (const line of [...rings, ...chains]) {
      merged.push({ ...of, geometry: { type: 'LineString', coordinates: line } });
    }
  }
  return merged;
}

/** What a closed way or an area relation is drawn as: one of each layer at most. */
function areasOf(tags: Tags): Drawn[] {
  const building = buildingOf(tags);
  const water = building ? undefined : waterOf(tags);
  const ground = water ? undefined : groundOf(tags);
  return [building, water, ground].filter((drawn) => drawn !== undefined);
}

class AreaReader {
  readonly nodes = new NodeStore();
  readonly features: Feature[] = [];
  readonly #box: Bounds | undefined;
  readonly #needed: ReadonlySet<number>;
  readonly #borders: ReadonlyMap<number, Drawn>;
  readonly #ways = new Map<number, readonly Line[]>();
  readonly #coast: Line[] = [];
  readonly #cuts: { areas: readonly Drawn[]; chains: readonly Line[]; holes: readonly Ring[] }[] = [];
  /** Points of roads and houses. */
  readonly #dry: Point[] = [];

  constructor(box: Bounds | undefined, needed: ReadonlySet<number>, borders: ReadonlyMap<number, Drawn>) {
    this.#box = box;
    this.#needed = needed;
    this.#borders = borders;
  }

  node = (id: number, lat: number, lon: number, tags: Tags): void => {
    // What crosses the edge of the area is followed a little beyond it.
    if (this.#box && !isInside(widened(this.#box), { lat, lon })) return;
    this.nodes.add(id, lat, lon);
    for (const drawn of [placeOf(tags), poiOf(tags)]) {
      if (drawn) this.features.push({ ...drawn, geometry: { type: 'Point', coordinates: [lon, lat] } });
    }
  };

  way = (id: number, refs: readonly number[], tags: Tags): void => {
    const lines = this.#linesOf(refs);
    if (lines.length === 0) return;
    if (this.#needed.has(id)) this.#ways.set(id, lines);
    if (tags['natural'] === 'coastline') this.#coast.push(...lines);
    const whole = lines.length === 1 && lines[0]!.length === refs.length;
    const closed = refs.length > 3 && refs[0] === refs.at(-1);
    const border = this.#borders.get(id);
    for (const drawn of [roadOf(tags), streamOf(tags), border]) {
      if (!drawn || (closed && drawn.layer === 'roads' && isArea(tags))) continue;
      for (const line of lines) this.#addLine(drawn, line);
    }
    const areas = areasOf(tags).filter((drawn) => closed || drawn.layer !== 'landuse' || tags['area'] === 'yes');
    if (whole && closed) {
      const ring = lines[0]!;
      for (const drawn of areas) {
        if (drawn.tags['kind'] === 'pedestrian' && !isArea(tags)) continue;
        this.#addPolygon(drawn, [ring]);
      }
      this.#addMiddle(tags, ring);
    } else {
      const water = areas.filter((drawn) => drawn.layer === 'water');
      if (water.length > 0) this.#cuts.push({ areas: water, chains: lines, holes: [] });
    }
  };

  addRelations(relations: readonly AreaRelation[]): void {
    for (const { tags, members } of relations) {
      const linesOf = (inner: boolean): Line[] =>
        members
          .filter((member) => member.type === 'way' && (member.role === 'inner') === inner)
          .flatMap((member) => this.#ways.get(member.ref) ?? []);
      const outer = join(linesOf(false));
      const inner = join(linesOf(true)).rings;
      const areas = areasOf(tags);
      for (const polygon of polygonsOf(outer.rings, inner)) {
        for (const drawn of areas) this.#addPolygon(drawn, polygon);
        this.#addMiddle(tags, polygon[0]!);
      }
      const water = areas.filter((drawn) => drawn.layer === 'water');
      if (outer.chains.length > 0 && water.length > 0)
        this.#cuts.push({ areas: water, chains: outer.chains, holes: inner });
    }
  }

  /** Water that goes on beyond the area. On which side of its shores it lies is not said: where fewer roads and houses are. */
  addCuts(bounds: Bounds): void {
    const step = Math.max(1, Math.floor(this.#dry.length / EVIDENCE));
    const dry = this.#dry.filter((_, i) => i % step === 0);
    const within = (rings: readonly Ring[]): number =>
      dry.filter((point) => rings.some((ring) => contains(ring, point))).length;
    for (const { areas, chains, holes } of this.#cuts) {
      const both = closings(chains, bounds);
      if (!both) continue;
      const rings = within(both[0]) <= within(both[1]) ? both[0] : both[1];
      for (const drawn of areas) for (const polygon of polygonsOf(rings, holes)) this.#addPolygon(drawn, polygon);
    }
  }

  /** The sea: on the right of every coastline. */
  addCoast(bounds: Bounds): void {
    const { rings, chains } = join(this.#coast);
    if (this.#coast.length === 0) return;
    const ocean: Drawn = { layer: 'water', minZoom: 0, tags: { kind: 'ocean' } };
    const islands = rings.filter((ring) => area(ring) > 0);
    const first = chains[0];
    const both = closings(chains, bounds);
    const sea =
      both && first
        ? both.find((shores) => shores.some((ring) => contains(ring, rightOf(first))))
        : islands.length > 0
          ? [boxRing(bounds)]
          : [];
    for (const polygon of polygonsOf([...(sea ?? []), ...rings.filter((ring) => area(ring) < 0)], islands)) {
      this.#addPolygon(ocean, polygon);
    }
  }

  addEarth(bounds: Bounds): void {
    this.#addPolygon({ layer: 'earth', minZoom: 0, tags: { kind: 'earth' } }, [boxRing(bounds)]);
  }

  /** Consecutive points that are there: a way that leaves the area comes in pieces. */
  #linesOf(refs: readonly number[]): Line[] {
    const lines: Point[][] = [[]];
    for (const ref of refs) {
      const point = this.nodes.get(ref);
      if (point) lines.at(-1)!.push(point);
      else if (lines.at(-1)!.length > 0) lines.push([]);
    }
    return lines.filter((line) => line.length > 1);
  }

  #addLine(drawn: Drawn, line: Line): void {
    if (drawn.layer === 'roads') this.#note(line[0]!);
    this.features.push({ ...drawn, geometry: { type: 'LineString', coordinates: line } });
  }

  #addPolygon(drawn: Drawn, polygon: Polygon): void {
    if (drawn.layer === 'buildings') this.#note(polygon[0]![0]!);
    this.features.push({ ...drawn, geometry: { type: 'Polygon', coordinates: polygon } });
  }

  #note(point: Point): void {
    if (this.#dry.length < EVIDENCE * 8) this.#dry.push(point);
  }

  /** An area that has a name of its own is a point too. */
  #addMiddle(tags: Tags, ring: Ring): void {
    for (const drawn of [placeOf(tags), poiOf(tags)]) {
      if (drawn) this.features.push({ ...drawn, geometry: { type: 'Point', coordinates: middle(ring) } });
    }
    const water = tags['name'] ? waterOf(tags) : undefined;
    if (!water || water.tags['kind'] === 'swimming_pool') return;
    const { kind } = water.tags;
    const label = { kind: kind ?? 'water', name: tags['name']! };
    this.features.push({
      layer: 'water',
      minZoom: 12,
      tags: label,
      geometry: { type: 'Point', coordinates: middle(ring) },
    });
  }
}

/** A closed way is a line that comes back, unless it says that it is a surface. */
function isArea(tags: Tags): boolean {
  return tags['area'] === 'yes' || tags['place'] === 'square' || tags['highway'] === undefined;
}

function widened([south, west, north, east]: Bounds): Bounds {
  const [height, width] = [(north - south) / 20, (east - west) / 20];
  return [south - height, west - width, north + height, east + width];
}

/** A point just to the right of a line's longest step. */
function rightOf(line: Line): Point {
  let longest = 0;
  let point = line[0]!;
  for (let i = 0; i + 1 < line.length; i++) {
    const [[x0, y0], [x1, y1]] = [line[i]!, line[i + 1]!];
    const length = Math.hypot(x1 - x0, y1 - y0);
    if (length <= longest) continue;
    longest = length;
    point = [(x0 + x1) / 2 + (y1 - y0) / 1000, (y0 + y1) / 2 - (x1 - x0) / 1000];
  }
  return point;
}
