import { pullRequest, pullResponse } from '#protocol/pull.ts';
import { MAX_PUSH_BYTES, pushRequest, pushResponse } from '#protocol/push.ts';
import { OLDEST_PROTOCOL } from '#protocol/version.ts';
import type { Context } from '#server/services/context.ts';
import { noteSeen } from '#server/services/door/enrolment.ts';
import { ProblemError } from '#server/services/problem-error.ts';
import { pull } from '#server/services/sync/pull.ts';
import { push } from '#server/services/sync/push.ts';
import { limited } from './limits.ts';
import { identityOf } from './request.ts';
import type { App } from './schemas.ts';

export function syncRoutes(app: App, ctx: Context): void {
  const tags = ['sync'];
  app.route({
    method: 'POST',
    url: '/push',
    bodyLimit: MAX_PUSH_BYTES,
    onRequest: limited(app, ctx.config, [
      { by: 'credential', max: 120 },
      { by: 'address', max: 3000 },
    ]),
    schema: {
      tags,
      summary: 'Send queued mutations in order',
      body: pushRequest,
      response: { 200: pushResponse },
    },
    handler: async (request) => {
      checkVersion(request.body.protocol);
      return push(ctx, await identityOf(ctx, request), request.body);
    },
  });

  app.route({
    method: 'POST',
    url: '/pull',
    onRequest: limited(app, ctx.config, [
      { by: 'credential', max: 600 },
      { by: 'address', max: 12_000 },
    ]),
    schema: {
      tags,
      summary: 'What happened in some scopes since their cursors',
      body: pullRequest,
      response: { 200: pullResponse },
    },
    handler: async (request) => {
      checkVersion(request.body.protocol);
      const identity = await identityOf(ctx, request);
      const { waiting } = request.body;
      if (identity.kind === 'device' && waiting !== undefined)
        await noteSeen(ctx, identity.deviceId, waiting).catch(() => undefined);
      return pull(ctx, identity, request.body);
    },
  });
}

function checkVersion(protocol: number): void {
  if (protocol < OLDEST_PROTOCOL) throw new ProblemError('protocol_too_old');
}
