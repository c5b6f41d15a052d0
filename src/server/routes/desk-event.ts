import { Readable } from 'node:stream';
import * as v from 'valibot';
import { verdicts } from '#domain/check-in.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { registrationStates } from '#domain/registration.ts';
import { languages } from '#domain/text.ts';
import { csvSeparators } from '#interop/csv-record.ts';
import {
  auditKinds,
  auditPage,
  certificateFound,
  certificatePage,
  deskArrivals as arrivalsAnswer,
  deskRegistrations as registrationsAnswer,
  paperAnswer,
  paperBatch,
  presences,
  settlement,
  sheetPage,
} from '#protocol/desk.ts';
import { uuid } from '#protocol/primitives.ts';
import { programmeEvent } from '#protocol/programme.ts';
import { rosterScope } from '#protocol/scope.ts';
import type { Context } from '#server/services/context.ts';
import { deskArrivals, settleAtDesk } from '#server/services/desk/desk-arrivals.ts';
import { deskAudit } from '#server/services/desk/desk-audit.ts';
import { certificateByCode, deskCertificates } from '#server/services/desk/desk-certificates.ts';
import { deskExport, exportKinds } from '#server/services/desk/desk-export.ts';
import { deskSheet, enterPaper, takeBackPaper } from '#server/services/desk/desk-paper.ts';
import { deskRegistrations } from '#server/services/desk/desk-registrations.ts';
import { publishedEvent, requireEvent } from '#server/services/desk/desk.ts';
import { EventLines } from './event-lines.ts';
import { limited } from './limits.ts';
import { wholeNumber } from './query.ts';
import { signedIn } from './request.ts';
import type { App } from './schemas.ts';

const published: v.GenericSchema<unknown, ProgrammeEvent> = programmeEvent;
const eventParams = v.object({ eventId: uuid });
const checkInParams = v.object({ eventId: uuid, checkInId: uuid });
const text = v.pipe(v.string(), v.maxLength(200));

/** What the desk of an event's evening asks. Every route is for who may run the event alone. */
export function deskEventRoutes(app: App, ctx: Context): void {
  const tags = ['desk'];
  const lines = new EventLines(app);
  const often = limited(app, ctx.config, [{ by: 'credential', max: 300 }]);
  const seldom = limited(app, ctx.config, [{ by: 'credential', max: 30 }]);

  app.route({
    method: 'GET',
    url: '/desk/events/:eventId/published',
    onRequest: often,
    schema: {
      tags,
      summary: 'An event as it is published',
      params: eventParams,
      response: { 200: published },
    },
    handler: async (request) => publishedEvent(ctx, (await signedIn(ctx, request)).account, request.params.eventId),
  });

  app.route({
    method: 'GET',
    url: '/desk/events/:eventId/registrations',
    onRequest: often,
    schema: {
      tags,
      summary: 'Registrations of an event, a page at a time',
      params: eventParams,
      querystring: v.object({
        q: v.exactOptional(text),
        state: v.exactOptional(v.picklist(registrationStates)),
        subject: v.exactOptional(uuid),
        presence: v.exactOptional(v.picklist(presences)),
        limit: wholeNumber('100', 1, 200),
        offset: wholeNumber('0', 0, 1_000_000),
      }),
      response: { 200: registrationsAnswer },
    },
    handler: async (request) =>
      deskRegistrations(ctx, (await signedIn(ctx, request)).account, request.params.eventId, request.query),
  });

  app.route({
    method: 'GET',
    url: '/desk/events/:eventId/arrivals',
    onRequest: often,
    schema: { tags, summary: 'Who has come, over all doors', params: eventParams, response: { 200: arrivalsAnswer } },
    handler: async (request) => deskArrivals(ctx, (await signedIn(ctx, request)).account, request.params.eventId),
  });

  app.route({
    method: 'GET',
    url: '/desk/events/:eventId/arrivals/stream',
    exposeHeadRoute: false,
    compress: false,
    onRequest: seldom,
    schema: {
      tags,
      summary: 'Server-sent events named `changed`: asking for the arrivals again would bring something',
      params: eventParams,
      produces: ['text/event-stream'],
    },
    handler: async (request, reply) => {
      const { eventId } = request.params;
      await requireEvent(ctx, (await signedIn(ctx, request)).account, eventId, 'reading');
      return lines.open(reply, (tell) => {
        // Something at once: the reader then knows that the line stands.
        tell('changed', {});
        return ctx.hints.subscribe([rosterScope(eventId)], () => tell('changed', {}));
      });
    },
  });

  app.route({
    method: 'POST',
    url: '/desk/events/:eventId/check-ins/:checkInId/settlement',
    schema: { tags, summary: 'Decide what a double admission was', params: checkInParams, body: settlement },
    handler: async (request, reply) => {
      const { account } = await signedIn(ctx, request);
      const { eventId, checkInId } = request.params;
      await settleAtDesk(ctx, account, eventId, checkInId, request.body.as);
      return reply.code(204).send();
    },
  });

  app.route({
    method: 'GET',
    url: '/desk/events/:eventId/audit',
    onRequest: often,
    schema: {
      tags,
      summary: 'What the doors have done, the latest first',
      params: eventParams,
      querystring: v.object({
        kind: v.exactOptional(v.picklist(auditKinds)),
        verdict: v.exactOptional(v.picklist(verdicts)),
        device: v.exactOptional(uuid),
        before: v.exactOptional(v.pipe(v.string(), v.maxLength(60))),
        limit: wholeNumber('100', 1, 200),
      }),
      response: { 200: auditPage },
    },
    handler: async (request) =>
      deskAudit(ctx, (await signedIn(ctx, request)).account, request.params.eventId, request.query),
  });

  app.route({
    method: 'GET',
    url: '/desk/events/:eventId/sheet',
    onRequest: often,
    schema: {
      tags,
      summary: 'Who may come in, for the paper list',
      params: eventParams,
      querystring: v.object({
        subject: v.exactOptional(uuid),
        list: v.exactOptional(uuid),
        after: v.exactOptional(uuid),
      }),
      response: { 200: sheetPage },
    },
    handler: async (request) =>
      deskSheet(ctx, (await signedIn(ctx, request)).account, request.params.eventId, request.query),
  });

  app.route({
    method: 'POST',
    url: '/desk/events/:eventId/paper',
    onRequest: often,
    schema: {
      tags,
      summary: 'Record arrivals that a paper list tells of; the same ids have their effect once',
      params: eventParams,
      body: paperBatch,
      response: { 200: paperAnswer },
    },
    handler: async (request) => {
      const { account } = await signedIn(ctx, request);
      return { outcomes: await enterPaper(ctx, account, request.params.eventId, request.body) };
    },
  });

  app.route({
    method: 'DELETE',
    url: '/desk/events/:eventId/paper/:checkInId',
    schema: { tags, summary: 'Take back a line of a paper list that one typed in wrongly', params: checkInParams },
    handler: async (request, reply) => {
      const { account } = await signedIn(ctx, request);
      await takeBackPaper(ctx, account, request.params.eventId, request.params.checkInId);
      return reply.code(204).send();
    },
  });

  app.route({
    method: 'GET',
    url: '/desk/events/:eventId/certificates',
    onRequest: often,
    schema: {
      tags,
      summary: 'Who was there, for certificates',
      params: eventParams,
      querystring: v.object({ registration: v.exactOptional(uuid), after: v.exactOptional(uuid) }),
      response: { 200: certificatePage },
    },
    handler: async (request) =>
      deskCertificates(ctx, (await signedIn(ctx, request)).account, request.params.eventId, request.query),
  });

  app.route({
    method: 'GET',
    url: '/desk/certificates/:code',
    onRequest: seldom,
    schema: {
      tags,
      summary: 'What is known of a printed certificate',
      params: v.object({ code: v.pipe(v.string(), v.maxLength(40)) }),
      response: { 200: certificateFound },
    },
    handler: async (request) => certificateByCode(ctx, (await signedIn(ctx, request)).account, request.params.code),
  });

  app.route({
    method: 'GET',
    url: '/desk/events/:eventId/exports/:kind',
    onRequest: seldom,
    schema: {
      tags,
      summary: 'A table for a spreadsheet (RFC 4180): registrations, arrivals or audit',
      params: v.object({ eventId: uuid, kind: v.picklist(exportKinds) }),
      querystring: v.object({
        language: v.optional(v.picklist(languages), 'fr'),
        separator: v.optional(v.picklist(csvSeparators), ','),
      }),
      produces: ['text/csv'],
    },
    handler: async (request, reply) => {
      const { account } = await signedIn(ctx, request);
      const { eventId, kind } = request.params;
      const { name, parts } = await deskExport(ctx, account, eventId, kind, request.query);
      return reply
        .header('content-disposition', `attachment; filename="${name}"`)
        .type('text/csv; charset=utf-8; header=present')
        .send(Readable.from(parts));
    },
  });
}
