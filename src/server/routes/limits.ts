import type { FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import type { Config } from '#server/config.ts';
import { isLoopback } from '#server/config.ts';
import { ProblemError } from '#server/services/problem-error.ts';
import { sha256Text } from '#server/services/people/secrets.ts';
import type { App } from './schemas.ts';

/** At most `max` requests a minute by one credential or from one address. */
export interface Limit {
  readonly by: 'credential' | 'address';
  readonly max: number;
}

/** What a program on the server's own machine may do more than one out there: a test or a bench is one address. */
const OWN_MACHINE = 100;

/**
 * A hook that refuses with `too_many_requests`. A venue is one address with hundreds of phones behind it, so what is
 * ordinary is limited by credential, and the address only against floods. Counted by each process for itself: what must
 * hold over all of them (a sign-in code's attempts) is counted in the database.
 */
export function limited(app: App, config: Config, limits: readonly Limit[]): onRequestAsyncHookHandler {
  const checks = limits.map((limit) =>
    app.createRateLimit({
      timeWindow: 60_000,
      max: (request) => limit.max * (config.loopback && isLoopback(request.ip) ? OWN_MACHINE : 1),
      keyGenerator: (request) => (limit.by === 'address' ? addressOf(request.ip) : credentialOf(request)),
    }),
  );
  return async (request: FastifyRequest, _reply: FastifyReply) => {
    for (const check of checks) {
      const result = await check(request);
      if (!result.isAllowed && result.isExceeded) {
        throw new ProblemError('too_many_requests', undefined, { retryAfter: Math.max(1, result.ttlInSeconds) });
      }
    }
  };
}

function credentialOf(request: FastifyRequest): string {
  const credential = request.headers.authorization ?? request.headers.cookie;
  return credential ? sha256Text(credential) : addressOf(request.ip);
}

/** An IPv6 subscriber has 2⁶⁴ addresses and counts as one. */
function addressOf(ip: string): string {
  return ip.includes(':') && !ip.startsWith('::ffff:') ? ip.split(':').slice(0, 4).join(':') : ip;
}
