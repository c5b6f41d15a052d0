import * as v from 'valibot';
import type { Slot } from '#domain/dates.ts';
import { isLocalDate, isZone, localOf } from '#domain/dates.ts';
import { isUuid, uuidV8 } from '#domain/ids.ts';
import type {
  AccessibilityCode,
  AttendanceMode,
  EventStatus,
  Picture,
  ProgrammeEvent,
  PublicContact,
  RegistrationPolicy,
  Session,
  Venue,
} from '#domain/programme.ts';
import { accessibilityCodes } from '#domain/programme.ts';
import { zoneOfRegion } from '#domain/regions.ts';
import type { LocalizedText } from '#domain/text.ts';
import { slugOf, textIn } from '#domain/text.ts';
import type { Made } from './collector.ts';
import { collector } from './collector.ts';
import { slotFromInstant } from './frab-times.ts';
import { htmlToMarkdown, plainStart } from './html-to-markdown.ts';
import type { Imported, ImportOptions, ProgrammeReader } from './imported.ts';
import { limits, placed } from './imported.ts';
import { jsonItems } from './json-items.ts';
import { ownFields } from './openagenda-own.ts';
import { contactOf, cut, languageOf, line, quote, some, themeOf, webAddress } from './texts.ts';

/** OpenAgenda's numbers (developers.openagenda.com, structure of an event). */
export const STATUSES: readonly EventStatus[] = [
  'scheduled',
  'rescheduled',
  'moved_online',
  'postponed',
  'full',
  'cancelled',
];
export const MODES: readonly AttendanceMode[] = ['on_site', 'online', 'mixed'];
/** The key of our own ids among an event's `extIds`. */
export const EXT_KEY = 'escale';

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields | undefined =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Fields) : undefined;
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const told = (value: unknown): string | undefined => {
  const said = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  return said === '' ? undefined : said;
};
/** A number, also where labels are included: `{"id": 1, "label": …}`. */
const numberOf = (value: unknown): number | undefined => {
  const raw = fieldsOf(value)?.['id'] ?? value;
  const number = typeof raw === 'string' && raw.trim() !== '' ? Number(raw) : raw;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
};

/**
 * Reads events as OpenAgenda's API v2 and exports give them: a list, or an object with `events`. What the format has of
 * people (members, contributors, owners) is never looked at.
 */
export function openAgendaReader(options: ImportOptions): ProgrammeReader {
  const all = collector(options);
  let agenda: string | undefined;
  let count = 0;
  const items = jsonItems('events', ({ line: at, value }) => {
    const event = fieldsOf(value);
    if (!event) return { message: 'it is not an object', line: at };
    if (count++ === 0 && event['title'] === undefined && event['uid'] === undefined && event['timings'] === undefined)
      return { message: 'the first item has neither uid, title nor timings: not OpenAgenda events', line: at };
    agenda ??= told(fieldsOf(event['originAgenda'])?.['title']);
    all.add({ line: at, item: told(event['uid']) ?? titleOf(event) }, eventOf(event, options));
    return undefined;
  });
  return {
    write: (chunk) => items.write(chunk),
    end(): Imported {
      const problem = items.end();
      if (problem) return { kind: 'refused', problem };
      return all.finish({ title: agenda ?? options.editionId, dateless: 'there are no events with dates' });
    },
  };
}

/** What a reader makes of one event, if it makes one of it. */
export function openAgendaImage(value: unknown, options: ImportOptions): ProgrammeEvent | undefined {
  const fields = fieldsOf(value);
  const made = fields ? eventOf(fields, options) : undefined;
  return typeof made === 'object' ? made.event : undefined;
}

const titleOf = (event: Fields): string => textIn(texts(event['title'], 100) ?? {}, 'fr').text;

/** The event, or why it cannot be one. */
function eventOf(event: Fields, options: ImportOptions): Made | string {
  const externalId = told(event['uid']) ?? told(event['slug']);
  if (externalId === undefined) return 'it has neither uid nor slug';
  const state = numberOf(event['state']);
  if (state !== undefined && state !== 2) return `it is not published (state ${state})`;
  if (isSet(event['draft'])) return 'it is a draft';
  if (isSet(event['private'])) return 'it is private';
  const title = texts(event['title'], 300);
  if (!title) return 'it has no title';
  const own = ownFields(event['escale']);
  const place = fieldsOf(event['location']);
  const venue = place && venueOf(place, options);
  const places = venue ? [{ ...venue, ...some('country', told(place?.['countryCode'])) }] : [];
  const forced = options.region !== undefined;
  const at =
    own.region !== undefined && !forced
      ? { region: own.region, ...some('department', own.department) }
      : placed(places, options);
  const zone =
    [told(event['timezone']), told(place?.['timezone'])].find((z) => z !== undefined && isZone(z)) ??
    (at.region === 'FR' ? options.zone : zoneOfRegion(at.region));
  const sessions = sessionsOf(event, externalId, zone, options);
  if (typeof sessions === 'string') return sessions;
  const description = texts(event['longDescription'], 60_000, htmlToMarkdown);
  const summary = texts(event['description'], 1000) ?? startOf(description);
  const onlineUrl = webAddress(told(event['onlineAccessLink']));
  const { registration, contacts } = registrationOf(event['registration']);
  const themes = (own.themes ?? []).map((label) => themeOf(label, Object.keys(title)[0]!, options.themes));
  const agenda = fieldsOf(event['originAgenda']);
  const organiser = line(told(agenda?.['title']) ?? '', 300);
  const lang = Object.keys(title)[0]!;
  const ours = listOf(event['extIds']).find((one) => fieldsOf(one)?.['key'] === EXT_KEY);
  const eventId = told(fieldsOf(ours)?.['value']);
  const made: ProgrammeEvent = {
    id: uuidV8(options.digest(`openagenda\n${options.editionId}\n${externalId}`)),
    editionId: options.editionId,
    slug: slugOf(told(event['slug']) ?? textIn(title, lang).text),
    ...at,
    title,
    ...some('summary', summary),
    ...some('description', description),
    format: own.format ?? 'meeting',
    themes: themes.map((t) => t.code),
    audiences: own.audiences ?? [],
    attendanceMode: MODES[(numberOf(event['attendanceMode']) ?? 1) - 1] ?? 'on_site',
    status: STATUSES[(numberOf(event['status']) ?? 1) - 1] ?? 'scheduled',
    organisers: own.organisers ?? (organiser === '' ? [] : [{ name: organiser }]),
    venues: venue ? [venue] : [],
    sessions,
    ...some('onlineUrl', onlineUrl),
    accessibility: accessibilityOf(event['accessibility']),
    ...some('conditions', texts(event['conditions'], 2000)),
    ...(contacts.length > 0 ? { contacts } : {}),
    ...some('image', pictureOf(event)),
    ...some('keywords', keywordsOf(event['keywords'], lang)),
    ...some('age', ageOf(event['age'])),
    registration,
    source: { name: organiser || 'OpenAgenda', ...some('url', sourceUrl(event)) },
    publishedAt: momentOf(event['createdAt']) ?? options.at,
    updatedAt: momentOf(event['updatedAt']) ?? options.at,
  };
  return { externalId, ...(eventId !== undefined && isUuid(eventId) ? { eventId } : {}), event: made, themes };
}

const isSet = (value: unknown): boolean => value === true || value === 1 || value === '1';

/** Texts by language; a plain text has none. Undefined when nothing is said. */
function texts(value: unknown, max: number, make = (text: string) => line(text, max)): LocalizedText | undefined {
  const plain = told(value);
  const said: readonly (readonly [string, unknown])[] =
    plain === undefined
      ? Object.entries(fieldsOf(value) ?? {}).filter(([lang]) => languageOf(lang) !== 'und' || lang === 'und')
      : [['und', plain]];
  const made: Record<string, string> = {};
  for (const [lang, text] of said) {
    const clean = typeof text === 'string' ? cut(make(text.slice(0, limits.text)), max) : '';
    if (clean !== '') made[languageOf(lang)] = clean;
  }
  return Object.keys(made).length === 0 ? undefined : made;
}

function startOf(text: LocalizedText | undefined): LocalizedText | undefined {
  return text && Object.fromEntries(Object.entries(text).map(([lang, prose]) => [lang, plainStart(prose, 200)]));
}

function sessionsOf(event: Fields, externalId: string, zone: string, options: ImportOptions): Session[] | string {
  const timings = listOf(event['timings']);
  if (timings.length === 0) return 'it has no timings';
  // Counted before any is read: each costs a look into a zone.
  if (timings.length > limits.sessions) return `it has ${timings.length} times, more than ${limits.sessions}`;
  const slots = new Map<string, Slot>();
  for (const [i, one] of timings.entries()) {
    const slot = slotOf(one, zone);
    if (typeof slot === 'string') return `timing ${i + 1}: ${slot}`;
    const key = `${slot.date} ${slot.start ?? ''} ${slot.endDate ?? ''} ${slot.end ?? ''}`;
    if (!slots.has(key)) slots.set(key, slot);
  }
  return [...slots].map(([key, slot]) => ({
    id: uuidV8(options.digest(`openagenda session\n${options.editionId}\n${externalId}\n${key}`)),
    slot,
  }));
}

function slotOf(timing: unknown, zone: string): Slot | string {
  const fields = fieldsOf(timing);
  const begin = told(fields?.['begin']) ?? told(fields?.['start']);
  const end = told(fields?.['end']);
  if (begin === undefined) return 'it has no begin';
  const from = slotFromInstant(begin, undefined, zone);
  if (!from) return `its begin ${quote(begin)} is no moment`;
  if (end === undefined) return from;
  const [start, stop] = [Date.parse(isoOf(begin)), Date.parse(isoOf(end))];
  if (Number.isNaN(stop)) return `its end ${quote(end)} is no moment`;
  if (stop < start) return `its end ${quote(end)} is before its begin`;
  if (stop === start) return from;
  if (stop - start > 366 * 86_400_000) return `it lasts more than a year (${quote(begin)} to ${quote(end)})`;
  const last = localOf(stop, from.zone);
  if (!isLocalDate(last.date)) return `its end ${quote(end)} is no moment`;
  // From the first minute of a day to its last is how a format that wants hours says a day.
  if (from.start === '00:00' && last.time === '23:59')
    return { date: from.date, ...(last.date === from.date ? {} : { endDate: last.date }), zone: from.zone };
  return { ...from, end: last.time, ...(last.date === from.date ? {} : { endDate: last.date }) };
}

/** `+0200`, which the format's own documentation writes, is not what every parser takes. */
const isoOf = (text: string): string => text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2');

function venueOf(place: Fields, options: ImportOptions): Venue | undefined {
  const name = line(told(place['name']) ?? told(place['address']) ?? '', 300);
  if (name === '') return undefined;
  const address = line(told(place['address']) ?? '', 300);
  const postalCode = line(told(place['postalCode']) ?? '', 20);
  const city = line(told(place['city']) ?? '', 120);
  const [lat, lon] = [numberOf(place['latitude']), numberOf(place['longitude'])];
  const there = lat !== undefined && lon !== undefined && Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
  const uid = told(place['uid']) ?? `${name}\n${address}`;
  return {
    id: uuidV8(options.digest(`openagenda venue\n${options.editionId}\n${uid}`)),
    name,
    ...(address === '' ? {} : { address: addressAlone(address, postalCode, city) }),
    ...(postalCode === '' ? {} : { postalCode }),
    ...(city === '' ? {} : { city }),
    // The middle of the sea is how programs say that they do not know.
    ...(there && (lat !== 0 || lon !== 0) ? { position: { lat, lon } } : {}),
    ...some('access', texts(place['access'], 2000)),
  };
}

/** An address often ends with postal code and town, which have fields of their own. */
function addressAlone(address: string, postalCode: string, city: string): string {
  const tail = [postalCode, city].filter(Boolean).join(' ');
  const short = tail !== '' && address.endsWith(tail) ? address.slice(0, -tail.length).replace(/[\s,]+$/, '') : address;
  return short || address;
}

/** A link makes it a registration elsewhere; addresses and numbers are whom to ask. */
function registrationOf(value: unknown): { registration: RegistrationPolicy; contacts: PublicContact[] } {
  let url: string | undefined;
  const contacts: PublicContact[] = [];
  for (const one of listOf(value).slice(0, 50)) {
    const said = told(fieldsOf(one)?.['value']) ?? told(one);
    if (said === undefined || said.length > 2000) continue;
    const contact = contactOf(said);
    if (!contact) url ??= webAddress(said);
    else if (contacts.length < 20 && !contacts.some((c) => c.value === contact.value)) contacts.push(contact);
  }
  return { registration: url === undefined ? { mode: 'none' } : { mode: 'external', url }, contacts };
}

function accessibilityOf(value: unknown): AccessibilityCode[] {
  const fields = fieldsOf(value);
  const list = listOf(value);
  return accessibilityCodes.filter((code) => (fields ? isSet(fields[code]) : list.includes(code)));
}

function pictureOf(event: Fields): Picture | undefined {
  const image = event['image'];
  const fields = fieldsOf(image);
  const base = told(fields?.['base']) ?? '';
  const full = listOf(fields?.['variants'])
    .map(fieldsOf)
    .find((one) => one?.['type'] === 'full');
  const file = told(full?.['filename']) ?? told(fields?.['filename']);
  const url = webAddress(told(image) ?? told(fields?.['url']) ?? (file === undefined ? undefined : `${base}${file}`));
  const credit = line(told(event['imageCredits']) ?? '', 300);
  return url === undefined ? undefined : { url, ...(credit === '' ? {} : { credit }) };
}

function keywordsOf(value: unknown, lang: string): ProgrammeEvent['keywords'] {
  const said: readonly (readonly [string, unknown])[] = Array.isArray(value)
    ? [[lang, value]]
    : Object.entries(fieldsOf(value) ?? {});
  const made: Record<string, string[]> = {};
  for (const [tag, list] of said) {
    const words = (typeof list === 'string' ? list.split(',') : listOf(list))
      .map((word) => line(told(word) ?? '', 100))
      .filter((word) => word !== '');
    if (words.length > 0) made[languageOf(tag)] = [...new Set(words)].slice(0, 50);
  }
  return Object.keys(made).length === 0 ? undefined : made;
}

function ageOf(value: unknown): ProgrammeEvent['age'] {
  const years = (key: string): number | undefined => {
    const raw = fieldsOf(value)?.[key];
    const found = raw === null ? undefined : numberOf(raw);
    return found !== undefined && Number.isInteger(found) && found >= 0 && found <= 120 ? found : undefined;
  };
  const [min, max] = [years('min'), years('max')];
  return min === undefined && max === undefined ? undefined : { ...some('min', min), ...some('max', max) };
}

const moment = v.pipe(v.string(), v.isoTimestamp());
function momentOf(value: unknown): string | undefined {
  return v.is(moment, value) && !Number.isNaN(Date.parse(value)) ? new Date(value).toISOString() : undefined;
}

function sourceUrl(event: Fields): string | undefined {
  const agenda = told(fieldsOf(event['originAgenda'])?.['slug']);
  const slug = told(event['slug']);
  return webAddress(
    told(event['canonicalUrl']) ?? (agenda && slug ? `https://openagenda.com/${agenda}/events/${slug}` : undefined),
  );
}
