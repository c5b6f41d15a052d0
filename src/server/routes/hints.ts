import * as v from 'valibot';
import { MAX_SCOPES } from '#protocol/pull.ts';
import type { Scope } from '#protocol/scope.ts';
import { scopeInAddress } from '#protocol/scope.ts';
import type { Context } from '#server/services/context.ts';
import { currentHeads } from '#server/services/sync/heads.ts';
import type { Identity } from '#server/services/people/identity.ts';
import { mayRead, meantBy } from '#server/services/people/identity.ts';
import { EventLines } from './event-lines.ts';
import { limited } from './limits.ts';
import { identityOf } from './request.ts';
import type { App } from './schemas.ts';

/** One `scope` or several in a query, always as a list. */
export const scopesQuery = v.object({
  scope: v.pipe(
    v.union([v.pipe(v.array(scopeInAddress), v.maxLength(MAX_SCOPES)), scopeInAddress]),
    v.transform((scope) => (typeof scope === 'string' ? [scope] : scope)),
  ),
});

/** The scopes that a query means, each once. */
export function scopesMeant(who: Identity, named: readonly string[]): Scope[] {
  return [...new Set(named.map((name) => meantBy(who, name)).filter((scope) => scope !== undefined))];
}

/** `GET /hints`: heads at the start and then as they rise (D2). Scopes that the bearer may not read are left out. */
export function hintRoutes(app: App, ctx: Context): void {
  const lines = new EventLines(app);
  app.route({
    method: 'GET',
    url: '/hints',
    exposeHeadRoute: false,
    compress: false,
    onRequest: limited(app, ctx.config, [
      { by: 'credential', max: 120 },
      { by: 'address', max: 6000 },
    ]),
    schema: {
      tags: ['sync'],
      summary: 'Server-sent events named `heads`: scopes with the heads that they have reached',
      querystring: scopesQuery,
      produces: ['text/event-stream'],
    },
    handler: async (request, reply) => {
      const identity = await identityOf(ctx, request);
      const scopes = scopesMeant(identity, request.query.scope).filter((scope) => mayRead(identity, scope));
      return lines.open(
        reply,
        (tell) => ctx.hints.subscribe(scopes, (heads) => tell('heads', heads)),
        async (tell) => tell('heads', await currentHeads(ctx, scopes)),
      );
    },
  });
}
