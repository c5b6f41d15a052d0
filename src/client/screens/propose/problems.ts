import type { PublicContact } from '#domain/programme.ts';
import type { ProposalContent, ProposalField } from '#domain/proposal.ts';
import type { FieldProblem } from '#domain/proposal-check.ts';

/** Where on the page a problem is mended: the path of its control (`fields.ts`). */
export function pathOf(problem: FieldProblem, content: ProposalContent): string {
  const { field, index, part, language } = problem;
  const list = `${field}.${index ?? 0}`;
  switch (field) {
    case 'sessions':
      if (index === undefined) return content.availability ? 'availability.url' : 'sessions';
      // The form has one set of rules for all sessions.
      if (part === 'url' || part === 'closesAt') return `registration.${part}`;
      return part === 'zone' ? 'region' : `${list}.${part ?? 'date'}`;
    case 'venues':
      return content.venues?.length ? `${list}.${part ?? 'name'}` : field;
    case 'bodies':
    case 'organisers':
      return part === 'url' ? `${list}.url` : index ? `${list}.name` : field;
    case 'contacts':
      return contactPath(content.contacts ?? [], index ?? 0);
    case 'links':
      return content.links?.length ? `${list}.${part ?? 'url'}` : field;
    case 'registrationForm':
      if (index === undefined) return field;
      return part === 'options' ? `${field}.questions.${index}.options.0` : `${field}.questions.${index}.text`;
    case 'registration':
    case 'availability':
    case 'privateContact':
    case 'image':
    case 'custom':
    case 'age':
      return part === undefined ? field : `${field}.${part}`;
    default:
      return language !== undefined && language !== 'fr' ? `${field}.${language}` : field;
  }
}

/** The path of the control of a contact: the first of its kind, and those after it. */
function contactPath(contacts: readonly PublicContact[], index: number): string {
  const kind = contacts[index]?.kind ?? 'email';
  const nth = contacts.slice(0, index).filter((one) => one.kind === kind).length;
  return nth === 0 ? `contacts.${kind}` : `contacts.${kind}.${nth}`;
}

/** The id of the sentence that says what is wrong and what to do, in the form. */
export function sentenceOf({ field, kind, index, part }: FieldProblem): string {
  if (kind !== 'missing') return `propose.problem.${kind}`;
  if (field === 'sessions' && index !== undefined)
    return part === 'url' ? 'propose.missing.url' : `propose.missing.${part}`;
  if (field === 'registration') return 'propose.missing.url';
  if (field === 'registrationForm') return 'propose.missing.question';
  return OWN.has(field) ? `propose.missing.${field}` : 'propose.missing';
}

/** Fields whose absence has a sentence of its own. */
const OWN: ReadonlySet<string> = new Set([
  'title',
  'summary',
  'format',
  'audiences',
  'region',
  'organisers',
  'sessions',
  'privateContact',
]);

/** The fields as the page has them, from top to bottom. */
const ORDER: readonly ProposalField[] = [
  'title',
  'summary',
  'description',
  'format',
  'themes',
  'audiences',
  'keywords',
  'availability',
  'sessions',
  'attendanceMode',
  'venues',
  'onlineUrl',
  'region',
  'department',
  'accessibility',
  'conditions',
  'age',
  'registration',
  'registrationForm',
  'image',
  'organisers',
  'bodies',
  'contacts',
  'privateContact',
  'links',
  'custom',
];

/** Problems in the order in which the page has their fields, each place once. */
export function inPageOrder(problems: readonly FieldProblem[], content: ProposalContent): FieldProblem[] {
  const rank = (problem: FieldProblem): number =>
    ORDER.findIndex((field) => pathOf(problem, content).split('.')[0] === field);
  const places = new Map(problems.map((problem) => [`${pathOf(problem, content)} ${problem.kind}`, problem]));
  return [...places.values()].toSorted((a, b) => rank(a) - rank(b));
}
