import { instantOf } from '#domain/dates.ts';
import type { ProgrammeEvent, RegistrationPolicy, Venue } from '#domain/programme.ts';
import { accessibilityCodes } from '#domain/programme.ts';
import { departmentOf, NATIONAL, regionOf } from '#domain/regions.ts';
import type { LocalizedText } from '#domain/text.ts';
import { textIn } from '#domain/text.ts';
import { plainStart } from './html-to-markdown.ts';
import { EXT_KEY, MODES, STATUSES } from './openagenda.ts';
import type { OwnFields } from './openagenda-own.ts';
import { cut, line, some } from './texts.ts';
import type { EventWriter, Written } from './written.ts';
import { daysOfSlot, pageOf, zoned } from './written.ts';

/** OpenAgenda's limits (developers.openagenda.com, structure of an event and of a place). */
const MAX_TIMINGS = 800;
const DAY = 86_400_000;

/**
 * An event as OpenAgenda's API v2 gives it; undefined for what has no session, for the format wants times. A day without
 * hours is told from its first minute to its last.
 */
export function openAgendaEvent(event: ProgrammeEvent, written: Written): Record<string, unknown> | undefined {
  const timings = timingsOf(event);
  if (timings.length === 0) return undefined;
  const { digest, externalId, edition } = written;
  const uid = externalId(event) ?? uidOf(event.id);
  const venue = event.venues[0];
  const themes = event.themes.map((code) => {
    const theme = edition.themes.find((t) => t.code === code);
    return theme ? textIn(theme.label, 'fr').text : code;
  });
  const own: OwnFields = {
    format: event.format,
    themes,
    audiences: event.audiences,
    organisers: event.organisers,
    region: event.region,
    ...some('department', event.department),
  };
  return {
    uid: /^\d{1,15}$/.test(uid) ? Number(uid) : uidOf(event.id),
    extIds: [{ key: EXT_KEY, value: event.id }],
    slug: event.slug,
    title: each(event.title, (text) => line(text, 140)),
    description: shortOf(event),
    ...some('longDescription', event.description && each(event.description, (text) => shorten(text, 10_000))),
    ...some('conditions', event.conditions && each(event.conditions, (text) => line(text, 255))),
    keywords: event.keywords ?? {},
    image: event.image ? { url: event.image.url } : null,
    imageCredits: event.image?.credit ?? null,
    registration: registrationOf(event, written),
    accessibility: Object.fromEntries(accessibilityCodes.map((code) => [code, event.accessibility.includes(code)])),
    timings,
    firstTiming: timings[0],
    lastTiming: timings.at(-1),
    timezone: event.sessions[0]!.slot.zone,
    age: { min: event.age?.min ?? null, max: event.age?.max ?? null },
    attendanceMode: MODES.indexOf(event.attendanceMode) + 1,
    onlineAccessLink: event.onlineUrl ?? null,
    status: STATUSES.indexOf(event.status) + 1,
    state: 2,
    location: venue ? locationOf(event, venue, digest) : null,
    originAgenda: { title: textIn(edition.title, 'fr').text },
    canonicalUrl: pageOf(written, event),
    createdAt: event.publishedAt,
    updatedAt: event.updatedAt,
    escale: own,
  };
}

export const openAgendaWriter: EventWriter = {
  start: () => '{"events":[',
  event: (event, written, before) => {
    const one = openAgendaEvent(event, written);
    return one ? `${before === 0 ? '' : ','}\n${JSON.stringify(one)}` : '';
  },
  end: (_written, count) => `\n],"total":${count}}\n`,
};

function each(text: LocalizedText, make: (text: string) => string): LocalizedText {
  return Object.fromEntries(Object.entries(text).map(([lang, one]) => [lang, make(one)]));
}

const shorten = (text: string, max: number): string => (text.length <= max ? text : `${cut(text, max - 1)}…`);

/** The short description is required. */
function shortOf(event: ProgrammeEvent): LocalizedText {
  const said = event.summary ?? event.description ?? event.title;
  return each(said, (text) => plainStart(text, 200));
}

/** In order, none over another and none longer than a day. */
function timingsOf(event: ProgrammeEvent): { begin: string; end: string }[] {
  const found: { from: number; to: number; begin: string; end: string }[] = [];
  for (const { slot } of event.sessions) {
    const { zone, start, end } = slot;
    const add = (date: string, from: string, until: string, to: string): void => {
      const bounds = { from: instantOf(date, from, zone), to: instantOf(until, to, zone) };
      found.push({ ...bounds, begin: zoned(date, from, zone), end: zoned(until, to, zone) });
    };
    if (start === undefined) for (const day of daysOfSlot(slot, MAX_TIMINGS)) add(day, '00:00', day, '23:59');
    else if (end === undefined) add(slot.date, start, slot.date, start);
    else {
      const last = daysOfSlot(slot, MAX_TIMINGS).at(-1)!;
      if (instantOf(last, end, zone) - instantOf(slot.date, start, zone) <= DAY) add(slot.date, start, last, end);
      // What is open from one day to another is told day by day.
      else
        for (const day of daysOfSlot(slot, MAX_TIMINGS))
          add(day, day === slot.date ? start : '00:00', day, day === last ? end : '23:59');
    }
  }
  const kept: typeof found = [];
  for (const one of found.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    const before = kept.at(-1);
    if (!before || one.from >= before.to) kept.push(one);
    else if (one.to > before.to && one.to - before.from <= DAY)
      kept[kept.length - 1] = { ...before, to: one.to, end: one.end };
  }
  return kept.slice(0, MAX_TIMINGS).map(({ begin, end }) => ({ begin, end }));
}

function registrationOf(event: ProgrammeEvent, written: Written): { type: string; value: string }[] {
  const policies: readonly RegistrationPolicy[] = [
    event.registration,
    ...event.sessions.flatMap((s) => s.registration ?? []),
  ];
  const elsewhere = policies.find((policy) => policy.mode === 'external')?.url;
  const here = policies.some((policy) => policy.mode === 'open' || policy.mode === 'approval');
  const url = elsewhere ?? (here ? `${pageOf(written, event)}/inscription` : undefined);
  return [
    ...(url === undefined ? [] : [{ type: 'link', value: url }]),
    ...(event.contacts ?? []).map(({ kind, value }) => ({ type: kind, value })),
  ];
}

function locationOf(event: ProgrammeEvent, venue: Venue, digest: Written['digest']): Record<string, unknown> {
  const region = regionOf(event.region);
  const tail = [venue.postalCode, venue.city].filter(Boolean).join(' ');
  const address = [venue.address, tail].filter(Boolean).join(', ');
  return {
    uid: Number.parseInt(
      Array.from(digest(`location\n${venue.id}`).subarray(0, 6), (b) => b.toString(16).padStart(2, '0')).join(''),
      16,
    ),
    name: line(venue.name, 100),
    address: line(address || venue.name, 255),
    ...some('postalCode', venue.postalCode),
    ...some('city', venue.city),
    ...some('department', event.department && departmentOf(event.department)?.name),
    ...(region && region.code !== NATIONAL ? { region: textIn(region.name, 'fr').text } : {}),
    ...(event.department !== undefined || event.region !== NATIONAL ? { countryCode: 'FR' } : {}),
    latitude: venue.position?.lat ?? null,
    longitude: venue.position?.lon ?? null,
    timezone: event.sessions[0]!.slot.zone,
    ...some('access', wayOf(venue)),
  };
}

/** How to come and how to get in are one text there. */
function wayOf({ transport, access }: Venue): LocalizedText | undefined {
  const said = [transport, access].filter((text) => text !== undefined);
  if (said.length === 0) return undefined;
  const languages = [...new Set(said.flatMap((text) => Object.keys(text)))];
  const sentences = (lang: string): string => said.flatMap((text) => text[lang] ?? []).join(' ');
  return Object.fromEntries(languages.map((lang) => [lang, line(sentences(lang), 1000)]));
}

/** A whole number of a UUID, small enough for every reader's numbers. */
function uidOf(uuid: string): string {
  return String(Number.parseInt(uuid.replaceAll('-', '').slice(-12), 16) + 1);
}
