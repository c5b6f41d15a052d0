import type { FastifyReply, FastifyRequest } from 'fastify';
import { isIP } from 'node:net';
import * as v from 'valibot';
import { isOwnPage } from '#interop/markdown.ts';
import { uuid } from '#protocol/primitives.ts';
import { me } from '#protocol/sign-in.ts';
import {
  passkeyCreation,
  passkeyName,
  passkeyRegistration,
  passkeyRequest,
  passkeySignIn,
  signInMeans,
} from '#protocol/sign-in-ways.ts';
import { isLoopback } from '#server/config.ts';
import type { Context } from '#server/services/context.ts';
import type { Mailer } from '#server/services/mail/mail.ts';
import { meansOf, removeIdentity, removePasskey, renamePasskey } from '#server/services/people/means.ts';
import type { RelyingParty } from '#server/services/people/passkeys.ts';
import { addPasskey, passkeyChallenge, passkeyOptions, signInByPasskey } from '#server/services/people/passkeys.ts';
import { ProblemError } from '#server/services/problem-error.ts';
import type { Return } from '#server/services/people/provider-sign-in.ts';
import { leaveForProvider, returnFromProvider, TRIP_SECONDS } from '#server/services/people/provider-sign-in.ts';
import { newToken } from '#server/services/people/secrets.ts';
import { deviceIn } from '#server/services/people/sessions.ts';
import { limited } from './limits.ts';
import { mayDemonstrate, meOf, originOf, sessionCookie, setSessionCookie, signedIn } from './request.ts';
import type { App } from './schemas.ts';

const idParams = v.object({ id: uuid });
const tags = ['sign-in'];

/** Signing in through a provider of OpenID Connect: two addresses that browsers are sent to, and that answer with another one. */
export function providerRoutes(app: App, ctx: Context, mailer: Mailer): void {
  const { oidc } = ctx.config;
  if (!oidc) return;
  const limit = limited(app, ctx.config, [{ by: 'address', max: 30 }]);
  const { secure } = sessionCookie(ctx);
  const cookie = secure ? '__Host-escale-trip' : 'escale-trip';
  // Lax: the browser comes back from elsewhere.
  const attributes = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  const callback = (request: FastifyRequest): string => `${originOf(ctx, request)}/api/v1/sign-in/provider/callback`;
  const browserOf = (request: FastifyRequest): string | undefined => {
    const value = request.cookies[cookie];
    return value !== undefined && /^[A-Za-z0-9_-]{43}$/.test(value) ? value : undefined;
  };

  app.get('/sign-in/provider', { onRequest: limit, schema: { hide: true } }, async (request, reply) => {
    const { retour } = request.query as { readonly retour?: unknown };
    const next = typeof retour === 'string' && retour.length <= 500 && isOwnPage(retour) ? retour : undefined;
    const browser = browserOf(request) ?? newToken();
    const address = await leaveForProvider(ctx, oidc, browser, next, callback(request));
    if (address === undefined) {
      return goOn(reply, { kind: 'failed', reason: 'unavailable', next: next ?? '/espace' });
    }
    reply.setCookie(cookie, browser, { ...attributes, maxAge: TRIP_SECONDS });
    return reply.redirect(address, 303);
  });

  app.get('/sign-in/provider/callback', { onRequest: limit, schema: { hide: true } }, async (request, reply) => {
    const answer = new URL(callback(request));
    answer.search = request.url.split('?')[1] ?? '';
    const back = await returnFromProvider(
      ctx,
      oidc,
      mailer,
      answer,
      browserOf(request),
      mayDemonstrate(ctx, request),
      deviceIn(request.headers['user-agent']),
    );
    if (back.kind === 'signed_in') setSessionCookie(ctx, reply, back.session.token);
    return goOn(reply, back);
  });
}

/** On to the sign-in page, which says what happened; of the answer nothing is left in the address. */
function goOn(reply: FastifyReply, back: Return): FastifyReply {
  const said = back.kind === 'failed' ? { souci: back.reason } : { connecte: '1' };
  const query = new URLSearchParams({ ...said, retour: back.next });
  return reply.redirect(`/connexion?${query.toString()}`, 303);
}

/** Passkeys, and in which ways somebody signs in. */
export function passkeyRoutes(app: App, ctx: Context, mailer: Mailer): void {
  const limit = limited(app, ctx.config, [{ by: 'address', max: 30 }]);

  app.route({
    method: 'POST',
    url: '/sign-in/passkey/options',
    onRequest: limit,
    schema: { tags, summary: 'A challenge for a passkey', response: { 200: passkeyRequest } },
    handler: async (request) => passkeyChallenge(ctx, partyOf(ctx, request)),
  });
  app.route({
    method: 'POST',
    url: '/sign-in/passkey',
    onRequest: limit,
    schema: {
      tags,
      summary: 'Exchange an answer to it for a session cookie',
      body: passkeySignIn,
      response: { 200: me },
    },
    handler: async (request, reply) => {
      const device = deviceIn(request.headers['user-agent']);
      const party = partyOf(ctx, request);
      const session = await signInByPasskey(ctx, party, request.body, mayDemonstrate(ctx, request), device);
      if (!session) throw new ProblemError('passkey_refused');
      setSessionCookie(ctx, reply, session.token);
      return meOf(session.account, session.expiresAt);
    },
  });
  app.route({
    method: 'GET',
    url: '/account/means',
    schema: { tags, summary: 'In which ways I sign in', response: { 200: signInMeans } },
    handler: async (request) => meansOf(ctx, (await signedIn(ctx, request)).account.id),
  });
  app.route({
    method: 'POST',
    url: '/account/passkeys/options',
    onRequest: limit,
    schema: { tags, summary: 'What a browser needs to make a passkey', response: { 200: passkeyCreation } },
    handler: async (request) => {
      const { account } = await signedIn(ctx, request);
      return passkeyOptions(ctx, partyOf(ctx, request), account);
    },
  });
  app.route({
    method: 'POST',
    url: '/account/passkeys',
    onRequest: limit,
    schema: { tags, summary: 'Add a passkey', body: passkeyRegistration, response: { 200: signInMeans } },
    handler: async (request) => {
      const { account } = await signedIn(ctx, request);
      const name = deviceIn(request.headers['user-agent']) ?? '';
      await addPasskey(ctx, mailer, partyOf(ctx, request), account, request.body, name);
      return meansOf(ctx, account.id);
    },
  });
  app.route({
    method: 'PUT',
    url: '/account/passkeys/:id',
    schema: { tags, summary: 'Name a passkey', params: idParams, body: passkeyName },
    handler: async (request, reply) => {
      const { account } = await signedIn(ctx, request);
      await renamePasskey(ctx, account.id, request.params.id, request.body.name);
      return reply.code(204).send();
    },
  });
  app.route({
    method: 'DELETE',
    url: '/account/passkeys/:id',
    schema: { tags, summary: 'Remove a passkey', params: idParams },
    handler: async (request, reply) => {
      await removePasskey(ctx, mailer, (await signedIn(ctx, request)).account, request.params.id);
      return reply.code(204).send();
    },
  });
  app.route({
    method: 'DELETE',
    url: '/account/identities/:id',
    schema: { tags, summary: 'Forget who I am at a provider', params: idParams },
    handler: async (request, reply) => {
      await removeIdentity(ctx, mailer, (await signedIn(ctx, request)).account, request.params.id);
      return reply.code(204).send();
    },
  });
}

/**
 * What passkeys are bound to: the public address, and on a machine without one `localhost`. What else a request calls itself by
 * is not believed.
 * @throws ProblemError `bad_request` at an address that no passkey can be bound to
 */
function partyOf(ctx: Context, request: FastifyRequest): RelyingParty {
  const { origin, hostname, protocol } = new URL(originOf(ctx, request));
  const local = isLoopback(hostname);
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0)
    throw new ProblemError('bad_request', 'no passkey for an IP address');
  if (ctx.config.publicUrl === undefined ? !local : !local && protocol !== 'https:') {
    throw new ProblemError('bad_request', 'passkeys need ESCALE_PUBLIC_URL, over https');
  }
  return { id: hostname, origin };
}
