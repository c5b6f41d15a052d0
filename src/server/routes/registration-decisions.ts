import * as v from 'valibot';
import { languages } from '#domain/text.ts';
import {
  byHandAnswer,
  decisionAnswer,
  decisionRequest,
  messageAnswer,
  messageRequest,
  registrationByHand,
} from '#protocol/registration-decision.ts';
import { MAX_REGISTRATION_FILE, registrationImportAnswer } from '#protocol/registration-import.ts';
import { uuid } from '#protocol/primitives.ts';
import type { Context } from '#server/services/context.ts';
import {
  decideRegistrations,
  messageRegistered,
  registerByHand,
} from '#server/services/registration/registration-decisions.ts';
import { importRegistrations } from '#server/services/registration/registration-import.ts';
import { limited } from './limits.ts';
import { signedIn } from './request.ts';
import type { App } from './schemas.ts';
import { uploaded } from './uploads.ts';

const params = v.object({ eventId: uuid });
const tags = ['desk'];

export function registrationDecisionRoutes(app: App, ctx: Context): void {
  app.route({
    method: 'POST',
    url: '/desk/events/:eventId/registrations/decisions',
    schema: {
      tags,
      summary: 'Approve, move up, refuse or cancel registrations',
      params,
      body: decisionRequest,
      response: { 200: decisionAnswer },
    },
    handler: async (request) => {
      const { account } = await signedIn(ctx, request);
      const { decision, registrationIds } = request.body;
      return decideRegistrations(ctx, account, request.params.eventId, decision, registrationIds);
    },
  });
  app.route({
    method: 'POST',
    url: '/desk/events/:eventId/messages',
    onRequest: limited(app, ctx.config, [{ by: 'address', max: 20 }]),
    schema: {
      tags,
      summary: 'Write to those registered',
      params,
      body: messageRequest,
      response: { 200: messageAnswer },
    },
    handler: async (request) => {
      const { account } = await signedIn(ctx, request);
      return { recipients: await messageRegistered(ctx, account, request.params.eventId, request.body) };
    },
  });
  app.route({
    method: 'POST',
    url: '/desk/events/:eventId/registrations',
    schema: {
      tags,
      summary: 'Register somebody by hand',
      params,
      body: registrationByHand,
      response: { 200: byHandAnswer },
    },
    handler: async (request) => {
      const { account } = await signedIn(ctx, request);
      return registerByHand(ctx, account, request.params.eventId, request.body);
    },
  });

  app.route({
    method: 'POST',
    url: '/desk/events/:eventId/registrations/imports',
    onRequest: limited(app, ctx.config, [{ by: 'credential', max: 20 }]),
    schema: {
      tags,
      summary: 'Register the people of a table, or say what that would do',
      params,
      querystring: v.object({
        language: v.optional(v.picklist(languages), 'fr'),
        subject: v.exactOptional(uuid),
        dryRun: v.exactOptional(v.picklist(['0', '1'])),
      }),
      response: { 200: registrationImportAnswer },
    },
    handler: async (request) => {
      const { account } = await signedIn(ctx, request);
      const { language, subject, dryRun } = request.query;
      const bytes = uploaded(request.body, MAX_REGISTRATION_FILE);
      return importRegistrations(ctx, account, request.params.eventId, bytes, {
        language,
        subject,
        dryRun: dryRun === '1',
      });
    },
  });
}
