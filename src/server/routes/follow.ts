import * as v from 'valibot';
import { follow, followed, pushKey } from '#protocol/follow.ts';
import type { Context } from '#server/services/context.ts';
import { agendaFeed, setFollowed } from '#server/services/registration/follow.ts';
import { ProblemError } from '#server/services/problem-error.ts';
import { openVapidKey } from '#server/services/mail/web-push.ts';
import { limited } from './limits.ts';
import { identityOf, originOf } from './request.ts';
import type { App } from './schemas.ts';

const tags = ['agenda'];

export function followRoutes(app: App, ctx: Context): void {
  app.route({
    method: 'GET',
    url: '/push-key',
    schema: { tags, summary: 'The key for Web Push (RFC 8292)', response: { 200: pushKey } },
    handler: async () => ({ key: (await openVapidKey(ctx.config.dataDir)).publicKey }),
  });
  app.route({
    method: 'POST',
    url: '/follow',
    bodyLimit: 64 * 1024,
    onRequest: limited(app, ctx.config, [{ by: 'address', max: 120 }]),
    schema: {
      tags,
      summary: 'Say what one follows, to be notified of changes or to have a calendar of it; or nothing any more',
      body: follow,
      response: { 200: followed },
    },
    handler: async (request) => {
      const who = request.body.own ? await identityOf(ctx, request) : undefined;
      if (who && who.kind !== 'holder') throw new ProblemError('sign_in_required');
      await setFollowed(ctx, request.body, who ? who.holderId : null);
      return {};
    },
  });
}

const params = v.object({ file: v.pipe(v.string(), v.maxLength(60)) });

/** `/feeds/agenda/{secret}.ics`: one person's agenda, for their calendar. */
export function agendaFeedRoutes(app: App, ctx: Context): void {
  app.route({
    method: 'GET',
    url: '/feeds/agenda/:file',
    onRequest: limited(app, ctx.config, [{ by: 'address', max: 120 }]),
    schema: { tags, summary: 'The agenda of who knows this address', params, produces: ['text/calendar'] },
    handler: async (request, reply) => {
      const secret = /^([\w-]{43})\.ics$/.exec(request.params.file)?.[1];
      const calendar = secret && (await agendaFeed(ctx, secret, originOf(ctx, request)));
      if (!calendar) throw new ProblemError('not_found');
      return reply
        .header('cache-control', 'private, no-cache')
        .header('x-robots-tag', 'noindex')
        .type('text/calendar; charset=utf-8')
        .send(calendar);
    },
  });
}
