import * as v from 'valibot';
import { accountData, followingRequest, ownData, ownDataErased, ownFollowing } from '#protocol/own-data.ts';
import type { Context } from '#server/services/context.ts';
import {
  accountDataOf,
  deleteOwnAccount,
  eraseOwnData,
  followingOf,
  ownDataOf,
} from '#server/services/people/own-data.ts';
import { ProblemError } from '#server/services/problem-error.ts';
import { limited } from './limits.ts';
import { identityOf, sessionCookie, signedIn } from './request.ts';
import type { App } from './schemas.ts';

/** What is held on whoever asks: an attendee by their device's secret, a signed-in person by their session. */
export function ownDataRoutes(app: App, ctx: Context): void {
  const limit = limited(app, ctx.config, [
    { by: 'credential', max: 20 },
    { by: 'address', max: 200 },
  ]);
  const tags = ['rights'];
  app.route({
    method: 'GET',
    url: '/own-data',
    onRequest: limit,
    schema: { tags, summary: 'Everything that is held on me, an attendee', response: { 200: ownData } },
    handler: async (request) => ownDataOf(ctx, await identityOf(ctx, request)),
  });
  app.route({
    method: 'POST',
    url: '/own-data/erasure',
    onRequest: limit,
    schema: { tags, summary: 'Erase it', body: v.object({}), response: { 200: ownDataErased } },
    handler: async (request) => eraseOwnData(ctx, await identityOf(ctx, request)),
  });
  app.route({
    method: 'POST',
    url: '/own-data/following',
    onRequest: limit,
    schema: {
      tags,
      summary: 'What is kept of what a device follows',
      body: followingRequest,
      response: { 200: ownFollowing },
    },
    handler: async (request) => {
      const held = await followingOf(ctx, request.body.follower);
      return held ? { held } : {};
    },
  });
  app.route({
    method: 'GET',
    url: '/account/data',
    onRequest: limit,
    schema: { tags, summary: 'Everything that is held on me, signed in', response: { 200: accountData } },
    handler: async (request) => accountDataOf(ctx, (await signedIn(ctx, request)).account),
  });
  app.route({
    method: 'DELETE',
    url: '/account',
    onRequest: limit,
    schema: { tags, summary: 'End my account' },
    handler: async (request, reply) => {
      const { account } = await signedIn(ctx, request);
      // Of the sample, and of whoever looks at it next.
      if (account.demo || !(await deleteOwnAccount(ctx, account))) throw new ProblemError('forbidden');
      return reply.clearCookie(sessionCookie(ctx).name, { path: '/' }).code(204).send();
    },
  });
}
