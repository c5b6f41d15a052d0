import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Problem, ProblemCode } from '#protocol/problem.ts';
import { problemCodes } from '#protocol/problem.ts';
import { TransientError } from '#server/db/transient.ts';
import { ProblemError } from '#server/services/problem-error.ts';
import { RequestRefused } from './schemas.ts';

const titles: Record<ProblemCode, string> = {
  bad_request: 'The request is not understood',
  sign_in_required: 'Signing in is needed',
  credential_refused: 'The credential is not accepted',
  forbidden: 'Not allowed',
  not_found: 'Not found',
  replica_gap: 'A sequence number is missing before this one',
  replica_cloned: 'This replica exists twice',
  edited_elsewhere: 'Somebody else has changed it meanwhile',
  enrolment_used: 'The enrolment code has been used',
  no_seats: 'No seat is free for walk-ins',
  enrolment_expired: 'The enrolment code is no longer good',
  snapshot_stale: 'This page belongs to an older first load',
  too_large: 'The request is too large',
  unsupported_media: 'The content type is not taken here',
  protocol_too_old: 'The app is too old for this server',
  too_many_requests: 'Too many requests',
  code_refused: 'The code is not accepted',
  passkey_refused: 'The passkey is not accepted',
  internal: 'The server failed',
  busy: 'The server is busy, try again',
};

/** RFC 9457 document of an error; its `code` is stable, its `detail` for operators. */
export function problemOf(error: ProblemError): Problem {
  return {
    type: `urn:escale:problem:${error.code}`,
    title: titles[error.code],
    status: problemCodes[error.code],
    code: error.code,
    ...(error.detail === undefined ? {} : { detail: error.detail }),
    ...(error.last === undefined ? {} : { last: error.last }),
  };
}

export function sendProblem(reply: FastifyReply, error: ProblemError): FastifyReply {
  if (error.retryAfter !== undefined) reply.header('retry-after', String(error.retryAfter));
  if (error.code === 'protocol_too_old') reply.header('upgrade', 'escale-protocol');
  return reply
    .code(problemCodes[error.code])
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(problemOf(error));
}

/** Every error of every route ends here: what is ours keeps its code, what is not is logged and told as `internal`. */
export function handleError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = toProblem(error);
  if (problem.code === 'internal') request.log.error({ err: error, route: request.routeOptions.url }, 'request failed');
  return sendProblem(reply, problem);
}

function toProblem(error: FastifyError | Error): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof TransientError) return new ProblemError('busy', undefined, { retryAfter: 1 });
  if (error instanceof RequestRefused) return new ProblemError('bad_request', error.message);
  const code = 'code' in error ? error.code : '';
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new ProblemError('too_large');
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new ProblemError('unsupported_media');
  const status = 'statusCode' in error ? (error.statusCode ?? 500) : 500;
  if (status === 503) return new ProblemError('busy', undefined, { retryAfter: 1 });
  if (status === 404) return new ProblemError('not_found');
  if (status === 413) return new ProblemError('too_large');
  if (status === 415) return new ProblemError('unsupported_media');
  if (status >= 400 && status < 500) return new ProblemError('bad_request', plainOf(code));
  return new ProblemError('internal');
}

/** Messages of parsers quote what they read, so only those written here are passed on. */
function plainOf(code: string): string {
  if (code === 'FST_ERR_CTP_EMPTY_JSON_BODY') return 'the body is empty';
  if (code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH') return 'content-length does not match the body';
  return 'not valid JSON or not a valid request';
}
