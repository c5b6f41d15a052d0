import type { Uuid } from '#domain/ids.ts';
import type { Tour, TourStop } from '#domain/programme.ts';
import type { LocalizedText } from '#domain/text.ts';
import { languages } from '#domain/text.ts';
import type { LatLon } from '#domain/tour-route.ts';
import type { EditedTour } from '#protocol/desk-tour.ts';
import { MAX_ROUTE_POINTS, MAX_STOPS } from '#protocol/programme.ts';

/** A stop while it is edited: texts may be empty, numbers may be none yet. */
export interface DraftStop {
  readonly id: Uuid;
  readonly title: LocalizedText;
  readonly text: LocalizedText;
  readonly lat: number;
  readonly lon: number;
  readonly address: string;
  /** Minutes. */
  readonly dwell?: number;
  readonly after?: number;
  readonly approximate: boolean;
}

export interface TourDraft {
  readonly title: LocalizedText;
  readonly stops: readonly DraftStop[];
  readonly route: readonly LatLon[];
  /** Nobody has walked it with an instrument. */
  readonly approximate: boolean;
}

export function draftOf(tour: Tour | undefined, title: LocalizedText): TourDraft {
  return {
    title: tour?.title ?? title,
    stops: (tour?.stops ?? []).map(stopDraftOf),
    route: (tour?.route ?? []).map(([lat, lon]) => ({ lat, lon })),
    approximate: tour?.approximate ?? false,
  };
}

export function stopDraftOf(stop: TourStop): DraftStop {
  const { id, title, text, position, address, dwell, after } = stop;
  return {
    id,
    title,
    text: text ?? {},
    lat: position.lat,
    lon: position.lon,
    address: address ?? '',
    ...(dwell === undefined ? {} : { dwell }),
    ...(after === undefined ? {} : { after }),
    approximate: position.approximate ?? false,
  };
}

export function newStop(id: Uuid, at: LatLon): DraftStop {
  return { id, title: {}, text: {}, lat: round(at.lat), lon: round(at.lon), address: '', approximate: false };
}

/** A metre and less: what a finger on a map is good for, and what the file need carry. */
export function round(degrees: number): number {
  return Math.round(degrees * 1e5) / 1e5;
}

/** What keeps a draft from being published; `stop` from zero. */
export type Problem =
  | { readonly kind: 'no_title' | 'no_stop' | 'too_many_stops' | 'too_many_points' }
  | { readonly kind: 'stop_title' | 'stop_position' | 'stop_minutes'; readonly stop: number };

export function problemsOf(draft: TourDraft): Problem[] {
  const problems: Problem[] = [];
  if (!hasText(draft.title)) problems.push({ kind: 'no_title' });
  if (draft.stops.length === 0) problems.push({ kind: 'no_stop' });
  if (draft.stops.length > MAX_STOPS) problems.push({ kind: 'too_many_stops' });
  if (draft.route.length > MAX_ROUTE_POINTS) problems.push({ kind: 'too_many_points' });
  for (const [stop, one] of draft.stops.entries()) {
    if (!hasText(one.title)) problems.push({ kind: 'stop_title', stop });
    if (!isOnEarth(one)) problems.push({ kind: 'stop_position', stop });
    if (!areMinutes(one.dwell) || !areMinutes(one.after)) problems.push({ kind: 'stop_minutes', stop });
  }
  return problems;
}

function areMinutes(minutes: number | undefined): boolean {
  return minutes === undefined || (Number.isInteger(minutes) && minutes >= 0 && minutes <= 1440);
}

export function isOnEarth({ lat, lon }: LatLon): boolean {
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
}

function hasText(text: LocalizedText): boolean {
  return Object.values(text).some((words) => words.trim() !== '');
}

/** The tour of a draft without problems, as the server takes it. */
export function tourOf(draft: TourDraft): EditedTour {
  return {
    title: written(draft.title) ?? {},
    stops: draft.stops.map((stop) => {
      const text = written(stop.text);
      const address = stop.address.trim();
      return {
        id: stop.id,
        title: written(stop.title) ?? {},
        ...(text ? { text } : {}),
        position: { lat: stop.lat, lon: stop.lon, ...(stop.approximate ? { approximate: true as const } : {}) },
        ...(address ? { address } : {}),
        ...(stop.dwell === undefined ? {} : { dwell: stop.dwell }),
        ...(stop.after === undefined ? {} : { after: stop.after }),
      };
    }),
    ...(draft.route.length > 1 ? { route: draft.route.map(({ lat, lon }): [number, number] => [lat, lon]) } : {}),
    ...(draft.approximate ? { approximate: true as const } : {}),
  };
}

/** Without what is empty; undefined of nothing. */
function written(text: LocalizedText): LocalizedText | undefined {
  const given = Object.entries(text)
    .map(([lang, words]) => [lang, words.trim()] as const)
    .filter(([, words]) => words !== '');
  return given.length > 0 ? Object.fromEntries(given) : undefined;
}

/** Stops that say something in one of our languages and nothing in the other; from zero. */
export function untranslated(draft: TourDraft): number[] {
  const lacks = (text: LocalizedText): boolean =>
    hasText(text) && languages.some((language) => (text[language] ?? '').trim() === '');
  return draft.stops.flatMap((stop, i) => (lacks(stop.title) || lacks(stop.text) ? [i] : []));
}

export function withStop(draft: TourDraft, id: Uuid, change: Partial<DraftStop>): TourDraft {
  return { ...draft, stops: draft.stops.map((stop) => (stop.id === id ? { ...stop, ...change } : stop)) };
}

/** A stop one place up or down in the order. */
export function shifted(draft: TourDraft, id: Uuid, by: 1 | -1): TourDraft {
  const from = draft.stops.findIndex((stop) => stop.id === id);
  const to = from + by;
  if (from === -1 || to < 0 || to >= draft.stops.length) return draft;
  const stops = [...draft.stops];
  const [stop] = stops.splice(from, 1);
  stops.splice(to, 0, stop!);
  return { ...draft, stops };
}

export type PointsRead =
  | { readonly kind: 'read'; readonly points: LatLon[] }
  | { readonly kind: 'bad'; readonly line: number };

/** Points as they are typed: a latitude and a longitude a line. */
export function readPoints(text: string): PointsRead {
  const points: LatLon[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const numbers = /^\s*(-?\d+(?:\.\d+)?)\s*[,; ]\s*(-?\d+(?:\.\d+)?)\s*$/.exec(line);
    const point = numbers && { lat: Number(numbers[1]), lon: Number(numbers[2]) };
    if (!point || !isOnEarth(point)) return { kind: 'bad', line: i + 1 };
    points.push(point);
  }
  return { kind: 'read', points };
}

export function writePoints(points: readonly LatLon[]): string {
  return points.map(({ lat, lon }) => `${lat}, ${lon}`).join('\n');
}
