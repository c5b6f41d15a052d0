import type { Language } from '#domain/text.ts';
import type { Correction, ProposalLetterKind } from '../../db/schema-proposals.ts';
import { fieldNames } from './field-names.ts';

export interface ProposalLetterFacts {
  readonly title: string;
  /** Of an event that is published already. */
  readonly edit: boolean;
  /** What was asked for, or said. */
  readonly text?: string;
  /** What was put right. */
  readonly corrections?: readonly Correction[];
  readonly url: string;
}

interface Words {
  readonly hello: string;
  readonly untitled: string;
  readonly subject: Record<ProposalLetterKind, (title: string) => string>;
  readonly opening: Record<ProposalLetterKind, (facts: ProposalLetterFacts) => string>;
  readonly link: Record<ProposalLetterKind, string>;
  /** A line about a corrected field; without words of a long one. */
  readonly correction: (field: string, from?: string, to?: string) => string;
  /** An empty text. */
  readonly empty: string;
}

const WORDS: Record<Language, Words> = {
  fr: {
    hello: 'Bonjour,',
    untitled: 'proposition sans titre',
    subject: {
      changes_requested: (title) => `À compléter : ${title}`,
      refused: (title) => `Proposition refusée : ${title}`,
      published: (title) => `Publié : ${title}`,
      commented: (title) => `Un message sur votre proposition : ${title}`,
      corrected: (title) => `Votre proposition a été corrigée : ${title}`,
      resubmitted: (title) => `Proposition complétée : ${title}`,
      answered: (title) => `Réponse de l’organisateur : ${title}`,
    },
    opening: {
      changes_requested: ({ title }) => `Avant de publier « ${title} », l’équipe vous demande ceci :`,
      refused: ({ title }) => `« ${title} » n’entrera pas au programme, pour la raison suivante :`,
      published: ({ title, edit }) =>
        edit ? `Vos modifications de « ${title} » sont publiées.` : `« ${title} » est au programme.`,
      commented: ({ title }) => `L’équipe vous écrit au sujet de « ${title} » :`,
      corrected: ({ title }) =>
        `L’équipe qui relit « ${title} » en a corrigé le texte. Vous n’avez rien à faire ; si cela ne convient pas, dites-le-lui sur la page de la proposition.`,
      resubmitted: ({ title }) =>
        `« ${title} », pour laquelle vous aviez demandé des modifications, est de nouveau soumise.`,
      answered: ({ title }) => `L’organisateur vous répond au sujet de « ${title} » :`,
    },
    link: {
      changes_requested: 'Compléter la proposition :',
      refused: 'Voir la proposition :',
      published: 'Voir la page :',
      commented: 'Répondre :',
      corrected: 'Voir la proposition :',
      resubmitted: 'La relire :',
      answered: 'Voir la proposition :',
    },
    correction: (field, from, to) => (from === undefined ? field : `${field} : « ${from} » devient « ${to} »`),
    empty: '(vide)',
  },
  en: {
    hello: 'Hello,',
    untitled: 'untitled proposal',
    subject: {
      changes_requested: (title) => `Changes requested: ${title}`,
      refused: (title) => `Proposal refused: ${title}`,
      published: (title) => `Published: ${title}`,
      commented: (title) => `A message about your proposal: ${title}`,
      corrected: (title) => `Your proposal was corrected: ${title}`,
      resubmitted: (title) => `Proposal completed: ${title}`,
      answered: (title) => `The organiser has answered: ${title}`,
    },
    opening: {
      changes_requested: ({ title }) => `Before “${title}” can be published, the team asks for this:`,
      refused: ({ title }) => `“${title}” will not be in the programme, for this reason:`,
      published: ({ title, edit }) =>
        edit ? `Your changes to “${title}” are published.` : `“${title}” is in the programme.`,
      commented: ({ title }) => `The team writes to you about “${title}”:`,
      corrected: ({ title }) =>
        `The team that reads “${title}” has corrected its text. You need do nothing; if it is not right, tell them on the page of the proposal.`,
      resubmitted: ({ title }) => `“${title}”, for which you had asked for changes, has been submitted again.`,
      answered: ({ title }) => `The organiser answers you about “${title}”:`,
    },
    link: {
      changes_requested: 'Complete the proposal:',
      refused: 'See the proposal:',
      published: 'See the page:',
      commented: 'Answer:',
      corrected: 'See the proposal:',
      resubmitted: 'Read it again:',
      answered: 'See the proposal:',
    },
    correction: (field, from, to) => (from === undefined ? field : `${field}: “${from}” becomes “${to}”`),
    empty: '(empty)',
  },
};

/** A mail about a proposal, in its reader's language. */
export function proposalMail(
  kind: ProposalLetterKind,
  language: Language,
  given: ProposalLetterFacts,
): { readonly subject: string; readonly text: string } {
  const words = WORDS[language];
  const facts = { ...given, title: given.title.replaceAll(/\s+/g, ' ').trim() || words.untitled };
  const quoted = facts.text ? ['', ...facts.text.split('\n').map((line) => `> ${line}`)] : [];
  const said = (text: string | undefined) => (text?.trim() === '' ? words.empty : text?.replaceAll(/\s+/g, ' ').trim());
  const corrected = (facts.corrections ?? []).map(
    ({ field, from, to }) => `- ${words.correction(fieldNames[language][field], said(from), said(to))}`,
  );
  const listed = corrected.length > 0 ? ['', ...corrected] : [];
  const lines = [
    words.hello,
    '',
    words.opening[kind](facts),
    ...quoted,
    ...listed,
    '',
    words.link[kind],
    facts.url,
    '',
  ];
  return { subject: words.subject[kind](facts.title), text: lines.join('\n') };
}
