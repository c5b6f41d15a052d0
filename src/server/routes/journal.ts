import * as v from 'valibot';
import { journalPage } from '#protocol/desk.ts';
import type { Context } from '#server/services/context.ts';
import { journal } from '#server/services/desk/journal.ts';
import { limited } from './limits.ts';
import { signedIn } from './request.ts';
import type { App } from './schemas.ts';

const query = v.object({
  limit: v.optional(v.pipe(v.string(), v.toNumber(), v.integer(), v.minValue(1), v.maxValue(200)), '50'),
  before: v.exactOptional(v.pipe(v.string(), v.maxLength(60))),
});

export function journalRoutes(app: App, ctx: Context): void {
  app.route({
    method: 'GET',
    url: '/desk/journal',
    onRequest: limited(app, ctx.config, [{ by: 'credential', max: 120 }]),
    schema: {
      tags: ['desk'],
      summary: 'What was done at every desk',
      querystring: query,
      response: { 200: journalPage },
    },
    handler: async (request) => journal(ctx, (await signedIn(ctx, request)).account, request.query),
  });
}
