import type { Tags } from './osm-pbf.ts';

/**
 * What of OpenStreetMap is drawn, in the layers and words of the Protomaps basemap, version 4
 * (https://docs.protomaps.com/basemaps/layers): the part of it that a map for people on foot needs.
 */
export type LayerName = 'earth' | 'landuse' | 'water' | 'roads' | 'buildings' | 'boundaries' | 'places' | 'pois';

export type Value = string | number | boolean;

/** One drawing of a thing: in which layer, from which zoom of the data, with which words. */
export interface Drawn {
  readonly layer: LayerName;
  readonly minZoom: number;
  readonly tags: Readonly<Record<string, Value>>;
}

/** A highway's kind, and the zoom from which it is there. */
const ROADS: Readonly<Record<string, readonly [kind: string, minZoom: number]>> = {
  motorway: ['highway', 5],
  motorway_link: ['highway', 9],
  trunk: ['major_road', 6],
  trunk_link: ['major_road', 9],
  primary: ['major_road', 7],
  primary_link: ['major_road', 11],
  secondary: ['major_road', 9],
  secondary_link: ['major_road', 12],
  tertiary: ['major_road', 10],
  tertiary_link: ['major_road', 13],
  residential: ['minor_road', 12],
  unclassified: ['minor_road', 12],
  living_street: ['minor_road', 12],
  road: ['minor_road', 12],
  service: ['minor_road', 13],
  busway: ['minor_road', 13],
  raceway: ['minor_road', 13],
  pedestrian: ['path', 12],
  track: ['path', 12],
  path: ['path', 13],
  cycleway: ['path', 13],
  bridleway: ['path', 13],
  footway: ['path', 13],
  steps: ['path', 13],
  corridor: ['path', 14],
};

const RAILS = new Set(['rail', 'tram', 'light_rail', 'subway', 'funicular', 'narrow_gauge', 'monorail']);

/** A line that people or vehicles follow. */
export function roadOf(tags: Tags): Drawn | undefined {
  const { highway, railway } = tags;
  if (highway !== undefined) {
    const [kind, minZoom] = (Object.hasOwn(ROADS, highway) && ROADS[highway]) || [];
    if (kind === undefined || minZoom === undefined || tags['area'] === 'yes') return undefined;
    // Beside and across a street that is there itself: drawn as well, they hide it.
    if (tags['footway'] === 'sidewalk' || tags['footway'] === 'crossing') return undefined;
    const detail = highway.replace(/_link$/, '');
    return {
      layer: 'roads',
      minZoom,
      tags: {
        kind,
        kind_detail: detail,
        ...(detail === highway ? {} : { is_link: true }),
        ...(tags['service'] ? { service: tags['service'] } : {}),
        ...(tags['ref'] && kind !== 'path' ? { ref: tags['ref'] } : {}),
        ...level(tags),
        ...names(tags),
      },
    };
  }
  if (railway !== undefined && RAILS.has(railway)) {
    const { service } = tags;
    const minZoom = service ? 14 : railway === 'rail' ? 8 : 13;
    return {
      layer: 'roads',
      minZoom,
      tags: { kind: 'rail', kind_detail: railway, ...(service ? { service } : {}), ...level(tags) },
    };
  }
  if (tags['route'] === 'ferry') {
    return { layer: 'roads', minZoom: 11, tags: { kind: 'ferry', ...names(tags) } };
  }
  if (tags['man_made'] === 'pier') return { layer: 'roads', minZoom: 13, tags: { kind: 'path', kind_detail: 'pier' } };
  return undefined;
}

/** Running water as a line, with the name that stands along it. */
export function streamOf(tags: Tags): Drawn | undefined {
  const { waterway } = tags;
  if (waterway !== 'river' && waterway !== 'stream' && waterway !== 'canal') return undefined;
  return {
    layer: 'water',
    minZoom: waterway === 'stream' ? 13 : 9,
    tags: { kind: waterway, ...level(tags), ...names(tags) },
  };
}

function level(tags: Tags): Record<string, Value> {
  const is = (key: string): boolean => tags[key] !== undefined && tags[key] !== 'no';
  return { ...(is('bridge') ? { is_bridge: true } : {}), ...(is('tunnel') ? { is_tunnel: true } : {}) };
}

export function waterOf(tags: Tags): Drawn | undefined {
  const { natural, waterway, water, landuse, leisure } = tags;
  const make = (kind: string, minZoom: number): Drawn => ({ layer: 'water', minZoom, tags: { kind } });
  if (tags['amenity'] === 'fountain') return make('swimming_pool', 15);
  if (natural === 'water') {
    if (water === 'lake' || water === 'reservoir' || water === 'pond') return make('lake', water === 'pond' ? 13 : 8);
    return make(water === 'river' ? 'river' : 'water', 8);
  }
  if (natural === 'bay' || natural === 'strait') return undefined;
  if (waterway === 'riverbank' || waterway === 'dock' || waterway === 'canal') return make('water', 8);
  if (landuse === 'basin' || landuse === 'reservoir') return make('basin', 11);
  if (leisure === 'swimming_pool') return make('swimming_pool', 15);
  return undefined;
}

/** Kinds of ground by key and value. A kind that is the value itself is left out. */
const GROUND: readonly (readonly [key: string, values: Readonly<Record<string, string | true>>, minZoom: number])[] = [
  ['aeroway', { aerodrome: true, runway: true, taxiway: true }, 11],
  ['amenity', { university: true, college: true, hospital: true, school: true, kindergarten: true }, 13],
  [
    'leisure',
    {
      park: true,
      garden: true,
      golf_course: true,
      nature_reserve: true,
      playground: true,
      pitch: true,
      dog_park: true,
      stadium: true,
      marina: true,
    },
    12,
  ],
  [
    'landuse',
    {
      cemetery: true,
      forest: true,
      grass: true,
      meadow: 'grass',
      village_green: 'grass',
      recreation_ground: true,
      orchard: 'farmland',
      vineyard: 'farmland',
      farmland: true,
      farmyard: 'farmland',
      allotments: 'grass',
      industrial: true,
      brownfield: 'industrial',
      railway: true,
      military: true,
    },
    11,
  ],
  [
    'natural',
    {
      wood: true,
      scrub: true,
      heath: 'scrub',
      grassland: 'grass',
      beach: true,
      sand: true,
      wetland: true,
      bare_rock: true,
      glacier: true,
    },
    11,
  ],
  ['tourism', { zoo: true }, 13],
  ['man_made', { pier: true, bridge: 'pedestrian' }, 13],
  ['railway', { platform: true }, 14],
  ['amenity', { parking: 'other' }, 14],
];

export function groundOf(tags: Tags): Drawn | undefined {
  for (const [key, values, minZoom] of GROUND) {
    const value = tags[key];
    if (value === undefined || !Object.hasOwn(values, value)) continue;
    const kind = values[value];
    const small = value === 'garden' || value === 'playground' || value === 'pitch' || value === 'grass';
    return {
      layer: 'landuse',
      minZoom: small ? 14 : minZoom,
      tags: { kind: kind === true || kind === undefined ? value : kind },
    };
  }
  const paved = tags['highway'] === 'pedestrian' || tags['highway'] === 'footway' || tags['place'] === 'square';
  if (paved && (tags['area'] !== 'no' || tags['place'] === 'square')) {
    return { layer: 'landuse', minZoom: 13, tags: { kind: 'pedestrian' } };
  }
  return undefined;
}

export function buildingOf(tags: Tags): Drawn | undefined {
  const { building } = tags;
  if (building === undefined || building === 'no') return undefined;
  return { layer: 'buildings', minZoom: 14, tags: { kind: 'building' } };
}

/** What a person on foot looks for or finds their way by, and the zoom from which it is named. */
const POIS: readonly (readonly [key: string, minZoom: number, values: readonly string[]])[] = [
  ['railway', 12, ['station', 'halt']],
  ['railway', 14, ['tram_stop', 'subway_entrance']],
  ['amenity', 13, ['hospital', 'university', 'townhall', 'bus_station']],
  ['tourism', 13, ['museum', 'zoo', 'theme_park']],
  ['historic', 13, ['castle', 'monument']],
  ['leisure', 13, ['stadium', 'park']],
  [
    'amenity',
    14,
    ['library', 'theatre', 'cinema', 'college', 'school', 'place_of_worship', 'courthouse', 'marketplace'],
  ],
  ['amenity', 14, ['arts_centre', 'community_centre', 'conference_centre', 'police', 'post_office', 'toilets']],
  ['tourism', 14, ['attraction', 'gallery', 'information', 'viewpoint']],
  ['leisure', 14, ['garden', 'sports_centre', 'playground', 'marina']],
  ['landuse', 14, ['cemetery']],
  ['highway', 15, ['bus_stop']],
  ['amenity', 15, ['pharmacy', 'cafe', 'restaurant', 'bar', 'drinking_water', 'parking', 'bicycle_rental', 'bank']],
  ['historic', 15, ['memorial', 'archaeological_site', 'citywalls', 'ruins']],
  ['tourism', 15, ['hotel', 'hostel', 'artwork']],
  ['shop', 15, ['supermarket', 'bakery', 'books', 'convenience']],
];

/** Those that say enough without a name. */
const NAMELESS = new Set(['toilets', 'drinking_water', 'parking', 'bus_stop', 'bicycle_rental', 'playground']);

export function poiOf(tags: Tags): Drawn | undefined {
  for (const [key, minZoom, values] of POIS) {
    const value = tags[key];
    if (value === undefined || !values.includes(value)) continue;
    if (!tags['name'] && !NAMELESS.has(value)) return undefined;
    if (value === 'parking' && (tags['access'] === 'private' || tags['access'] === 'customers')) return undefined;
    const wheelchair = tags['wheelchair'] === 'yes' ? { wheelchair: 'yes' } : {};
    return {
      layer: 'pois',
      minZoom: tags['name'] ? minZoom : Math.max(15, minZoom),
      tags: { kind: value, min_zoom: minZoom + 1, ...wheelchair, ...names(tags) },
    };
  }
  return undefined;
}

const PLACES: Readonly<Record<string, readonly [kind: string, minZoom: number, rank: number]>> = {
  city: ['locality', 7, 12],
  town: ['locality', 8, 9],
  village: ['locality', 10, 6],
  suburb: ['neighbourhood', 11, 0],
  quarter: ['macrohood', 11, 0],
  neighbourhood: ['neighbourhood', 13, 0],
  hamlet: ['locality', 11, 3],
  isolated_dwelling: ['locality', 13, 1],
  locality: ['locality', 13, 1],
  square: ['neighbourhood', 14, 0],
};

export function placeOf(tags: Tags): Drawn | undefined {
  const { place } = tags;
  const found = place !== undefined && Object.hasOwn(PLACES, place) ? PLACES[place] : undefined;
  if (!found || place === undefined || !tags['name']) return undefined;
  const [kind, minZoom, rank] = found;
  const population = /^\d{1,9}$/.test(tags['population'] ?? '') ? { population: Number(tags['population']) } : {};
  return {
    layer: 'places',
    minZoom,
    tags: {
      kind,
      kind_detail: place,
      min_zoom: minZoom + 1,
      ...(kind === 'locality' ? { population_rank: rank } : {}),
      ...population,
      ...names(tags),
    },
  };
}

/** A border between what is governed apart, by its level in OpenStreetMap. */
const LEVELS: Readonly<Record<string, readonly [kind: string, minZoom: number]>> = {
  2: ['country', 4],
  4: ['region', 6],
  6: ['county', 8],
  8: ['locality', 10],
};

export function borderOf(tags: Tags): Drawn | undefined {
  const level = tags['boundary'] === 'administrative' ? (tags['admin_level'] ?? '') : '';
  const found = Object.hasOwn(LEVELS, level) ? LEVELS[level] : undefined;
  if (!found) return undefined;
  return { layer: 'boundaries', minZoom: found[1], tags: { kind: found[0], kind_detail: Number(level) } };
}

/** The name, and what it is in the app's languages where that is another. */
function names(tags: Tags): Record<string, Value> {
  const { name } = tags;
  if (!name) return {};
  return {
    name,
    ...(tags['name:fr'] && tags['name:fr'] !== name ? { 'name:fr': tags['name:fr'] } : {}),
    ...(tags['name:en'] && tags['name:en'] !== name ? { 'name:en': tags['name:en'] } : {}),
  };
}
