import { addDays } from '#domain/dates.ts';
import type { ProgrammeEvent, RegistrationPolicy, Session } from '#domain/programme.ts';
import { departmentOf, NATIONAL, zoneOfRegion } from '#domain/regions.ts';
import type { DemoFrame } from './demo-events.ts';
import { common, inventedVenue, later } from './demo-events.ts';
import { leMansWalk, montpellierDays, montpellierWalk } from './demo-walks.ts';
import type { Idea } from './idea.ts';
import { digitalIdeas } from './ideas-digital.ts';
import { methodIdeas } from './ideas-methods.ts';
import { placeIdeas } from './ideas-places.ts';
import { welcomeIdeas } from './ideas-welcome.ts';
import { sampleId } from './identity.ts';
import { towns } from './places.ts';
import { seeded } from './seeded.ts';

/** Hand-made events: one for each thing that can happen to an event, and enough of them today. */
export const highlight = (key: string): string => sampleId('demo', 'highlight', key);

const ideas = new Map([...welcomeIdeas, ...methodIdeas, ...digitalIdeas, ...placeIdeas].map((i) => [i.key, i]));

interface Highlight {
  readonly key: string;
  readonly idea: string;
  readonly town: string;
  /** Days from the one that the edition is built around. */
  readonly day: number;
  readonly start?: string;
  readonly registration: RegistrationPolicy;
  readonly more?: Partial<ProgrammeEvent>;
}

const OPEN: RegistrationPolicy = { mode: 'open', capacity: 60, waitingList: true, maxParty: 4 };

const HIGHLIGHTS: readonly Highlight[] = [
  {
    key: 'toulouse-letters',
    idea: 'letters',
    town: 'Toulouse',
    day: 2,
    start: '14:00',
    registration: { mode: 'open', capacity: 12, waitingList: true, maxParty: 2 },
    more: {
      question: {
        text: {
          fr: 'Quelle lettre de votre administration faudrait-il récrire en premier ?',
          en: 'Which letter of your administration should be rewritten first?',
        },
        openings: (
          [
            ['Une lettre que vous avez reçue', 'A letter that you received'],
            ['Une lettre que vous envoyez', 'A letter that you send'],
            ['Un mot à ne plus employer', 'A word to use no more'],
          ] as const
        ).map(([fr, en], at) => ({ id: sampleId('demo', 'toulouse-letters', 'opening', at), label: { fr, en } })),
      },
    },
  },
  {
    key: 'rennes-full',
    idea: 'prototype',
    town: 'Rennes',
    day: 1,
    start: '14:00',
    registration: { mode: 'open', capacity: 8, waitingList: false, maxParty: 1 },
  },
  {
    key: 'lyon-full',
    idea: 'aichoice',
    town: 'Lyon',
    day: 3,
    start: '18:00',
    registration: { mode: 'external', url: 'https://inscriptions.example.org/aichoice-lyon' },
    more: {
      status: 'full',
      statusNote: {
        fr: 'La salle est pleine. La conférence sera enregistrée.',
        en: 'The room is full. The talk will be recorded.',
      },
    },
  },
  {
    key: 'brest-cancelled',
    idea: 'coast',
    town: 'Brest',
    day: 4,
    start: '18:00',
    registration: OPEN,
    more: {
      status: 'cancelled',
      statusNote: { fr: 'Annulé : la salle ferme pour travaux.', en: 'Cancelled: the room closes for repairs.' },
    },
  },
  {
    key: 'lille-rescheduled',
    idea: 'patients',
    town: 'Lille',
    day: 9,
    start: '10:00',
    registration: OPEN,
    more: {
      status: 'rescheduled',
      statusNote: { fr: 'Reporté de trois jours, à la même heure.', en: 'Moved three days later, at the same hour.' },
    },
  },
  {
    key: 'grenoble-moved-online',
    idea: 'offline',
    town: 'Grenoble',
    day: 2,
    start: '13:30',
    registration: OPEN,
    more: {
      status: 'moved_online',
      attendanceMode: 'online',
      onlineUrl: 'https://direct.example.org/grenoble-sans-reseau',
      statusNote: {
        fr: 'La neige est annoncée : la présentation se tient en ligne, au lien ci-dessous.',
        en: 'Snow is forecast: the talk is held online, at the link below.',
      },
    },
  },
  {
    key: 'nancy-postponed',
    idea: 'housing',
    town: 'Nancy',
    day: 6,
    registration: { mode: 'none' },
    more: {
      status: 'postponed',
      statusNote: {
        fr: "Remis à plus tard ; la nouvelle date n'est pas encore fixée.",
        en: 'Put off; the new date is not set yet.',
      },
    },
  },
  {
    key: 'saint-denis-today',
    idea: 'travellingvan',
    town: 'Saint-Denis',
    day: 0,
    start: '09:00',
    registration: { mode: 'approval', capacity: 40, maxParty: 3 },
  },
  { key: 'fort-de-france-today', idea: 'water', town: 'Fort-de-France', day: 0, start: '14:00', registration: OPEN },
  {
    key: 'paris-today',
    idea: 'nonuse',
    town: 'Paris',
    day: 0,
    start: '18:00',
    registration: { mode: 'open', capacity: 200, waitingList: true, maxParty: 2 },
    more: { attendanceMode: 'mixed', onlineUrl: 'https://direct.example.org/non-recours' },
  },
  { key: 'bastia-today', idea: 'mappingparty', town: 'Bastia', day: 0, registration: { mode: 'none' } },
  { key: 'strasbourg-today', idea: 'chatbotpanel', town: 'Strasbourg', day: 0, start: '19:00', registration: OPEN },
  { key: 'montpellier-counter', idea: 'counter', town: 'Montpellier', day: 1, start: '09:30', registration: OPEN },
];

/** What the first page and a region's show first. */
export const demoFeatured = [
  { place: 'home', events: ['tours-sessions', 'le-mans-walk', 'grenoble-moved-online'].map(highlight) },
  { place: '76', events: ['montpellier-walk', 'toulouse-letters'].map(highlight) },
] as const;

export function highlightEvents(frame: DemoFrame): ProgrammeEvent[] {
  return [
    montpellierDays(frame, highlight('montpellier-days')),
    montpellierWalk(frame, highlight('montpellier-walk')),
    leMansWalk(frame, highlight('le-mans-walk')),
    toursSessions(frame),
    todaysWebinar(frame),
    ...HIGHLIGHTS.map((h) => eventOf(frame, h)),
  ];
}

function eventOf(
  frame: DemoFrame,
  { key, idea: name, town: where, day, start, registration, more }: Highlight,
): ProgrammeEvent {
  const id = highlight(key);
  const idea = ideaOf(name);
  const town = towns.find((t) => t.name === where)!;
  const region = departmentOf(town.department)!.region;
  const choice = seeded(`highlight ${key}`);
  const zone = zoneOfRegion(region);
  const slot = { date: addDays(frame.today, day), ...(start ? { start, end: later(start, idea.minutes) } : {}), zone };
  return {
    ...common(frame, id, idea, choice, town.name),
    region,
    department: town.department,
    attendanceMode: 'on_site',
    venues: [inventedVenue(id, town, choice)],
    sessions: [{ id: sampleId(id, 'session'), slot }],
    registration,
    ...more,
  };
}

/** Two sessions with seats of their own, and a shared lunch without registration. */
function toursSessions(frame: DemoFrame): ProgrammeEvent {
  const id = highlight('tours-sessions');
  const base = eventOf(frame, {
    key: 'tours-sessions',
    idea: 'facilitation',
    town: 'Tours',
    day: 3,
    registration: { mode: 'none' },
  });
  const date = addDays(frame.today, 3);
  const seats: RegistrationPolicy = { mode: 'open', capacity: 15, waitingList: true, maxParty: 2 };
  const session = (
    key: string,
    fr: string,
    en: string,
    start: string,
    end: string,
    more: Partial<Session>,
  ): Session => ({
    id: sampleId(id, key),
    title: { fr, en },
    slot: { date, start, end, zone: zoneOfRegion('24') },
    ...more,
  });
  return {
    ...base,
    sessions: [
      session('morning', 'Matin : préparer', 'Morning: preparing', '09:30', '12:00', {
        room: 'Salle 1',
        registration: seats,
      }),
      session('lunch', 'Déjeuner partagé', 'Shared lunch', '12:00', '13:30', {}),
      session('afternoon', 'Après-midi : animer', 'Afternoon: leading', '13:30', '16:00', {
        room: 'Salle 2',
        registration: seats,
      }),
    ],
  };
}

function todaysWebinar(frame: DemoFrame): ProgrammeEvent {
  const id = highlight('webinar-today');
  const idea = ideaOf('oncefor');
  return {
    ...common(frame, id, idea, seeded('highlight webinar-today'), 'en ligne'),
    region: NATIONAL,
    attendanceMode: 'online',
    venues: [],
    sessions: [
      {
        id: sampleId(id, 'session'),
        slot: { date: frame.today, start: '12:30', end: '13:30', zone: zoneOfRegion(NATIONAL) },
      },
    ],
    onlineUrl: 'https://direct.example.org/dites-le-nous',
    registration: { mode: 'open', capacity: 500, maxParty: 1 },
  };
}

function ideaOf(key: string): Idea {
  const idea = ideas.get(key);
  if (!idea) throw new RangeError(`no idea ${key}`);
  return idea;
}
