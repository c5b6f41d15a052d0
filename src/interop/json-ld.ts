import { lastDay } from '#domain/dates.ts';
import type { Edition, ProgrammeEvent, RegistrationPolicy, Venue } from '#domain/programme.ts';
import { departmentOf } from '#domain/regions.ts';
import { textIn } from '#domain/text.ts';
import { plainStart } from './html-to-markdown.ts';
import { some } from './texts.ts';
import type { EventWriter, Occasion, Written } from './written.ts';
import { mainLanguage, occasionsOf, pageOf, zoned } from './written.ts';

/** A node of schema.org's graph. */
export type Node = Readonly<Record<string, unknown>>;

const CONTEXT = 'https://schema.org';
const STATUS: Record<ProgrammeEvent['status'], string> = {
  scheduled: 'EventScheduled',
  rescheduled: 'EventRescheduled',
  moved_online: 'EventMovedOnline',
  postponed: 'EventPostponed',
  full: 'EventScheduled',
  cancelled: 'EventCancelled',
};
const MODE: Record<ProgrammeEvent['attendanceMode'], string> = {
  on_site: 'OfflineEventAttendanceMode',
  online: 'OnlineEventAttendanceMode',
  mixed: 'MixedEventAttendanceMode',
};
const TYPES: Partial<Record<ProgrammeEvent['format'], string>> = {
  training: 'EducationEvent',
  exhibition: 'ExhibitionEvent',
  meeting: 'SocialEvent',
};
const HINDRANCE = {
  hi: 'auditory',
  vi: 'visual',
  mi: 'mobility',
  pi: 'psychological',
  ii: 'cognitive',
} as const;

/**
 * An event in the words of schema.org: one with several sessions has them as `subEvent`, what can be had at any time is a work
 * and no event, for an event has a date.
 */
export function eventNode(event: ProgrammeEvent, written: Written): Node {
  const lang = mainLanguage(event);
  const url = pageOf(written, event);
  const about = textIn(event.summary, lang).text || plainStart(textIn(event.description, lang).text, 300);
  const common: Node = {
    '@id': url,
    name: textIn(event.title, lang).text,
    ...(about ? { description: about } : {}),
    inLanguage: lang,
    url,
    ...(event.image
      ? { image: { '@type': 'ImageObject', url: event.image.url, ...some('creditText', event.image.credit) } }
      : { image: `${written.origin}/icons/icon-512.png` }),
    isAccessibleForFree: true,
    ...(event.keywords?.[lang] ? { keywords: event.keywords[lang].join(', ') } : {}),
  };
  const organiser = event.organisers.map((body) => ({
    '@type': 'Organization',
    name: body.name,
    ...some('url', body.url),
  }));
  if (event.sessions.length === 0) {
    const { availability } = event;
    return {
      '@context': CONTEXT,
      '@type': 'CreativeWork',
      ...common,
      ...some('mainEntityOfPage', availability?.url),
      ...(organiser.length > 0 ? { creator: organiser } : {}),
      datePublished: availability?.from ?? event.publishedAt.slice(0, 10),
      ...some('expires', availability?.to),
    };
  }
  const occasions = occasionsOf(event);
  const node: Node = {
    '@context': CONTEXT,
    '@type': TYPES[event.format] ?? 'Event',
    ...common,
    ...(organiser.length > 0 ? { organizer: organiser } : {}),
    ...audienceOf(event),
    ...(event.accessibility.length > 0
      ? {
          accessibilityHazard: 'none',
          accessibilitySummary: event.accessibility.map((code) => HINDRANCE[code]).join(', '),
        }
      : {}),
    superEvent: editionNode(written.edition, written),
  };
  const [first] = occasions;
  if (occasions.length === 1 && first) return { ...node, ...whenAndWhere(event, first, written) };
  const slots = occasions.map(({ session }) => session.slot);
  const start = slots.map((s) => (s.start ? zoned(s.date, s.start, s.zone) : s.date)).toSorted()[0];
  const end = slots
    .map((s) => (s.end ? zoned(lastDay(s), s.end, s.zone) : lastDay(s)))
    .toSorted()
    .at(-1);
  return {
    ...node,
    ...(first ? whenAndWhere(event, first, written) : {}),
    startDate: start,
    endDate: end,
    subEvent: occasions.map((occasion) => ({
      '@type': 'Event',
      name: textIn(occasion.session.title, lang).text || textIn(event.title, lang).text,
      url,
      ...whenAndWhere(event, occasion, written),
      ...performersOf(occasion),
    })),
  };
}

/** An edition as the event that holds the others. */
export function editionNode(edition: Edition, { origin }: Pick<Written, 'origin'>): Node {
  const { text, lang } = textIn(edition.title, 'fr');
  return {
    '@type': 'EventSeries',
    '@id': `${origin}/editions/${edition.id}`,
    name: text,
    inLanguage: lang,
    url: `${origin}/editions/${edition.id}`,
    ...some('startDate', edition.from),
    ...some('endDate', edition.to),
  };
}

/** All events of a programme as one graph. */
export const jsonLdWriter: EventWriter = {
  start: (written) => `{"@context":"${CONTEXT}","@graph":[\n${JSON.stringify(editionNode(written.edition, written))}`,
  event: (event, written) => {
    const { '@context': _, ...node } = eventNode(event, written);
    return `,\n${JSON.stringify(node)}`;
  },
  end: () => '\n]}\n',
};

function whenAndWhere(event: ProgrammeEvent, occasion: Occasion, written: Written): Node {
  const { session, venue, mode, status, onlineUrl } = occasion;
  const { slot } = session;
  const places = [
    ...(venue && mode !== 'online' ? [placeNode(event, venue)] : []),
    ...(mode !== 'on_site' ? [{ '@type': 'VirtualLocation', url: onlineUrl ?? pageOf(written, event) }] : []),
  ];
  const end = slot.end ? zoned(lastDay(slot), slot.end, slot.zone) : slot.start ? undefined : lastDay(slot);
  return {
    startDate: slot.start ? zoned(slot.date, slot.start, slot.zone) : slot.date,
    ...some('endDate', end),
    eventStatus: `https://schema.org/${STATUS[status]}`,
    eventAttendanceMode: `https://schema.org/${MODE[mode]}`,
    // A place that nobody has named yet is still somewhere in the programme's country.
    location: places.length === 0 ? unknownPlace(event) : places.length === 1 ? places[0] : places,
    ...offersOf(event, session.registration ?? event.registration, status, written),
  };
}

function placeNode(event: ProgrammeEvent, venue: Venue): Node {
  return {
    '@type': 'Place',
    name: venue.name,
    address: {
      '@type': 'PostalAddress',
      ...some('streetAddress', venue.address),
      ...some('postalCode', venue.postalCode),
      ...some('addressLocality', venue.city),
      ...some('addressRegion', event.department && departmentOf(event.department)?.name),
      ...(event.department ? { addressCountry: 'FR' } : {}),
    },
    ...(venue.position && !venue.position.approximate
      ? { geo: { '@type': 'GeoCoordinates', latitude: venue.position.lat, longitude: venue.position.lon } }
      : {}),
  };
}

function unknownPlace(event: ProgrammeEvent): Node {
  const name = (event.department && departmentOf(event.department)?.name) ?? 'Lieu à préciser';
  return { '@type': 'Place', name, address: { '@type': 'PostalAddress', addressLocality: name } };
}

/** Free, and whether there is room: what is public of places is open, few or full. */
function offersOf(
  event: ProgrammeEvent,
  policy: RegistrationPolicy,
  status: ProgrammeEvent['status'],
  written: Written,
): Node {
  if (policy.mode === 'none') return {};
  const full = status === 'full' || policy.places === 'full';
  const availability = full ? 'SoldOut' : policy.places === 'few' ? 'LimitedAvailability' : 'InStock';
  return {
    offers: {
      '@type': 'Offer',
      price: 0,
      priceCurrency: 'EUR',
      url: policy.mode === 'external' && policy.url ? policy.url : `${pageOf(written, event)}/inscription`,
      availability: `https://schema.org/${availability}`,
      validFrom: event.publishedAt,
      ...some('validThrough', policy.closesAt),
    },
  };
}

function performersOf({ session }: Occasion): Node {
  const people = (session.people ?? []).map((person) => ({ '@type': 'Person', name: person.name }));
  return people.length > 0 ? { performer: people } : {};
}

function audienceOf(event: ProgrammeEvent): Node {
  const { age } = event;
  const said = age && `${age.min ?? 0}-${age.max ?? ''}`;
  return {
    ...some('typicalAgeRange', said),
    ...(event.audiences.length > 0
      ? { audience: event.audiences.map((one) => ({ '@type': 'Audience', audienceType: one })) }
      : {}),
  };
}
