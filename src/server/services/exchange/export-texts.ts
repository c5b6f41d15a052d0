import type { Verdict } from '#domain/check-in.ts';
import type { RegistrationState } from '#domain/registration.ts';
import type { Language } from '#domain/text.ts';
import type { AuditKind, Deed } from '#protocol/desk.ts';

/** The words of an exported table: the server writes it, and the screens' catalogues are not its own. */
interface ExportTexts {
  readonly code: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly name: string;
  readonly email: string;
  readonly session: string;
  readonly party: string;
  readonly people: string;
  /** Of a party, beside who registered. */
  readonly others: string;
  readonly state: string;
  readonly arrived: string;
  readonly needs: string;
  readonly requestedAt: string;
  readonly at: string;
  readonly what: string;
  readonly door: string;
  readonly list: string;
  readonly device: string;
  readonly undoneAt: string;
  readonly settled: string;
  readonly receivedAt: string;
  readonly states: Readonly<Record<RegistrationState, string>>;
  readonly kinds: Readonly<Record<Exclude<AuditKind, 'not_admitted'>, string>>;
  readonly deeds: Readonly<Record<Deed, string>>;
  readonly verdicts: Readonly<Record<Verdict, string>>;
  readonly settlements: Readonly<Record<string, string>>;
  readonly yesNo: Readonly<Record<string, string>>;
}

export const exportTexts: Readonly<Record<Language, ExportTexts>> = {
  fr: {
    code: 'Code',
    lastName: 'Nom',
    firstName: 'Prénom',
    name: 'Personne',
    email: 'Adresse électronique',
    session: 'Séance',
    party: 'Personnes',
    people: 'Personnes',
    others: 'Avec',
    state: 'État',
    arrived: 'Arrivés',
    needs: 'Besoins signalés',
    requestedAt: 'Demandée le',
    at: 'Heure',
    what: 'Événement',
    door: 'Porte',
    list: 'Liste',
    device: 'Appareil',
    undoneAt: 'Annulée à',
    settled: 'Décision',
    receivedAt: 'Reçue le',
    states: {
      requested: 'demande reçue',
      confirmed: 'confirmée',
      waitlisted: "liste d'attente",
      refused: 'refusée',
      cancelled: 'annulée',
    },
    kinds: { arrival: 'arrivée', exit: 'sortie', walk_in: 'sans inscription', desk: "à l'espace" },
    deeds: {
      exported: 'tableau téléchargé',
      messaged: 'message envoyé',
      approved: 'demandes acceptées',
      moved_up: "montées de la liste d'attente",
      refused: 'demandes refusées',
      cancelled: 'inscriptions annulées',
      added: 'inscription ajoutée à la main',
      imported: 'inscriptions importées',
      invited: 'invitation',
      invitation_withdrawn: 'invitation retirée',
      account_removed: 'compte retiré',
      featured: 'mis à la une',
      unfeatured: 'retiré de la une',
      content_edited: 'page ou actualité modifiée',
      content_removed: 'actualité retirée',
      rules_set: 'règles de proposition modifiées',
      newsletter_sent: 'infolettre envoyée',
      programme_imported: 'programme importé',
      door_offered: 'enrôlement proposé',
      door_revoked: 'appareil révoqué',
    },
    verdicts: {
      admitted: 'admis',
      already_used: 'déjà entré',
      unknown: 'inconnu',
      wrong_event: 'autre événement ou autre liste',
      revoked: 'billet révoqué',
      cancelled: 'inscription annulée',
      not_yet: 'trop tôt',
      expired: 'passé',
      waitlisted: "sur liste d'attente",
      requested: 'demande sans réponse',
      refused: 'inscription refusée',
      invalid: 'billet non valable',
      foreign: 'pas un billet',
      admitted_walk_in: 'admis sans inscription',
      refused_full: 'complet',
      left: 'sorti',
    },
    settlements: { mistake: 'la même personne', accepted: 'deux personnes' },
    yesNo: { yes: 'oui', no: 'non' },
  },
  en: {
    code: 'Code',
    lastName: 'Last name',
    firstName: 'First name',
    name: 'Person',
    email: 'E-mail address',
    session: 'Session',
    party: 'People',
    people: 'People',
    others: 'With',
    state: 'State',
    arrived: 'Arrived',
    needs: 'Needs',
    requestedAt: 'Requested at',
    at: 'Time',
    what: 'What',
    door: 'Door',
    list: 'List',
    device: 'Device',
    undoneAt: 'Taken back at',
    settled: 'Decision',
    receivedAt: 'Received at',
    states: {
      requested: 'requested',
      confirmed: 'confirmed',
      waitlisted: 'waiting list',
      refused: 'refused',
      cancelled: 'cancelled',
    },
    kinds: { arrival: 'arrival', exit: 'exit', walk_in: 'walk-in', desk: 'at the desk' },
    deeds: {
      exported: 'table downloaded',
      messaged: 'message sent',
      approved: 'requests accepted',
      moved_up: 'moved up from the waiting list',
      refused: 'requests refused',
      cancelled: 'registrations cancelled',
      added: 'registration added by hand',
      imported: 'registrations imported',
      invited: 'invitation',
      invitation_withdrawn: 'invitation taken back',
      account_removed: 'account removed',
      featured: 'featured',
      unfeatured: 'no longer featured',
      content_edited: 'page or news edited',
      content_removed: 'news removed',
      rules_set: 'rules of proposing changed',
      newsletter_sent: 'newsletter sent',
      programme_imported: 'programme imported',
      door_offered: 'enrolment offered',
      door_revoked: 'device revoked',
    },
    verdicts: {
      admitted: 'admitted',
      already_used: 'already in',
      unknown: 'unknown',
      wrong_event: 'another event or list',
      revoked: 'revoked ticket',
      cancelled: 'cancelled',
      not_yet: 'too early',
      expired: 'over',
      waitlisted: 'on the waiting list',
      requested: 'not answered yet',
      refused: 'refused',
      invalid: 'not a valid ticket',
      foreign: 'not a ticket',
      admitted_walk_in: 'walk-in',
      refused_full: 'full',
      left: 'left',
    },
    settlements: { mistake: 'the same person', accepted: 'two people' },
    yesNo: { yes: 'yes', no: 'no' },
  },
};
