import type { LocalDate } from '#domain/dates.ts';
import { addDays } from '#domain/dates.ts';
import type { Edition, Theme } from '#domain/programme.ts';

const theme = (code: string, fr: string, en: string): Theme => ({ code, label: { fr, en } });

export const demoThemes: readonly Theme[] = [
  theme('accueil', 'Accueil du public', 'Welcoming the public'),
  theme('accessibilite', 'Accessibilité', 'Accessibility'),
  theme('design', 'Design des politiques publiques', 'Policy design'),
  theme('donnees', 'Données publiques', 'Public data'),
  theme('ia', 'Intelligence artificielle', 'Artificial intelligence'),
  theme('langage', 'Langage clair', 'Plain language'),
  theme('management', 'Organisation du travail', 'Work and teams'),
  theme('numerique', 'Services numériques', 'Digital services'),
  theme('participation', 'Participation citoyenne', 'Citizen participation'),
  theme('sante', 'Santé', 'Health'),
  theme('simplification', 'Simplification', 'Simplification'),
  theme('territoires', 'Territoires', 'Places and regions'),
  theme('transition', 'Transition écologique', 'Green transition'),
];

/** Days of the edition before and after the one that it is built around. */
export const DAYS_BEFORE = 4;
export const DAYS_AFTER = 24;

export const demoEditionId = (today: LocalDate): string => `demo-${today.slice(0, 4)}`;

/** The fictional edition around a day. Its id is given: it stays when the edition is moved along. */
export function demoEdition(id: string, today: LocalDate): Edition {
  const year = Number(today.slice(0, 4));
  return {
    id,
    title: { fr: `Édition de démonstration ${year} (fictive)`, en: `Demonstration edition ${year} (fictional)` },
    year,
    from: addDays(today, -DAYS_BEFORE),
    to: addDays(today, DAYS_AFTER),
    themes: demoThemes,
    about: {
      fr: 'Tout est inventé : événements, organisateurs, adresses et inscrits. Seules les villes existent. Cette édition sert à essayer Escale ; ses dates avancent quand elle est passée.',
      en: 'All of it is invented: events, organisers, addresses and registrants. Only the towns exist. This edition is for trying Escale; its dates move on once it is past.',
    },
    kind: 'demo',
    current: true,
    proposals: {
      steps: ['region', 'nation'],
      until: addDays(today, DAYS_AFTER),
      customFields: [
        {
          id: 'first_time',
          label: { fr: 'Est-ce votre première participation ?', en: 'Is this your first time taking part?' },
          kind: 'yes_no',
        },
        {
          id: 'help',
          label: { fr: "Ce que vous attendez de l'équipe nationale", en: 'What you expect of the national team' },
          hint: {
            fr: 'Un intervenant, une affiche, un relais sur les réseaux.',
            en: 'A speaker, a poster, a word on social networks.',
          },
          kind: 'text',
        },
      ],
    },
  };
}
