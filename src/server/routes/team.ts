import * as v from 'valibot';
import { uuid } from '#protocol/primitives.ts';
import { invitationAnswer, invitationRequest, sessions, team } from '#protocol/team.ts';
import type { Context } from '#server/services/context.ts';
import type { Mailer } from '#server/services/mail/mail.ts';
import { ProblemError } from '#server/services/problem-error.ts';
import { endOthers, endSession, sessionsOf } from '#server/services/people/sessions.ts';
import { invite, removeColleague, teamOf, withdrawInvitation } from '#server/services/people/team.ts';
import { limited } from './limits.ts';
import { signedIn } from './request.ts';
import type { App } from './schemas.ts';

const idParams = v.object({ id: uuid });

/** Who works together, who is invited, and where one is signed in. */
export function teamRoutes(app: App, ctx: Context, mailer: Mailer): void {
  const limit = limited(app, ctx.config, [{ by: 'credential', max: 60 }]);
  const tags = ['team'];
  app.route({
    method: 'GET',
    url: '/team',
    schema: { tags, summary: 'My team, as far as I may see it', response: { 200: team } },
    handler: async (request) => teamOf(ctx, (await signedIn(ctx, request)).account),
  });
  app.route({
    method: 'POST',
    url: '/team/invitations',
    onRequest: limit,
    schema: { tags, summary: 'Invite an address', body: invitationRequest, response: { 200: invitationAnswer } },
    handler: async (request) => {
      const { account } = await signedIn(ctx, request);
      const answer = await invite(ctx, mailer, account, request.body);
      if (answer.kind === 'refused' && answer.reason === 'forbidden') throw new ProblemError('forbidden');
      return answer;
    },
  });
  app.route({
    method: 'DELETE',
    url: '/team/invitations/:id',
    schema: { tags, summary: 'Take an invitation back', params: idParams },
    handler: async (request, reply) => {
      await withdrawInvitation(ctx, (await signedIn(ctx, request)).account, request.params.id);
      return reply.code(204).send();
    },
  });
  app.route({
    method: 'DELETE',
    url: '/team/people/:id',
    schema: { tags, summary: "End somebody's account", params: idParams },
    handler: async (request, reply) => {
      await removeColleague(ctx, (await signedIn(ctx, request)).account, request.params.id);
      return reply.code(204).send();
    },
  });
  app.route({
    method: 'GET',
    url: '/account/sessions',
    schema: { tags, summary: 'Where I am signed in', response: { 200: sessions } },
    handler: async (request) => {
      const { account, sessionId } = await signedIn(ctx, request);
      return sessionsOf(ctx, account.id, sessionId);
    },
  });
  app.route({
    method: 'DELETE',
    url: '/account/sessions/:id',
    schema: { tags, summary: 'Sign out there', params: v.object({ id: v.pipe(v.string(), v.maxLength(64)) }) },
    handler: async (request, reply) => {
      const { account } = await signedIn(ctx, request);
      if (!(await endSession(ctx, account.id, request.params.id))) throw new ProblemError('not_found');
      return reply.code(204).send();
    },
  });
  app.route({
    method: 'DELETE',
    url: '/account/sessions',
    schema: { tags, summary: 'Sign out everywhere but here' },
    handler: async (request, reply) => {
      const { account, sessionId } = await signedIn(ctx, request);
      await endOthers(ctx, account.id, sessionId);
      return reply.code(204).send();
    },
  });
}
