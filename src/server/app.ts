import { fileURLToPath } from 'node:url';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import type { FastifyBaseLogger } from 'fastify';
import { fastify, LogController } from 'fastify';
import { constants } from 'node:zlib';
import { PROTOCOL, PROTOCOL_HEADER } from '#protocol/version.ts';
import { contentRoutes } from './routes/content.ts';
import { editionRoutes } from './routes/editions.ts';
import { agendaFeedRoutes, followRoutes } from './routes/follow.ts';
import { newsletterRoutes, oneClickRoutes } from './routes/newsletter.ts';
import { deskFormRoutes } from './routes/desk-form.ts';
import { deskEventRoutes } from './routes/desk-event.ts';
import { deskRoutes } from './routes/desk.ts';
import { questionRoutes } from './routes/questions.ts';
import { tourRoutes } from './routes/tours.ts';
import { doorRoutes } from './routes/door.ts';
import { embedRoutes } from './routes/embed.ts';
import { enrolmentRoutes } from './routes/enrolment.ts';
import { exchangeRoutes } from './routes/exchange.ts';
import { feedRoutes } from './routes/feeds.ts';
import { figureRoutes } from './routes/figures.ts';
import { journalRoutes } from './routes/journal.ts';
import { geocodeRoutes } from './routes/geocode.ts';
import { healthRoutes } from './routes/health.ts';
import { hintRoutes } from './routes/hints.ts';
import { lookupRoutes } from './routes/lookup.ts';
import { mapRoutes } from './routes/map.ts';
import { openApiOptions } from './routes/openapi.ts';
import { ownDataRoutes } from './routes/own-data.ts';
import { pageRoutes } from './routes/pages.ts';
import { pictureRoutes, pictureUploadRoutes } from './routes/pictures.ts';
import { handleError, sendProblem } from './routes/problems.ts';
import { checkProtocol } from './routes/request.ts';
import type { App, ValibotProvider } from './routes/schemas.ts';
import { serializerCompiler, validatorCompiler } from './routes/schemas.ts';
import { PERMISSIONS_POLICY, securityHeaders } from './routes/security.ts';
import { recoveryRoutes } from './routes/recovery.ts';
import { registrationDecisionRoutes } from './routes/registration-decisions.ts';
import { signInRoutes } from './routes/sign-in.ts';
import { passkeyRoutes, providerRoutes } from './routes/sign-in-ways.ts';
import { siteMapRoutes } from './routes/site-map.ts';
import { snapshotRoutes } from './routes/snapshots.ts';
import { syncRoutes } from './routes/sync.ts';
import { teamRoutes } from './routes/team.ts';
import type { Context } from './services/context.ts';
import { createMailer } from './services/mail/mail.ts';
import { ProblemError } from './services/problem-error.ts';

export interface AppOptions {
  /** The built client; `dist/` of the project when absent. */
  readonly clientFolder?: string;
}

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
const API = '/api/v1';

/** The whole server but for its port: everything that answers, ready for `listen` or `inject`. Closing it leaves the context open. */
export async function buildApp(ctx: Context, options: AppOptions = {}): Promise<App> {
  const log = ctx.log as FastifyBaseLogger;
  const app = fastify({
    // Its own good news is left to `main`, which prints the address.
    loggerInstance: ctx.config.logLevel === 'info' ? log.child({}, { level: 'warn' }) : log,
    // One line a request, by its route: addresses, queries and bodies say who did what.
    logController: new LogController({ disableRequestLogging: true }),
    // A proxy on this machine says who the client is; nobody else is believed.
    trustProxy: 'loopback',
    bodyLimit: 64 * 1024,
    requestTimeout: 30_000,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, request, reply) => {
      markApi(request.url, reply);
      handleError(error, request, reply);
    },
  }).withTypeProvider<ValibotProvider>() as unknown as App;

  // A request without a body may still name a content type; a route that needs one says so by its schema.
  const json = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else void json(request, body, done);
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler((error, request, reply) => handleError(error as Error, request, reply));

  app.addHook('onRequest', async (request, reply) =>
    markApi(request.url, reply.header('permissions-policy', PERMISSIONS_POLICY)),
  );
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions, log } = request;
    log.debug(
      { method, route: routeOptions.url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'answered',
    );
  });

  await app.register(helmet, securityHeaders(ctx.config));
  await app.register(cookie);
  await app.register(rateLimit, { global: false });
  await app.register(compress, {
    encodings: ['br', 'gzip'],
    threshold: 1024,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  });
  await app.register(swagger, openApiOptions());

  const mailer = createMailer(ctx.config, ctx.log);
  app.addHook('onClose', () => mailer.settled());

  healthRoutes(app, ctx);
  feedRoutes(app, ctx);
  embedRoutes(app, ctx);
  pictureRoutes(app, ctx);
  agendaFeedRoutes(app, ctx);
  await app.register(
    async (api) => {
      const routes = api as unknown as App;
      routes.addHook('onRequest', async (request) => checkProtocol(request));
      syncRoutes(routes, ctx);
      snapshotRoutes(routes, ctx);
      hintRoutes(routes, ctx);
      lookupRoutes(routes, ctx);
      mapRoutes(routes, ctx);
      signInRoutes(routes, ctx, mailer);
      providerRoutes(routes, ctx, mailer);
      passkeyRoutes(routes, ctx, mailer);
      enrolmentRoutes(routes, ctx);
      doorRoutes(routes, ctx);
      deskRoutes(routes, ctx);
      tourRoutes(routes, ctx);
      questionRoutes(routes, ctx);
      registrationDecisionRoutes(routes, ctx);
      recoveryRoutes(routes, ctx, mailer);
      deskEventRoutes(routes, ctx);
      deskFormRoutes(routes, ctx);
      exchangeRoutes(routes, ctx);
      figureRoutes(routes, ctx);
      journalRoutes(routes, ctx);
      pictureUploadRoutes(routes, ctx);
      geocodeRoutes(routes, ctx);
      teamRoutes(routes, ctx, mailer);
      ownDataRoutes(routes, ctx);
      contentRoutes(routes, ctx);
      editionRoutes(routes, ctx);
      newsletterRoutes(routes, ctx, mailer);
      followRoutes(routes, ctx);
      routes.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
      routes.setNotFoundHandler(async (_request, reply) => sendProblem(reply, new ProblemError('not_found')));
    },
    { prefix: API },
  );
  await app.register(async (api) => oneClickRoutes(api as unknown as App, ctx), { prefix: API });
  siteMapRoutes(app, ctx);
  await pageRoutes(app, ctx, options.clientFolder ?? DIST);
  await app.ready();
  return app;
}

/** Every answer of the API says that it is one, errors included (D2), and is kept by nobody unless its route says otherwise. */
function markApi(url: string, reply: { header(name: string, value: string): unknown }): void {
  if (!url.startsWith('/api/')) return;
  reply.header(PROTOCOL_HEADER, String(PROTOCOL));
  reply.header('cache-control', 'no-store');
}
