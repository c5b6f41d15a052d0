import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { languages, textIn } from '#domain/text.ts';
import type { Language } from '#domain/text.ts';
import { addressLine, occasionsOf } from '#interop/written.ts';
import { slug } from '#protocol/primitives.ts';
import type { Context } from '#server/services/context.ts';
import { publishedEvent } from '#server/services/programme/listing.ts';
import { limited } from './limits.ts';
import { originOf } from './request.ts';
import { escape } from './robot-html.ts';
import { slotHtml } from './robot-pages.ts';
import { robotTexts } from './robot-texts.ts';
import type { App } from './schemas.ts';

const params = v.object({ slug });
const query = v.object({ langue: v.exactOptional(v.fallback(v.picklist(languages), 'fr'), 'fr') });

/** Seconds for which a site that shows it asks no more. */
const MAX_AGE = 300;
/** Sessions said; the rest stands on the event's page. */
const SESSIONS = 3;

/** Nothing is fetched from anywhere: system fonts, and the colours of the design's paper, ink and river. */
const STYLE = `:root{color-scheme:light dark}
body{margin:0;padding:16px;background:light-dark(#fff,#16222a);color:light-dark(#16232b,#edf2f3);font:17px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{margin:0 0 8px;font-size:1.25rem;line-height:1.2}
p,ul{margin:0 0 8px;padding:0;list-style:none}
a{color:light-dark(#0b5a6e,#86d3e4)}
a:focus-visible{outline:3px solid;outline-offset:2px}
.go{display:inline-block;padding:10px 16px;border:1px solid;border-radius:10px;font-weight:600;text-decoration:none}
.quiet{color:light-dark(#4f5d66,#a9b6be);font-size:.9375rem}`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** May be framed by any site, and that is all it may: no script, no form, no picture, nothing from elsewhere. */
const POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors *`;

const texts: Record<Language, { readonly see: string; readonly gone: string; readonly demo: string }> = {
  fr: {
    see: "Voir l'événement et s'inscrire",
    gone: "Cet événement n'est plus au programme.",
    demo: 'Événement fictif, pour démonstration.',
  },
  en: {
    see: 'See the event and register',
    gone: 'This event is no longer in the programme.',
    demo: 'Fictional event, for demonstration.',
  },
};

/**
 * `/embed/evenements/{slug}`: an event for other sites to show in a frame. A document of its own, without script, cookie or
 * anything that tells who looks at it.
 */
export function embedRoutes(app: App, ctx: Context): void {
  app.route({
    method: 'GET',
    url: '/embed/evenements/:slug',
    onRequest: limited(app, ctx.config, [{ by: 'address', max: 1200 }]),
    schema: { tags: ['programme'], summary: 'An event for other sites to show', params, querystring: query },
    handler: async (request, reply) => {
      const language = request.query.langue ?? 'fr';
      const found = await publishedEvent(ctx, request.params.slug);
      void reply
        .removeHeader('x-frame-options')
        .header('content-security-policy', POLICY)
        .header('cross-origin-resource-policy', 'cross-origin')
        .header('referrer-policy', 'no-referrer')
        .header('x-robots-tag', 'noindex')
        .header('cache-control', `public, max-age=${MAX_AGE}`)
        .type('text/html; charset=utf-8');
      if (!found) return reply.code(404).send(page(language, 'Escale', `<p>${escape(texts[language].gone)}</p>`));
      const title = textIn(found.event.title, language);
      const notice = found.edition.kind === 'demo' ? `<p class="quiet">${escape(texts[language].demo)}</p>` : '';
      return reply.send(page(language, title.text, bodyOf(found.event, language, originOf(ctx, request)) + notice));
    },
  });
}

function page(language: Language, title: string, body: string): string {
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title><style>${STYLE}</style></head><body>${body}</body></html>`;
}

function bodyOf(event: ProgrammeEvent, language: Language, origin: string): string {
  const t = robotTexts[language];
  const title = textIn(event.title, language);
  const summary = textIn(event.summary, language);
  const status = t.status[event.status];
  const occasions = occasionsOf(event);
  const slots = occasions.slice(0, SESSIONS).map(({ session }) => `<li>${slotHtml(session.slot, language)}</li>`);
  const more = occasions.length > SESSIONS ? '<li>…</li>' : '';
  const venue = event.attendanceMode === 'online' ? undefined : event.venues[0];
  const place = venue ? [venue.name, addressLine(venue)].filter(Boolean).join(', ') : t.online;
  const by = event.organisers.map((one) => one.name).join(', ');
  const lang = (of: string): string => (of === language ? '' : ` lang="${escape(of)}"`);
  return [
    `<h1${lang(title.lang)}>${escape(title.text)}</h1>`,
    status ? `<p><strong>${escape(status)}</strong></p>` : '',
    slots.length > 0 ? `<ul>${slots.join('')}${more}</ul>` : '',
    `<p>${escape(place)}</p>`,
    summary.text ? `<p${lang(summary.lang)}>${escape(summary.text)}</p>` : '',
    by ? `<p class="quiet">${escape(by)}</p>` : '',
    `<p><a class="go" href="${escape(`${origin}/evenements/${event.slug}`)}" target="_blank" rel="noopener">${escape(texts[language].see)}</a></p>`,
  ].join('');
}
