import * as v from 'valibot';
import { regionOf } from '#domain/regions.ts';
import { deskFigures as answer } from '#protocol/figures.ts';
import { editionId, localDate } from '#protocol/primitives.ts';
import type { Context } from '#server/services/context.ts';
import { deskFigures } from '#server/services/desk/figures.ts';
import { limited } from './limits.ts';
import { signedIn } from './request.ts';
import type { App } from './schemas.ts';

const query = v.object({
  edition: editionId,
  region: v.exactOptional(
    v.pipe(
      v.string(),
      v.check((code) => regionOf(code) !== undefined, 'no region'),
    ),
  ),
  from: v.exactOptional(localDate),
  to: v.exactOptional(localDate),
});

export function figureRoutes(app: App, ctx: Context): void {
  app.route({
    method: 'GET',
    url: '/desk/figures',
    onRequest: limited(app, ctx.config, [{ by: 'credential', max: 120 }]),
    schema: {
      tags: ['desk'],
      summary: 'What a programme comes to, in numbers',
      querystring: query,
      response: { 200: answer },
    },
    handler: async (request) => deskFigures(ctx, (await signedIn(ctx, request)).account, request.query),
  });
}
