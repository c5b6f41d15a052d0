import * as v from 'valibot';
import { uuid } from '#protocol/primitives.ts';
import { deskForm, deskFormEdit } from '#protocol/registration-question.ts';
import type { Context } from '#server/services/context.ts';
import { readForm, saveForm } from '#server/services/desk-form.ts';
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
}
