import { allotment, takeAllotment as takeAllotmentBody } from '#protocol/walk-in.ts';
import { takeAllotment } from '#server/services/door/allotments.ts';
import type { Context } from '#server/services/context.ts';
import { ProblemError } from '#server/services/problem-error.ts';
import { limited } from './limits.ts';
import { identityOf } from './request.ts';
import type { App } from './schemas.ts';

export function doorRoutes(app: App, ctx: Context): void {
  app.route({
    method: 'POST',
    url: '/door/allotments',
    onRequest: limited(app, ctx.config, [{ by: 'credential', max: 60 }]),
    schema: {
      tags: ['door'],
      summary: 'Set seats aside for walk-ins at this phone; the same id takes none twice',
      body: takeAllotmentBody,
      response: { 200: allotment },
    },
    handler: async (request) => {
      const identity = await identityOf(ctx, request);
      if (identity.kind !== 'device') throw new ProblemError('forbidden');
      return takeAllotment(ctx, identity, request.body);
    },
  });
}
