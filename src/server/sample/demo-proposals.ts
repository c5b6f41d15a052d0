import { addDays } from '#domain/dates.ts';
import type { ProposalContent } from '#domain/proposal.ts';
import type { MutationArgs, MutationName } from '#protocol/mutation.ts';
import type { DemoFrame } from './demo-events.ts';
import { highlight } from './demo-highlights.ts';
import { sampleId } from './identity.ts';

export type ProposalMutation = Extract<MutationName, `${string}-proposal`>;

/** One thing that somebody of the sample did to a proposal, some hours before the sample was loaded. */
export interface DemoDeed<N extends ProposalMutation = ProposalMutation> {
  readonly mutationId: string;
  readonly email: string;
  readonly hoursAgo: number;
  readonly name: N;
  readonly args: MutationArgs<N>;
}

const ORGANISER = 'organisatrice@escale.example';
const REGIONAL = 'correspondante@escale.example';
const NATIONAL = 'equipe@escale.example';

interface Draft {
  readonly key: string;
  readonly title: string;
  readonly english?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly city: string;
  readonly venue: string;
  /** Days from the one that the edition is built around. */
  readonly day: number;
  readonly start: string;
  readonly end: string;
  readonly more?: ProposalContent;
}

const id = (key: string): string => sampleId('demo', 'proposal', key);

function contentOf(frame: DemoFrame, draft: Draft): ProposalContent {
  const { key, title, english, summary, description, city, venue, day, start, end, more } = draft;
  return {
    region: '76',
    title: { fr: title, ...(english ? { en: english } : {}) },
    ...(summary ? { summary: { fr: summary } } : {}),
    ...(description ? { description: { fr: description } } : {}),
    format: 'workshop',
    themes: ['langage'],
    audiences: ['agents'],
    attendanceMode: 'on_site',
    organisers: [{ name: 'Atelier des services d’Occitanie' }],
    venues: [{ id: sampleId('demo', 'proposal', key, 'venue'), name: venue, city }],
    sessions: [
      {
        id: sampleId('demo', 'proposal', key, 'session'),
        slot: { date: addDays(frame.today, day), start, end, zone: 'Europe/Paris' },
      },
    ],
    registration: { mode: 'open', capacity: 30, waitingList: true },
    privateContact: { name: 'Camille Exemple', email: 'camille@atelier.example', phone: '05 00 00 00 00' },
    ...more,
  };
}

const LETTERS: Draft = {
  key: 'forms',
  title: 'Un formulaire que tout le monde comprend',
  english: 'A form that everybody understands',
  summary: 'En deux heures, récrire ensemble un formulaire de la mairie.',
  description:
    'Chacun apporte un formulaire de son service. On le lit à voix haute, on barre, on récrit, puis on le fait lire à quelqu’un qui ne le connaît pas.',
  city: 'Albi',
  venue: 'Maison des services',
  day: 9,
  start: '14:00',
  end: '16:00',
};

/** Proposals in several states, so that whoever looks at the demonstration sees how they are read and answered. */
export function demoProposals(frame: DemoFrame): DemoDeed[] {
  const deeds: DemoDeed[] = [];
  const add = <N extends ProposalMutation>(email: string, hoursAgo: number, name: N, args: MutationArgs<N>): void => {
    deeds.push({ mutationId: sampleId('demo', 'proposal', 'deed', deeds.length), email, hoursAgo, name, args });
  };
  const handIn = (draft: Draft, hoursAgo: number, email = ORGANISER): string => {
    const proposalId = id(draft.key);
    const version = sampleId('demo', 'proposal', draft.key, 'version');
    const origin = { editionId: frame.editionId };
    add(email, hoursAgo + 2, 'save-proposal', { proposalId, origin, version, content: contentOf(frame, draft) });
    add(email, hoursAgo, 'submit-proposal', { proposalId, version });
    return proposalId;
  };
  // Every hand-in has made two revisions.
  const seen = 2;

  add(ORGANISER, 3, 'save-proposal', {
    proposalId: id('draft'),
    origin: { editionId: frame.editionId },
    version: sampleId('demo', 'proposal', 'draft', 'version'),
    content: { region: '76', title: { fr: 'Petit déjeuner des agents d’accueil' }, format: 'meeting' },
  });
  handIn(LETTERS, 30);
  handIn(
    {
      ...LETTERS,
      key: 'forms-twice',
      title: 'Un formulaire que tout le monde comprenne',
      english: 'A form for everybody to understand',
      venue: 'Médiathèque',
    },
    20,
    REGIONAL,
  );

  const library = handIn(
    {
      key: 'library',
      title: 'La bibliothèque qui prête des services',
      summary: 'Visite d’une bibliothèque où l’on vient aussi faire ses démarches.',
      city: 'Rodez',
      venue: 'Bibliothèque du faubourg',
      day: 11,
      start: '10:00',
      end: '11:30',
      more: { format: 'visit', themes: ['accueil'], audiences: ['public'], custom: { first_time: 'yes' } },
    },
    50,
  );
  add(REGIONAL, 26, 'decide-proposal', { proposalId: library, base: seen, decision: 'approve' });

  const budget = handIn(
    {
      key: 'budget',
      title: 'Jouer au budget de la commune',
      summary: 'Un jeu de plateau pour décider à dix de ce qui se construit.',
      city: 'Cahors',
      venue: 'Salle des fêtes',
      day: 13,
      start: '18:30',
      end: '20:30',
      more: { themes: ['participation'], audiences: ['public'] },
    },
    48,
  );
  add(REGIONAL, 25, 'decide-proposal', {
    proposalId: budget,
    base: seen,
    decision: 'request_changes',
    text: 'La salle des fêtes est-elle accessible en fauteuil ? Précisez-le, avec l’entrée à prendre.',
  });
  add(ORGANISER, 5, 'comment-proposal', {
    proposalId: budget,
    commentId: sampleId('demo', 'proposal', 'budget', 'comment'),
    text: 'Je demande à la mairie et je complète cette semaine.',
  });

  const chess = handIn(
    {
      key: 'chess',
      title: 'Tournoi d’échecs du comité',
      summary: 'Un tournoi amical entre collègues.',
      city: 'Auch',
      venue: 'Foyer du personnel',
      day: 15,
      start: '12:30',
      end: '14:00',
      more: { format: 'meeting', themes: [] },
    },
    70,
  );
  add(NATIONAL, 45, 'decide-proposal', {
    proposalId: chess,
    base: seen,
    decision: 'refuse',
    text: 'Un tournoi entre collègues n’entre pas dans le programme, ouvert au public ou à d’autres services.',
  });
  return deeds;
}

/** The published event that the sample’s edit would change, and who is its organiser. */
export const demoEdit = {
  proposalId: id('edit'),
  version: sampleId('demo', 'proposal', 'edit', 'version'),
  eventId: highlight('montpellier-counter'),
  email: ORGANISER,
  summary: {
    fr: 'Venez comme au guichet : on vous dit ce qui change, et vous dites ce qui manque.',
    en: 'Come as to the counter: we tell you what changes, and you say what is missing.',
  },
} as const;
