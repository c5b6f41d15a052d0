import { Readable } from 'node:stream';
import * as v from 'valibot';
import type { Heads } from '#protocol/hints.ts';
import { MAX_SCOPES } from '#protocol/pull.ts';
import type { Scope } from '#protocol/scope.ts';
import { scopeInAddress } from '#protocol/scope.ts';
import type { Context } from '#server/services/context.ts';
import { currentHeads } from '#server/services/heads.ts';
import type { Identity } from '#server/services/identity.ts';
import { mayRead, meantBy } from '#server/services/identity.ts';
import { limited } from './limits.ts';
import { identityOf } from './request.ts';
import type { App } from './schemas.ts';

/** Milliseconds between comments, so that proxies and phones keep the line open and a dead one is noticed. */
const BEAT = 20_000;
/** Bytes that a reader may leave waiting before its line is cut; it asks again and gets the heads. */
const BEHIND = 256 * 1024;

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
  const lines = new Set<Readable>();
  const beat = setInterval(() => {
    for (const line of lines) write(line, ':\n\n');
  }, BEAT);
  beat.unref();
  app.addHook('preClose', async () => {
    clearInterval(beat);
    for (const line of lines) line.push(null);
  });

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
      const line = new Readable({ read: () => undefined });
      const tell = (heads: Heads): void => write(line, `event: heads\ndata: ${JSON.stringify(heads)}\n\n`);
      // Listening begins before the heads are read, so that nothing falls between.
      const stop = ctx.hints.subscribe(scopes, tell);
      line.once('close', () => {
        stop();
        lines.delete(line);
      });
      lines.add(line);
      try {
        tell(await currentHeads(ctx, scopes));
      } catch (error) {
        line.destroy();
        throw error;
      }
      return reply
        .header('connection', 'close')
        .header('x-accel-buffering', 'no')
        .type('text/event-stream; charset=utf-8')
        .send(line);
    },
  });
}

function write(line: Readable, text: string): void {
  if (line.readableLength > BEHIND) line.destroy();
  else if (!line.readableEnded && !line.destroyed) line.push(text);
}
