import type { ProblemCode } from '#protocol/problem.ts';

/** Thrown by a use case that cannot answer; a route turns it into the problem document of its code. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  /** For operators: never a personal fact. */
  readonly detail: string | undefined;
  /** With `replica_gap`: the last `seq` that the server has. */
  readonly last: number | undefined;
  /** Seconds after which to come again, with `too_many_requests` and `busy`. */
  readonly retryAfter: number | undefined;

  constructor(code: ProblemCode, detail?: string, more: { last?: number; retryAfter?: number } = {}) {
    super(detail ?? code);
    this.code = code;
    this.detail = detail;
    this.last = more.last;
    this.retryAfter = more.retryAfter;
  }
}
