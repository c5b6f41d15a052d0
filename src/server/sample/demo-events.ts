import type { LocalDate, LocalTime, Slot } from '#domain/dates.ts';
import { addDays, instantOf } from '#domain/dates.ts';
import type {
  AccessibilityCode,
  AttendanceMode,
  ProgrammeEvent,
  RegistrationPolicy,
  Session,
  Venue,
} from '#domain/programme.ts';
import { departmentOf, NATIONAL, regions, zoneOfRegion } from '#domain/regions.ts';
import { slugOf } from '#domain/text.ts';
import { DAYS_AFTER, DAYS_BEFORE } from './demo-edition.ts';
import type { Idea, IdeaText } from './idea.ts';
import { digitalIdeas } from './ideas-digital.ts';
import { methodIdeas } from './ideas-methods.ts';
import { placeIdeas } from './ideas-places.ts';
import { welcomeIdeas } from './ideas-welcome.ts';
import { sampleId } from './identity.ts';
import { inventedPerson } from './people.ts';
import type { Town } from './places.ts';
import { houses, organisers, towns } from './places.ts';
import type { Seeded } from './seeded.ts';
import { seeded } from './seeded.ts';

/** Where and when the edition is built: everything else follows from it. */
export interface DemoFrame {
  readonly editionId: string;
  /** The day around which it lies. */
  readonly today: LocalDate;
  /** ISO 8601. */
  readonly at: string;
}

const PER_REGION = 5;
const IN_FRANCE = 12;
export const allIdeas = [...welcomeIdeas, ...methodIdeas, ...digitalIdeas, ...placeIdeas];
const isOnline = (idea: Idea): boolean => idea.format === 'webinar' || idea.minutes === 0;
const onSiteIdeas = allIdeas.filter((i) => !isOnline(i));
const onlineIdeas = allIdeas.filter(isOnline);
/** Walks through the on-site ideas so that neighbours in the list are of different kinds. */
const STRIDE = 25;
/** No divisor of the edition's length, so that the events fall on all of its days. */
const DAY_STRIDE = 9;

/** The fictional programme without its hand-made events: the same ids, texts and places each time, dated around `today`. */
export function generatedEvents(frame: DemoFrame): ProgrammeEvent[] {
  const regional = regions.flatMap((region, r) => {
    const here = towns.filter((t) => departmentOf(t.department)?.region === region.code);
    return Array.from({ length: PER_REGION }, (_, i) => {
      const n = r * PER_REGION + i;
      const idea = onSiteIdeas[(n * STRIDE) % onSiteIdeas.length]!;
      return onSiteEvent(frame, n, idea, here[i % here.length]!, region.code);
    });
  });
  const national = Array.from({ length: IN_FRANCE }, (_, i) =>
    onlineEvent(frame, i, onlineIdeas[i] ?? onSiteIdeas[(i * STRIDE + 7) % onSiteIdeas.length]!),
  );
  return [...regional, ...national];
}

function onSiteEvent(frame: DemoFrame, n: number, idea: Idea, town: Town, region: string): ProgrammeEvent {
  const choice = seeded(`event ${n}`);
  const id = sampleId('demo', region, n);
  const venue = inventedVenue(id, town, choice);
  const mode: AttendanceMode = choice.below(9) === 0 ? 'mixed' : 'on_site';
  const slot = slotOf(frame, n, idea, zoneOfRegion(region), choice);
  const policy = policyFor(idea, choice, slot);
  const twice = policy.mode === 'open' && idea.minutes <= 120 && choice.below(5) === 0;
  return {
    ...common(frame, id, idea, choice, town.name),
    region,
    department: town.department,
    attendanceMode: mode,
    venues: [venue],
    sessions: twice
      ? twoSessions(id, slot, idea, policy)
      : [{ id: sampleId(id, 'session'), slot, ...speakers(idea, choice) }],
    ...(mode === 'mixed' ? { onlineUrl: `https://direct.example.org/${id.slice(0, 8)}` } : {}),
    registration: twice ? { mode: 'none' } : policy,
  };
}

function onlineEvent(frame: DemoFrame, n: number, idea: Idea): ProgrammeEvent {
  const choice = seeded(`online ${n}`);
  const id = sampleId('demo', NATIONAL, n);
  const base = {
    ...common(frame, id, idea, choice, 'en ligne'),
    region: NATIONAL,
    attendanceMode: 'online',
    venues: [],
  } as const;
  if (idea.minutes === 0) {
    const url = `https://ecoute.example.org/${idea.key}`;
    const availability = { from: addDays(frame.today, -DAYS_BEFORE), to: addDays(frame.today, DAYS_AFTER), url };
    return { ...base, sessions: [], availability, registration: { mode: 'none' } };
  }
  const slot = slotOf(frame, n * 3, idea, zoneOfRegion(NATIONAL), choice);
  return {
    ...base,
    sessions: [{ id: sampleId(id, 'session'), slot, ...speakers(idea, choice) }],
    onlineUrl: `https://direct.example.org/${id.slice(0, 8)}`,
    registration: { mode: 'open', capacity: choice.pick([200, 300, 500]), maxParty: 1 },
  };
}

const ACCESS: readonly (readonly AccessibilityCode[])[] = [
  ['mi'],
  ['mi', 'hi'],
  ['mi', 'vi'],
  [],
  ['mi', 'hi', 'vi'],
  ['mi', 'hi', 'vi', 'pi', 'ii'],
  ['mi', 'pi'],
];

type Common = Omit<ProgrammeEvent, 'region' | 'attendanceMode' | 'venues' | 'sessions' | 'registration'>;

/** What an idea gives to an event wherever it is held. */
export function common(frame: DemoFrame, id: string, idea: Idea, choice: Seeded, place: string): Common {
  const first = choice.below(organisers.length);
  const names = choice.below(4) === 0 ? [first, (first + 5) % organisers.length] : [first];
  const town = place === 'en ligne' ? 'la plaine' : place;
  return {
    id,
    editionId: frame.editionId,
    // The place last and whole: one idea is held in several towns.
    slug: `${slugOf(idea.fr.title)
      .slice(0, 70)
      .replace(/-[^-]*$/, '')}-${slugOf(place)}`,
    title: { fr: idea.fr.title, en: idea.en.title },
    summary: { fr: idea.fr.summary, en: idea.en.summary },
    description: {
      fr: prose(idea.fr, 'Au programme', "L'entrée est libre et gratuite. Événement fictif."),
      en: prose(idea.en, 'What to expect', 'Entry is open and free. A fictional event.'),
    },
    format: idea.format,
    themes: idea.themes,
    audiences: idea.audiences,
    status: 'scheduled',
    organisers: names.map((i) => ({ name: organisers[i]!.replace('{town}', town) })),
    accessibility: choice.pick(ACCESS),
    publishedAt: frame.at,
    updatedAt: frame.at,
  };
}

function prose(text: IdeaText, heading: string, closing: string): string {
  return `${text.text}\n\n**${heading}**\n\n${text.points.map((p) => `- ${p}`).join('\n')}\n\n${closing}`;
}

/** A house within some three hundred metres of the centre, so that markers of one town do not hide each other. */
export function inventedVenue(id: string, town: Town, choice: Seeded): Venue {
  const [name, address, access] = choice.pick(houses);
  const off = (): number => (choice.below(61) - 30) / 10_000;
  const position = { lat: round(town.lat + off()), lon: round(town.lon + off()), approximate: true } as const;
  return {
    id: sampleId(id, 'venue'),
    name,
    address,
    postalCode: town.postalCode,
    city: town.name,
    position,
    access: { fr: access[0], en: access[1] },
  };
}

const round = (degrees: number): number => Math.round(degrees * 10_000) / 10_000;

const STARTS: readonly LocalTime[] = ['09:00', '09:30', '10:00', '13:30', '14:00', '14:30', '17:30', '18:00'];

/** Spread over the edition; never on a Sunday, except on the day that it is built around. One in thirty has no hours yet. */
function slotOf(frame: DemoFrame, n: number, idea: Idea, zone: string, choice: Seeded): Slot {
  const span = DAYS_BEFORE + DAYS_AFTER;
  const offset = ((n * DAY_STRIDE) % span) - DAYS_BEFORE;
  const day = addDays(frame.today, offset);
  const date = offset !== 0 && isSunday(day) ? addDays(day, offset === -1 ? -1 : 1) : day;
  const start = idea.minutes >= 240 ? choice.pick(['09:00', '10:00'] as const) : choice.pick(STARTS);
  if (n % 30 === 17) return { date, zone };
  if (idea.format === 'exhibition') return { date, start, end: '18:00', endDate: addDays(date, 9), zone };
  return { date, start, end: later(start, idea.minutes), zone };
}

function isSunday(date: LocalDate): boolean {
  return new Date(`${date}T12:00:00Z`).getUTCDay() === 0;
}

/** The time some minutes after another, within the day. */
export function later(start: LocalTime, minutes: number): LocalTime {
  const total = Number(start.slice(0, 2)) * 60 + Number(start.slice(3)) + minutes;
  return `${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`;
}

function policyFor(idea: Idea, choice: Seeded, slot: Slot): RegistrationPolicy {
  if (idea.format === 'open_day' || idea.format === 'exhibition') return { mode: 'none' };
  const draw = choice.below(20);
  if (draw === 0) return { mode: 'none' };
  if (draw <= 2) return { mode: 'external', url: `https://inscriptions.example.org/${idea.key}` };
  const small = idea.format === 'workshop' || idea.format === 'training' || idea.format === 'visit';
  const capacity = small ? choice.pick([12, 16, 20, 24, 30]) : choice.pick([40, 60, 80, 120, 200]);
  if (draw <= 4) return { mode: 'approval', capacity, maxParty: 2 };
  const closes = new Date(instantOf(addDays(slot.date, -1), '18:00', slot.zone)).toISOString();
  return {
    mode: 'open',
    capacity,
    waitingList: choice.below(3) > 0,
    maxParty: 1 + choice.below(4),
    ...(draw === 5 ? { closesAt: closes } : {}),
  };
}

/** The same thing twice, each time with seats of its own. */
function twoSessions(id: string, slot: Slot, idea: Idea, policy: RegistrationPolicy): Session[] {
  const second = addDays(slot.date, 1);
  return [
    {
      id: sampleId(id, 'session', 1),
      title: { fr: 'Première séance', en: 'First session' },
      slot,
      registration: policy,
    },
    {
      id: sampleId(id, 'session', 2),
      title: { fr: 'Seconde séance', en: 'Second session' },
      slot: { date: second, start: '14:00', end: later('14:00', idea.minutes), zone: slot.zone },
      registration:
        policy.closesAt === undefined
          ? policy
          : { ...policy, closesAt: new Date(instantOf(slot.date, '18:00', slot.zone)).toISOString() },
    },
  ];
}

const ROLES = [
  { fr: 'animation', en: 'host' },
  { fr: 'agente de terrain', en: 'field worker' },
  { fr: 'cheffe de projet', en: 'project lead' },
  { fr: 'designer', en: 'designer' },
] as const;

function speakers(idea: Idea, choice: Seeded): Pick<Session, 'people'> {
  if (!['conference', 'round_table', 'talk', 'webinar'].includes(idea.format)) return {};
  return {
    people: Array.from({ length: idea.format === 'round_table' ? 3 : 2 }, () => {
      const { firstName, lastName } = inventedPerson(100 + choice.below(1400));
      return { name: `${firstName} ${lastName}`, role: choice.pick(ROLES) };
    }),
  };
}
