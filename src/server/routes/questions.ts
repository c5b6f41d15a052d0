import * as v from 'valibot';
import { answerModeration, deskQuestion, questionEdit } from '#protocol/event-question.ts';
import { uuid } from '#protocol/primitives.ts';
import type { Context } from '#server/services/context.ts';
import { moderateAnswer, readQuestion, saveQuestion } from '#server/services/programme/questions.ts';
import { signedIn } from './request.ts';
import type { App } from './schemas.ts';

const tags = ['desk'];
const params = v.object({ eventId: uuid });
/** Bytes: an outcome in two languages, as JSON. */
const bodyLimit = 128 * 1024;

export function questionRoutes(app: App, ctx: Context): void {
  app.route({
    method: 'GET',
    url: '/desk/events/:eventId/question',
    schema: { tags, summary: 'The question of an event and its answers', params, response: { 200: deskQuestion } },
    handler: async (request) => readQuestion(ctx, (await signedIn(ctx, request)).account, request.params.eventId),
  });

  app.route({
    method: 'PUT',
    url: '/desk/events/:eventId/question',
    bodyLimit,
    schema: {
      tags,
      summary: 'Put a question to all, change it, or take it away',
      params,
      body: questionEdit,
      response: { 200: deskQuestion },
    },
    handler: async (request) =>
      saveQuestion(ctx, (await signedIn(ctx, request)).account, request.params.eventId, request.body),
  });

  app.route({
    method: 'PUT',
    url: '/desk/events/:eventId/answers/:answerId',
    schema: {
      tags,
      summary: 'Hide an answer with a reason, or show it',
      params: v.object({ eventId: uuid, answerId: uuid }),
      body: answerModeration,
      response: { 200: deskQuestion },
    },
    handler: async (request) => {
      const { account } = await signedIn(ctx, request);
      return moderateAnswer(ctx, account, request.params.eventId, request.params.answerId, request.body.hidden);
    },
  });
}
