import { createReadStream } from 'node:fs';
import * as v from 'valibot';
import { packsResponse, publicConfig, sha256 } from '#protocol/map.ts';
import type { Context } from '#server/services/context.ts';
import { listPacks, packFile } from '#server/services/programme/packs.ts';
import { ProblemError } from '#server/services/problem-error.ts';
import { limited } from './limits.ts';
import type { App } from './schemas.ts';

/** What a map is drawn from: the packs that phones may keep, and what the operator has chosen. */
export function mapRoutes(app: App, ctx: Context): void {
  const tags = ['map'];
  const onRequest = limited(app, ctx.config, [{ by: 'address', max: 6000 }]);

  app.route({
    method: 'GET',
    url: '/config',
    onRequest,
    schema: { tags, summary: 'What the operator has chosen', response: { 200: publicConfig } },
    handler: async () => ({
      ...(ctx.config.raster ? { raster: ctx.config.raster } : {}),
      ...(ctx.config.geocoder === undefined ? {} : { geocoder: true as const }),
      ...(ctx.config.oidc ? { provider: { name: ctx.config.oidc.name } } : {}),
    }),
  });

  app.route({
    method: 'GET',
    url: '/packs',
    onRequest,
    schema: { tags, summary: 'Street-level maps that can be kept', response: { 200: packsResponse } },
    handler: async () => ({ packs: await listPacks(ctx) }),
  });

  app.route({
    method: 'GET',
    url: '/packs/:hash',
    // Its tiles are compressed already, and a part is asked for by its place.
    compress: false,
    onRequest,
    schema: {
      tags,
      summary: 'A map in the PMTiles format, whole or a range of its bytes',
      params: v.object({ hash: sha256 }),
    },
    handler: async (request, reply) => {
      const { hash } = request.params;
      const file = await packFile(ctx, hash);
      if (!file) throw new ProblemError('not_found');
      const etag = `"${hash}"`;
      reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('accept-ranges', 'bytes')
        .header('etag', etag)
        .type('application/vnd.pmtiles');
      if (request.headers['if-none-match']?.includes(etag)) return reply.code(304).send();
      const validator = request.headers['if-range'];
      const range =
        validator === undefined || validator === etag ? rangeOf(request.headers.range, file.bytes) : undefined;
      if (range === 'unsatisfiable') {
        return reply.code(416).header('content-range', `bytes */${file.bytes}`).send();
      }
      const { start, end } = range ?? { start: 0, end: file.bytes - 1 };
      reply.header('content-length', String(end - start + 1));
      if (range) reply.code(206).header('content-range', `bytes ${start}-${end}/${file.bytes}`);
      return reply.send(createReadStream(file.path, { start, end }));
    },
  });
}

/** One range of RFC 9110; undefined for none, several, or what is no range: all is sent then. */
function rangeOf(
  header: string | undefined,
  size: number,
): { readonly start: number; readonly end: number } | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  const [, first = '', last = ''] = match ?? [];
  if (!match || (first === '' && last === '')) return undefined;
  if (first === '') {
    const length = Math.min(size, Number(last));
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(size - 1, Number(last));
  if (start >= size) return 'unsatisfiable';
  return end < start ? undefined : { start, end };
}
