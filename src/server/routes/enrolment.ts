import { deviceReady, enrolRequest, enrolled } from '#protocol/enrolment.ts';
import type { Context } from '#server/services/context.ts';
import { enrol, markReady } from '#server/services/door/enrolment.ts';
import { ProblemError } from '#server/services/problem-error.ts';
import { limited } from './limits.ts';
import { identityOf } from './request.ts';
import type { App } from './schemas.ts';

export function enrolmentRoutes(app: App, ctx: Context): void {
  const tags = ['door'];
  app.route({
    method: 'POST',
    url: '/enrolments',
    onRequest: limited(app, ctx.config, [{ by: 'address', max: 30 }]),
    schema: {
      tags,
      summary: 'Enrol a phone with a one-time code; the same code, id and secret give the same answer',
      body: enrolRequest,
      response: { 200: enrolled },
    },
    handler: (request) => enrol(ctx, request.body),
  });

  app.route({
    method: 'POST',
    url: '/devices/ready',
    schema: { tags, summary: 'The phone has roster, keys and scanner', body: deviceReady },
    handler: async (request, reply) => {
      const identity = await identityOf(ctx, request);
      if (identity.kind !== 'device' || identity.access !== 'open') throw new ProblemError('credential_refused');
      await markReady(ctx, identity.deviceId);
      return reply.code(204).send();
    },
  });
}
