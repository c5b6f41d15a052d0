import type { LocalDate } from '#domain/dates.ts';
import { addDays } from '#domain/dates.ts';
import { uuidV8 } from '#domain/ids.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { textIn } from '#domain/text.ts';
import type { FrabConference, FrabEvent } from './frab-schedule.ts';
import { GENERATOR } from './frab-schedule.ts';
import { plainStart } from './html-to-markdown.ts';
import { some } from './texts.ts';
import type { Occasion, Written } from './written.ts';
import { daysOfSlot, mainLanguage, minutesOf, occasionsOf, pageOf, zoned } from './written.ts';

/** An item of a schedule with all that the format wants. */
export type FrabItem = Required<Omit<FrabEvent, 'line' | 'day'>> & {
  readonly id: number;
  readonly day: LocalDate;
};

/** The longest duration that the schema takes, in whole days and in minutes. */
const MAX_DAYS = 4;
const MAX_MINUTES = 99 * 60 + 59;

/** frab's `<conference>` of an edition; `zone` is that of metropolitan France, each event says its own offset. */
export function frabConference(written: Written): FrabConference & { readonly acronym: string } {
  const { edition, origin } = written;
  return {
    title: textIn(edition.title, 'fr').text,
    // The schema knows no dash but before a year.
    acronym: edition.id.replaceAll('-', '_').padEnd(4, '_'),
    ...some('start', edition.from),
    ...some('end', edition.to),
    zone: 'Europe/Paris',
    url: `${origin}/editions/${edition.id}`,
    generator: GENERATOR,
  };
}

/**
 * The items of an event, one a session, all with the event's address; none for what has no session. A day without hours is
 * told from midnight to midnight, and what lasts longer than the format can say is cut to that.
 */
export function frabItems(event: ProgrammeEvent, written: Written): FrabItem[] {
  return occasionsOf(event).map((occasion, i) => frabItem(event, occasion, i, written));
}

function frabItem(event: ProgrammeEvent, occasion: Occasion, index: number, written: Written): FrabItem {
  const { session } = occasion;
  const { slot } = session;
  const lang = mainLanguage(event);
  const { edition } = written;
  const theme = edition.themes.find((t) => t.code === event.themes[0]);
  const summary = textIn(event.summary, lang).text;
  const description = textIn(event.description, lang).text;
  const start = slot.start ?? '00:00';
  const minutes = slot.start ? Math.min(MAX_MINUTES, minutesOf(slot)) : daysOfSlot(slot, MAX_DAYS).length * 24 * 60;
  // The event's own name for the first, so that it is found again; a session's for the others.
  const guid = index === 0 ? event.id : session.id;
  return {
    externalId: guid,
    id: numberOf(guid),
    day: slot.date,
    date: zoned(slot.date, start, slot.zone),
    start,
    duration: `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`,
    room: roomOf(occasion),
    slug: `${edition.id}-${event.slug}${index === 0 ? '' : `-seance-${index + 1}`}`,
    url: pageOf(written, event),
    title: textIn(event.title, lang).text,
    subtitle: textIn(session.title, lang).text,
    track: theme ? textIn(theme.label, lang).text : (event.themes[0] ?? ''),
    type: event.format,
    language: lang,
    abstract: summary || plainStart(description, 200),
    description,
    people: (session.people ?? []).map((person) => person.name),
    links: event.links ?? [],
  };
}

function roomOf({ session, venue, mode }: Occasion): string {
  const place = venue && [venue.name, venue.city === venue.name ? undefined : venue.city].filter(Boolean).join(', ');
  const room = [session.room, session.room ? undefined : place].filter(Boolean).join(' · ');
  return room || (mode === 'online' ? 'En ligne' : 'Lieu à préciser');
}

/** A positive number of a UUID, small enough for every reader's numbers. */
function numberOf(uuid: string): number {
  return Number.parseInt(uuid.replaceAll('-', '').slice(-12), 16) + 1;
}

export interface FrabDay {
  readonly date: LocalDate;
  readonly index: number;
  /** ISO 8601. */
  readonly start: string;
  readonly end: string;
  readonly rooms: readonly { readonly name: string; readonly items: readonly FrabItem[] }[];
}

/** The days of a schedule with their rooms, in order; ids and slugs that would be there twice are told apart. */
export function frabDays(events: readonly ProgrammeEvent[], written: Written): FrabDay[] {
  const taken = new Set<number>();
  const days = new Map<LocalDate, Map<string, FrabItem[]>>();
  for (const item of events.flatMap((event) => frabItems(event, written))) {
    let { id } = item;
    while (taken.has(id)) id++;
    taken.add(id);
    const rooms = days.get(item.day) ?? new Map<string, FrabItem[]>();
    days.set(item.day, rooms);
    const list = rooms.get(item.room);
    if (list) list.push({ ...item, id });
    else rooms.set(item.room, [{ ...item, id }]);
  }
  const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...days]
    .toSorted(([a], [b]) => compare(a, b))
    .map(([date, rooms], i) => ({
      date,
      index: i + 1,
      start: zoned(date, '00:00', 'Europe/Paris'),
      end: zoned(addDays(date, 1), '00:00', 'Europe/Paris'),
      rooms: [...rooms]
        .toSorted(([a], [b]) => compare(a, b))
        .map(([name, items]) => ({ name, items: items.toSorted((a, b) => compare(a.date, b.date)) })),
    }));
}

/** The UUID of a room, which schedules in JSON want. */
export function roomId(name: string, { digest, edition }: Written): string {
  return uuidV8(digest(`frab room\n${edition.id}\n${name}`));
}
