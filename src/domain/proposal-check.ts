import type { LocalDate, Slot } from './dates.ts';
import { isLocalDate, isLocalTime, isZone, lastDay } from './dates.ts';
import type { Edition, RegistrationPolicy } from './programme.ts';
import type { ProposalContent, ProposalField } from './proposal.ts';
import { MAX_PROPOSAL_BYTES, rulesOf, weightOf } from './proposal.ts';
import { changedFields } from './proposal-diff.ts';
import type { LocalizedText } from './text.ts';

/** What can be wrong with a field. Closed: the form has a sentence for each. */
export const problemKinds = [
  'missing',
  'too_long',
  'not_a_date',
  'not_a_time',
  'ends_before_start',
  'outside_edition',
  'not_a_url',
  'not_an_email',
  'not_a_phone',
  'place_missing',
  'alt_missing',
  'licence_missing',
  'options_missing',
  'too_heavy',
] as const;
export type ProblemKind = (typeof problemKinds)[number];

export interface FieldProblem {
  readonly field: ProposalField;
  readonly kind: ProblemKind;
  /** Of a list: which one, counted from 0. Of the edition's own fields: which, by `part`. */
  readonly index?: number;
  /** The part of the field: `name`, `url`, `date`, `start`, `end`, `email`; of `custom` the id of the edition's field. */
  readonly part?: string;
  /** Of a text in several languages. */
  readonly language?: string;
  /** Characters at most. */
  readonly limit?: number;
}

/** OpenAgenda v2: titles, short and long texts; conditions are ours. */
export const LIMITS = {
  title: 140,
  summary: 200,
  description: 10_000,
  conditions: 255,
  statusNote: 500,
} as const;

/** Always asked for; what else from a day on the edition says. */
export const requiredFields = [
  'region',
  'title',
  'summary',
  'format',
  'audiences',
  'attendanceMode',
  'organisers',
  'sessions',
  'venues',
  'privateContact',
] as const satisfies readonly ProposalField[];

export interface CheckSituation {
  readonly edition: Edition;
  readonly today: LocalDate;
  /** Of an edit: what it had before. A field that is as it was is nobody's fault of today. */
  readonly before?: ProposalContent;
}

/** The fields that have to be filled in on a day: those that always have, and those that the edition has asked for by then. */
export function requiredOn(edition: Edition, today: LocalDate): ReadonlySet<ProposalField> {
  const later = (rulesOf(edition)?.requiredFrom ?? []).filter((one) => one.from <= today).flatMap((one) => one.fields);
  return new Set([...requiredFields, ...later]);
}

/** Everything that keeps a content from being handed in, in the form's order. */
export function problemsOf(content: ProposalContent, situation: CheckSituation): FieldProblem[] {
  const found = [
    ...missing(content, requiredOn(situation.edition, situation.today)),
    ...texts(content),
    ...sessionProblems(content, situation.edition),
    ...addresses(content),
    ...policyProblems(content.registration, 'registration'),
    ...(content.sessions ?? []).flatMap((one, index) => policyProblems(one.registration, 'sessions', index)),
    ...imageProblems(content),
    ...questionProblems(content),
    ...customProblems(content, situation.edition),
    ...(weightOf(content) > MAX_PROPOSAL_BYTES ? [{ field: 'description', kind: 'too_heavy' } as const] : []),
  ];
  if (!situation.before) return found;
  const changed = new Set<ProposalField>(changedFields(situation.before, content));
  // The contact and the edition's own fields are no part of an event: an edit may leave them out.
  return found.filter(
    ({ field, kind }) =>
      changed.has(field) && !(kind === 'missing' && (field === 'privateContact' || field === 'custom')),
  );
}

function missing(content: ProposalContent, required: ReadonlySet<ProposalField>): FieldProblem[] {
  const problems: FieldProblem[] = [];
  for (const field of required) {
    if (field === 'sessions') {
      if (!content.sessions?.length && !content.availability?.url.trim()) problems.push({ field, kind: 'missing' });
    } else if (field === 'venues') {
      if (needsPlace(content) && !content.venues?.some((one) => one.name.trim())) {
        problems.push({ field, kind: 'place_missing' });
      }
    } else if (field === 'privateContact') {
      if (!content.privateContact?.email?.trim()) problems.push({ field, kind: 'missing', part: 'email' });
    } else if (field === 'organisers') {
      if (!content.organisers?.some((one) => one.name.trim())) problems.push({ field, kind: 'missing', part: 'name' });
    } else if (isBlank(content[field])) {
      problems.push({ field, kind: 'missing' });
    }
  }
  return problems;
}

function needsPlace(content: ProposalContent): boolean {
  const { attendanceMode, sessions } = content;
  return attendanceMode !== undefined && attendanceMode !== 'online' && (sessions?.length ?? 0) > 0;
}

function isBlank(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.values(value).every(isBlank);
}

function texts(content: ProposalContent): FieldProblem[] {
  return (Object.keys(LIMITS) as (keyof typeof LIMITS)[]).flatMap((field) =>
    tooLong(content[field], LIMITS[field]).map((language) => ({
      field,
      kind: 'too_long' as const,
      language,
      limit: LIMITS[field],
    })),
  );
}

function tooLong(text: LocalizedText | undefined, limit: number): string[] {
  return Object.entries(text ?? {}).flatMap(([language, one]) => (one.trim().length > limit ? [language] : []));
}

function sessionProblems(content: ProposalContent, edition: Edition): FieldProblem[] {
  const found = (content.sessions ?? []).flatMap(({ slot, onlineUrl }, index) => {
    const at = (kind: ProblemKind, part: string): FieldProblem => ({ field: 'sessions', kind, index, part });
    return [
      ...slotProblems(slot, edition).map(([kind, part]) => at(kind, part)),
      ...(isWrongUrl(onlineUrl) ? [at('not_a_url', 'onlineUrl')] : []),
    ];
  });
  const { availability } = content;
  if (!availability || content.sessions?.length) return found;
  for (const part of ['from', 'to'] as const) {
    const day = availability[part];
    if (day && !isLocalDate(day)) found.push({ field: 'availability', kind: 'not_a_date', part });
  }
  if (availability.from && availability.to && availability.to < availability.from) {
    found.push({ field: 'availability', kind: 'ends_before_start', part: 'to' });
  }
  if (isWrongUrl(availability.url)) found.push({ field: 'availability', kind: 'not_a_url', part: 'url' });
  return found;
}

function slotProblems(slot: Slot, edition: Edition): [ProblemKind, string][] {
  if (!slot.date) return [['missing', 'date']];
  if (!isLocalDate(slot.date)) return [['not_a_date', 'date']];
  const found: [ProblemKind, string][] = [];
  for (const part of ['start', 'end'] as const) {
    const time = slot[part];
    if (time && !isLocalTime(time)) found.push(['not_a_time', part]);
  }
  if (slot.end && !slot.start) found.push(['missing', 'start']);
  if (slot.endDate && !isLocalDate(slot.endDate)) found.push(['not_a_date', 'endDate']);
  else if (slot.endDate && (slot.endDate < slot.date || isBackwards(slot))) found.push(['ends_before_start', 'end']);
  if (!isZone(slot.zone)) found.push(['not_a_time', 'zone']);
  if (found.length > 0) return found;
  const outside = (edition.from && slot.date < edition.from) || (edition.to && lastDay(slot) > edition.to);
  return outside ? [['outside_edition', 'date']] : [];
}

function isBackwards({ date, start, end, endDate }: Slot): boolean {
  return date === endDate && start !== undefined && end !== undefined && end < start;
}

const URL = /^https?:\/\/[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?(?::\d{1,5})?(?:[/?#]\S*)?$/iu;
const EMAIL = /^[\w+-]+(?:\.[\w+-]+)*@[\da-z]+(?:[.-][\da-z]+)*\.[a-z]{2,}$/i;
const PHONE = /^\+?[\d\s().-]{3,}$/;

function isWrongUrl(url: string | undefined): boolean {
  return url !== undefined && url.trim() !== '' && !URL.test(url.trim());
}

function addresses(content: ProposalContent): FieldProblem[] {
  const found: FieldProblem[] = [];
  const check = (field: ProposalField, urls: readonly (string | undefined)[]): void => {
    for (const [index, url] of urls.entries()) {
      if (isWrongUrl(url)) found.push({ field, kind: 'not_a_url', index, part: 'url' });
    }
  };
  check(
    'organisers',
    (content.organisers ?? []).map((one) => one.url),
  );
  check(
    'bodies',
    (content.bodies ?? []).map((one) => one.url),
  );
  check(
    'links',
    (content.links ?? []).map((one) => one.url),
  );
  if (isWrongUrl(content.onlineUrl)) found.push({ field: 'onlineUrl', kind: 'not_a_url' });
  if (isWrongUrl(content.image?.url)) found.push({ field: 'image', kind: 'not_a_url', part: 'url' });
  for (const [index, { kind, value }] of (content.contacts ?? []).entries()) {
    if (kind === 'email' && value && !EMAIL.test(value.trim()))
      found.push({ field: 'contacts', kind: 'not_an_email', index });
    if (kind === 'phone' && value && !PHONE.test(value.trim()))
      found.push({ field: 'contacts', kind: 'not_a_phone', index });
  }
  const { email, phone } = content.privateContact ?? {};
  if (email?.trim() && !EMAIL.test(email.trim())) {
    found.push({ field: 'privateContact', kind: 'not_an_email', part: 'email' });
  }
  if (phone?.trim() && !PHONE.test(phone.trim())) {
    found.push({ field: 'privateContact', kind: 'not_a_phone', part: 'phone' });
  }
  return found;
}

function policyProblems(policy: RegistrationPolicy | undefined, field: ProposalField, index?: number): FieldProblem[] {
  if (!policy) return [];
  const at = (kind: ProblemKind, part: string): FieldProblem => ({
    field,
    kind,
    part,
    ...(index === undefined ? {} : { index }),
  });
  if (policy.mode === 'external') {
    if (!policy.url?.trim()) return [at('missing', 'url')];
    return isWrongUrl(policy.url) ? [at('not_a_url', 'url')] : [];
  }
  const closes = policy.closesAt;
  return closes && Number.isNaN(Date.parse(closes)) ? [at('not_a_date', 'closesAt')] : [];
}

/** A picture is described for who does not see it, and its owner has said that it may be shown. */
function imageProblems({ image }: ProposalContent): FieldProblem[] {
  if (!image?.url.trim()) return [];
  return [
    ...(isBlank(image.alt) ? [{ field: 'image', kind: 'alt_missing', part: 'alt' } as const] : []),
    ...(isBlank(image.licence) ? [{ field: 'image', kind: 'licence_missing', part: 'licence' } as const] : []),
  ];
}

function questionProblems({ registrationForm }: ProposalContent): FieldProblem[] {
  return (registrationForm?.questions ?? []).flatMap((question, index): FieldProblem[] => {
    if (isBlank(question.text)) return [{ field: 'registrationForm', kind: 'missing', index, part: 'text' }];
    const options = (question.options ?? []).filter((one) => !isBlank(one));
    return question.kind === 'choice' && options.length < 2
      ? [{ field: 'registrationForm', kind: 'options_missing', index, part: 'options' }]
      : [];
  });
}

function customProblems({ custom }: ProposalContent, edition: Edition): FieldProblem[] {
  return (rulesOf(edition)?.customFields ?? []).flatMap(({ id, required }): FieldProblem[] =>
    required && !custom?.[id]?.trim() ? [{ field: 'custom', kind: 'missing', part: id }] : [],
  );
}
