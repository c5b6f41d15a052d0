import * as v from 'valibot';
import { regionOf } from '#domain/regions.ts';
import type { ExportFormat } from '#interop/formats.ts';
import { writable } from '#interop/formats.ts';
import { editionId } from '#protocol/primitives.ts';
import type { Context } from '#server/services/context.ts';
import { exportProgramme, exportVersion } from '#server/services/exchange/exporting.ts';
import { ProblemError } from '#server/services/problem-error.ts';
import { KeptFiles } from './kept-files.ts';
import { limited } from './limits.ts';
import { originOf } from './request.ts';
import type { App } from './schemas.ts';

/** How the formats' feeds end (CONTRACT). */
const ENDINGS: Readonly<Record<string, ExportFormat>> = {
  ics: 'ics',
  json: 'openagenda',
  xml: 'frab-xml',
  geojson: 'geojson',
};

/** Seconds for which nobody asks again. A programme moves by the hour. */
const MAX_AGE = 300;

const params = v.object({ edition: editionId, file: v.pipe(v.string(), v.maxLength(40)) });

/** `/feeds/{edition}/{region}.ics`, `.json`, `.xml`, `.geojson`: what is public, for other people's programs; `all` is the whole edition. */
export function feedRoutes(app: App, ctx: Context): void {
  const files = new KeptFiles();
  app.route({
    method: 'GET',
    url: '/feeds/:edition/:file',
    compress: false,
    onRequest: limited(app, ctx.config, [{ by: 'address', max: 600 }]),
    schema: { tags: ['programme'], summary: 'A programme in a format of the field', params },
    handler: async (request, reply) => {
      const { edition, file } = request.params;
      const [, name = '', ending = ''] = /^([A-Za-z0-9]+)\.([a-z]+)$/.exec(file) ?? [];
      const format = Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined;
      if (!format || (name !== 'all' && !regionOf(name))) throw new ProblemError('not_found');
      const origin = originOf(ctx, request);
      const wanted = { format, editionId: edition, origin, ...(name === 'all' ? {} : { region: name }) };
      const version = await exportVersion(ctx, wanted);
      if (version === undefined) throw new ProblemError('not_found');
      const made = {
        name: `${origin} ${edition} ${file}`,
        version,
        type: withCharset(writable[format].type),
        pieces: async () => {
          const exported = await exportProgramme(ctx, wanted);
          if (!exported) throw new ProblemError('not_found');
          return exported.pieces;
        },
      };
      return files.send(request, reply, made, MAX_AGE);
    },
  });
}

const withCharset = (type: string): string => (type.includes('charset') ? type : `${type}; charset=utf-8`);
