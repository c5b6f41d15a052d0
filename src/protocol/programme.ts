import * as v from 'valibot';
import type { Edition, ProgrammeEvent } from '#domain/programme.ts';
import {
  accessibilityCodes,
  attendanceModes,
  audiences,
  eventFormats,
  eventStatuses,
  places,
} from '#domain/programme.ts';
import {
  departmentCode,
  editionId,
  email,
  instantText,
  line,
  localDate,
  localTime,
  prose,
  regionCode,
  slug,
  source,
  uuid,
  webUrl,
  zone,
} from './primitives.ts';
import { proposalRules } from './proposal.ts';
import { registrationForm } from './registration-question.ts';

/** Schemas of the programme as it travels and as an importer must deliver it. */
const languageTag = v.pipe(v.string(), v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'not a language tag'));
const localized = (max: number) =>
  v.pipe(
    v.record(languageTag, prose(max)),
    v.check((t) => Object.values(t).some((x) => x.length > 0), 'a text in at least one language'),
  );

const position = v.object({
  lat: v.pipe(v.number(), v.minValue(-90), v.maxValue(90)),
  lon: v.pipe(v.number(), v.minValue(-180), v.maxValue(180)),
  approximate: v.exactOptional(v.literal(true)),
});
const body = v.object({ name: line(300), url: v.exactOptional(webUrl) });
const slot = v.object({
  date: localDate,
  start: v.exactOptional(localTime),
  end: v.exactOptional(localTime),
  endDate: v.exactOptional(localDate),
  zone,
});

export const registrationPolicy = v.object({
  mode: v.picklist(['none', 'open', 'approval', 'external']),
  url: v.exactOptional(webUrl),
  capacity: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000))),
  waitingList: v.exactOptional(v.boolean()),
  maxParty: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(255))),
  closesAt: v.exactOptional(instantText),
  places: v.exactOptional(v.picklist(places)),
});

export const picture = v.object({
  url: webUrl,
  alt: v.exactOptional(localized(500)),
  credit: v.exactOptional(line(300)),
  licence: v.exactOptional(line(200)),
});
const contact = v.variant('kind', [
  v.object({ kind: v.literal('email'), value: email }),
  v.object({
    kind: v.literal('phone'),
    value: v.pipe(line(40), v.regex(/^\+?[\d\s().-]{3,}$/, 'not a telephone number')),
  }),
]);
/** OpenAgenda's limit. */
const years = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(120));

const venue = v.object({
  id: uuid,
  name: line(300),
  address: v.exactOptional(line(300)),
  postalCode: v.exactOptional(line(20)),
  city: v.exactOptional(line(120)),
  position: v.exactOptional(position),
  access: v.exactOptional(localized(2000)),
  transport: v.exactOptional(localized(2000)),
});

const session = v.object({
  id: uuid,
  title: v.exactOptional(localized(300)),
  summary: v.exactOptional(localized(5000)),
  slot,
  venueId: v.exactOptional(uuid),
  room: v.exactOptional(line(200)),
  people: v.exactOptional(v.array(v.object({ name: line(200), role: v.exactOptional(localized(300)) }))),
  attendanceMode: v.exactOptional(v.picklist(attendanceModes)),
  onlineUrl: v.exactOptional(webUrl),
  status: v.exactOptional(v.picklist(eventStatuses)),
  registration: v.exactOptional(registrationPolicy),
});

/** Most that a tour may hold: far above any walk, far below what a phone has to carry for it. */
export const MAX_STOPS = 100;
export const MAX_ROUTE_POINTS = 2000;

export const tour = v.object({
  slug,
  title: localized(300),
  stops: v.pipe(
    v.array(
      v.object({
        id: uuid,
        title: localized(300),
        text: v.exactOptional(localized(5000)),
        position,
        address: v.exactOptional(line(300)),
        dwell: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(1440))),
        after: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(1440))),
      }),
    ),
    v.minLength(1),
    v.maxLength(MAX_STOPS),
    v.check((stops) => new Set(stops.map((stop) => stop.id)).size === stops.length, 'a stop stands twice'),
  ),
  route: v.exactOptional(
    v.pipe(
      v.array(v.tuple([position.entries.lat, position.entries.lon])),
      v.minLength(2),
      v.maxLength(MAX_ROUTE_POINTS),
    ),
  ),
  approximate: v.exactOptional(v.literal(true)),
  length: v.exactOptional(v.pipe(v.number(), v.minValue(0))),
});

const link = v.object({ label: line(300), url: webUrl });

/** Six ways in, as at Angers in 2016; twelve are the most that anybody would read. */
export const eventQuestion = v.object({
  text: localized(300),
  openings: v.pipe(
    v.array(v.object({ id: uuid, label: localized(200) })),
    v.maxLength(12),
    v.check((list) => new Set(list.map((one) => one.id)).size === list.length, 'an opening stands twice'),
  ),
  closed: v.exactOptional(v.literal(true)),
  outcome: v.exactOptional(localized(20_000)),
  links: v.exactOptional(v.pipe(v.array(link), v.maxLength(20))),
});

/** What a page shows at a glance, and a phone keeps. */
export const MAX_AFTERWARDS_PICTURES = 6;

export const programmeEvent = v.object({
  id: uuid,
  editionId,
  slug,
  region: regionCode,
  department: v.exactOptional(departmentCode),
  title: localized(300),
  summary: v.exactOptional(localized(1000)),
  description: v.exactOptional(localized(60_000)),
  format: v.picklist(eventFormats),
  themes: v.array(line(64)),
  audiences: v.array(v.picklist(audiences)),
  attendanceMode: v.picklist(attendanceModes),
  status: v.picklist(eventStatuses),
  statusNote: v.exactOptional(localized(1000)),
  organisers: v.array(body),
  bodies: v.exactOptional(v.array(body)),
  venues: v.array(venue),
  sessions: v.pipe(v.array(session), v.maxLength(1000)),
  availability: v.exactOptional(
    v.object({ from: v.exactOptional(localDate), to: v.exactOptional(localDate), url: webUrl }),
  ),
  onlineUrl: v.exactOptional(webUrl),
  accessibility: v.array(v.picklist(accessibilityCodes)),
  conditions: v.exactOptional(localized(2000)),
  contacts: v.exactOptional(v.pipe(v.array(contact), v.maxLength(20))),
  links: v.exactOptional(v.array(link)),
  image: v.exactOptional(picture),
  keywords: v.exactOptional(v.record(languageTag, v.pipe(v.array(line(100)), v.maxLength(50)))),
  age: v.exactOptional(v.object({ min: v.exactOptional(years), max: v.exactOptional(years) })),
  registration: registrationPolicy,
  afterwards: v.exactOptional(localized(20_000)),
  afterwardsPictures: v.exactOptional(v.pipe(v.array(picture), v.maxLength(MAX_AFTERWARDS_PICTURES))),
  registrationForm: v.exactOptional(registrationForm),
  tour: v.exactOptional(tour),
  question: v.exactOptional(eventQuestion),
  source: v.exactOptional(source),
  publishedAt: instantText,
  updatedAt: instantText,
}) satisfies v.GenericSchema<unknown, ProgrammeEvent>;

export const edition = v.object({
  id: editionId,
  title: localized(300),
  year: v.pipe(v.number(), v.integer(), v.minValue(1900), v.maxValue(2199)),
  from: v.exactOptional(localDate),
  to: v.exactOptional(localDate),
  themes: v.array(v.object({ code: line(64), label: localized(200) })),
  about: v.exactOptional(localized(5000)),
  kind: v.picklist(['current', 'archive', 'demo', 'imported']),
  source: v.exactOptional(source),
  current: v.boolean(),
  proposals: v.exactOptional(proposalRules),
}) satisfies v.GenericSchema<unknown, Edition>;
