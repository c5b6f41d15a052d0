import * as v from 'valibot';
import { accessibilityCodes, attendanceModes, audiences, eventFormats, eventStatuses } from '#domain/programme.ts';
import type { Proposal, ProposalContent, ProposalRules } from '#domain/proposal.ts';
import {
  actorRoles,
  MAX_PROPOSAL_BYTES,
  moderationSteps,
  proposalDeeds,
  proposalFields,
  proposalStates,
  weightOf,
} from '#domain/proposal.ts';
import { MAX_QUESTIONS, questionKinds } from '#domain/registration-question.ts';
import { departmentCode, editionId, instantText, localDate, prose, regionCode, source, uuid } from './primitives.ts';

/**
 * What the form holds, as a draft: nothing has to be there, and what is there may be half typed (an address that is none yet, a
 * date that is none), so that no letter is refused. What may be published the domain says (`proposal-check.ts`); then the schema
 * of the programme holds.
 */
const languageTag = v.pipe(v.string(), v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'not a language tag'));
const texts = (max: number) => v.pipe(v.record(languageTag, prose(max)), v.maxEntries(12));
const list = <S extends v.GenericSchema>(of: S, max: number) => v.pipe(v.array(of), v.maxLength(max));
const address = prose(2000);
const count = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(max));

const position = v.object({
  lat: v.pipe(v.number(), v.minValue(-90), v.maxValue(90)),
  lon: v.pipe(v.number(), v.minValue(-180), v.maxValue(180)),
  approximate: v.exactOptional(v.literal(true)),
});
const body = v.object({ name: prose(300), url: v.exactOptional(address) });
const policy = v.object({
  mode: v.picklist(['none', 'open', 'approval', 'external']),
  url: v.exactOptional(address),
  capacity: v.exactOptional(count(1_000_000)),
  waitingList: v.exactOptional(v.boolean()),
  maxParty: v.exactOptional(count(255)),
  closesAt: v.exactOptional(prose(40)),
});
const session = v.object({
  id: uuid,
  title: v.exactOptional(texts(300)),
  summary: v.exactOptional(texts(5000)),
  slot: v.object({
    date: prose(10),
    start: v.exactOptional(prose(5)),
    end: v.exactOptional(prose(5)),
    endDate: v.exactOptional(prose(10)),
    zone: prose(64),
  }),
  venueId: v.exactOptional(uuid),
  room: v.exactOptional(prose(200)),
  people: v.exactOptional(list(v.object({ name: prose(200), role: v.exactOptional(texts(300)) }), 100)),
  attendanceMode: v.exactOptional(v.picklist(attendanceModes)),
  onlineUrl: v.exactOptional(address),
  status: v.exactOptional(v.picklist(eventStatuses)),
  registration: v.exactOptional(policy),
});
const question = v.object({
  id: uuid,
  text: texts(500),
  kind: v.picklist(questionKinds),
  options: v.exactOptional(list(texts(300), 50)),
  required: v.boolean(),
  perPerson: v.exactOptional(v.literal(true)),
  atDoor: v.exactOptional(v.literal(true)),
});

export const proposalContent: v.GenericSchema<unknown, ProposalContent> = v.pipe(
  v.object({
    region: v.exactOptional(regionCode),
    department: v.exactOptional(departmentCode),
    title: v.exactOptional(texts(1000)),
    summary: v.exactOptional(texts(3000)),
    description: v.exactOptional(texts(60_000)),
    format: v.exactOptional(v.picklist(eventFormats)),
    themes: v.exactOptional(list(prose(64), 100)),
    audiences: v.exactOptional(list(v.picklist(audiences), audiences.length)),
    attendanceMode: v.exactOptional(v.picklist(attendanceModes)),
    status: v.exactOptional(v.picklist(eventStatuses)),
    statusNote: v.exactOptional(texts(1000)),
    organisers: v.exactOptional(list(body, 100)),
    bodies: v.exactOptional(list(body, 100)),
    venues: v.exactOptional(
      list(
        v.object({
          id: uuid,
          name: prose(300),
          address: v.exactOptional(prose(300)),
          postalCode: v.exactOptional(prose(20)),
          city: v.exactOptional(prose(120)),
          position: v.exactOptional(position),
          access: v.exactOptional(texts(2000)),
          transport: v.exactOptional(texts(2000)),
        }),
        100,
      ),
    ),
    sessions: v.exactOptional(list(session, 1000)),
    availability: v.exactOptional(
      v.object({ from: v.exactOptional(prose(10)), to: v.exactOptional(prose(10)), url: address }),
    ),
    onlineUrl: v.exactOptional(address),
    accessibility: v.exactOptional(list(v.picklist(accessibilityCodes), accessibilityCodes.length)),
    conditions: v.exactOptional(texts(2000)),
    contacts: v.exactOptional(list(v.object({ kind: v.picklist(['email', 'phone']), value: prose(254) }), 20)),
    links: v.exactOptional(list(v.object({ label: prose(300), url: address }), 50)),
    image: v.exactOptional(
      v.object({
        url: address,
        alt: v.exactOptional(texts(500)),
        credit: v.exactOptional(prose(300)),
        licence: v.exactOptional(prose(200)),
      }),
    ),
    keywords: v.exactOptional(v.pipe(v.record(languageTag, list(prose(100), 50)), v.maxEntries(12))),
    age: v.exactOptional(v.object({ min: v.exactOptional(count(120)), max: v.exactOptional(count(120)) })),
    registration: v.exactOptional(policy),
    registrationForm: v.exactOptional(
      v.object({ namesRequired: v.exactOptional(v.literal(true)), questions: list(question, MAX_QUESTIONS) }),
    ),
    privateContact: v.exactOptional(
      v.object({
        name: v.exactOptional(prose(200)),
        email: v.exactOptional(prose(254)),
        phone: v.exactOptional(prose(40)),
      }),
    ),
    custom: v.exactOptional(v.pipe(v.record(v.pipe(v.string(), v.maxLength(40)), prose(5000)), v.maxEntries(50))),
  }),
  v.check((content) => weightOf(content) <= MAX_PROPOSAL_BYTES, 'too long as a whole'),
);

const revision = v.pipe(v.number(), v.integer(), v.minValue(0));
const remark = v.pipe(prose(4000), v.trim(), v.minLength(1));

/**
 * Writes a draft down, or new words of what was handed in. `version` names these words, `base` those that they were written over;
 * a new one has its `origin` instead. When others stand there by now it is `stale`, and the words stay on the device until their
 * author has chosen. Rule: `applyProposal`, as of all of these. Made by an account's replica.
 */
export const saveProposal = v.object({
  proposalId: uuid,
  base: v.exactOptional(uuid),
  origin: v.exactOptional(
    v.object({ editionId, eventId: v.exactOptional(uuid), before: v.exactOptional(proposalContent) }),
  ),
  version: uuid,
  content: proposalContent,
});
export type SaveProposal = v.InferOutput<typeof saveProposal>;

/** Hands in the words of that name. */
export const submitProposal = v.object({ proposalId: uuid, version: uuid });
export type SubmitProposal = v.InferOutput<typeof submitProposal>;

/** Its author gives it up; they can take it up again. */
export const withdrawProposal = v.object({ proposalId: uuid });
export type WithdrawProposal = v.InferOutput<typeof withdrawProposal>;

/** Says something to the other side. The device makes the id, so that nothing is said twice. */
export const commentProposal = v.object({ proposalId: uuid, commentId: uuid, text: remark });
export type CommentProposal = v.InferOutput<typeof commentProposal>;

export const proposalDecisions = ['approve', 'request_changes', 'refuse'] as const;
export type ProposalDecision = (typeof proposalDecisions)[number];

/** A moderator's word on the revision that they have seen; on another one it is `stale`, and changes nothing. */
export const decideProposal = v.pipe(
  v.object({
    proposalId: uuid,
    base: revision,
    decision: v.picklist(proposalDecisions),
    text: v.exactOptional(remark),
    /** Of requested changes: the fields that they are about. */
    fields: v.exactOptional(list(v.picklist(proposalFields), proposalFields.length)),
  }),
  v.check((args) => args.decision === 'approve' || args.text !== undefined, 'a reason'),
);
export type DecideProposal = v.InferOutput<typeof decideProposal>;

const person = v.object({
  accountId: uuid,
  role: v.picklist(actorRoles),
  name: v.exactOptional(v.string()),
});

/** As the scopes `desk/{account}` and `moderation/{region}` bring it. */
export const proposal = v.object({
  id: uuid,
  editionId,
  eventId: v.exactOptional(uuid),
  content: proposalContent,
  before: v.exactOptional(proposalContent),
  source: v.exactOptional(source),
  state: v.picklist(proposalStates),
  step: v.picklist(moderationSteps),
  revision,
  version: uuid,
  author: person,
  comments: v.array(v.object({ id: uuid, by: person, at: instantText, text: v.string() })),
  history: v.array(
    v.object({
      kind: v.picklist(proposalDeeds),
      by: person,
      at: instantText,
      step: v.exactOptional(v.picklist(moderationSteps)),
      text: v.exactOptional(v.string()),
      fields: v.exactOptional(list(v.picklist(proposalFields), proposalFields.length)),
    }),
  ),
  createdAt: instantText,
  updatedAt: instantText,
  submittedAt: v.exactOptional(instantText),
}) satisfies v.GenericSchema<unknown, Proposal>;

const fieldsFrom = v.object({
  from: localDate,
  fields: v.pipe(v.array(v.picklist(proposalFields)), v.maxLength(proposalFields.length)),
});
const label = v.record(languageTag, v.pipe(v.string(), v.minLength(1), v.maxLength(300)));

/** Of an edition: how it takes proposals. */
export const proposalRules = v.object({
  steps: v.pipe(
    v.array(v.picklist(moderationSteps)),
    v.minLength(1),
    v.check((steps) => steps.join() === 'region,nation' || steps.length === 1, 'the region before the nation'),
  ),
  until: v.exactOptional(localDate),
  requiredFrom: v.exactOptional(list(fieldsFrom, 20)),
  frozenFrom: v.exactOptional(list(fieldsFrom, 20)),
  customFields: v.exactOptional(
    list(
      v.object({
        id: v.pipe(v.string(), v.regex(/^[a-z0-9_]{1,40}$/)),
        label,
        hint: v.exactOptional(label),
        kind: v.picklist(['line', 'text', 'choice', 'yes_no']),
        options: v.exactOptional(list(label, 50)),
        required: v.exactOptional(v.literal(true)),
      }),
      30,
    ),
  ),
}) satisfies v.GenericSchema<unknown, ProposalRules>;

/**
 * `PUT /api/v1/editions/{id}/proposals` as the national team. `before`: the rules that were changed, null where the usual ones held;
 * others by now answer `edited_elsewhere`.
 */
export const proposalRulesEdit = v.object({ before: v.nullable(proposalRules), rules: proposalRules });
export type ProposalRulesEdit = v.InferOutput<typeof proposalRulesEdit>;
