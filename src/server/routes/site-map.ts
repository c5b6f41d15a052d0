import { editionId } from '#protocol/primitives.ts';
import * as v from 'valibot';
import type { Context } from '#server/services/context.ts';
import { countByRegion, listEdition, publicEditions } from '#server/services/programme/listing.ts';
import { ProblemError } from '#server/services/problem-error.ts';
import { originOf } from './request.ts';
import { escape } from './robot-html.ts';
import type { App } from './schemas.ts';

/** What robots have no business in: the desk's pages. What is a person's own is on their device, and its pages have none of it. */
const PRIVATE = ['/api/', '/espace', '/moderation', '/emargement'];
/** The site map format's own limit. */
const MOST = 50_000;

/** `/robots.txt`, and a site map of an index and one file an edition. */
export function siteMapRoutes(app: App, ctx: Context): void {
  app.get('/robots.txt', { schema: { hide: true } }, async (request, reply) => {
    const lines = [
      'User-agent: *',
      ...PRIVATE.map((path) => `Disallow: ${path}`),
      '',
      `Sitemap: ${originOf(ctx, request)}/sitemap.xml`,
    ];
    return reply
      .header('cache-control', 'public, max-age=3600')
      .type('text/plain; charset=utf-8')
      .send(`${lines.join('\n')}\n`);
  });

  app.get('/sitemap.xml', { schema: { hide: true } }, async (request, reply) => {
    const origin = originOf(ctx, request);
    const files = (await publicEditions(ctx)).map(
      (e) => `<sitemap><loc>${escape(`${origin}/sitemaps/${e.id}.xml`)}</loc></sitemap>`,
    );
    return sendXml(reply, [
      '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
      ...files,
      '</sitemapindex>',
    ]);
  });

  app.route({
    method: 'GET',
    url: '/sitemaps/:file',
    schema: { hide: true, params: v.object({ file: v.pipe(v.string(), v.maxLength(80)) }) },
    handler: async (request, reply) => {
      const id = request.params.file.replace(/\.xml$/, '');
      const edition = v.is(editionId, id) ? (await publicEditions(ctx)).find((e) => e.id === id) : undefined;
      if (!edition || !request.params.file.endsWith('.xml')) throw new ProblemError('not_found');
      const origin = originOf(ctx, request);
      const page = (path: string, changed?: string): string =>
        `<url><loc>${escape(origin + path)}</loc>${changed ? `<lastmod>${changed.slice(0, 10)}</lastmod>` : ''}</url>`;
      const events = await listEdition(ctx, edition);
      const regions = edition.current ? await countByRegion(ctx, id) : [];
      const pages = [
        ...(edition.current ? [page('/'), page('/carte'), page('/balades'), page('/actualites')] : []),
        page(`/editions/${id}`),
        ...regions.map((r) => page(`/regions/${r.region}`)),
      ];
      const all = [
        ...pages,
        ...events.slice(0, MOST - pages.length).map((e) => page(`/evenements/${e.slug}`, e.updatedAt)),
      ];
      return sendXml(reply, ['<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">', ...all, '</urlset>']);
    },
  });
}

function sendXml(
  reply: { header(name: string, value: string): { type(type: string): { send(body: string): unknown } } },
  lines: readonly string[],
): unknown {
  const text = ['<?xml version="1.0" encoding="UTF-8"?>', ...lines, ''].join('\n');
  return reply.header('cache-control', 'public, max-age=3600').type('application/xml; charset=utf-8').send(text);
}
