import type { ProgrammeEvent, Session, Source, TourStop, Venue } from '#domain/programme.ts';
import { archiveEditionId } from './archive-editions.ts';
import { sampleId } from './identity.ts';

/**
 * Three real events, told from the pages that announced or reported them: facts alone, our own sentences, hours only
 * where the page gives them. Positions are placed by hand. Nobody registers for the past.
 */
const ZONE = 'Europe/Paris';
type Dated = Omit<ProgrammeEvent, 'publishedAt' | 'updatedAt'>;

const ANGERS_SOURCE: Source = {
  name: 'Mission Val de Loire, « Social gathering on public innovation (Maine-et-Loire) », 11 octobre 2016',
};
const MONTPELLIER_SOURCE: Source = {
  name: 'Page « Innovation publique à Montpellier, le 20 novembre 2018 », 5 novembre 2018',
};
const LIMOGES_SOURCE: Source = { name: 'Compte rendu de la table ronde du 24 novembre 2021 à Limoges' };

const angers: Dated = {
  id: sampleId('archive', 'angers-2016'),
  editionId: archiveEditionId(2016),
  slug: 'rencontre-innovation-publique-angers-2016',
  region: '52',
  department: '49',
  title: {
    fr: "Rencontre conviviale sur l'innovation publique (Maine-et-Loire)",
    en: 'Social gathering on public innovation (Maine-et-Loire)',
  },
  summary: {
    fr: "Deux heures d'échanges informels entre acteurs de l'innovation publique du département, un an après une première rencontre.",
    en: 'Two hours of informal talk between the public innovators of the département, a year after a first meeting.',
  },
  description: {
    fr: "Une question était posée à toutes les personnes présentes, avec six pistes pour en discuter. La page d'origine donne la durée, deux heures, mais pas l'heure de début.",
    en: 'One question was put to everybody there, with six ways into it. The original page gives the length, two hours, but no hour of beginning.',
  },
  format: 'meeting',
  themes: [],
  audiences: [],
  attendanceMode: 'on_site',
  status: 'scheduled',
  organisers: [
    { name: "Ville d'Angers / Angers Loire Métropole, conseil qualité et organisation" },
    { name: 'Mission Val de Loire' },
  ],
  venues: [
    {
      id: sampleId('archive', 'angers-2016', 'venue'),
      name: "Angers (la page d'origine ne précise pas le lieu)",
      city: 'Angers',
      position: { lat: 47.4711, lon: -0.5518, approximate: true },
    },
  ],
  sessions: [{ id: sampleId('archive', 'angers-2016', 'session'), slot: { date: '2016-11-15', zone: ZONE } }],
  accessibility: [],
  registration: { mode: 'none' },
  question: {
    text: {
      fr: "De quoi avons-nous besoin pour mieux innover, et faire grandir l'innovation publique dans nos administrations ?",
      en: 'What do we need in order to become more skilled innovators and, in turn, ramp up public innovation in our administrations?',
    },
    openings: [
      [
        'Observer en participant, chacun dans son service',
        'We can carry out participant observation, each in our departments',
      ],
      ["Faire appel à d'autres compétences", 'We can call on other skills'],
      ['Partager et raconter nos expériences', 'We can share and tell each other about our experiences'],
      ['Discuter ou agir sur un sujet commun', 'We can discuss or act on a joint subject'],
      ['Se former', 'We can enrol in training'],
      ['Inventer de nouvelles méthodes', 'We can devise new methods'],
    ].map(([fr = '', en = ''], at) => ({
      id: sampleId('archive', 'angers-2016', 'opening', at + 1),
      label: { fr, en },
    })),
    closed: true,
  },
  source: ANGERS_SOURCE,
};

const HOTEL: Venue = {
  id: sampleId('archive', 'montpellier-2018', 'hotel-de-metropole'),
  name: 'Hôtel de Métropole',
  address: '50 place Zeus, 1er étage',
  postalCode: '34000',
  city: 'Montpellier',
  position: { lat: 43.6074, lon: 3.8908, approximate: true },
};
const FRENCH_TECH: Venue = {
  id: sampleId('archive', 'montpellier-2018', 'french-tech'),
  name: 'Espace French Tech',
  address: '1 place Francis Ponge',
  city: 'Montpellier',
  position: { lat: 43.6094, lon: 3.8842, approximate: true },
};
const SAINT_CHARLES: Venue = {
  id: sampleId('archive', 'montpellier-2018', 'saint-charles'),
  name: "Maison des Sciences de l'Homme, site Saint-Charles",
  city: 'Montpellier',
  position: { lat: 43.6172, lon: 3.8727, approximate: true },
};
const FABRE: Venue = {
  id: sampleId('archive', 'montpellier-2018', 'fabre'),
  name: 'Musée Fabre',
  city: 'Montpellier',
  position: { lat: 43.6117, lon: 3.8803, approximate: true },
};

/** The three real stops of the walk of 20 November 2018, in the order in which the programme listed them. */
export function montpellierStops(owner: string): readonly TourStop[] {
  return [
    {
      id: sampleId(owner, 'stop', 1),
      title: { fr: 'Espace French Tech', en: 'Espace French Tech' },
      text: {
        fr: 'Le socle numérique de la cité intelligente : ce sur quoi les services de la ville sont construits.',
        en: "The digital base of the smart city: what the town's services are built upon.",
      },
      position: FRENCH_TECH.position!,
      address: '1 place Francis Ponge, Montpellier',
    },
    {
      id: sampleId(owner, 'stop', 2),
      title: {
        fr: "Maison des Sciences de l'Homme, site Saint-Charles",
        en: "Maison des Sciences de l'Homme, Saint-Charles site",
      },
      text: {
        fr: "Le projet HUT (Human at home projecT) étudie les objets connectés et leur place dans l'habitat.",
        en: 'The HUT project (Human at home projecT) studies connected objects and their place in the home.',
      },
      position: SAINT_CHARLES.position!,
    },
    {
      id: sampleId(owner, 'stop', 3),
      title: { fr: 'Musée Fabre', en: 'Musée Fabre' },
      text: {
        fr: 'Le dispositif numérique « Fabre and the City » se découvre en partant du musée.',
        en: 'The digital trail "Fabre and the City" starts from the museum.',
      },
      position: FABRE.position!,
    },
  ];
}

function montpellierSession(name: string, start: string, end: string, session: Partial<Session>): Session {
  return {
    id: sampleId('archive', 'montpellier-2018', name),
    slot: { date: '2018-11-20', start, end, zone: ZONE },
    venueId: HOTEL.id,
    ...session,
  };
}

const montpellier: Dated = {
  id: sampleId('archive', 'montpellier-2018'),
  editionId: archiveEditionId(2018),
  slug: 'innovation-publique-montpellier-2018',
  region: '76',
  department: '34',
  title: { fr: "Journée de l'innovation publique à Montpellier", en: 'A day of public innovation in Montpellier' },
  summary: {
    fr: "Une conférence, un partage d'expériences, un déjeuner pour discuter et une déambulation autour de la cité intelligente.",
    en: 'A conference, shared experiences, a lunch to talk and a walk around the smart city.',
  },
  description: {
    fr: `La matinée se tenait à l'Hôtel de Métropole, au premier étage ; l'après-midi, dans la ville, en trois lieux.

La semaine voulait faire se rencontrer habitants, services de l'État et collectivités, et montrer en région des formes nouvelles de service public. Son programme était ouvert à tous les sujets.`,
    en: `The morning took place on the first floor of the Hôtel de Métropole, the afternoon in the town, in three places.

The week was meant to bring residents, State services and local authorities together, and to show new forms of public service in the regions. Its programme was open to every subject.`,
  },
  format: 'conference',
  themes: [],
  audiences: ['agents', 'public'],
  attendanceMode: 'on_site',
  status: 'scheduled',
  organisers: [],
  venues: [HOTEL, FRENCH_TECH, SAINT_CHARLES, FABRE],
  sessions: [
    montpellierSession('conference', '10:00', '10:40', {
      title: {
        fr: 'Conférence : le design des politiques publiques',
        en: 'Conference: the design of public policy',
      },
      room: '1er étage',
    }),
    montpellierSession('experiences', '10:40', '12:00', {
      title: { fr: "Partage d'expériences innovantes", en: 'Sharing innovative experiences' },
      summary: {
        fr: "Cinq expériences : Cap santé pour tous ; les écogestes des habitants au quotidien ; l'accompagnement des demandeurs d'emploi en réseau avec les partenaires de l'insertion ; une médiathèque en kit ; la politique de l'eau définie avec les habitants et la relation aux usagers.",
        en: 'Five experiences: health for all; energy-saving habits in daily life; supporting job seekers as a network with partners; a library in a kit; water policy defined with residents, and relations with users.',
      },
      room: '1er étage',
    }),
    montpellierSession('lunch', '12:00', '13:30', {
      title: { fr: 'Déjeuner : venez discuter innovation', en: 'Lunch: come and talk innovation' },
    }),
    montpellierSession('walk', '13:30', '16:00', {
      title: {
        fr: 'Déambulation urbaine autour de la cité intelligente',
        en: 'Urban walk around the smart city',
      },
      summary: {
        fr: 'Trois étapes : Espace French Tech, site Saint-Charles, musée Fabre.',
        en: 'Three stops: Espace French Tech, Saint-Charles site, Musée Fabre.',
      },
      venueId: FRENCH_TECH.id,
    }),
  ],
  accessibility: [],
  registration: { mode: 'none' },
  tour: {
    slug: 'deambulation-cite-intelligente-2018',
    title: { fr: 'Déambulation autour de la cité intelligente', en: 'A walk around the smart city' },
    stops: montpellierStops('montpellier-2018'),
    approximate: true,
  },
  source: MONTPELLIER_SOURCE,
};

const limoges: Dated = {
  id: sampleId('archive', 'limoges-2021'),
  editionId: archiveEditionId(2021),
  slug: 'table-ronde-pratiques-de-travail-limoges-2021',
  region: '75',
  department: '87',
  title: {
    fr: "L'innovation dans les pratiques de travail, à la rencontre de nouvelles initiatives",
    en: 'Innovation in work practices, meeting new initiatives',
  },
  summary: {
    fr: "Table ronde dans l'espace Créativité du Lab Innovation de la Région Nouvelle-Aquitaine, à Limoges.",
    en: 'A round table in the Creativity space of the Innovation Lab of the Nouvelle-Aquitaine Region, in Limoges.',
  },
  description: {
    fr: `Université, agence, caisse, financeur solidaire et associations y présentaient leurs initiatives. L'Université de Limoges a notamment montré COdeMAKER, son nouvel espace de co-conception ; l'association Les Challenges accompagne des jeunes par des concours de création d'entreprises fictives.

Le lab, appelé Fontaine de la Corderie, a ouvert en 2020 dans la Maison de Région. Il apporte aux agents de la Région des méthodes de travail fondées sur l'intelligence collective.

La page d'origine donne le jour, pas les heures.`,
    en: `A university, an agency, a fund, a social financier and associations presented their initiatives. Limoges University showed COdeMAKER, its new co-design space; the association Les Challenges supports young people through competitions in which they create fictitious businesses.

The lab, called Fontaine de la Corderie, opened in 2020 in the Maison de Région. It brings the Region's staff ways of working that rest on collective intelligence.

The original page gives the day, not the hours.`,
  },
  format: 'round_table',
  themes: [],
  audiences: [],
  attendanceMode: 'on_site',
  status: 'scheduled',
  organisers: [{ name: 'Lab Innovation de la Région Nouvelle-Aquitaine' }],
  bodies: [
    { name: 'Université de Limoges' },
    { name: "ANACT (Agence nationale pour l'amélioration des conditions de travail)" },
    { name: 'CARSAT' },
    { name: 'France Active' },
    { name: 'ALIPTIC' },
    { name: 'Association Les Challenges' },
  ],
  venues: [
    {
      id: sampleId('archive', 'limoges-2021', 'venue'),
      name: 'Fontaine de la Corderie, Maison de Région',
      city: 'Limoges',
      position: { lat: 45.8286, lon: 1.2553, approximate: true },
    },
  ],
  sessions: [
    {
      id: sampleId('archive', 'limoges-2021', 'session'),
      slot: { date: '2021-11-24', zone: ZONE },
      room: 'Espace Créativité',
    },
  ],
  accessibility: [],
  registration: { mode: 'none' },
  source: LIMOGES_SOURCE,
};

/** @param at ISO 8601: when the archive is put into this database */
export function archiveEvents(at: string): ProgrammeEvent[] {
  return [angers, montpellier, limoges].map((event) => ({ ...event, publishedAt: at, updatedAt: at }));
}
