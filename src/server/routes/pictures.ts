import { Readable } from 'node:stream';
import * as v from 'valibot';
import { MAX_PICTURE_BYTES } from '#domain/picture.ts';
import { sha256 } from '#protocol/map.ts';
import type { Context } from '#server/services/context.ts';
import { keepPicture, pictureOf } from '#server/services/programme/pictures.ts';
import { ProblemError } from '#server/services/problem-error.ts';
import { limited } from './limits.ts';
import { signedIn } from './request.ts';
import type { App } from './schemas.ts';

const params = v.object({ sha256 });

/** `PUT /api/v1/pictures/{sha256}`: an organiser's picture, as `application/octet-stream`. */
export function pictureUploadRoutes(app: App, ctx: Context): void {
  app.route({
    method: 'PUT',
    url: '/pictures/:sha256',
    onRequest: limited(app, ctx.config, [{ by: 'credential', max: 30 }]),
    schema: { tags: ['desk'], summary: 'Send a picture of an event', params },
    handler: async (request, reply) => {
      const { account } = await signedIn(ctx, request);
      if (!(request.body instanceof Readable)) throw new ProblemError('unsupported_media');
      await keepPicture(ctx, account, request.params.sha256, await bytesOf(request.body));
      return reply.code(204).send();
    },
  });
}

/**
 * `/pictures/{sha256}`: where everybody finds it. The bytes under a hash never change, and are never anything but a picture: no
 * guessing of types, no script, no frame.
 */
export function pictureRoutes(app: App, ctx: Context): void {
  app.route({
    method: 'GET',
    url: '/pictures/:sha256',
    compress: false,
    onRequest: limited(app, ctx.config, [{ by: 'address', max: 6000 }]),
    schema: { hide: true, params },
    handler: async (request, reply) => {
      const picture = await pictureOf(ctx, request.params.sha256);
      if (!picture) throw new ProblemError('not_found');
      const etag = `"${request.params.sha256}"`;
      void reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('etag', etag)
        .header('x-content-type-options', 'nosniff')
        .header('content-security-policy', "default-src 'none'; sandbox; frame-ancestors 'none'")
        .header('cross-origin-resource-policy', 'cross-origin')
        .type(picture.type);
      if (request.headers['if-none-match']?.includes(etag)) return reply.code(304).send();
      return reply.send(Buffer.from(picture.body));
    },
  });
}

async function bytesOf(body: Readable): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<unknown>) {
    if (!(chunk instanceof Uint8Array)) throw new ProblemError('bad_request');
    size += chunk.length;
    if (size > MAX_PICTURE_BYTES) throw new ProblemError('too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
