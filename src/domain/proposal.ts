import type { LocalDate } from './dates.ts';
import type { Uuid } from './ids.ts';
import type { Edition, ProgrammeEvent, RegionCode, Source } from './programme.ts';
import type { LocalizedText } from './text.ts';

/** Who may do what with the chain of proposing. `auditor` reads what the national team reads, and changes nothing. */
export const actorRoles = ['national', 'regional', 'organiser', 'auditor'] as const;
export type ActorRole = (typeof actorRoles)[number];

/** Somebody signed in, as the rules see them. */
export interface Actor {
  readonly accountId: Uuid;
  readonly role: ActorRole;
  /** A regional correspondent's. */
  readonly regions: readonly RegionCode[];
}

/** PRODUCT, publication state. `withdrawn` by its author: it can be taken up again; `refused` is the end of it. */
export const proposalStates = ['draft', 'submitted', 'changes_requested', 'approved', 'refused', 'withdrawn'] as const;
export type ProposalState = (typeof proposalStates)[number];

export const moderationSteps = ['region', 'nation'] as const;
export type ModerationStep = (typeof moderationSteps)[number];

/** The fields of an event that the form has; the others (address, tour, source, moments) are not for it to say. */
export const eventFields = [
  'region',
  'department',
  'title',
  'summary',
  'description',
  'format',
  'themes',
  'audiences',
  'attendanceMode',
  'status',
  'statusNote',
  'organisers',
  'bodies',
  'venues',
  'sessions',
  'availability',
  'onlineUrl',
  'accessibility',
  'conditions',
  'contacts',
  'links',
  'image',
  'keywords',
  'age',
  'registration',
  'registrationForm',
] as const;
export type EventField = (typeof eventFields)[number];

/** Whom the moderators may ask. Never published, and in no public scope. */
export interface PrivateContact {
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
}

/**
 * What the form holds. The shapes are those of a published event; in a draft every field may be absent, and what stands in one may
 * be half typed: an empty text, a date that is none yet, a piece of an address. `proposal-check.ts` says what is still wrong.
 */
export interface ProposalContent extends Partial<Pick<ProgrammeEvent, EventField>> {
  readonly privateContact?: PrivateContact;
  /** Answers to the edition's own fields, by their id. For the moderators. */
  readonly custom?: Readonly<Record<string, string>>;
}

export const proposalFields = [...eventFields, 'privateContact', 'custom'] as const;
export type ProposalField = (typeof proposalFields)[number];

/** Somebody who had a part in it. `name` is absent where the reader is not to know more than the role. */
export interface ProposalPerson {
  readonly accountId: Uuid;
  readonly role: ActorRole;
  /** The address that they sign in with. */
  readonly name?: string;
}

export interface ProposalComment {
  readonly id: Uuid;
  readonly by: ProposalPerson;
  /** ISO 8601, the server's time. */
  readonly at: string;
  readonly text: string;
}

/** One line of the history. `edited`: somebody else than the author changed the words; `taken_back`: by its author, to go on writing. */
export const proposalDeeds = [
  'created',
  'edited',
  'submitted',
  'taken_back',
  'changes_requested',
  'approved',
  'published',
  'refused',
  'withdrawn',
] as const;
export type ProposalDeedKind = (typeof proposalDeeds)[number];

export interface ProposalDeed {
  readonly kind: ProposalDeedKind;
  readonly by: ProposalPerson;
  /** ISO 8601, the server's time. */
  readonly at: string;
  /** The step at which it was decided. */
  readonly step?: ModerationStep;
  /** What is asked for, or why it was refused. */
  readonly text?: string;
  /** The fields whose words are asked to be others, or were corrected. */
  readonly fields?: readonly ProposalField[];
}

/** A revision of an event that is not (yet) published: PRODUCT's submission. */
export interface Proposal {
  /** Made on the device. The event that a new one becomes has the same id. */
  readonly id: Uuid;
  readonly editionId: string;
  /** The published event that it would change; absent of a new one. */
  readonly eventId?: Uuid;
  readonly content: ProposalContent;
  /** Of an edit: what the event was when the edit was begun. What others have changed since stays (`proposal-diff.ts`). */
  readonly before?: ProposalContent;
  /** Of one that came in a file: who wrote it first. It stays with the event. */
  readonly source?: Source;
  readonly state: ProposalState;
  /** Whose turn it is, or was last. */
  readonly step: ModerationStep;
  /** One more with everything that was done but a comment: who decides says which one they have seen. */
  readonly revision: number;
  /** The words as they stand: a name that the device makes with each save, so that what was written over what is never in doubt. */
  readonly version: Uuid;
  readonly author: ProposalPerson;
  /** Oldest first. */
  readonly comments: readonly ProposalComment[];
  /** Oldest first. */
  readonly history: readonly ProposalDeed[];
  /** ISO 8601, the server's time. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly submittedAt?: string;
}

/** A question of one edition's form beside the fields that all have. */
export interface CustomField {
  /** `[a-z0-9_]`, at most 40. */
  readonly id: string;
  readonly label: LocalizedText;
  readonly hint?: LocalizedText;
  readonly kind: 'line' | 'text' | 'choice' | 'yes_no';
  /** Of a `choice`; the answer is the index, of yes and no `yes` or `no`. */
  readonly options?: readonly LocalizedText[];
  readonly required?: true;
}

/** How an edition takes proposals. */
export interface ProposalRules {
  /** One or two, in their order; the last one publishes. */
  readonly steps: readonly ModerationStep[];
  /** After this day no new event is submitted. */
  readonly until?: LocalDate;
  /** Fields that have to be filled in from a day on. */
  readonly requiredFrom?: readonly { readonly from: LocalDate; readonly fields: readonly ProposalField[] }[];
  /** From a day on organisers change these fields of what is published no more; moderators still do. */
  readonly frozenFrom?: readonly { readonly from: LocalDate; readonly fields: readonly ProposalField[] }[];
  readonly customFields?: readonly CustomField[];
}

const TWO_STEPS: ProposalRules = { steps: moderationSteps };

/** The rules of an edition that says nothing else; undefined where it takes no proposals: what is past, or somebody else's. */
export function rulesOf(edition: Edition): ProposalRules | undefined {
  if (edition.proposals) return edition.proposals;
  return edition.kind === 'current' || edition.kind === 'demo' ? TWO_STEPS : undefined;
}

/** What the form would hold of a published event. */
export function contentOf(event: ProgrammeEvent): ProposalContent {
  return Object.fromEntries(
    eventFields.flatMap((field) => (event[field] === undefined ? [] : [[field, event[field]]])),
  );
}

/**
 * Last year's event as the beginning of a new one: its words, bodies and places. Days, the closing
 * of registrations and what was said of that year alone are left out, for nothing may invent them.
 */
export function duplicateOf(content: ProposalContent): ProposalContent {
  const { sessions: _s, status: _t, statusNote: _n, availability: _a, registration, ...rest } = content;
  if (!registration) return rest;
  const { closesAt: _c, places: _p, ...policy } = registration;
  return { ...rest, registration: policy };
}

/** Whether moderators see it: from its first submission on, save while its author has taken it back. */
export function isBeforeModerators(proposal: Pick<Proposal, 'state' | 'submittedAt'>): boolean {
  return proposal.submittedAt !== undefined && proposal.state !== 'draft';
}

/** Bytes of a content's JSON: two of them, and the envelope, fit into one push. */
export const MAX_PROPOSAL_BYTES = 100_000;

/** Bytes of a content's JSON in UTF-8. */
export function weightOf(content: ProposalContent): number {
  let bytes = 0;
  for (const sign of JSON.stringify(content)) {
    const code = sign.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
