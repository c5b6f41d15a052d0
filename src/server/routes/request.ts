import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Me } from '#protocol/sign-in.ts';
import { OLDEST_PROTOCOL, PROTOCOL, PROTOCOL_HEADER } from '#protocol/version.ts';
import { isLoopback } from '#server/config.ts';
import type { Account } from '#server/services/people/accounts.ts';
import { accountOfSession } from '#server/services/people/accounts.ts';
import type { Context } from '#server/services/context.ts';
import { noteSeen } from '#server/services/door/enrolment.ts';
import type { Identity } from '#server/services/people/identity.ts';
import { identify } from '#server/services/people/identity.ts';
import { noteSession } from '#server/services/people/sessions.ts';
import { ProblemError } from '#server/services/problem-error.ts';
import { SESSION_SECONDS } from '#server/services/people/sign-in.ts';

/**
 * An older client is told to update and keeps what it has queued; a newer one meets a server that is about to be replaced
 * and comes again. What changes something must carry the header, which no form of another site can send: with the cookie's
 * SameSite it keeps forged requests out.
 * @throws ProblemError `protocol_too_old`, `busy`, `bad_request`
 */
export function checkProtocol(request: FastifyRequest): void {
  const sent = request.headers[PROTOCOL_HEADER];
  if (sent === undefined) {
    if (request.method === 'GET' || request.method === 'HEAD') return;
    throw new ProblemError('bad_request', `the header ${PROTOCOL_HEADER} is missing`);
  }
  const version = Number(sent);
  if (!Number.isInteger(version) || version < 0)
    throw new ProblemError('bad_request', `${PROTOCOL_HEADER} is no number`);
  if (version < OLDEST_PROTOCOL) throw new ProblemError('protocol_too_old');
  if (version > PROTOCOL) throw new ProblemError('busy', `this server speaks protocol ${PROTOCOL}`, { retryAfter: 60 });
}

/**
 * Whose credential the request carries; anonymous without one.
 * @throws ProblemError `credential_refused`, `sign_in_required`
 */
export async function identityOf(ctx: Context, request: FastifyRequest): Promise<Identity> {
  const header = request.headers.authorization;
  const bearer = header === undefined ? undefined : (/^Bearer (\S+)$/i.exec(header)?.[1] ?? '');
  const identity = await identify(ctx, bearer, async () => (await sessionOf(ctx, request))?.account);
  if (!identity) throw new ProblemError('credential_refused');
  if (identity.kind === 'device') await noteSeen(ctx, identity.deviceId).catch(() => undefined);
  return identity;
}

export interface SignedIn {
  readonly account: Account;
  readonly sessionId: string;
  readonly expiresAt: number;
  readonly token: string;
}

/** `__Host-` keeps other hosts of the domain from setting it; browsers take that prefix only over https. */
export function sessionCookie(ctx: Context): { name: string; secure: boolean } {
  const secure = ctx.config.publicUrl?.startsWith('https:') ?? false;
  return { name: secure ? '__Host-escale-session' : 'escale-session', secure };
}

const attributes = { path: '/', httpOnly: true, sameSite: 'lax' } as const;

export function setSessionCookie(ctx: Context, reply: FastifyReply, token: string): void {
  const { name, secure } = sessionCookie(ctx);
  reply.setCookie(name, token, { ...attributes, secure, maxAge: SESSION_SECONDS });
}

export function clearSessionCookie(ctx: Context, reply: FastifyReply): void {
  const { name, secure } = sessionCookie(ctx);
  reply.clearCookie(name, { ...attributes, secure });
}

export function sessionToken(ctx: Context, request: FastifyRequest): string | undefined {
  return request.cookies[sessionCookie(ctx).name];
}

/** The person of the session cookie, if there is one who may be here. */
export async function sessionOf(ctx: Context, request: FastifyRequest): Promise<SignedIn | undefined> {
  const token = sessionToken(ctx, request);
  const session = token ? await accountOfSession(ctx, token) : undefined;
  if (!token || !session) return undefined;
  if (session.account.demo && !mayDemonstrate(ctx, request)) return undefined;
  await noteSession(ctx, session.sessionId).catch(() => undefined);
  return { ...session, token };
}

/**
 * The person of the session cookie.
 * @throws ProblemError `sign_in_required`
 */
export async function signedIn(ctx: Context, request: FastifyRequest): Promise<SignedIn> {
  const session = await sessionOf(ctx, request);
  if (!session) throw new ProblemError('sign_in_required');
  return session;
}

/** Demonstration accounts need a request that came to this machine by a name of its own, not one forwarded from outside. */
export function mayDemonstrate(ctx: Context, request: FastifyRequest): boolean {
  const { origin } = request.headers;
  // A proxy may hide where a request came from; the page that a browser shows it does not.
  const fromHere = origin === undefined || isLoopback(URL.parse(origin)?.hostname ?? '');
  return ctx.config.loopback && fromHere && isLoopback(request.hostname) && isLoopback(request.ip);
}

/** Where the person's browser reaches this server. */
export function originOf(ctx: Context, request: FastifyRequest): string {
  return ctx.config.publicUrl ?? `${request.protocol}://${request.host}`;
}

/** A signed-in person as they are told of themselves. */
export function meOf(account: Account, expiresAt: number): Me {
  const { id, email, role, regions, bodies, demo } = account;
  return {
    id,
    email,
    role,
    ...(regions[0] === undefined ? {} : { region: regions[0] }),
    regions: [...regions],
    bodies: [...bodies],
    demo,
    sessionExpiresAt: new Date(expiresAt).toISOString(),
  };
}
