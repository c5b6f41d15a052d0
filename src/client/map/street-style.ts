import type { Feature, LabelRule } from 'protomaps-leaflet';
import {
  CenteredTextSymbolizer,
  CircleSymbolizer,
  exp,
  GeomType,
  GroupSymbolizer,
  LineLabelPlacement,
  LineLabelSymbolizer,
  OffsetTextSymbolizer,
} from 'protomaps-leaflet';
import type { Language } from '#domain/text.ts';

/** The colours of a street-level map, by the names of their tokens (`--map-…`). */
export const COLOURS = [
  'earth',
  'park',
  'wood',
  'paved',
  'quiet',
  'water',
  'building',
  'building-edge',
  'road',
  'road-edge',
  'major',
  'major-edge',
  'path',
  'rail',
  'border',
  'label',
  'label-quiet',
  'label-water',
  'halo',
] as const;
export type Colours = Readonly<Record<(typeof COLOURS)[number], string>>;

const FAMILY = "'Atkinson Hyperlegible Next Variable', 'Atkinson Fallback', sans-serif";

type Test = (feature: Feature) => boolean;

const kindOf = (feature: Feature): unknown => feature.props['kind'];
const oneOf = (...kinds: string[]): Test => {
  const wanted = new Set<unknown>(kinds);
  return (feature) => wanted.has(kindOf(feature));
};
const isArea: Test = (feature) => feature.geomType === GeomType.Polygon;
const isTunnel: Test = (feature) => feature.props['is_tunnel'] === true;

/** Widths by zoom, in CSS pixels. */
const WIDTHS = {
  path: exp(1.6, [
    [13, 0.6],
    [16, 1.4],
    [19, 4],
  ]),
  minor: exp(1.6, [
    [12, 0.5],
    [14, 2],
    [16, 5.5],
    [19, 22],
  ]),
  service: exp(1.6, [
    [13, 0.4],
    [16, 3],
    [19, 12],
  ]),
  major: exp(1.6, [
    [8, 0.8],
    [12, 2],
    [14, 4],
    [16, 8.5],
    [19, 30],
  ]),
  highway: exp(1.6, [
    [6, 1],
    [12, 3],
    [14, 5],
    [16, 10],
    [19, 34],
  ]),
  stream: exp(1.6, [
    [10, 0.8],
    [14, 1.6],
    [18, 9],
  ]),
  rail: exp(1.6, [
    [10, 0.5],
    [14, 0.8],
    [18, 2.2],
  ]),
} as const;

/** How one kind of thing is drawn: the pen is the same for all that the rule takes. */
export interface PaintRule {
  /** Of the data. */
  readonly layer: string;
  /** The first zoom at which it is drawn. */
  readonly from: number;
  readonly takes: (feature: Feature, zoom: number) => boolean;
  readonly fill?: string;
  readonly stroke?: {
    readonly colour: string;
    /** By zoom, CSS pixels. */
    readonly width: (zoom: number) => number;
    readonly dash?: readonly number[];
    readonly round?: boolean;
    readonly opacity?: number;
  };
}

/** Ground first, then water, houses, ways with an edge of their own, and borders. */
export function paintRulesOf(colours: Colours): PaintRule[] {
  const fill = (layer: string, colour: keyof Colours, ...kinds: string[]): PaintRule => {
    const wanted = kinds.length === 0 ? () => true : oneOf(...kinds);
    return { layer, from: 0, takes: (feature) => isArea(feature) && wanted(feature), fill: colours[colour] };
  };
  const edge = (width: (zoom: number) => number, colour: keyof Colours, takes: Test, from: number): PaintRule => ({
    layer: 'roads',
    from: Math.max(from, 13),
    takes: (feature) => takes(feature) && !isTunnel(feature),
    stroke: { colour: colours[colour], width: (zoom) => width(zoom) + 1.5, round: true },
  });
  const way = (width: (zoom: number) => number, colour: keyof Colours, takes: Test, from: number): PaintRule[] =>
    [true, false].map((tunnel) => ({
      layer: 'roads',
      from,
      takes: (feature) => takes(feature) && isTunnel(feature) === tunnel,
      stroke: { colour: colours[colour], width, round: true, ...(tunnel ? { opacity: 0.45 } : {}) },
    }));
  const isSquare: Test = (feature) => kindOf(feature) === 'path' && feature.props['kind_detail'] === 'pedestrian';
  const is =
    (kind: string): Test =>
    (feature) =>
      kindOf(feature) === kind;
  const isService: Test = (feature) => is('minor_road')(feature) && feature.props['kind_detail'] === 'service';
  const isStreet: Test = (feature) => is('minor_road')(feature) && feature.props['kind_detail'] !== 'service';
  return [
    fill('earth', 'earth'),
    fill('landuse', 'quiet', 'hospital', 'school', 'university', 'college', 'kindergarten', 'industrial', 'railway'),
    fill('landuse', 'quiet', 'other', 'military', 'aerodrome', 'stadium', 'residential', 'commercial'),
    fill('landuse', 'park', 'park', 'garden', 'grass', 'grassland', 'meadow', 'cemetery', 'golf_course', 'playground'),
    fill('landuse', 'park', 'pitch', 'recreation_ground', 'village_green', 'allotments', 'dog_park', 'zoo', 'farmland'),
    fill('landuse', 'wood', 'wood', 'forest', 'scrub', 'nature_reserve', 'national_park', 'wetland', 'protected_area'),
    fill('landuse', 'paved', 'pedestrian', 'platform', 'footway', 'pier', 'beach', 'sand'),
    fill('water', 'water'),
    {
      layer: 'water',
      from: 10,
      takes: (feature) => feature.geomType === GeomType.Line && !isTunnel(feature),
      stroke: { colour: colours.water, width: WIDTHS.stream, round: true },
    },
    {
      layer: 'buildings',
      from: 14,
      takes: isArea,
      fill: colours.building,
      stroke: { colour: colours['building-edge'], width: () => 0.6 },
    },
    {
      layer: 'roads',
      from: 15,
      takes: (feature) => is('path')(feature) && !isSquare(feature) && !isTunnel(feature),
      stroke: { colour: colours.path, width: WIDTHS.path, dash: [4, 2.5] },
    },
    edge(WIDTHS.service, 'road-edge', isSquare, 13),
    ...way(WIDTHS.service, 'paved', isSquare, 13),
    // All edges first: where two streets meet, neither runs through the other.
    edge(WIDTHS.service, 'road-edge', isService, 14),
    edge(WIDTHS.minor, 'road-edge', isStreet, 12),
    edge(WIDTHS.major, 'major-edge', is('major_road'), 7),
    edge(WIDTHS.highway, 'major-edge', is('highway'), 5),
    ...way(WIDTHS.service, 'road', isService, 14),
    ...way(WIDTHS.minor, 'road', isStreet, 12),
    ...way(WIDTHS.major, 'major', is('major_road'), 7),
    ...way(WIDTHS.highway, 'major', is('highway'), 5),
    {
      layer: 'roads',
      from: 10,
      takes: (feature, zoom) => is('rail')(feature) && !isTunnel(feature) && (zoom >= 16 || !feature.props['service']),
      stroke: { colour: colours.rail, width: WIDTHS.rail },
    },
    {
      layer: 'roads',
      from: 16,
      takes: (feature) => is('rail')(feature) && !isTunnel(feature) && !feature.props['service'],
      stroke: { colour: colours.rail, width: () => 3, dash: [1, 8] },
    },
    {
      layer: 'roads',
      from: 11,
      takes: is('ferry'),
      stroke: { colour: colours['label-water'], width: () => 1, dash: [3, 4] },
    },
    {
      layer: 'boundaries',
      from: 0,
      takes: (feature) => Number(feature.props['kind_detail']) <= 8,
      stroke: { colour: colours.border, width: () => 1.2, dash: [5, 3] },
    },
  ];
}

/** Names in the reader's language where the map has them; the first rules take the room. */
export function labelRulesOf(colours: Colours, language: Language): LabelRule[] {
  const labelProps = [`name:${language}`, 'name'];
  const text = (size: number, weight: number, colour: keyof Colours) => ({
    labelProps,
    fontFamily: FAMILY,
    fontSize: size,
    fontWeight: weight,
    fill: colours[colour],
    stroke: colours.halo,
    width: 1.5,
    lineHeight: 1.35,
  });
  const along = (size: number, weight: number, colour: keyof Colours) =>
    new LineLabelSymbolizer({ ...text(size, weight, colour), width: 3, position: LineLabelPlacement.Center });
  const soon = (zoom: number, feature: Feature): boolean => zoom >= Number(feature.props['min_zoom'] ?? 0);
  const poi = (minzoom: number, ...kinds: string[]): LabelRule => {
    const wanted = oneOf(...kinds);
    return {
      dataLayer: 'pois',
      minzoom,
      symbolizer: new GroupSymbolizer([
        new CircleSymbolizer({ radius: 2.5, fill: colours['label-quiet'], stroke: colours.halo, width: 1 }),
        new OffsetTextSymbolizer({ ...text(12, 500, 'label-quiet'), offsetX: 6, offsetY: 4, maxLineChars: 18 }),
      ]),
      filter: (zoom, feature) => soon(zoom, feature) && wanted(feature),
    };
  };
  const isMain = oneOf('highway', 'major_road');
  const isMinor = oneOf('minor_road');
  const isPath = oneOf('path');
  const isQuarter = oneOf('neighbourhood', 'macrohood');
  return [
    {
      dataLayer: 'places',
      symbolizer: new CenteredTextSymbolizer({ ...text(15, 700, 'label'), maxLineChars: 16 }),
      filter: (zoom, feature) => zoom <= 15 && soon(zoom, feature) && kindOf(feature) === 'locality',
      sort: (a, b) => Number(b['population_rank'] ?? 0) - Number(a['population_rank'] ?? 0),
    },
    {
      dataLayer: 'roads',
      minzoom: 13,
      symbolizer: along(12, 600, 'label'),
      filter: (_, feature) => isMain(feature) && !isTunnel(feature),
    },
    {
      dataLayer: 'water',
      minzoom: 13,
      symbolizer: new CenteredTextSymbolizer({ ...text(12, 500, 'label-water'), maxLineChars: 14 }),
      filter: (_, feature) => feature.geomType === GeomType.Point,
    },
    {
      dataLayer: 'water',
      minzoom: 13,
      symbolizer: along(12, 500, 'label-water'),
      filter: (_, feature) => feature.geomType === GeomType.Line,
    },
    {
      dataLayer: 'places',
      minzoom: 13,
      symbolizer: new CenteredTextSymbolizer({ ...text(12, 600, 'label-quiet'), maxLineChars: 16 }),
      filter: (zoom, feature) => soon(zoom, feature) && isQuarter(feature),
    },
    {
      dataLayer: 'roads',
      minzoom: 15,
      symbolizer: along(11.5, 500, 'label'),
      filter: (_, feature) => isMinor(feature),
    },
    poi(14, 'station', 'halt', 'hospital', 'townhall', 'university', 'museum', 'castle', 'bus_station'),
    poi(15, 'park', 'library', 'theatre', 'cinema', 'college', 'school', 'place_of_worship', 'marketplace', 'garden'),
    poi(15, 'tram_stop', 'subway_entrance', 'attraction', 'courthouse', 'post_office', 'police', 'stadium'),
    {
      dataLayer: 'roads',
      minzoom: 16,
      symbolizer: along(11, 500, 'label-quiet'),
      filter: (_, feature) => isPath(feature),
    },
    poi(
      16,
      'arts_centre',
      'community_centre',
      'conference_centre',
      'gallery',
      'viewpoint',
      'sports_centre',
      'cemetery',
    ),
    poi(17, 'bus_stop', 'pharmacy', 'cafe', 'restaurant', 'bakery', 'supermarket', 'hotel', 'memorial', 'monument'),
  ];
}
