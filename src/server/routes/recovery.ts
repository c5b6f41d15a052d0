import { recovered, recoveryAsked, recoveryCodeRequest, recoveryRequest } from '#protocol/recovery.ts';
import type { Context } from '#server/services/context.ts';
import type { Mailer } from '#server/services/mail/mail.ts';
import { recover, requestRecovery } from '#server/services/registration/recovery.ts';
import { limited } from './limits.ts';
import { identityOf } from './request.ts';
import type { App } from './schemas.ts';

export function recoveryRoutes(app: App, ctx: Context, mailer: Mailer): void {
  const limit = limited(app, ctx.config, [{ by: 'address', max: 20 }]);
  const tags = ['registration'];
  app.route({
    method: 'POST',
    url: '/recovery/codes',
    onRequest: limit,
    schema: {
      tags,
      summary: 'Mail a code to find tickets again',
      body: recoveryCodeRequest,
      response: { 202: recoveryAsked },
    },
    handler: async (request, reply) => {
      requestRecovery(ctx, mailer, request.body.email, request.body.language);
      return reply.code(202).send({});
    },
  });
  app.route({
    method: 'POST',
    url: '/recovery',
    onRequest: limit,
    schema: {
      tags,
      summary: 'Bring the registrations of an address to this phone',
      body: recoveryRequest,
      response: { 200: recovered },
    },
    handler: async (request) => {
      const who = await identityOf(ctx, request);
      return { registrations: await recover(ctx, who, request.body.email, request.body.code) };
    },
  });
}
