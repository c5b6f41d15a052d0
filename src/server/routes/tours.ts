import * as v from 'valibot';
import { deskTour, tourEdit, tourRatings } from '#protocol/desk-tour.ts';
import { uuid } from '#protocol/primitives.ts';
import type { Context } from '#server/services/context.ts';
import { ratingsOf, readTour, saveTour } from '#server/services/programme/tours.ts';
import { signedIn } from './request.ts';
import type { App } from './schemas.ts';

const params = v.object({ eventId: uuid });

export function tourRoutes(app: App, ctx: Context): void {
  const tags = ['desk'];
  app.route({
    method: 'GET',
    url: '/desk/events/:eventId/tour',
    schema: { tags, summary: 'The tour of an event, to be edited', params, response: { 200: deskTour } },
    handler: async (request) => readTour(ctx, (await signedIn(ctx, request)).account, request.params.eventId),
  });

  app.route({
    method: 'PUT',
    url: '/desk/events/:eventId/tour',
    schema: {
      tags,
      summary: 'Publish a changed tour, or take it away',
      params,
      body: tourEdit,
      response: { 200: deskTour },
    },
    handler: async (request) =>
      saveTour(ctx, (await signedIn(ctx, request)).account, request.params.eventId, request.body),
  });

  app.route({
    method: 'GET',
    url: '/desk/events/:eventId/ratings',
    schema: { tags, summary: 'What people thought of a tour', params, response: { 200: tourRatings } },
    handler: async (request) => ratingsOf(ctx, (await signedIn(ctx, request)).account, request.params.eventId),
  });
}
