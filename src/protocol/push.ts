import * as v from 'valibot';
import { proposalRefusals } from '#domain/proposal-rules.ts';
import { refusalReasons } from '#domain/registration.ts';
import { envelope } from './mutation.ts';
import { cursor, instantText, uuid } from './primitives.ts';
import { scopeName } from './scope.ts';

/** In one push: an evening's queue of a door goes up in a few, and no push holds the others' up for longer than a tenth of a second. */
export const MAX_MUTATIONS = 500;
/** Bytes of a push's JSON. */
export const MAX_PUSH_BYTES = 256 * 1024;

/** `POST /api/v1/push`, as the bearer of the replica's credential. */
export const pushRequest = v.object({
  protocol: v.number(),
  replicaId: uuid,
  mutations: v.pipe(v.array(envelope), v.minLength(1), v.maxLength(MAX_MUTATIONS)),
});
export type PushRequest = v.InferOutput<typeof pushRequest>;

/** Why a mutation was refused by the rules (P3). `invalid` and `unsupported` are about the message itself. */
export const refusals = [
  ...refusalReasons,
  'invalid',
  'unsupported',
  'forbidden',
  'access_withdrawn',
  'tour_unknown',
  'question_unknown',
  'question_closed',
  'too_many_answers',
  'answer_unknown',
  'ticket_unknown',
  'check_in_unknown',
  'too_late',
  'allotment_over',
  ...proposalRefusals,
] as const;
export type Refusal = (typeof refusals)[number];

/** Where the log stood once the mutation's effects were in it: the device keeps its own view of them until then (A1). */
const reached = v.record(scopeName, v.object({ epoch: v.string(), cursor }));

export const pushResult = v.object({
  seq: v.number(),
  mutationId: uuid,
  outcome: v.picklist(['applied', 'refused']),
  /** A reason that a later server gives is one that this client cannot tell apart. */
  reason: v.exactOptional(v.fallback(v.picklist(refusals), 'unsupported')),
  reached,
});
export type PushResult = v.InferOutput<typeof pushResult>;

export const pushResponse = v.object({
  protocol: v.number(),
  serverTime: instantText,
  /** The replica's last `seq` that the server has. */
  last: v.number(),
  results: v.array(pushResult),
});
export type PushResponse = v.InferOutput<typeof pushResponse>;
