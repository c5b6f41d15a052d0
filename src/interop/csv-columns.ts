/**
 * The header of our CSV files, one row an event, in the order in which it is written. Names are compared without case, accents
 * and signs, so that `Date de début` and `date_de_debut` are one; the English names and what spreadsheets mostly say are read
 * too. Lists have `|` between their parts.
 */
export const columns = [
  ['id', 'identifiant', 'uid', 'guid'],
  ['langue', 'language', 'lang'],
  ['titre', 'title', 'nom', 'name', 'intitule'],
  ['titre_en', 'title_en'],
  ['resume', 'summary', 'chapo', 'description_courte'],
  ['resume_en', 'summary_en'],
  ['description', 'description_longue', 'texte'],
  ['description_en'],
  ['format', 'type'],
  ['themes', 'theme'],
  ['publics', 'public', 'audience', 'audiences'],
  ['mode', 'participation', 'attendance_mode'],
  ['statut', 'status', 'etat'],
  ['organisateurs', 'organisateur', 'organiser', 'organisers', 'organizer', 'organizers'],
  ['date', 'date_debut', 'date_de_debut', 'start_date', 'jour'],
  ['debut', 'heure_debut', 'heure_de_debut', 'start', 'start_time'],
  ['fin', 'heure_fin', 'heure_de_fin', 'end', 'end_time'],
  ['date_fin', 'date_de_fin', 'end_date'],
  ['autres_seances', 'other_sessions'],
  ['fuseau', 'timezone', 'time_zone'],
  ['lieu', 'venue', 'place', 'location'],
  ['adresse', 'address', 'rue'],
  ['code_postal', 'postal_code', 'cp', 'zip'],
  ['ville', 'city', 'commune', 'town'],
  ['latitude', 'lat'],
  ['longitude', 'lon', 'lng'],
  ['acces', 'access'],
  ['transports', 'transport', 'venir'],
  ['lien_en_ligne', 'online_url', 'visio'],
  ['inscription', 'registration'],
  ['lien_inscription', 'registration_url'],
  ['places', 'capacite', 'capacity', 'jauge'],
  ['contacts', 'contact'],
  ['accessibilite', 'accessibility'],
  ['conditions'],
  ['region'],
  ['departement', 'department'],
  ['mots_cles', 'keywords'],
  ['age_min'],
  ['age_max'],
  ['image', 'image_url'],
  ['credit_image', 'image_credit'],
  ['liens', 'links', 'url', 'site'],
  ['disponible_du', 'available_from'],
  ['disponible_au', 'available_to'],
  ['disponible_lien', 'available_url'],
  ['page'],
] as const;

export type Column = (typeof columns)[number][0];
/** A row's cells by column; what is empty is absent. */
export type Row = Readonly<Partial<Record<Column, string>>>;

/** What a cell of a list has between its parts. */
export const BETWEEN = ' | ';

export const partsOf = (cell: string | undefined): string[] =>
  (cell ?? '')
    .split('|')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** French words of what a cell may say, and what they mean; our own codes are read too. */
export const words = {
  audiences: { agents: 'agents', managers: 'encadrants', public: 'tout public' },
  modes: { on_site: 'sur place', online: 'en ligne', mixed: 'mixte' },
  statuses: {
    scheduled: 'programmé',
    rescheduled: 'reprogrammé',
    moved_online: 'passé en ligne',
    postponed: 'reporté',
    full: 'complet',
    cancelled: 'annulé',
  },
  registrations: { none: 'non', open: 'oui', approval: 'sur validation', external: 'ailleurs' },
  formats: {
    conference: 'conférence',
    webinar: 'webinaire',
    training: 'formation',
    workshop: 'atelier',
    simplification: 'simplificathon',
    debate: 'débat',
    round_table: 'table ronde',
    visit: 'visite',
    walk: 'balade',
    podcast: 'podcast',
    exhibition: 'exposition',
    open_day: 'portes ouvertes',
    meeting: 'rencontre',
    talk: 'présentation',
  },
} as const;

/** Cells that a spreadsheet would run as a formula, an apostrophe before them included. */
const FORMULA = /^'*[=+\-@\t\r]/;
const NUMBER = /^[+-]?\d+([.,]\d+)?$/;

/** A cell that no spreadsheet takes for a formula (OWASP, CSV injection); numbers stay numbers. */
export function harmless(cell: string): string {
  return FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
}

/** The cell without the apostrophe that keeps it from being a formula. */
export function bare(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;
}
