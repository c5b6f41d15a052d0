import { Readable } from 'node:stream';
import * as v from 'valibot';
import { regionOf } from '#domain/regions.ts';
import { exportFormats, importFormats } from '#interop/formats.ts';
import { importAnswer, MAX_IMPORT } from '#protocol/exchange.ts';
import { editionId } from '#protocol/primitives.ts';
import type { Context } from '#server/services/context.ts';
import { exportFromDesk, importFromDesk } from '#server/services/exchange/exchange.ts';
import { limited } from './limits.ts';
import { originOf, signedIn } from './request.ts';
import type { App } from './schemas.ts';
import { uploaded } from './uploads.ts';

const region = v.exactOptional(
  v.pipe(
    v.string(),
    v.check((code) => regionOf(code) !== undefined, 'no region'),
  ),
);
const importQuery = v.object({
  format: v.picklist(importFormats),
  edition: editionId,
  region,
  dryRun: v.exactOptional(v.picklist(['0', '1'])),
});
const exportQuery = v.object({ format: v.picklist(exportFormats), edition: editionId, region });

/** Programmes in and out, from the desk. */
export function exchangeRoutes(app: App, ctx: Context): void {
  const tags = ['desk'];
  // A file is read as it comes and never held whole for its own sake.
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload));
  app.route({
    method: 'POST',
    url: '/desk/imports',
    onRequest: limited(app, ctx.config, [{ by: 'credential', max: 20 }]),
    schema: {
      tags,
      summary: 'Take a programme in, or say what that would change',
      querystring: importQuery,
      response: { 200: importAnswer },
    },
    handler: async (request) => {
      const { account } = await signedIn(ctx, request);
      const { format, edition, dryRun, region: wanted } = request.query;
      return importFromDesk(ctx, account, uploaded(request.body, MAX_IMPORT), {
        format,
        editionId: edition,
        ...(wanted === undefined ? {} : { region: wanted }),
        dryRun: dryRun === '1',
        origin: originOf(ctx, request),
      });
    },
  });

  app.route({
    method: 'GET',
    url: '/desk/exports',
    onRequest: limited(app, ctx.config, [{ by: 'credential', max: 60 }]),
    schema: { tags, summary: 'A programme as a file', querystring: exportQuery },
    handler: async (request, reply) => {
      const { account } = await signedIn(ctx, request);
      const { format, edition, region: wanted } = request.query;
      const origin = originOf(ctx, request);
      const exported = await exportFromDesk(ctx, account, {
        format,
        editionId: edition,
        origin,
        ...(wanted === undefined ? {} : { region: wanted }),
      });
      return reply
        .header('content-disposition', `attachment; filename="${exported.fileName}"`)
        .type(exported.type)
        .send(Readable.from(exported.pieces));
    },
  });
}
