import * as v from 'valibot';
import { uuid } from '#protocol/primitives.ts';
import { deskAfterwards, deskAfterwardsEdit } from '#protocol/afterwards.ts';
import { deskForm, deskFormEdit } from '#protocol/registration-question.ts';
import type { Context } from '#server/services/context.ts';
import { readAfterwards, saveAfterwards } from '#server/services/desk/desk-afterwards.ts';
import { readForm, saveForm } from '#server/services/desk/desk-form.ts';
import { signedIn } from './request.ts';
import type { App } from './schemas.ts';

const params = v.object({ eventId: uuid });

export function deskFormRoutes(app: App, ctx: Context): void {
  const tags = ['desk'];
  app.route({
    method: 'GET',
    url: '/desk/events/:eventId/registration-form',
    schema: { tags, summary: 'What an event asks of those who register', params, response: { 200: deskForm } },
    handler: async (request) => readForm(ctx, (await signedIn(ctx, request)).account, request.params.eventId),
  });

  app.route({
    method: 'PUT',
    url: '/desk/events/:eventId/registration-form',
    schema: { tags, summary: 'Ask something else', params, body: deskFormEdit, response: { 200: deskForm } },
    handler: async (request) =>
      saveForm(ctx, (await signedIn(ctx, request)).account, request.params.eventId, request.body),
  });

  app.route({
    method: 'GET',
    url: '/desk/events/:eventId/afterwards',
    schema: { tags, summary: 'What came out of an event', params, response: { 200: deskAfterwards } },
    handler: async (request) => readAfterwards(ctx, (await signedIn(ctx, request)).account, request.params.eventId),
  });

  app.route({
    method: 'PUT',
    url: '/desk/events/:eventId/afterwards',
    bodyLimit: 128 * 1024,
    schema: {
      tags,
      summary: 'Say what came out of an event',
      params,
      body: deskAfterwardsEdit,
      response: { 200: deskAfterwards },
    },
    handler: async (request) =>
      saveAfterwards(ctx, (await signedIn(ctx, request)).account, request.params.eventId, request.body),
  });
}
