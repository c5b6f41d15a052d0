import type { Feature, LabelRule, PaintRule } from 'protomaps-leaflet';
import {
  CenteredTextSymbolizer,
  CircleSymbolizer,
  exp,
  GeomType,
  GroupSymbolizer,
  LineLabelPlacement,
  LineLabelSymbolizer,
  LineSymbolizer,
  OffsetTextSymbolizer,
  PolygonSymbolizer,
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

const kindOf = (feature: Feature): unknown => feature.props['kind'];
const oneOf =
  (...kinds: string[]) =>
  (_: number, feature: Feature): boolean =>
    kinds.includes(String(kindOf(feature)));

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
} as const;

const isService = (feature: Feature): boolean => feature.props['kind_detail'] === 'service';
const isTunnel = (feature: Feature): boolean => feature.props['is_tunnel'] === true;

/** Ground first, then water, houses, ways with an edge of their own, and borders. */
export function paintRulesOf(colours: Colours): PaintRule[] {
  const fill = (dataLayer: string, colour: keyof Colours, ...kinds: string[]): PaintRule => ({
    dataLayer,
    symbolizer: new PolygonSymbolizer({ fill: colours[colour] }),
    filter: (zoom, feature) =>
      feature.geomType === GeomType.Polygon && (kinds.length === 0 || oneOf(...kinds)(zoom, feature)),
  });
  const line = (
    width: (zoom: number) => number,
    colour: keyof Colours,
    edge: keyof Colours | undefined,
    filter: (feature: Feature) => boolean,
    minzoom: number,
  ): PaintRule[] => [
    ...(edge
      ? [
          {
            dataLayer: 'roads',
            minzoom: Math.max(minzoom, 13),
            symbolizer: new LineSymbolizer({
              color: colours[edge],
              width: (zoom: number) => width(zoom) + 1.5,
              lineCap: 'round',
              lineJoin: 'round',
            }),
            filter: (_: number, feature: Feature) => filter(feature) && !isTunnel(feature),
          },
        ]
      : []),
    {
      dataLayer: 'roads',
      minzoom,
      symbolizer: new LineSymbolizer({
        color: colours[colour],
        width,
        opacity: (_: number, feature?: Feature) => (feature && isTunnel(feature) ? 0.45 : 1),
        perFeature: true,
        lineCap: 'round',
        lineJoin: 'round',
      }),
      filter: (_: number, feature: Feature) => filter(feature),
    },
  ];
  const is =
    (kind: string) =>
    (feature: Feature): boolean =>
      kindOf(feature) === kind;
  const roads = [
    line(WIDTHS.service, 'road', 'road-edge', (feature) => is('minor_road')(feature) && isService(feature), 14),
    line(WIDTHS.minor, 'road', 'road-edge', (feature) => is('minor_road')(feature) && !isService(feature), 12),
    line(WIDTHS.major, 'major', 'major-edge', is('major_road'), 7),
    line(WIDTHS.highway, 'major', 'major-edge', is('highway'), 5),
  ];
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
      dataLayer: 'water',
      minzoom: 10,
      symbolizer: new LineSymbolizer({
        color: colours.water,
        width: exp(1.6, [
          [10, 0.8],
          [14, 1.6],
          [18, 9],
        ]),
        lineCap: 'round',
      }),
      filter: (_, feature) => feature.geomType === GeomType.Line && !isTunnel(feature),
    },
    {
      dataLayer: 'buildings',
      minzoom: 14,
      symbolizer: new PolygonSymbolizer({ fill: colours.building, stroke: colours['building-edge'], width: 0.6 }),
      filter: (_, feature) => feature.geomType === GeomType.Polygon,
    },
    {
      dataLayer: 'roads',
      minzoom: 15,
      symbolizer: new LineSymbolizer({ color: colours.path, width: WIDTHS.path, dash: [4, 2.5] }),
      filter: (_, feature) =>
        is('path')(feature) && feature.props['kind_detail'] !== 'pedestrian' && !isTunnel(feature),
    },
    ...line(
      WIDTHS.service,
      'paved',
      'road-edge',
      (feature) => is('path')(feature) && feature.props['kind_detail'] === 'pedestrian',
      13,
    ),
    // All edges first: where two streets meet, neither runs through the other.
    ...roads.flatMap(([edge]) => (edge ? [edge] : [])),
    ...roads.flatMap(([, road]) => (road ? [road] : [])),
    {
      dataLayer: 'roads',
      minzoom: 10,
      symbolizer: new LineSymbolizer({
        color: colours.rail,
        width: exp(1.6, [
          [10, 0.5],
          [14, 0.8],
          [18, 2.2],
        ]),
      }),
      filter: (zoom, feature) => is('rail')(feature) && !isTunnel(feature) && (zoom >= 16 || !feature.props['service']),
    },
    {
      dataLayer: 'roads',
      minzoom: 16,
      symbolizer: new LineSymbolizer({ color: colours.rail, width: 3, dash: [1, 8] }),
      filter: (_, feature) => is('rail')(feature) && !isTunnel(feature) && !feature.props['service'],
    },
    {
      dataLayer: 'roads',
      minzoom: 11,
      symbolizer: new LineSymbolizer({ color: colours['label-water'], width: 1, dash: [3, 4] }),
      filter: (_, feature) => is('ferry')(feature),
    },
    {
      dataLayer: 'boundaries',
      symbolizer: new LineSymbolizer({ color: colours.border, width: 1.2, dash: [5, 3] }),
      filter: (_, feature) => Number(feature.props['kind_detail']) <= 8,
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
  const poi = (minzoom: number, ...kinds: string[]): LabelRule => ({
    dataLayer: 'pois',
    minzoom,
    symbolizer: new GroupSymbolizer([
      new CircleSymbolizer({ radius: 2.5, fill: colours['label-quiet'], stroke: colours.halo, width: 1 }),
      new OffsetTextSymbolizer({ ...text(12, 500, 'label-quiet'), offsetX: 6, offsetY: 4, maxLineChars: 18 }),
    ]),
    filter: (zoom, feature) => soon(zoom, feature) && oneOf(...kinds)(zoom, feature),
  });
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
      filter: (_, feature) => oneOf('highway', 'major_road')(0, feature) && !isTunnel(feature),
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
      filter: (zoom, feature) => soon(zoom, feature) && oneOf('neighbourhood', 'macrohood')(zoom, feature),
    },
    {
      dataLayer: 'roads',
      minzoom: 15,
      symbolizer: along(11.5, 500, 'label'),
      filter: (_, feature) => oneOf('minor_road')(0, feature),
    },
    poi(14, 'station', 'halt', 'hospital', 'townhall', 'university', 'museum', 'castle', 'bus_station'),
    poi(15, 'park', 'library', 'theatre', 'cinema', 'college', 'school', 'place_of_worship', 'marketplace', 'garden'),
    poi(15, 'tram_stop', 'subway_entrance', 'attraction', 'courthouse', 'post_office', 'police', 'stadium'),
    {
      dataLayer: 'roads',
      minzoom: 16,
      symbolizer: along(11, 500, 'label-quiet'),
      filter: (_, feature) => oneOf('path')(0, feature),
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
