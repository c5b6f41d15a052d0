import type { LocalDate, LocalTime, Slot, Zone } from '#domain/dates.ts';
import { addDays, isLocalDate, isLocalTime, isZone } from '#domain/dates.ts';
import { uuidV8 } from '#domain/ids.ts';
import type { Edition, EventFormat, ProgrammeEvent, Theme, Venue } from '#domain/programme.ts';
import { slugOf } from '#domain/text.ts';
import { slotFromInstant, slotFromWall } from './frab-times.ts';
import { htmlToMarkdown, plainStart } from './html-to-markdown.ts';
import type { Imported, ImportedItem, ImportOptions, ImportProblem } from './imported.ts';
import { noneTaken } from './imported.ts';

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
}

/** frab's `<event>`, the file's own texts. */
export interface FrabEvent {
  readonly line: number;
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

/** What the kinds of talks of conferences are among our formats; the first that fits. A talk is what they are mostly. */
const FORMATS: readonly (readonly [RegExp, EventFormat])[] = [
  [/workshop|atelier|hands|junior|hack/i, 'workshop'],
  [/training|tutorial|formation|course/i, 'training'],
  [/keynote|plenary|opening|closing|conf[ée]rence/i, 'conference'],
  [/panel|podium|round.?table|table ronde/i, 'round_table'],
  [/debate|discussion|d[ée]bat/i, 'debate'],
  [/meeting|meet.?up|bof|social|rencontre/i, 'meeting'],
  [/exhibit|expo/i, 'exhibition'],
];

/** The edition of a conference and its events, each item of the schedule one event; what cannot be one is named. */
export function scheduleToProgramme(
  conference: FrabConference,
  found: readonly FrabEvent[],
  options: ImportOptions,
): Imported {
  const title = line(conference.title ?? '', 300);
  if (title === '') return { kind: 'refused', problem: { message: 'the conference has no title' } };
  const zone = conference.zone !== undefined && isZone(conference.zone) ? conference.zone : options.zone;
  const themes = new Map<string, Theme>();
  const items: ImportedItem[] = [];
  const refused: ImportProblem[] = [];
  const lines = new Map<string, number>();
  const place: Place = { title, zone, ...venueOf(conference, options), ...pickDayChange(conference) };
  for (const one of found) {
    const made = eventOf(one, place, options);
    const item = line(one.externalId ?? one.title ?? '', 120);
    const where = { line: one.line, ...(item ? { item } : {}) };
    if (typeof made === 'string') {
      refused.push({ message: made, ...where });
      continue;
    }
    const earlier = lines.get(made.externalId);
    if (earlier !== undefined) {
      refused.push({ message: `the same id was on line ${earlier} already`, ...where });
      continue;
    }
    lines.set(made.externalId, one.line);
    items.push(made);
    if (made.theme) themes.set(made.theme.code, themes.get(made.theme.code) ?? made.theme);
  }
  const [problem, ...others] = refused;
  if (problem && items.length === 0) return { kind: 'refused', problem: noneTaken([problem, ...others]) };
  const days = daysOf(conference, items);
  if (!days) return { kind: 'refused', problem: { message: 'the conference has neither dates nor events' } };
  const edition: Edition = {
    id: options.editionId,
    title: { [mostCommonLanguage(items)]: title },
    year: Number(days.from.slice(0, 4)),
    ...days,
    themes: [...themes.values()],
    kind: 'imported',
    source: { name: title, ...url(conference.url) },
    current: false,
  };
  return { kind: 'programme', edition, items, refused };
}

interface Place {
  readonly title: string;
  readonly zone: Zone;
  readonly venue?: Venue;
  readonly dayChange?: LocalTime;
}

interface Made extends ImportedItem {
  readonly theme?: Theme;
}

/** The event, or why it cannot be one. */
function eventOf(one: FrabEvent, place: Place, options: ImportOptions): Made | string {
  const externalId = one.externalId ?? one.slug ?? one.url;
  if (!externalId) return 'it has neither guid nor id';
  const title = line(one.title ?? '', 300);
  if (title === '') return 'it has no title';
  const slot = slotOf(one, place);
  if (typeof slot === 'string') return slot;
  const id = uuidV8(options.digest(`frab\n${options.editionId}\n${externalId}`));
  const lang = languageOf(one.language);
  const abstract = htmlToMarkdown(one.abstract ?? '');
  const more = htmlToMarkdown(one.description ?? '');
  const prose = [abstract, more === abstract ? '' : more]
    .filter((p) => p !== '')
    .join('\n\n')
    .slice(0, 60_000);
  const summary = line(one.subtitle ?? '', 200) || plainStart(prose, 200);
  const track = line(one.track ?? '', 200);
  const theme: Theme | undefined =
    track === '' ? undefined : { code: slugOf(track).slice(0, 64), label: { [lang]: track } };
  const people = one.people.map((name) => line(name, 200)).filter((name) => name !== '');
  const links = one.links
    .map((l) => ({ label: line(l.label, 300), url: l.url.trim() }))
    .filter((l) => isWeb(l.url) && l.label !== '');
  const room = line(one.room ?? '', 200);
  const event: ProgrammeEvent = {
    id,
    editionId: options.editionId,
    slug: slugOf(one.slug ?? title),
    region: options.region,
    title: { [lang]: title },
    ...(summary === '' ? {} : { summary: { [lang]: summary } }),
    ...(prose === '' ? {} : { description: { [lang]: prose } }),
    format: FORMATS.find(([pattern]) => pattern.test(one.type ?? ''))?.[1] ?? 'talk',
    themes: theme ? [theme.code] : [],
    audiences: [],
    attendanceMode: 'on_site',
    status: 'scheduled',
    organisers: [{ name: place.title }],
    venues: place.venue ? [place.venue] : [],
    sessions: [
      {
        id: uuidV8(options.digest(`frab session\n${options.editionId}\n${externalId}`)),
        slot,
        ...(room === '' ? {} : { room }),
        ...(people.length > 0 ? { people: people.map((name) => ({ name })) } : {}),
      },
    ],
    accessibility: [],
    ...(links.length > 0 ? { links } : {}),
    registration: { mode: 'none' },
    source: { name: place.title, ...url(one.url) },
    publishedAt: options.at,
    updatedAt: options.at,
  };
  return { externalId, line: one.line, event, ...(theme ? { theme } : {}) };
}

/** A moment of its own comes before the day that it stands in; a day without an hour is a day without an hour. */
function slotOf(one: FrabEvent, { zone, dayChange }: Place): Slot | string {
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

function daysOf(
  conference: FrabConference,
  items: readonly ImportedItem[],
): { from: LocalDate; to: LocalDate } | undefined {
  const days = items.flatMap((i) => i.event.sessions.map((s) => s.slot.date));
  const from = dayIn(conference.start) ?? first(days);
  const to = dayIn(conference.end) ?? last(days);
  return from === undefined || to === undefined ? undefined : { from, to: to < from ? from : to };
}

const dayIn = (text: string | undefined): LocalDate | undefined =>
  text !== undefined && isLocalDate(text.slice(0, 10)) ? text.slice(0, 10) : undefined;
const first = (days: readonly LocalDate[]) =>
  days.reduce<LocalDate | undefined>((a, b) => (a === undefined || b < a ? b : a), undefined);
const last = (days: readonly LocalDate[]) =>
  days.reduce<LocalDate | undefined>((a, b) => (a === undefined || b > a ? b : a), undefined);

function mostCommonLanguage(items: readonly ImportedItem[]): string {
  const counts = new Map<string, number>();
  for (const { event } of items) {
    const lang = Object.keys(event.title)[0]!;
    counts.set(lang, (counts.get(lang) ?? 0) + 1);
  }
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? 'und';
}

/** `en`, `de-CH`, `pt_BR`; `und` (RFC 5646, undetermined) for what is no tag. */
function languageOf(text: string | undefined): string {
  const tag = text?.trim().replace('_', '-') ?? '';
  return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag) ? tag.replace(/^[A-Za-z]+/, (l) => l.toLowerCase()) : 'und';
}

function url(text: string | undefined): { url?: string } {
  const address = text?.trim();
  return address !== undefined && isWeb(address) ? { url: address } : {};
}

/** Addresses that are none are left out; the schema of the programme judges the rest. */
function isWeb(text: string): boolean {
  return text.length <= 2000 && /^https?:\/\/[^\s/?#]+\S*$/i.test(text);
}

/** One line of at most so many characters. */
function line(text: string, max: number): string {
  // oxlint-disable-next-line no-control-regex
  const flat = text.replace(/[\s\u0000-\u001f\u007f]+/g, ' ').trim();
  return flat.length <= max ? flat : `${flat.slice(0, max - 1).trimEnd()}…`;
}

function quote(text: string): string {
  return `"${line(text, 40)}"`;
}
