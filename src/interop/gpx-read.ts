import type { SaxesTagNS } from 'saxes';
import { SaxesParser } from 'saxes';
import type { LatLon } from '#domain/tour-route.ts';
import { GPX_NAMESPACE, OWN_NAMESPACE } from './gpx.ts';

/** A waypoint, with what an Escale has written beside it. */
export interface GpxPoint extends LatLon {
  readonly name?: string;
  readonly desc?: string;
  readonly own?: GpxOwn;
}

/** What our own extensions say of a tour or a stop, as text. */
export interface GpxOwn {
  readonly attributes: Readonly<Record<string, string>>;
  readonly title: Readonly<Record<string, string>>;
  readonly text: Readonly<Record<string, string>>;
}

export interface Gpx {
  readonly name?: string;
  readonly own?: GpxOwn;
  readonly waypoints: readonly GpxPoint[];
  readonly routes: readonly (readonly GpxPoint[])[];
  /** Each with its segments one after the other: a receiver begins a new one whenever it loses its satellites. */
  readonly tracks: readonly (readonly LatLon[])[];
}

/** Why a file is not taken. Closed: the editor has a sentence for each. */
export const gpxRefusals = ['too_large', 'not_xml', 'doctype', 'not_gpx', 'bad_point', 'too_many', 'too_deep'] as const;
export type GpxRefusal = (typeof gpxRefusals)[number];

export type GpxRead =
  | { readonly kind: 'read'; readonly gpx: Gpx }
  | { readonly kind: 'refused'; readonly reason: GpxRefusal; readonly line: number };

/** Limits, in characters and pieces: far above every real walk, far below what hurts. */
export const MAX_GPX = 10_000_000;
const MAX_POINTS = 100_000;
const MAX_WAYPOINTS = 2000;
const MAX_DEPTH = 32;
const MAX_TEXT = 5000;

const NAMESPACES = new Set([GPX_NAMESPACE, 'http://www.topografix.com/GPX/1/0', '']);
const POINTS = new Set(['wpt', 'rtept', 'trkpt']);

interface Draft extends LatLon {
  name?: string;
  desc?: string;
  own?: OwnDraft;
}

interface OwnDraft {
  readonly attributes: Record<string, string>;
  readonly title: Record<string, string>;
  readonly text: Record<string, string>;
}

/**
 * Reads GPX 1.1, and 1.0, whose points are written the same way. The file is a stranger's: what has a document type, breaks off,
 * is too large or names a place that is none on earth is refused as a whole, with the line. Extensions other than ours are passed over.
 */
export function readGpx(text: string): GpxRead {
  if (text.length > MAX_GPX) return { kind: 'refused', reason: 'too_large', line: 0 };
  const reader = new Reader();
  const parser = new SaxesParser({ xmlns: true, position: true });
  const refuse = (reason: GpxRefusal): void => reader.refuse(reason, parser.line);
  parser.on('error', () => refuse('not_xml'));
  // Entities of a file's own are how small files become large ones; no GPX needs a document type.
  parser.on('doctype', () => refuse('doctype'));
  parser.on('opentag', (tag) => reader.open(tag, parser.line));
  parser.on('text', (more) => reader.text(more));
  parser.on('cdata', (more) => reader.text(more));
  parser.on('closetag', (tag) => reader.close(tag));
  // In pieces, so that a file that is refused early is not read to its end.
  for (let at = 0; at < text.length && !reader.refused; at += 65_536) parser.write(text.slice(at, at + 65_536));
  if (!reader.refused) parser.close();
  if (!reader.refused && !reader.sawRoot) refuse('not_xml');
  return reader.refused ?? { kind: 'read', gpx: reader.gpx() };
}

class Reader {
  refused: Extract<GpxRead, { kind: 'refused' }> | undefined;
  sawRoot = false;
  #path: string[] = [];
  #text = '';
  #name: string | undefined;
  #own: OwnDraft | undefined;
  #point: Draft | undefined;
  #points = 0;
  #waypoints: GpxPoint[] = [];
  #routes: GpxPoint[][] = [];
  #tracks: LatLon[][] = [];

  refuse(reason: GpxRefusal, line: number): void {
    this.refused ??= { kind: 'refused', reason, line };
  }

  gpx(): Gpx {
    return {
      ...(this.#name === undefined ? {} : { name: this.#name }),
      ...(this.#own === undefined ? {} : { own: this.#own }),
      waypoints: this.#waypoints,
      routes: this.#routes,
      tracks: this.#tracks,
    };
  }

  open(tag: SaxesTagNS, line: number): void {
    if (this.refused) return;
    const name = nameOf(tag);
    this.#path.push(name);
    this.#text = '';
    if (this.#path.length > MAX_DEPTH) return this.refuse('too_deep', line);
    if (this.#path.length === 1) {
      this.sawRoot = true;
      if (name !== 'gpx') this.refuse('not_gpx', line);
      return;
    }
    if (name === 'rte' && this.#path.length === 2) this.#routes.push([]);
    if (name === 'trk' && this.#path.length === 2) this.#tracks.push([]);
    if (POINTS.has(name) && !this.#point) this.#begin(name, tag, line);
    if (name === 'own:stop' || name === 'own:tour') {
      const attributes = Object.entries(tag.attributes).map(([key, { value }]) => [key, value]);
      Object.assign(this.#ownOf().attributes, Object.fromEntries(attributes));
    }
    if (name === 'own:title' || name === 'own:text')
      this.#path[this.#path.length - 1] = `${name} ${tag.attributes['lang']?.value ?? ''}`;
  }

  #begin(name: string, tag: SaxesTagNS, line: number): void {
    const place = placeOf(tag);
    if (!place) return this.refuse('bad_point', line);
    this.#points += 1;
    if (this.#points > MAX_POINTS) return this.refuse('too_many', line);
    if (name === 'wpt' && this.#waypoints.length === MAX_WAYPOINTS) return this.refuse('too_many', line);
    this.#point = { ...place };
  }

  #ownOf(): OwnDraft {
    const fresh: OwnDraft = { attributes: {}, title: {}, text: {} };
    if (this.#point) return (this.#point.own ??= fresh);
    return (this.#own ??= fresh);
  }

  text(more: string): void {
    if (!this.refused && this.#text.length < MAX_TEXT) this.#text += more;
  }

  close(tag: SaxesTagNS): void {
    if (this.refused) return;
    const ended = this.#path.pop() ?? '';
    const parent = this.#path.at(-1) ?? '';
    const text = this.#text.slice(0, MAX_TEXT).trim();
    this.#text = '';
    const [own, lang] = ended.split(' ');
    if ((own === 'own:title' || own === 'own:text') && lang) {
      this.#ownOf()[own === 'own:title' ? 'title' : 'text'][lang] = text;
    } else if (ended === 'name' && text && POINTS.has(parent) && this.#point) this.#point.name = text;
    else if (ended === 'desc' && text && POINTS.has(parent) && this.#point) this.#point.desc = text;
    // In 1.0 the name of the file stands in the root itself.
    else if (ended === 'name' && text && (parent === 'metadata' || parent === 'gpx')) this.#name = text;
    else if (POINTS.has(ended)) this.#end(nameOf(tag), parent);
  }

  #end(name: string, parent: string): void {
    const point = this.#point;
    if (!point) return;
    this.#point = undefined;
    if (name === 'wpt' && parent === 'gpx') this.#waypoints.push(point);
    else if (name === 'rtept' && parent === 'rte') this.#routes.at(-1)?.push(point);
    else if (name === 'trkpt' && parent === 'trkseg') this.#tracks.at(-1)?.push({ lat: point.lat, lon: point.lon });
  }
}

/** Local name of an element of GPX; `own:…` of ours; `?` of anybody else's. */
function nameOf(tag: SaxesTagNS): string {
  if (tag.uri === OWN_NAMESPACE) return `own:${tag.local}`;
  return NAMESPACES.has(tag.uri) ? tag.local : '?';
}

function placeOf(tag: SaxesTagNS): LatLon | undefined {
  const [lat, lon] = [tag.attributes['lat']?.value, tag.attributes['lon']?.value].map((text) =>
    text !== undefined && /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/.test(text) ? Number(text) : Number.NaN,
  ) as [number, number];
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : undefined;
}
