import * as v from 'valibot';
import { contentPages } from '#domain/content.ts';
import {
  article,
  articleEdit,
  contentPage,
  featured,
  featuredEdit,
  featuredPlace,
  pageEdit,
} from '#protocol/content.ts';
import { editionId, uuid } from '#protocol/primitives.ts';
import { editArticle, editPage, removeArticle } from '#server/services/programme/content.ts';
import type { Context } from '#server/services/context.ts';
import { editFeatured } from '#server/services/programme/featured.ts';
import { signedIn } from './request.ts';
import type { App } from './schemas.ts';

/** Bytes: two languages of the longest text, as JSON. */
const bodyLimit = 256 * 1024;
const tags = ['content'];

export function contentRoutes(app: App, ctx: Context): void {
  app.route({
    method: 'PUT',
    url: '/content/pages/:id',
    bodyLimit,
    schema: {
      tags,
      summary: 'Edit a page',
      params: v.object({ id: v.picklist(contentPages) }),
      body: pageEdit,
      response: { 200: contentPage },
    },
    handler: async (request) => editPage(ctx, (await signedIn(ctx, request)).account, request.params.id, request.body),
  });
  app.route({
    method: 'PUT',
    url: '/content/articles/:id',
    bodyLimit,
    schema: {
      tags,
      summary: 'Write or edit a piece of news',
      params: v.object({ id: uuid }),
      body: articleEdit,
      response: { 200: article },
    },
    handler: async (request) =>
      editArticle(ctx, (await signedIn(ctx, request)).account, request.params.id, request.body),
  });
  app.route({
    method: 'PUT',
    url: '/content/featured/:edition/:place',
    schema: {
      tags,
      summary: 'Choose what stands first on the first page, or on a region’s',
      params: v.object({ edition: editionId, place: featuredPlace }),
      body: featuredEdit,
      response: { 200: featured },
    },
    handler: async (request) => {
      const { account } = await signedIn(ctx, request);
      return editFeatured(ctx, account, request.params.edition, request.params.place, request.body);
    },
  });
  app.route({
    method: 'DELETE',
    url: '/content/articles/:id',
    schema: { tags, summary: 'Take a piece of news away', params: v.object({ id: uuid }) },
    handler: async (request, reply) => {
      await removeArticle(ctx, (await signedIn(ctx, request)).account, request.params.id);
      return reply.code(204).send();
    },
  });
}
