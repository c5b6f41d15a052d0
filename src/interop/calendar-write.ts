import type { ProgrammeEvent } from '#domain/programme.ts';
import { textIn } from '#domain/text.ts';
import { plainText } from './html-to-markdown.ts';
import type { CalendarEntry } from './icalendar.ts';
import { CALENDAR_END, calendarEntry, calendarStart } from './icalendar.ts';
import { line } from './texts.ts';
import type { EventWriter, Occasion, Written } from './written.ts';
import { addressLine, mainLanguage, occasionsOf, pageOf } from './written.ts';

/** Properties of ours: which event an entry is of, and the zone and words that the standard has no room for. */
export const EVENT = 'X-ESCALE-EVENT';
export const ZONE = 'X-ESCALE-TZID';
export const LANGUAGE = 'X-ESCALE-LANGUAGE';

/**
 * The entries of an event in a calendar: one a session, or the days on which it can be had. An event with one session keeps
 * its own name, so that a change of hours moves the entry that a phone has.
 */
export function calendarEntries(event: ProgrammeEvent, written: Written): CalendarEntry[] {
  const { availability, sessions } = event;
  const lang = mainLanguage(event);
  const title = textIn(event.title, lang).text;
  const common = commonOf(event, written, lang);
  if (sessions.length === 0) {
    if (!availability?.from || !availability.to) return [];
    const slot = { date: availability.from, endDate: availability.to, zone: 'Europe/Paris' };
    return [{ ...common, uid: `${event.id}@escale`, slot, summary: title, status: statusOf(event.status) }];
  }
  return occasionsOf(event).map((occasion) => {
    const { session, onlineUrl, mode } = occasion;
    const own = textIn(session.title, lang).text;
    const location = locationOf(occasion) || (mode === 'on_site' ? '' : (onlineUrl ?? ''));
    const position = occasion.venue?.position;
    return {
      ...common,
      uid: `${sessions.length === 1 ? event.id : session.id}@escale`,
      slot: session.slot,
      summary: own && own !== title ? `${title} : ${own}` : title,
      ...(location ? { location } : {}),
      // A position placed by hand guides nobody.
      ...(position && !position.approximate ? { position } : {}),
      status: statusOf(occasion.status),
      extra: [...common.extra, [ZONE, session.slot.zone]],
    };
  });
}

export const calendarWriter: EventWriter = {
  start: (written) => calendarStart(textIn(written.edition.title, 'fr').text),
  event: (event, written) =>
    calendarEntries(event, written)
      .map((entry) => calendarEntry(entry, Date.parse(written.at)))
      .join(''),
  end: () => CALENDAR_END,
};

function commonOf(event: ProgrammeEvent, written: Written, lang: string) {
  const themes = event.themes.map((code) => {
    const theme = written.edition.themes.find((t) => t.code === code);
    return theme ? textIn(theme.label, lang).text : code;
  });
  const description = plainText(textIn(event.description, lang).text) || textIn(event.summary, lang).text;
  return {
    ...(description ? { description } : {}),
    url: pageOf(written, event),
    categories: themes,
    modified: Date.parse(event.updatedAt),
    extra: [
      [EVENT, event.id],
      [LANGUAGE, lang],
    ] as [`X-${string}`, string][],
  };
}

function locationOf({ session, venue }: Occasion): string {
  if (!venue) return session.room ?? '';
  return [line(venue.name, 300), session.room, addressLine(venue)].filter(Boolean).join(', ');
}

function statusOf(status: ProgrammeEvent['status']): CalendarEntry['status'] {
  return status === 'cancelled' ? 'cancelled' : status === 'postponed' ? 'tentative' : 'confirmed';
}
