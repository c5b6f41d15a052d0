import * as v from 'valibot';

/**
 * RFC 9457 problem documents (`application/problem+json`) with a stable `code`. The client has a sentence in each language
 * for every code; `detail` is for operators and never holds a stack or personal data.
 */
export const problemCodes = {
  bad_request: 400,
  sign_in_required: 401,
  credential_refused: 401,
  forbidden: 403,
  not_found: 404,
  replica_gap: 409,
  replica_cloned: 409,
  edited_elsewhere: 409,
  enrolment_used: 409,
  no_seats: 409,
  enrolment_expired: 410,
  snapshot_stale: 410,
  too_large: 413,
  unsupported_media: 415,
  protocol_too_old: 426,
  too_many_requests: 429,
  code_refused: 403,
  passkey_refused: 403,
  internal: 500,
  busy: 503,
} as const;
export type ProblemCode = keyof typeof problemCodes;

export const problem = v.object({
  type: v.string(),
  title: v.string(),
  status: v.number(),
  code: v.picklist(Object.keys(problemCodes) as ProblemCode[]),
  detail: v.exactOptional(v.string()),
  /** With `replica_gap`: the last `seq` that the server has. */
  last: v.exactOptional(v.number()),
});
export type Problem = v.InferOutput<typeof problem>;
