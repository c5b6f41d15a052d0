import type { Tour, TourStop } from '#domain/programme.ts';
import type { LocalizedText } from '#domain/text.ts';
import { textIn } from '#domain/text.ts';
import type { LatLon } from '#domain/tour-route.ts';

/**
 * GPX 1.1 (Topografix). What its elements cannot hold of ours (languages, dwell times, what is approximate) goes into
 * extensions under a name of our own, which every other program passes over and our reader takes back.
 */
export const GPX_NAMESPACE = 'http://www.topografix.com/GPX/1/1';
export const OWN_NAMESPACE = 'urn:escale:gpx:1';

interface GpxOptions {
  /** Of the names that other programs show. */
  readonly language: string;
  /** The page of the tour. */
  readonly url?: string;
}

/** A tour: its stops as waypoints, its line as a track. */
export function tourToGpx(tour: Tour, { language, url }: GpxOptions): string {
  return document([
    '<metadata>',
    named(tour.title, undefined, language),
    ...(url === undefined ? [] : [`<link href="${xml(url)}"/>`]),
    extensions([
      element('escale:tour', { approximate: tour.approximate ? 'true' : undefined, length: tour.length }),
      ...texts('escale:title', tour.title),
    ]),
    '</metadata>',
    ...tour.stops.flatMap((stop) => waypoint(stop, language)),
    ...(tour.route
      ? [
          '<trk>',
          named(tour.title, undefined, language),
          '<trkseg>',
          ...tour.route.map(([lat, lon]) => `<trkpt lat="${degrees(lat)}" lon="${degrees(lon)}"/>`),
          '</trkseg>',
          '</trk>',
        ]
      : []),
  ]);
}

export interface TrackPoint extends LatLon {
  /** ISO 8601. */
  readonly at: string;
}

/** A track that somebody walked. */
export function trackToGpx(name: string, points: readonly TrackPoint[]): string {
  return document([
    '<trk>',
    `<name>${xml(name)}</name>`,
    '<trkseg>',
    ...points.map(
      ({ lat, lon, at }) => `<trkpt lat="${degrees(lat)}" lon="${degrees(lon)}"><time>${xml(at)}</time></trkpt>`,
    ),
    '</trkseg>',
    '</trk>',
  ]);
}

function document(lines: readonly string[]): string {
  const root = `<gpx version="1.1" creator="Escale" xmlns="${GPX_NAMESPACE}" xmlns:escale="${OWN_NAMESPACE}">`;
  return ['<?xml version="1.0" encoding="UTF-8"?>', root, ...lines.filter(Boolean), '</gpx>', ''].join('\n');
}

function waypoint(stop: TourStop, language: string): string[] {
  const { position, dwell, after, address } = stop;
  return [
    `<wpt lat="${degrees(position.lat)}" lon="${degrees(position.lon)}">`,
    named(stop.title, stop.text, language),
    extensions([
      element('escale:stop', {
        id: stop.id,
        dwell,
        after,
        address,
        approximate: position.approximate ? 'true' : undefined,
      }),
      ...texts('escale:title', stop.title),
      ...texts('escale:text', stop.text),
    ]),
    '</wpt>',
  ];
}

function named(title: LocalizedText, text: LocalizedText | undefined, language: string): string {
  const desc = textIn(text, language).text;
  return `<name>${xml(textIn(title, language).text)}</name>${desc ? `<desc>${xml(desc)}</desc>` : ''}`;
}

function texts(name: string, text: LocalizedText | undefined): string[] {
  return Object.entries(text ?? {}).map(([lang, words]) => `<${name} lang="${xml(lang)}">${xml(words)}</${name}>`);
}

function extensions(elements: readonly string[]): string {
  return `<extensions>${elements.join('')}</extensions>`;
}

function element(name: string, attributes: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return `<${name}${given.map(([key, value]) => ` ${key}="${xml(String(value))}"`).join('')}/>`;
}

/** As it is: no zeros added, none of its digits lost, never an exponent. */
function degrees(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(20).replace(/0+$/, '') : text;
}

/** What XML 1.0 has no way to write: control characters, halves of characters. */
// oxlint-disable-next-line no-control-regex
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;

/** Line ends of texts survive as references. */
function xml(text: string): string {
  return text
    .replace(UNWRITABLE, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\t', '&#9;');
}
