import type { ProgrammeEvent, Subject } from '#domain/programme.ts';
import { subjectsOf } from '#domain/programme.ts';
import type { FormAnswers, RegistrationQuestion } from '#domain/registration-question.ts';
import { isAnswer } from '#domain/registration-question.ts';
import { fold } from '#domain/text.ts';
import { bare } from './csv-columns.ts';
import type { Table } from './csv-table.ts';
import { columnKey, readTable } from './csv-table.ts';
import type { ImportProblem } from './imported.ts';
import { quote } from './texts.ts';

/**
 * The columns of a list of registrations, compared without case, accents and signs. The first names are those of our own table, so
 * that it is read as it was written; the others are what spreadsheets and other services say. The first three must be there.
 */
const COLUMNS = {
  firstName: ['prenom', 'first_name', 'firstname', 'given_name', 'prenom_participant'],
  lastName: ['nom', 'last_name', 'lastname', 'surname', 'family_name', 'nom_de_famille', 'nom_participant'],
  email: [
    'adresse_electronique',
    'e_mail_address',
    'email',
    'e_mail',
    'mail',
    'courriel',
    'email_address',
    'adresse_e_mail',
    'adresse_email',
    'adresse_mail',
    'email_participant',
  ],
  party: ['personnes', 'people', 'places', 'party', 'seats', 'nombre_de_personnes', 'nombre_de_places', 'nombre'],
  needs: ['besoins_signales', 'needs', 'besoins', 'besoins_d_accueil', 'besoins_particuliers', 'special_needs'],
  session: ['seance', 'session', 'creneau', 'slot'],
  state: ['etat', 'state', 'statut', 'status'],
  others: ['avec', 'with', 'accompagnants', 'guests'],
  language: ['langue', 'language', 'lang'],
} as const;
type Column = keyof typeof COLUMNS;
const REQUIRED: readonly Column[] = ['lastName', 'firstName', 'email'];

/** Of our own table what no list has to say: it is drawn here. */
const OURS = new Set(['code', 'arrives', 'arrived', 'demandee_le', 'requested_at']);

/** States, in our words and those of others, in which nobody has or wants a place any more. */
const ENDED = new Set(['refusee', 'refused', 'annulee', 'cancelled', 'canceled', 'annule', 'refuse']);

/** One row, as it stands in the file: what is in the cells is judged by who takes it in. */
export interface ListedPerson {
  readonly line: number;
  /** Trimmed; empty where there is nothing. */
  readonly cells: Readonly<Record<Exclude<Column, 'session' | 'state' | 'others'>, string>>;
  readonly subject: Subject | 'no_session' | 'unknown_session';
  /** The file says that the registration was refused or cancelled. */
  readonly ended: boolean;
  /** More cells than the header has names. */
  readonly tooMany: boolean;
  readonly given: FormAnswers;
}

export type ListRead =
  | { readonly kind: 'refused'; readonly problem: ImportProblem }
  | {
      readonly kind: 'list';
      readonly people: readonly ListedPerson[];
      /** Columns that say nothing to us. */
      readonly aside: readonly string[];
      /** Cells under a question that are no answer to it. */
      readonly answersAside: number;
    };

/**
 * Reads a list of people to register for an event.
 * @param otherwise the session of rows that name none; where there is one alone, it is that one
 */
export function readRegistrationTable(
  text: string,
  event: ProgrammeEvent,
  { most, otherwise }: { readonly most: number; readonly otherwise?: string | undefined },
): ListRead {
  const table = readTable(text, most);
  if ('message' in table) return { kind: 'refused', problem: table };
  const header = headerOf(table, event.registrationForm?.questions ?? []);
  if (typeof header === 'string') return { kind: 'refused', problem: { message: header, line: table.line } };
  const subjects = subjectsOf(event);
  let answersAside = 0;
  const people = table.rows.map(({ cells: all, line }): ListedPerson => {
    const cell = (column: Column): string => bare(all[header.at.get(column) ?? -1]?.trim() ?? '');
    const party = Number(cell('party') || '1');
    const { given, aside } = answersOf(all, header.questions, party, cell('others'));
    answersAside += aside;
    const { firstName, lastName, email, needs, language } = {
      firstName: cell('firstName'),
      lastName: cell('lastName'),
      email: cell('email'),
      needs: cell('needs'),
      language: cell('language').slice(0, 2).toLowerCase(),
    };
    return {
      line,
      cells: { firstName, lastName, email, party: cell('party') || '1', needs, language },
      subject: subjectNamed(cell('session'), subjects, otherwise),
      ended: ENDED.has(columnKey(cell('state'))),
      tooMany: all.slice(table.header.length).some((one) => one.trim() !== ''),
      given,
    };
  });
  return { kind: 'list', people, aside: header.aside, answersAside };
}

interface Header {
  readonly at: ReadonlyMap<Column, number>;
  readonly questions: readonly { readonly question: RegistrationQuestion; readonly column: number }[];
  readonly aside: readonly string[];
}

function headerOf({ header }: Table, asked: readonly RegistrationQuestion[]): Header | string {
  const at = new Map<Column, number>();
  const questions: { question: RegistrationQuestion; column: number }[] = [];
  const aside: string[] = [];
  for (const [column, name] of header.entries()) {
    const key = columnKey(bare(name));
    const known = (Object.keys(COLUMNS) as Column[]).find((one) => COLUMNS[one].some((each) => each === key));
    const question = asked.find((one) => Object.values(one.text).some((words) => columnKey(words) === key));
    // What the organiser asks may be called as a column is: the words of the form come first.
    if (question && key !== '') {
      if (questions.some((one) => one.question === question)) return `the column ${quote(name)} is there twice`;
      questions.push({ question, column });
    } else if (known) {
      if (at.has(known)) return `the column ${quote(name)} is there twice`;
      at.set(known, column);
    } else if (name.trim() !== '' && !OURS.has(key)) aside.push(name.trim());
  }
  const missing = REQUIRED.filter((one) => !at.has(one)).map((one) => COLUMNS[one][0]);
  if (missing.length === 0) return { at, questions, aside };
  const found = header.slice(0, 5).map((name) => quote(name));
  return `the list has no column ${missing.join(', ')}; its header begins with ${found.join(', ')}`;
}

/** By its day, its title, or both as our own table writes them. */
function subjectNamed(
  cell: string,
  subjects: readonly Subject[],
  otherwise: string | undefined,
): ListedPerson['subject'] {
  if (cell === '') {
    const alone = subjects.length === 1 ? subjects[0] : subjects.find((one) => one.id === otherwise);
    return alone ?? 'no_session';
  }
  const wanted = columnKey(isoDays(cell));
  const named = subjects.filter(({ id, session }) => {
    if (!session) return id === cell;
    const { date, start } = session.slot;
    const titles = Object.values(session.title ?? {});
    const names = [id, date, ...(start ? [`${date} ${start}`] : []), ...titles, ...titles.map((t) => `${date} ${t}`)];
    return names.some((name) => columnKey(name) === wanted);
  });
  // Two that are called alike are none that is named.
  return named.length === 1 ? named[0]! : 'unknown_session';
}

/** `24/11/2026` as `2026-11-24`, which no French spreadsheet leaves as it was. */
function isoDays(text: string): string {
  return text.replace(/\b(\d{2})\/(\d{2})\/(\d{4})\b/g, '$3-$2-$1');
}

function answersOf(
  cells: readonly string[],
  questions: Header['questions'],
  party: number,
  others: string,
): { given: FormAnswers; aside: number } {
  const forAll: Record<string, string> = {};
  const ofFirst: Record<string, string> = {};
  let aside = 0;
  for (const { question, column } of questions) {
    const cell = bare(cells[column]?.trim() ?? '');
    if (cell === '') continue;
    const answer = answerOf(question, cell);
    // Of a party nobody can tell whose answer one cell is.
    if (answer === undefined || (question.perPerson && party !== 1)) aside++;
    else (question.perPerson ? ofFirst : forAll)[question.id] = answer;
  }
  const names = others
    .split(/[,;|]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const people = [
    ...(names.length > 0 || Object.keys(ofFirst).length > 0
      ? [Object.keys(ofFirst).length > 0 ? { answers: ofFirst } : {}]
      : []),
    ...names.map((name) => ({ name })),
  ];
  return {
    given: { ...(Object.keys(forAll).length > 0 ? { answers: forAll } : {}), ...(people.length > 0 ? { people } : {}) },
    aside,
  };
}

const YES = new Set(['oui', 'yes', 'o', 'y', 'vrai', 'true', '1', 'x']);
const NO = new Set(['non', 'no', 'n', 'faux', 'false', '0']);

/** A cell as the form would have sent it; undefined when it is no answer. */
function answerOf(question: RegistrationQuestion, cell: string): string | undefined {
  const said = fold(cell);
  if (question.kind === 'yes_no') return YES.has(said) ? 'yes' : NO.has(said) ? 'no' : undefined;
  if (question.kind === 'choice') {
    const at = question.options?.findIndex((option) => Object.values(option).some((words) => fold(words) === said));
    return at === undefined || at < 0 ? undefined : String(at);
  }
  return isAnswer(question, cell) ? cell : undefined;
}
