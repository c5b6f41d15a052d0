import type { LocalDate, LocalTime, Slot, Zone } from '#domain/dates.ts';
import { addDays, isLocalDate, isLocalTime, isZone } from '#domain/dates.ts';
import { isUuid, uuidV8 } from '#domain/ids.ts';
import type { ProgrammeEvent, Session, Theme, Venue } from '#domain/programme.ts';
import { slugOf } from '#domain/text.ts';
import type { Made } from './collector.ts';
import { collector } from './collector.ts';
import { formatOf } from './event-formats.ts';
import { slotFromInstant, slotFromWall } from './frab-times.ts';
import { htmlToMarkdown, plainStart } from './html-to-markdown.ts';
import type { Imported, ImportOptions } from './imported.ts';
import { placed } from './imported.ts';
import { cut, isWeb, languageOf, line, quote, some, themeOf } from './texts.ts';

/** The generator's name in schedules that Escale wrote: there the events of one address are the sessions of one event. */
export const GENERATOR = 'Escale';
/** How the slugs of an event's further sessions end there: `-seance-2`. */
const SESSION = /-seance-(\d+)$/;

/** frab's `<conference>`, the file's own texts. */
export interface FrabConference {
  readonly title?: string;
  readonly venue?: string;
  readonly city?: string;
  readonly start?: string;
  readonly end?: string;
  /** `HH:MM`: what begins before it belongs to the evening of the day before. */
  readonly dayChange?: string;
  /** IANA. */
  readonly zone?: string;
  readonly url?: string;
  /** The program that wrote the file. */
  readonly generator?: string;
}

/** frab's `<event>`, the file's own texts. */
export interface FrabEvent {
  readonly line?: number;
  readonly externalId?: string;
  /** Of the `<day>` that it stands in. */
  readonly day?: string;
  /** ISO 8601, mostly with an offset. */
  readonly date?: string;
  readonly start?: string;
  /** `HH:MM`, `HH:MM:SS`, or minutes. */
  readonly duration?: string;
  readonly room?: string;
  readonly slug?: string;
  readonly url?: string;
  readonly title?: string;
  readonly subtitle?: string;
  readonly track?: string;
  readonly type?: string;
  readonly language?: string;
  readonly abstract?: string;
  readonly description?: string;
  readonly people: readonly string[];
  readonly links: readonly { readonly label: string; readonly url: string }[];
}

/** The edition of a conference and its events, each item of the schedule one event; what cannot be one is named. */
export function scheduleToProgramme(
  conference: FrabConference,
  found: readonly FrabEvent[],
  options: ImportOptions,
): Imported {
  const title = line(conference.title ?? '', 300);
  if (title === '') return { kind: 'refused', problem: { message: 'the conference has no title' } };
  const place = placeOf(conference, title, options);
  const all = collector(options);
  for (const group of grouped(found, place.ours)) {
    const [one] = group;
    all.add({ ...some('line', one.line), item: one.externalId ?? one.title ?? '' }, eventOf(group, place, options));
  }
  return all.finish({
    title,
    ...some('from', dayIn(conference.start)),
    ...some('to', dayIn(conference.end)),
    ...some('url', urlOf(conference.url)),
    dateless: 'the conference has neither dates nor events',
  });
}

/** What a reader makes of items that belong to one event. */
export function frabImage(
  conference: FrabConference,
  group: readonly FrabEvent[],
  options: ImportOptions,
): ProgrammeEvent | undefined {
  const [first, ...more] = group;
  if (!first) return undefined;
  const made = eventOf([first, ...more], placeOf(conference, conference.title ?? '', options), options);
  return typeof made === 'string' ? undefined : made.event;
}

type Group = readonly [FrabEvent, ...FrabEvent[]];

function grouped(found: readonly FrabEvent[], ours: boolean): Group[] {
  if (!ours) return found.map((one) => [one]);
  const groups = new Map<string, [FrabEvent, ...FrabEvent[]]>();
  for (const one of found) {
    const key = one.url ?? one.externalId ?? `line ${one.line}`;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  // A schedule goes by days and rooms; the event's own name stands on its first session.
  return [...groups.values()].map((group) => group.sort((a, b) => numberOf(a) - numberOf(b)));
}

const numberOf = (one: FrabEvent): number => Number(SESSION.exec(one.slug ?? '')?.[1] ?? 1);

interface Where {
  readonly title: string;
  readonly zone: Zone;
  readonly ours: boolean;
  readonly venue?: Venue;
  readonly dayChange?: LocalTime;
}

function placeOf(conference: FrabConference, title: string, options: ImportOptions): Where {
  const zone = conference.zone !== undefined && isZone(conference.zone) ? conference.zone : options.zone;
  const ours = conference.generator === GENERATOR;
  return { title, zone, ours, ...venueOf(conference, options), ...pickDayChange(conference) };
}

/** The event, or why it cannot be one. */
function eventOf(group: Group, place: Where, options: ImportOptions): Made | string {
  const [one] = group;
  const externalId = idOf(one);
  if (externalId === undefined) return 'it has neither guid nor id';
  const title = line(one.title ?? '', 300);
  if (title === '') return 'it has no title';
  const lang = languageOf(one.language);
  const sessions: Session[] = [];
  for (const item of group) {
    const session = sessionOf(item, place, lang, options);
    if (typeof session === 'string') return session;
    sessions.push(session);
  }
  const abstract = htmlToMarkdown(one.abstract ?? '');
  const more = htmlToMarkdown(one.description ?? '');
  // What we write ourselves has the summary in the abstract, and the sessions' titles as subtitles.
  const prose = cut(
    (place.ours ? [more] : [abstract, more === abstract ? '' : more]).filter((p) => p !== '').join('\n\n'),
    60_000,
  );
  const own = place.ours ? plainStart(abstract, 200) : line(one.subtitle ?? '', 200);
  const summary = own || plainStart(prose, 200);
  const track = line(one.track ?? '', 200);
  const theme: Theme | undefined = track === '' ? undefined : themeOf(track, lang, options.themes);
  const links = one.links
    .map((l) => ({ label: line(l.label, 300), url: l.url.trim() }))
    .filter((l) => isWeb(l.url) && l.label !== '');
  const event: ProgrammeEvent = {
    id: uuidV8(options.digest(`frab\n${options.editionId}\n${externalId}`)),
    editionId: options.editionId,
    slug: slugOf(one.slug ?? title),
    ...placed([], options),
    title: { [lang]: title },
    ...(summary === '' ? {} : { summary: { [lang]: summary } }),
    ...(prose === '' ? {} : { description: { [lang]: prose } }),
    format: formatOf(one.type) ?? 'talk',
    themes: theme ? [theme.code] : [],
    audiences: [],
    attendanceMode: 'on_site',
    status: 'scheduled',
    organisers: [{ name: place.title }],
    venues: place.venue ? [place.venue] : [],
    sessions,
    accessibility: [],
    ...(links.length > 0 ? { links } : {}),
    registration: { mode: 'none' },
    source: { name: place.title, ...some('url', urlOf(one.url)) },
    publishedAt: options.at,
    updatedAt: options.at,
  };
  const eventId = isUuid(externalId) ? externalId : undefined;
  return { externalId, ...some('eventId', eventId), event, themes: theme ? [theme] : [] };
}

/** pentabarf has numbers, its successors UUIDs that outlive a new numbering; some have nothing but an address. */
const idOf = (one: FrabEvent): string | undefined => one.externalId ?? one.slug ?? one.url;

function sessionOf(one: FrabEvent, place: Where, lang: string, options: ImportOptions): Session | string {
  const slot = slotOf(one, place);
  if (typeof slot === 'string') return slot;
  const room = line(one.room ?? '', 200);
  const title = place.ours ? line(one.subtitle ?? '', 300) : '';
  const people = one.people.map((name) => line(name, 200)).filter((name) => name !== '');
  return {
    id: uuidV8(options.digest(`frab session\n${options.editionId}\n${idOf(one) ?? ''}`)),
    ...(title === '' ? {} : { title: { [lang]: title } }),
    slot,
    ...(room === '' ? {} : { room }),
    ...(people.length > 0 ? { people: people.map((name) => ({ name })) } : {}),
  };
}

/** A moment of its own comes before the day that it stands in; a day without an hour is a day without an hour. */
function slotOf(one: FrabEvent, { zone, dayChange }: Where): Slot | string {
  const duration = one.duration;
  if (one.date !== undefined && /T\d/.test(one.date)) {
    const slot = slotFromInstant(one.date, duration, zone);
    return slot ?? `its date ${quote(one.date)} is none`;
  }
  const day = one.date?.slice(0, 10) ?? one.day;
  if (day === undefined) return 'it has no date and stands in no day';
  if (!isLocalDate(day)) return `its date ${quote(day)} is none`;
  if (one.start === undefined) return { date: day, zone };
  const start = one.start.replace(/^(\d):/, '0$1:').slice(0, 5);
  if (!isLocalTime(start)) return `its start ${quote(one.start)} is no time`;
  // A day of a conference goes on after midnight.
  const late = dayChange !== undefined && one.date === undefined && start < dayChange;
  return (
    slotFromWall(late ? addDays(day, 1) : day, start, duration, zone) ?? `its duration ${quote(duration ?? '')} is none`
  );
}

function venueOf({ venue, city }: FrabConference, { editionId, digest }: ImportOptions): { venue?: Venue } {
  const name = line(venue ?? city ?? '', 300);
  if (name === '') return {};
  const town = line(city ?? '', 120);
  return { venue: { id: uuidV8(digest(`frab venue\n${editionId}\n${name}`)), name, ...(town ? { city: town } : {}) } };
}

function pickDayChange({ dayChange }: FrabConference): { dayChange?: LocalTime } {
  const time = dayChange?.slice(0, 5);
  // An afternoon as the change of day is a mistake of the file, not a day.
  return time !== undefined && isLocalTime(time) && time <= '12:00' ? { dayChange: time } : {};
}

const dayIn = (text: string | undefined): LocalDate | undefined =>
  text !== undefined && isLocalDate(text.slice(0, 10)) ? text.slice(0, 10) : undefined;

function urlOf(text: string | undefined): string | undefined {
  const address = text?.trim();
  return address !== undefined && isWeb(address) ? address : undefined;
}
