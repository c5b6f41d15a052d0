import type { Translate } from '#client/i18n/i18n.ts';
import type { Slot } from '#domain/dates.ts';
import { compareSlots } from '#domain/dates.ts';
import type { ProgrammeEvent, Session } from '#domain/programme.ts';
import { slotsOf, venueOf } from '#domain/programme.ts';
import type { Registration } from '#domain/registration.ts';
import { textIn } from '#domain/text.ts';
import { printedShortCode } from '#domain/ticket.ts';
import type { CalendarEntry } from '#interop/icalendar.ts';

interface Words {
  readonly t: Translate;
  readonly language: string;
  /** Of the app's own address, for the link back. */
  readonly origin: string;
}

/** What a registration is in a calendar: one entry a slot, always with the same names, so that adding it again updates it. */
export function registrationEntries(
  event: ProgrammeEvent,
  registration: Pick<Registration, 'id' | 'subjectId' | 'ticketId' | 'state'>,
  words: Words,
): CalendarEntry[] {
  const session = event.sessions.find((one) => one.id === registration.subjectId);
  const state = registration.state === 'confirmed' ? 'confirmed' : 'tentative';
  const code = registration.ticketId
    ? words.t('ticket.calendar.code', { code: printedShortCode(registration.ticketId) })
    : '';
  return slotsOf(event, registration.subjectId)
    .toSorted(compareSlots)
    .map((slot, i) => ({
      ...entryOf(event, session, slot, words, code),
      uid: `${registration.id}-${i}@escale`,
      url: `${words.origin}/billets/${registration.id}`,
      status: isOff(event, session) ? 'cancelled' : state,
    }));
}

/** What an event is in the calendar of somebody who noted it: one entry a session. */
export function eventEntries(event: ProgrammeEvent, words: Words): CalendarEntry[] {
  return event.sessions.map((session) => ({
    ...entryOf(event, session, session.slot, words, ''),
    uid: `${session.id}@escale`,
    url: `${words.origin}/evenements/${event.slug}`,
    status: isOff(event, session) ? 'cancelled' : 'confirmed',
  }));
}

function entryOf(
  event: ProgrammeEvent,
  session: Session | undefined,
  slot: Slot,
  { language, origin }: Words,
  code: string,
): Omit<CalendarEntry, 'uid' | 'url' | 'status'> {
  const venue = venueOf(event, session);
  const location = venue
    ? [venue.name, session?.room, venue.address, [venue.postalCode, venue.city].filter(Boolean).join(' ')]
        .filter(Boolean)
        .join(', ')
    : undefined;
  const description = [
    textIn(session?.title, language).text,
    textIn(event.summary, language).text,
    code,
    `${origin}/evenements/${event.slug}`,
  ].filter(Boolean);
  return {
    slot,
    summary: textIn(event.title, language).text,
    description: description.join('\n'),
    ...(location ? { location } : {}),
    // A position placed by hand guides nobody.
    ...(venue?.position && !venue.position.approximate ? { position: venue.position } : {}),
  };
}

function isOff(event: ProgrammeEvent, session: Session | undefined): boolean {
  return event.status === 'cancelled' || session?.status === 'cancelled';
}
