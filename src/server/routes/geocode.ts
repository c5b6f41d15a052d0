import { geocodeAnswer, geocodeQuery } from '#protocol/geocode.ts';
import type { Context } from '#server/services/context.ts';
import { geocode } from '#server/services/programme/geocode.ts';
import { limited } from './limits.ts';
import { signedIn } from './request.ts';
import type { App } from './schemas.ts';

/** Addresses looked for on behalf of those who write a proposal, and of nobody else. */
export function geocodeRoutes(app: App, ctx: Context): void {
  app.route({
    method: 'GET',
    url: '/geocode',
    onRequest: limited(app, ctx.config, [{ by: 'credential', max: 30 }]),
    schema: {
      tags: ['desk'],
      summary: 'Where an address lies, where the operator has configured a geocoder',
      querystring: geocodeQuery,
      response: { 200: geocodeAnswer },
    },
    handler: async (request) => {
      await signedIn(ctx, request);
      return geocode(ctx, request.query.q);
    },
  });
}
