import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import * as v from 'valibot';
import { isPublicScope, scopeInAddress } from '#protocol/scope.ts';
import { snapshotResponse } from '#protocol/snapshot.ts';
import { PROTOCOL } from '#protocol/version.ts';
import type { Context } from '#server/services/context.ts';
import type { Identity } from '#server/services/people/identity.ts';
import { meantBy } from '#server/services/people/identity.ts';
import { ProblemError } from '#server/services/problem-error.ts';
import { manifests, page } from '#server/services/sync/snapshots.ts';
import { scopesMeant, scopesQuery } from './hints.ts';
import { limited } from './limits.ts';
import { identityOf } from './request.ts';
import type { App } from './schemas.ts';

const unzip = promisify(gunzip);

/** First load (L2): manifests, and pages that never change and that any HTTP cache may keep when their scope is public. */
export function snapshotRoutes(app: App, ctx: Context): void {
  const onRequest = limited(app, ctx.config, [
    { by: 'credential', max: 1200 },
    { by: 'address', max: 24_000 },
  ]);

  app.route({
    method: 'GET',
    url: '/snapshots',
    onRequest,
    schema: {
      tags: ['sync'],
      summary: 'Manifests of first loads',
      querystring: scopesQuery,
      response: { 200: snapshotResponse },
    },
    handler: async (request) => {
      const identity = await identityOf(ctx, request);
      return {
        protocol: PROTOCOL,
        serverTime: new Date(ctx.clock()).toISOString(),
        manifests: await manifests(ctx, identity, scopesMeant(identity, request.query.scope)),
      };
    },
  });

  app.route({
    method: 'GET',
    url: '/snapshots/pages/:hash',
    // The pages are kept compressed.
    compress: false,
    onRequest,
    schema: {
      tags: ['sync'],
      summary: 'One page: a JSON array of items',
      params: v.object({ hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) }),
      querystring: v.object({ scope: scopeInAddress }),
    },
    handler: async (request, reply) => {
      const { hash } = request.params;
      const isPublic = isPublicScope(request.query.scope);
      const identity: Identity = isPublic ? { kind: 'anonymous' } : await identityOf(ctx, request);
      const scope = meantBy(identity, request.query.scope);
      const found = scope === undefined ? undefined : await page(ctx, identity, scope, hash);
      if (!found) throw new ProblemError('snapshot_stale');
      reply
        .header('cache-control', isPublic ? 'public, max-age=31536000, immutable' : 'private, no-store')
        .header('vary', 'accept-encoding')
        .header('etag', `W/"${hash}"`)
        .type('application/json; charset=utf-8');
      if (request.headers['if-none-match']?.includes(hash)) return reply.code(304).send();
      const accepted = request.headers['accept-encoding'] ?? '';
      if (found.brotli && /\bbr\b/.test(accepted)) {
        return reply.header('content-encoding', 'br').send(asBuffer(found.brotli));
      }
      const stored = asBuffer(found.gzip);
      if (!/\bgzip\b/.test(accepted)) return reply.send(await unzip(stored));
      return reply.header('content-encoding', 'gzip').send(stored);
    },
  });
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
