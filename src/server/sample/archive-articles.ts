import type { Article } from '#domain/content.ts';
import { archiveEditionId } from './archive-editions.ts';
import { sampleId } from './identity.ts';

/** What was announced and reported of past editions: facts from the same pages as the archive's events, our own sentences. */
interface Told {
  readonly slug: string;
  readonly year: number;
  /** The day on which the page was published; of a month alone its first day. */
  readonly day: string;
  readonly title: Article['title'];
  readonly summary: NonNullable<Article['summary']>;
  readonly body: Article['body'];
}

const TOLD: readonly Told[] = [
  {
    slug: 'angers-une-question-six-entrees',
    year: 2016,
    day: '2016-10-11',
    title: { fr: 'Angers : une question, six entrées', en: 'Angers: one question, six ways in' },
    summary: {
      fr: "Le 15 novembre, les acteurs de l'innovation publique de Maine-et-Loire se retrouvent pour deux heures de discussion.",
      en: 'On 15 November the public innovators of Maine-et-Loire meet for two hours of talk.',
    },
    body: {
      fr: "Un an après une première rencontre, la Ville d'Angers, Angers Loire Métropole et la Mission Val de Loire invitent à poursuivre : de quoi avons-nous besoin pour mieux innover ? Six pistes sont proposées, de l'observation dans son propre service à l'invention de nouvelles méthodes.\n\n[Voir la fiche de la rencontre](/evenements/rencontre-innovation-publique-angers-2016)\n\nSource : Mission Val de Loire, page publiée le 11 octobre 2016 et mise à jour le 16 novembre 2016.",
      en: 'A year after a first meeting, the City of Angers, Angers Loire Métropole and Mission Val de Loire invite people to go on: what do we need in order to innovate better? Six ways in are offered, from observing in one’s own department to inventing new methods.\n\n[See the gathering](/evenements/rencontre-innovation-publique-angers-2016)\n\nSource: Mission Val de Loire, page published on 11 October 2016 and updated on 16 November 2016.',
    },
  },
  {
    slug: 'montpellier-une-journee-et-une-balade',
    year: 2018,
    day: '2018-11-05',
    title: { fr: 'Montpellier : une journée et une balade', en: 'Montpellier: a day and a walk' },
    summary: {
      fr: 'La Semaine se déroule du 19 au 25 novembre 2018. À Montpellier, rendez-vous le 20.',
      en: 'The Week runs from 19 to 25 November 2018. In Montpellier, the day is the 20th.',
    },
    body: {
      fr: "La programmation est ouverte à tous et à tous les sujets : découvrir de nouvelles méthodes de conception des politiques publiques, rencontrer celles et ceux qui les essaient, prendre part à l'élaboration de services. La journée de Montpellier réunit plusieurs lieux, et une balade les relie.\n\n[Voir les balades](/balades)\n\nSource : page « Innovation publique à Montpellier, le 20 novembre 2018 », publiée le 5 novembre 2018.",
      en: 'The programme is open to everyone and to every subject: discover new ways of making public policy, meet the people who try them, take part in designing services. The day in Montpellier brings several places together, and a walk links them.\n\n[See the walks](/balades)\n\nSource: page on the Montpellier day of 20 November 2018, published on 5 November 2018.',
    },
  },
  {
    slug: 'mois-innovation-publique-2024',
    year: 2024,
    day: '2024-11-04',
    title: {
      fr: "Du 4 au 30 novembre 2024, un mois d'innovation publique",
      en: 'From 4 to 30 November 2024, a month of public innovation',
    },
    summary: {
      fr: 'La onzième édition dure un mois entier, et son programme est fait par celles et ceux qui y participent.',
      en: 'The eleventh edition lasts a whole month, and those who take part make its programme.',
    },
    body: {
      fr: "Depuis 2014, la Direction interministérielle de la transformation publique réunit chaque année un programme d'événements proposés par des agents de l'État, des collectivités et des établissements sanitaires et sociaux. Il s'adresse aux agents et aux managers, et aussi au grand public. Chaque organisateur choisit son format, de la conférence au simplificathon, et référence son événement.\n\nSource : DITP, « Mois de l'innovation publique 2024 ».",
      en: 'Since 2014 the French interministerial directorate for public transformation has brought together each year a programme of events proposed by people of the State, of local authorities and of health and social institutions. It is for public agents and managers, and for the general public. Each organiser chooses a format, from a conference to a day of simplifying letters, and lists their event.\n\nSource: DITP, “Mois de l’innovation publique 2024”.',
    },
  },
];

export function archiveArticles(): Article[] {
  return TOLD.map(({ slug, year, day, title, summary, body }) => ({
    id: sampleId('article', slug),
    slug,
    editionId: archiveEditionId(year),
    title,
    summary,
    body,
    publishedAt: `${day}T08:00:00.000Z`,
    updatedAt: `${day}T08:00:00.000Z`,
  }));
}
