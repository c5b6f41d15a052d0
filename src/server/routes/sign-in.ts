import { codeRequest, me, signInRequest, whoIsSignedIn } from '#protocol/sign-in.ts';
import { signedOut } from '#protocol/sign-in-ways.ts';
import type { Context } from '#server/services/context.ts';
import type { Mailer } from '#server/services/mail/mail.ts';
import { ProblemError } from '#server/services/problem-error.ts';
import { addressOfSignOut } from '#server/services/people/provider.ts';
import { deviceIn } from '#server/services/people/sessions.ts';
import { requestCode, signIn, signOut } from '#server/services/people/sign-in.ts';
import { limited } from './limits.ts';
import {
  clearSessionCookie,
  mayDemonstrate,
  meOf,
  originOf,
  sessionOf,
  sessionToken,
  setSessionCookie,
} from './request.ts';
import type { App } from './schemas.ts';

export function signInRoutes(app: App, ctx: Context, mailer: Mailer): void {
  const limit = limited(app, ctx.config, [{ by: 'address', max: 20 }]);
  const tags = ['sign-in'];

  app.route({
    method: 'POST',
    url: '/sign-in/codes',
    onRequest: limit,
    schema: { tags, summary: 'Mail a sign-in code, if the address has an account', body: codeRequest },
    handler: async (request, reply) => {
      requestCode(ctx, mailer, request.body.email, request.body.language);
      return reply.code(202).send();
    },
  });

  app.route({
    method: 'POST',
    url: '/sign-in',
    onRequest: limit,
    schema: { tags, summary: 'Exchange a code for a session cookie', body: signInRequest, response: { 200: me } },
    handler: async (request, reply) => {
      const { email, code } = request.body;
      const session = await signIn(
        ctx,
        email,
        code,
        mayDemonstrate(ctx, request),
        deviceIn(request.headers['user-agent']),
      );
      if (!session) throw new ProblemError('code_refused');
      setSessionCookie(ctx, reply, session.token);
      return meOf(session.account, session.expiresAt);
    },
  });

  app.route({
    method: 'DELETE',
    url: '/sign-in',
    schema: { tags, summary: 'End the session', response: { 200: signedOut } },
    handler: async (request, reply) => {
      const token = sessionToken(ctx, request);
      const idToken = token ? await signOut(ctx, token) : undefined;
      clearSessionCookie(ctx, reply);
      const { oidc } = ctx.config;
      const home = `${originOf(ctx, request)}/connexion`;
      const onward = oidc && idToken ? await addressOfSignOut(ctx, oidc, idToken, home) : undefined;
      return onward === undefined ? {} : { onward };
    },
  });

  app.route({
    method: 'GET',
    url: '/me',
    schema: { tags, summary: 'Who is signed in', response: { 200: whoIsSignedIn } },
    handler: async (request) => {
      const session = await sessionOf(ctx, request);
      return { me: session ? meOf(session.account, session.expiresAt) : null };
    },
  });
}
