import type { Edition, Source } from '#domain/programme.ts';

/**
 * Past editions as facts, in our own sentences. A first or last day is given only where one is known; nothing is
 * filled in. Figures are those that the organisers published at the time, rounded as they rounded them.
 */
const source = (...names: readonly string[]): Source => ({ name: names.join(' ; ') });
const RECORDED = 'Faits publics sur les éditions, relevés pour cette archive';
const KNOWN = source(RECORDED);
const PAGE_2018 = source(
  'Page « Innovation publique à Montpellier, le 20 novembre 2018 », 5 novembre 2018 (dates)',
  RECORDED,
);
const PAGE_2019 = source('Article de présentation de la 6e édition, novembre 2019', RECORDED);
const PAGE_2021 = source('Compte rendu de la table ronde de Limoges, novembre 2021', RECORDED);
const DITP_2024 = "Direction interministérielle de la transformation publique, « Mois de l'innovation publique 2024 »";
const PAGE_2024 = source(DITP_2024);
const PAGE_2022 = source(DITP_2024, RECORDED);

interface Facts {
  readonly year: number;
  readonly days?: readonly [from: string, to?: string];
  readonly fr: string;
  readonly en: string;
  readonly source: Source;
  readonly themes?: Edition['themes'];
}

const WEEK = { fr: "Semaine de l'innovation publique", en: 'Public Innovation Week' };
const MONTH = { fr: "Mois de l'innovation publique", en: 'Public Innovation Month' };

const FACTS: readonly Facts[] = [
  {
    year: 2014,
    days: ['2014-11-12', '2014-11-16'],
    fr: 'La première édition : cinq jours de novembre.',
    en: 'The first edition: five days in November.',
    source: KNOWN,
  },
  {
    year: 2015,
    days: ['2015-10-12', '2015-10-18'],
    fr: 'La deuxième édition, la seule en octobre.',
    en: 'The second edition, the only one in October.',
    source: KNOWN,
  },
  {
    year: 2016,
    days: ['2016-11-14'],
    fr: "La troisième édition commence le 14 novembre ; l'archive n'en connaît pas le dernier jour.",
    en: 'The third edition began on 14 November; the archive does not know its last day.',
    source: KNOWN,
  },
  {
    year: 2017,
    days: ['2017-11-20', '2017-11-26'],
    fr: 'La quatrième édition, du lundi au dimanche.',
    en: 'The fourth edition, from Monday to Sunday.',
    source: KNOWN,
  },
  {
    year: 2018,
    days: ['2018-11-19', '2018-11-25'],
    fr: 'La cinquième édition : environ 300 événements et 25 000 participants.',
    en: 'The fifth edition: about 300 events and 25,000 participants.',
    source: PAGE_2018,
  },
  {
    year: 2019,
    days: ['2019-11-25', '2019-11-30'],
    fr: 'La sixième édition, la dernière qui tient en une semaine.',
    en: 'The sixth edition, the last to fit in one week.',
    source: PAGE_2019,
  },
  {
    year: 2020,
    fr: 'La première édition étendue à un mois entier : plus de 350 événements.',
    en: 'The first edition to last a whole month: over 350 events.',
    source: KNOWN,
  },
  {
    year: 2021,
    fr: 'En novembre : plus de 350 événements.',
    en: 'In November: over 350 events.',
    source: PAGE_2021,
  },
  {
    year: 2022,
    days: ['2022-11-02', '2022-11-30'],
    fr: 'La neuvième édition : environ 400 événements.',
    en: 'The ninth edition: about 400 events.',
    source: PAGE_2022,
  },
  {
    year: 2023,
    fr: 'En novembre, autour de la simplification : plus de 300 événements, dont 200 en régions.',
    en: 'In November, about simplification: over 300 events, 200 of them in the regions.',
    source: PAGE_2024,
    themes: [{ code: 'simplification', label: { fr: 'Simplification', en: 'Simplification' } }],
  },
  {
    year: 2024,
    days: ['2024-11-04', '2024-11-30'],
    fr: 'La onzième édition, ouverte à toutes les administrations et au grand public.',
    en: 'The eleventh edition, open to all administrations and to the general public.',
    source: PAGE_2024,
  },
];

export const archiveEditionId = (year: number): string => `innovation-publique-${year}`;

export const archiveEditions: readonly Edition[] = FACTS.map(({ year, days, fr, en, source, themes = [] }) => {
  const name = year < 2020 ? WEEK : MONTH;
  return {
    id: archiveEditionId(year),
    title: { fr: `${name.fr} ${year}`, en: `${name.en} ${year}` },
    year,
    ...(days ? { from: days[0] } : {}),
    ...(days?.[1] ? { to: days[1] } : {}),
    themes,
    about: { fr, en },
    kind: 'archive',
    source,
    current: false,
  };
});
