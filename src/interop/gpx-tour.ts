import type { Uuid } from '#domain/ids.ts';
import { isUuid } from '#domain/ids.ts';
import type { Tour, TourStop } from '#domain/programme.ts';
import type { LocalizedText } from '#domain/text.ts';
import { fitted } from '#domain/tour-simplify.ts';
import type { LatLon } from '#domain/tour-route.ts';
import { nearestOn, routeOf } from '#domain/tour-route.ts';
import type { Gpx, GpxOwn, GpxPoint } from './gpx-read.ts';

export interface TourFromGpx {
  readonly tour: Omit<Tour, 'slug' | 'title'> & { readonly title?: LocalizedText };
  /** Points of the line before it was thinned out, and stops beyond what a tour may hold. */
  readonly points: number;
  readonly leftOut: number;
}

interface Wanted {
  readonly newId: () => Uuid;
  /** Of names whose language a file does not say. */
  readonly language: string;
  readonly maxPoints: number;
  readonly maxStops: number;
}

/**
 * What a file says, as a tour: the longest track is the line, else the longest route; waypoints are the stops, else the points
 * of a route that have names. A stranger's waypoints stand in any order, often that of the alphabet: they are put in the order
 * in which the line meets them. Undefined of a file with neither line nor stop.
 */
export function tourFromGpx(gpx: Gpx, { newId, language, maxPoints, maxStops }: Wanted): TourFromGpx | undefined {
  const line = longest(gpx.tracks) ?? longest(gpx.routes);
  const named = gpx.waypoints.length > 0 ? gpx.waypoints : (longest(gpx.routes) ?? []).filter((point) => point.name);
  const ours = gpx.own !== undefined;
  if (!line && named.length === 0) return undefined;
  const known = new Set<Uuid>();
  const stops = named.map((point, i): TourStop => {
    const id = point.own?.attributes['id'];
    const kept = id !== undefined && isUuid(id) && !known.has(id) ? id : newId();
    known.add(kept);
    return stopOf(point, kept, language, i + 1);
  });
  const ordered = ours || !line || line.length < 2 ? stops : alongLine(stops, line);
  const route = line && line.length > 1 ? fitted(line, maxPoints) : undefined;
  const title = gpx.own ? textOf(gpx.own.title) : gpx.name ? { [language]: short(gpx.name) } : undefined;
  const length = numberOf(gpx.own, 'length');
  return {
    tour: {
      ...(title ? { title } : {}),
      stops: ordered.slice(0, maxStops),
      ...(route ? { route: route.map(({ lat, lon }) => [lat, lon] as const) } : {}),
      ...(gpx.own?.attributes['approximate'] === 'true' ? { approximate: true as const } : {}),
      ...(length === undefined ? {} : { length }),
    },
    points: line?.length ?? 0,
    leftOut: Math.max(0, stops.length - maxStops),
  };
}

function longest<P extends LatLon>(lines: readonly (readonly P[])[]): readonly P[] | undefined {
  const found = lines.toSorted((a, b) => b.length - a.length)[0];
  return found && found.length > 1 ? found : undefined;
}

function alongLine(stops: readonly TourStop[], line: readonly LatLon[]): TourStop[] {
  const route = routeOf({ slug: '', title: {}, stops: [], route: line.map(({ lat, lon }) => [lat, lon] as const) });
  return stops
    .map((stop) => ({ stop, along: nearestOn(route, stop.position).along }))
    .toSorted((a, b) => a.along - b.along)
    .map(({ stop }) => stop);
}

function stopOf(point: GpxPoint, id: Uuid, language: string, number: number): TourStop {
  const { own } = point;
  const title = textOf(own?.title) ?? { [language]: short(point.name ?? String(number)) };
  const text = textOf(own?.text) ?? (point.desc ? { [language]: withoutTags(point.desc) } : undefined);
  const [dwell, after] = [numberOf(own, 'dwell'), numberOf(own, 'after')];
  const address = own?.attributes['address'];
  return {
    id,
    title,
    ...(text ? { text } : {}),
    position: {
      lat: point.lat,
      lon: point.lon,
      ...(own?.attributes['approximate'] === 'true' ? { approximate: true as const } : {}),
    },
    ...(address ? { address: short(address) } : {}),
    ...(dwell === undefined ? {} : { dwell }),
    ...(after === undefined ? {} : { after }),
  };
}

function textOf(texts: Readonly<Record<string, string>> | undefined): LocalizedText | undefined {
  const given = Object.entries(texts ?? {}).filter(([lang, text]) => /^[a-z]{2,3}$/.test(lang) && text !== '');
  return given.length > 0 ? Object.fromEntries(given) : undefined;
}

/** Minutes or metres, as far as they are any. */
function numberOf(own: GpxOwn | undefined, name: string): number | undefined {
  const text = own?.attributes[name];
  const value = text === undefined || !/^\d+(\.\d+)?$/.test(text) ? Number.NaN : Number(text);
  return value <= (name === 'length' ? 1_000_000 : 1440) ? value : undefined;
}

/** A title stands on one line. */
function short(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 300);
}

/** Other programs put HTML into descriptions; what is shown is text alone. */
function withoutTags(text: string): string {
  return text
    .replace(/<[^>]*>/g, ' ')
    .replace(/[ \t]+/g, ' ')
    .trim();
}
