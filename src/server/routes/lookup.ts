import * as v from 'valibot';
import { lookup } from '#protocol/lookup.ts';
import { slug } from '#protocol/primitives.ts';
import type { Context } from '#server/services/context.ts';
import { lookUpEvent } from '#server/services/programme/lookup.ts';
import { limited } from './limits.ts';
import type { App } from './schemas.ts';

export function lookupRoutes(app: App, ctx: Context): void {
  app.route({
    method: 'GET',
    url: '/events/:slug',
    onRequest: limited(app, ctx.config, [{ by: 'address', max: 3000 }]),
    schema: {
      tags: ['programme'],
      summary: 'Which edition and region an event is of',
      params: v.object({ slug }),
      response: { 200: lookup },
    },
    handler: async (request) => ({ event: (await lookUpEvent(ctx, request.params.slug)) ?? null }),
  });
}
