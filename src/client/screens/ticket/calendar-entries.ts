import type { Translate } from '#client/i18n/i18n.ts';
import type { RegistrationView } from '#client/store/registrations-view.ts';
import { compareSlots } from '#domain/dates.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { slotsOf, venueOf } from '#domain/programme.ts';
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
export function calendarEntries(event: ProgrammeEvent, registration: RegistrationView, words: Words): CalendarEntry[] {
  const { t, language, origin } = words;
  const session = event.sessions.find((one) => one.id === registration.subjectId);
  const venue = venueOf(event, session);
  const url = `${origin}/billets/${registration.id}`;
  const location = venue
    ? [venue.name, session?.room, venue.address, [venue.postalCode, venue.city].filter(Boolean).join(' ')]
        .filter(Boolean)
        .join(', ')
    : undefined;
  const description = [
    textIn(session?.title, language).text,
    textIn(event.summary, language).text,
    registration.ticketId ? t('ticket.calendar.code', { code: printedShortCode(registration.ticketId) }) : '',
    `${origin}/evenements/${event.slug}`,
  ].filter(Boolean);
  const cancelled = event.status === 'cancelled' || session?.status === 'cancelled';
  return slotsOf(event, registration.subjectId)
    .toSorted(compareSlots)
    .map((slot, i) => ({
      uid: `${registration.id}-${i}@escale`,
      slot,
      summary: textIn(event.title, language).text,
      description: description.join('\n'),
      ...(location ? { location } : {}),
      // A position placed by hand guides nobody.
      ...(venue?.position && !venue.position.approximate ? { position: venue.position } : {}),
      url,
      status: cancelled ? 'cancelled' : registration.state === 'confirmed' ? 'confirmed' : 'tentative',
    }));
}
