import * as v from 'valibot';
import { deskEventDetail, deskEvents } from '#protocol/desk.ts';
import { doorRules } from '#protocol/door-rules.ts';
import { enrolmentOffer, enrolmentWish } from '#protocol/enrolment.ts';
import { uuid } from '#protocol/primitives.ts';
import type { Context } from '#server/services/context.ts';
import { deskDetail } from '#server/services/desk/desk-detail.ts';
import { deskList, requireEvent } from '#server/services/desk/desk.ts';
import { readDoorRules, setDoorRules } from '#server/services/door/door-rules.ts';
import { offerEnrolment, revokeDevice } from '#server/services/door/enrolment.ts';
import { ProblemError } from '#server/services/problem-error.ts';
import { limited } from './limits.ts';
import { wholeNumber } from './query.ts';
import { originOf, signedIn } from './request.ts';
import type { App } from './schemas.ts';

const listQuery = v.object({
  q: v.exactOptional(v.pipe(v.string(), v.maxLength(200))),
  limit: wholeNumber('100', 1, 200),
  offset: wholeNumber('0', 0, 1_000_000),
});
const eventParams = v.object({ eventId: uuid });
const deviceParams = v.object({ eventId: uuid, deviceId: uuid });

export function deskRoutes(app: App, ctx: Context): void {
  const tags = ['desk'];
  app.route({
    method: 'GET',
    url: '/desk/events',
    schema: { tags, summary: 'Events that I may run', querystring: listQuery, response: { 200: deskEvents } },
    handler: async (request) => deskList(ctx, (await signedIn(ctx, request)).account, request.query),
  });

  app.route({
    method: 'GET',
    url: '/desk/events/:eventId',
    schema: {
      tags,
      summary: 'One event with what people register for and its phones',
      params: eventParams,
      response: { 200: deskEventDetail },
    },
    handler: async (request) => deskDetail(ctx, (await signedIn(ctx, request)).account, request.params.eventId),
  });

  app.route({
    method: 'POST',
    url: '/desk/events/:eventId/enrolments',
    onRequest: limited(app, ctx.config, [{ by: 'credential', max: 30 }]),
    schema: {
      tags,
      summary: 'A link that enrols one phone, once',
      params: eventParams,
      body: v.nullish(enrolmentWish, {}),
      response: { 201: enrolmentOffer },
    },
    handler: async (request, reply) => {
      const { account } = await signedIn(ctx, request);
      await requireEvent(ctx, account, request.params.eventId);
      const { eventId } = request.params;
      const offer = await offerEnrolment(ctx, eventId, originOf(ctx, request), account.id, request.body);
      return reply.code(201).send(offer);
    },
  });

  app.route({
    method: 'DELETE',
    url: '/desk/events/:eventId/devices/:deviceId',
    schema: { tags, summary: 'Take a phone its access away', params: deviceParams },
    handler: async (request, reply) => {
      const { account } = await signedIn(ctx, request);
      const { eventId, deviceId } = request.params;
      await requireEvent(ctx, account, eventId);
      if (!(await revokeDevice(ctx, eventId, deviceId, account))) throw new ProblemError('not_found');
      return reply.code(204).send();
    },
  });

  app.route({
    method: 'GET',
    url: '/desk/events/:eventId/door-rules',
    schema: { tags, summary: 'What holds at the doors of an event', params: eventParams, response: { 200: doorRules } },
    handler: async (request) => readDoorRules(ctx, (await signedIn(ctx, request)).account, request.params.eventId),
  });

  app.route({
    method: 'PUT',
    url: '/desk/events/:eventId/door-rules',
    schema: {
      tags,
      summary: 'Set what holds at the doors of an event',
      params: eventParams,
      body: doorRules,
      response: { 200: doorRules },
    },
    handler: async (request) =>
      setDoorRules(ctx, (await signedIn(ctx, request)).account, request.params.eventId, request.body),
  });
}
