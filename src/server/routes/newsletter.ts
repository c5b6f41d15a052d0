import * as v from 'valibot';
import {
  issueEdit,
  issueSending,
  mailToken,
  newsletterConfirmation,
  newsletterDesk as deskAnswer,
  newsletterDone,
  newsletterIssue,
} from '#protocol/newsletter.ts';
import { uuid } from '#protocol/primitives.ts';
import type { Context } from '#server/services/context.ts';
import type { Mailer } from '#server/services/mail/mail.ts';
import { confirmSubscription, unsubscribe } from '#server/services/mail/newsletter.ts';
import {
  newsletterDesk,
  removeIssue,
  saveIssue,
  sendIssue,
  testIssue,
} from '#server/services/mail/newsletter-issues.ts';
import { limited } from './limits.ts';
import { signedIn } from './request.ts';
import type { App } from './schemas.ts';

const tags = ['newsletter'];
const params = v.object({ id: uuid });
/** Bytes: two languages of the longest text, as JSON. */
const bodyLimit = 256 * 1024;

export function newsletterRoutes(app: App, ctx: Context, mailer: Mailer): void {
  app.route({
    method: 'POST',
    url: '/newsletter/confirmations',
    onRequest: limited(app, ctx.config, [{ by: 'address', max: 30 }]),
    schema: {
      tags,
      summary: 'Confirm that one wants the newsletter',
      body: newsletterConfirmation,
      response: { 200: newsletterDone },
    },
    handler: async (request) => {
      await confirmSubscription(ctx, request.body.token);
      return {};
    },
  });
  app.route({
    method: 'GET',
    url: '/newsletter/issues',
    schema: { tags, summary: 'The issues of the newsletter, drafts included', response: { 200: deskAnswer } },
    handler: async (request) => newsletterDesk(ctx, (await signedIn(ctx, request)).account),
  });
  app.route({
    method: 'PUT',
    url: '/newsletter/issues/:id',
    bodyLimit,
    schema: { tags, summary: 'Write a draft', params, body: issueEdit, response: { 200: newsletterIssue } },
    handler: async (request) => saveIssue(ctx, (await signedIn(ctx, request)).account, request.params.id, request.body),
  });
  app.route({
    method: 'DELETE',
    url: '/newsletter/issues/:id',
    schema: { tags, summary: 'Take a draft away', params },
    handler: async (request, reply) => {
      await removeIssue(ctx, (await signedIn(ctx, request)).account, request.params.id);
      return reply.code(204).send();
    },
  });
  app.route({
    method: 'POST',
    url: '/newsletter/issues/:id/test',
    onRequest: limited(app, ctx.config, [{ by: 'credential', max: 10 }]),
    schema: { tags, summary: 'Mail an issue to oneself', params },
    handler: async (request, reply) => {
      await testIssue(ctx, mailer, (await signedIn(ctx, request)).account, request.params.id);
      return reply.code(204).send();
    },
  });
  app.route({
    method: 'POST',
    url: '/newsletter/issues/:id/sending',
    schema: {
      tags,
      summary: 'Send an issue to everyone, once',
      params,
      body: issueSending,
      response: { 200: newsletterIssue },
    },
    handler: async (request) =>
      sendIssue(ctx, (await signedIn(ctx, request)).account, request.params.id, request.body.basedOn),
  });
}

/**
 * What mail programs call by themselves when somebody clicks on "unsubscribe" (RFC 8058): a form without our header, from no page of
 * ours. The token alone says who; it can do nothing else.
 */
export function oneClickRoutes(app: App, ctx: Context): void {
  // What they send says nothing that the address does not.
  for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data'])
    app.addContentTypeParser(type, { parseAs: 'string', bodyLimit: 4096 }, (_request, _body, done) =>
      done(null, undefined),
    );
  app.route({
    method: 'POST',
    url: '/newsletter/unsubscriptions/:token',
    onRequest: limited(app, ctx.config, [{ by: 'address', max: 60 }]),
    schema: {
      tags,
      summary: 'Get the newsletter no longer; the address is erased (RFC 8058)',
      params: v.object({ token: mailToken }),
      response: { 200: newsletterDone },
    },
    handler: async (request) => {
      await unsubscribe(ctx, request.params.token);
      return {};
    },
  });
}
