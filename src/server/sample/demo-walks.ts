import { addDays } from '#domain/dates.ts';
import type { ProgrammeEvent, RegistrationPolicy, Session, TourStop, Venue } from '#domain/programme.ts';
import { zoneOfRegion } from '#domain/regions.ts';
import { montpellierStops } from './archive-events.ts';
import { leMansRoute, montpellierRoute } from './demo-routes.ts';
import type { DemoFrame } from './demo-events.ts';
import { sampleId } from './identity.ts';

/** The demonstration organiser's days in Montpellier, the walk over the three real stops, and one in Le Mans. */
const ZONE = zoneOfRegion('76');
const WALKERS: RegistrationPolicy = { mode: 'open', capacity: 25, waitingList: true, maxParty: 4 };
const FICTIONAL = { fr: 'Événement fictif.', en: 'A fictional event.' };

const lab: Venue = {
  id: sampleId('demo', 'venue', 'lab-montpellier'),
  name: 'Halle du Lavoir',
  address: '3 place du Lavoir',
  postalCode: '34000',
  city: 'Montpellier',
  position: { lat: 43.6086, lon: 3.8812, approximate: true },
  access: {
    fr: 'Rampe à gauche de la porte principale, boucle magnétique dans la grande salle.',
    en: 'Ramp to the left of the main door, induction loop in the large room.',
  },
  transport: {
    fr: 'Tram à trois minutes, arceaux pour vélos devant la porte.',
    en: 'Tram three minutes away, bicycle stands at the door.',
  },
};

/** It lasts four days, so that on the day of the first start one can always still register and be let in. */
export function montpellierDays(frame: DemoFrame, id: string): ProgrammeEvent {
  const session = (
    key: string,
    day: number,
    start: string,
    end: string,
    fr: string,
    en: string,
    room?: string,
  ): Session => ({
    id: sampleId(id, key),
    title: { fr, en },
    slot: { date: addDays(frame.today, day), start, end, zone: ZONE },
    ...(room ? { room } : {}),
  });
  return {
    id,
    editionId: frame.editionId,
    slug: 'les-jours-ouverts-du-laboratoire-montpellier',
    region: '76',
    department: '34',
    title: { fr: 'Les jours ouverts du laboratoire, à Montpellier', en: 'Open days of the lab, in Montpellier' },
    summary: {
      fr: "Quatre jours pour essayer, discuter et rencontrer celles et ceux qui changent le service public d'ici.",
      en: 'Four days to try, discuss and meet those who change public service here.',
    },
    description: {
      fr: `On entre et on sort quand on veut : une seule inscription vaut pour les quatre jours.

Le premier jour commence par une conférence et finit tard, en musique. Les trois suivants sont faits d'ateliers courts, sans expert et sans estrade.

${FICTIONAL.fr}`,
      en: `Come and go as you like: one registration is good for all four days.

The first day begins with a talk and ends late, with music. The next three are made of short workshops, with no expert and no stage.

${FICTIONAL.en}`,
    },
    format: 'open_day',
    themes: ['design', 'participation', 'accueil'],
    audiences: ['agents', 'managers', 'public'],
    attendanceMode: 'on_site',
    status: 'scheduled',
    organisers: [{ name: 'Laboratoire La Passerelle' }],
    venues: [lab],
    sessions: [
      session(
        'talk',
        0,
        '10:00',
        '10:40',
        'Conférence : repartir de ce que vivent les gens',
        'Talk: starting from what people live',
        'Grande salle',
      ),
      session('sharing', 0, '10:40', '12:00', "Partage d'expériences", 'Sharing experiences', 'Grande salle'),
      session(
        'evening',
        0,
        '17:30',
        '23:30',
        'Soirée des projets en cours',
        'An evening of projects under way',
        'Cour',
      ),
      session('second', 1, '09:30', '18:00', 'Ateliers du deuxième jour', 'Workshops, second day'),
      session('third', 2, '09:30', '18:00', 'Ateliers du troisième jour', 'Workshops, third day'),
      session('fourth', 3, '09:30', '16:00', 'Ateliers et restitution', 'Workshops and results'),
    ],
    accessibility: ['mi', 'hi', 'vi'],
    registration: { mode: 'open', capacity: 150, waitingList: true, maxParty: 4 },
    publishedAt: frame.at,
    updatedAt: frame.at,
  };
}

/** The same walk on three days, with a guide and seats each time. */
function walks(
  id: string,
  frame: DemoFrame,
  days: readonly number[],
  start: string,
  end: string,
  venueId: string,
): Session[] {
  return days.map((day, i) => ({
    id: sampleId(id, 'walk', i),
    title: { fr: `Balade, groupe ${i + 1}`, en: `Walk, group ${i + 1}` },
    slot: { date: addDays(frame.today, day), start, end, zone: ZONE },
    venueId,
    registration: WALKERS,
  }));
}

/** Minutes after the start at which the group is at each stop. */
const MONTPELLIER_MINUTES = [0, 45, 85];

export function montpellierWalk(frame: DemoFrame, id: string): ProgrammeEvent {
  const stops = montpellierStops('demo-montpellier').map((stop, i) => ({
    ...stop,
    dwell: 20,
    after: MONTPELLIER_MINUTES[i]!,
  }));
  const first: Venue = {
    id: sampleId(id, 'venue'),
    name: 'Espace French Tech',
    address: '1 place Francis Ponge',
    postalCode: '34000',
    city: 'Montpellier',
    position: stops[0]!.position,
    access: { fr: "Rendez-vous devant l'entrée.", en: 'Meet in front of the entrance.' },
  };
  return {
    id,
    editionId: frame.editionId,
    slug: 'balade-cite-intelligente-montpellier',
    region: '76',
    department: '34',
    title: {
      fr: 'Balade autour de la cité intelligente, Montpellier',
      en: 'A walk around the smart city, Montpellier',
    },
    summary: {
      fr: 'Trois étapes à pied, deux heures, sur les pas de la déambulation de 2018.',
      en: 'Three stops on foot, two hours, in the steps of the walk of 2018.',
    },
    description: {
      fr: `On refait la déambulation du 20 novembre 2018, dans le même ordre, en regardant ce qui a changé : le socle numérique, l'habitat et les objets connectés, puis la ville depuis le musée.

Le parcours entre les étapes est placé à la main : suivez les rues. Les étapes sont réelles, l'événement est fictif.`,
      en: `We repeat the walk of 20 November 2018, in the same order, and look at what has changed: the digital base, the home and its connected objects, then the town from the museum.

The route between the stops is placed by hand: follow the streets. The stops are real, the event is fictional.`,
    },
    format: 'walk',
    themes: ['numerique', 'territoires'],
    audiences: ['agents', 'public'],
    attendanceMode: 'on_site',
    status: 'scheduled',
    organisers: [{ name: 'Laboratoire La Passerelle' }],
    venues: [first],
    sessions: walks(id, frame, [0, 1, 7], '14:00', '16:00', first.id),
    accessibility: ['mi', 'hi'],
    conditions: {
      fr: 'Prévoir des chaussures de marche et une gourde.',
      en: 'Bring walking shoes and a water bottle.',
    },
    registration: { mode: 'none' },
    tour: {
      slug: 'balade-cite-intelligente-montpellier',
      title: { fr: 'La cité intelligente en trois étapes', en: 'The smart city in three stops' },
      stops,
      route: montpellierRoute,
      approximate: true,
    },
    publishedAt: frame.at,
    updatedAt: frame.at,
  };
}

function leMansStop(
  n: number,
  after: number,
  fr: string,
  en: string,
  textFr: string,
  textEn: string,
  lat: number,
  lon: number,
): TourStop {
  return {
    id: sampleId('demo-le-mans', 'stop', n),
    title: { fr, en },
    text: { fr: textFr, en: textEn },
    position: { lat, lon },
    dwell: 12,
    after,
  };
}

const LE_MANS_STOPS: readonly TourStop[] = [
  leMansStop(
    1,
    0,
    'Pierre Saint-Julien',
    'Saint-Julien standing stone',
    "Un menhir contre un mur de cathédrale : le plus ancien point de rendez-vous de la ville. On y parle de ce qu'un lieu public doit à l'habitude.",
    'A standing stone against a cathedral wall: the oldest meeting point in town. We talk of what a public place owes to habit.',
    48.00967,
    0.19807,
  ),
  leMansStop(
    2,
    20,
    'Place Saint-Vincent',
    'Place Saint-Vincent',
    "Arrêts de bus, terrasses, passage des élèves : qui traverse, à quelle heure, et qui s'assied ?",
    'Bus stops, terraces, pupils passing: who crosses, at what hour, and who sits down?',
    48.01073,
    0.19903,
  ),
  leMansStop(
    3,
    50,
    'Jardin du musée de Tessé',
    'Garden of the Musée de Tessé',
    "Un jardin ouvert, des horaires affichés, des bancs à l'ombre : on compte ensemble.",
    'An open garden, posted hours, benches in the shade: we count together.',
    48.0097,
    0.20408,
  ),
  leMansStop(
    4,
    75,
    'Musée de Tessé',
    'Musée de Tessé',
    "Arrivée devant le musée : chacun dit l'étape qu'il changerait, et comment.",
    'Arrival before the museum: everyone says which stop they would change, and how.',
    48.01025,
    0.20346,
  ),
];

export function leMansWalk(frame: DemoFrame, id: string): ProgrammeEvent {
  const first: Venue = {
    id: sampleId(id, 'venue'),
    name: 'Pierre Saint-Julien',
    postalCode: '72000',
    city: 'Le Mans',
    position: LE_MANS_STOPS[0]!.position,
    access: { fr: 'Sol pavé, pente légère depuis la place.', en: 'Cobbled ground, gentle slope from the square.' },
  };
  return {
    id,
    editionId: frame.editionId,
    slug: 'balade-de-la-pierre-au-jardin-le-mans',
    region: '52',
    department: '72',
    title: { fr: 'De la pierre au jardin : balade au Mans', en: 'From the stone to the garden: a walk in Le Mans' },
    summary: {
      fr: "Quatre étapes courtes pour lire l'espace public avec celles et ceux qui l'entretiennent.",
      en: 'Four short stops to read public space with those who look after it.',
    },
    description: {
      fr: `À petits pas, avec une jardinière, un cantonnier et une urbaniste, on lit la ville comme un service : l'ombre, l'eau, l'assise, le passage.

Les lieux sont réels, l'événement est fictif.`,
      en: `At a gentle pace, with a gardener, a road-mender and a town planner, we read the town as a service: shade, water, seats, passage.

The places are real, the event is fictional.`,
    },
    format: 'walk',
    themes: ['territoires', 'participation'],
    audiences: ['public'],
    attendanceMode: 'on_site',
    status: 'scheduled',
    organisers: [{ name: 'Atelier du service public du Mans' }],
    venues: [first],
    sessions: walks(id, frame, [1, 8], '10:00', '11:45', first.id),
    accessibility: ['hi'],
    registration: { mode: 'none' },
    tour: {
      slug: 'de-la-pierre-au-jardin-le-mans',
      title: { fr: 'De la pierre au jardin', en: 'From the stone to the garden' },
      stops: LE_MANS_STOPS,
      route: leMansRoute,
    },
    source: { name: "Étapes et parcours : © les contributeurs d'OpenStreetMap, 2020", licence: 'ODbL 1.0' },
    publishedAt: frame.at,
    updatedAt: frame.at,
  };
}
