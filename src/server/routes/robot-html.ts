import type { FrontPage } from '#domain/front-page.ts';
import type { Node } from '#interop/json-ld.ts';

/** What a page says of itself to those who run no script. Texts are plain; `body` is HTML that is safe already. */
export interface RobotPage {
  readonly lang: string;
  readonly title: string;
  readonly description: string;
  /** Absolute. */
  readonly canonical: string;
  readonly type: 'website' | 'article';
  readonly image: { readonly url: string; readonly alt: string };
  readonly nodes: readonly Node[];
  readonly body: string;
  /** What the app shows at once on a first visit (`client/hooks/front-page.ts`). */
  readonly front?: FrontPage;
}

const SITE = 'Escale';

/**
 * The app's document with a page's own words in it: title, description, canonical address, previews, what it is about as
 * data, and a readable text where scripts do not run. Nothing stands in the app's own element, so the app draws as ever.
 */
export function withWords(document: string, page: RobotPage): string {
  const head = [
    `<link rel="canonical" href="${escape(page.canonical)}" />`,
    ...metas({
      'og:site_name': SITE,
      'og:type': page.type,
      'og:title': page.title,
      'og:description': page.description,
      'og:url': page.canonical,
      'og:locale': page.lang === 'fr' ? 'fr_FR' : page.lang === 'en' ? 'en_GB' : page.lang,
      'og:image': page.image.url,
      'og:image:alt': page.image.alt,
    }).map(([name, text]) => `<meta property="${name}" content="${escape(text)}" />`),
    ...metas({
      'twitter:card': page.image.url.endsWith('/icons/icon-512.png') ? 'summary' : 'summary_large_image',
      'twitter:title': page.title,
      'twitter:description': page.description,
      'twitter:image': page.image.url,
    }).map(([name, text]) => `<meta name="${name}" content="${escape(text)}" />`),
    ...(page.front ? [`<script type="application/json" id="front">${dataIn(page.front)}</script>`] : []),
    ...page.nodes.map((node) => `<script type="application/ld+json">${dataIn(node)}</script>`),
  ];
  return document
    .replace(/<html lang="[^"]*"/, () => `<html lang="${escape(page.lang)}"`)
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escape(`${page.title} · ${SITE}`)}</title>`)
    .replace(
      /<meta\s+name="description"\s+content="[^"]*"\s*\/?>/,
      () => `<meta name="description" content="${escape(page.description)}" />`,
    )
    .replace('</head>', () => `${head.join('\n')}\n</head>`)
    .replace(/<noscript>[^]*?<\/noscript>/, () => `<noscript><div>${page.body}</div></noscript>`);
}

const metas = (list: Record<string, string>): [string, string][] =>
  Object.entries(list).filter(([, text]) => text !== '');

export function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** JSON in a script element: what would end the element, or begin a comment in it, is written otherwise. */
function dataIn(node: Node | FrontPage): string {
  return JSON.stringify(node)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

/** A link inside of the site or out of it; another address than one of the web is text alone. */
export function link(address: string, text: string, lang?: string): string {
  const said = escape(text);
  const tagged = lang === undefined ? said : `<span lang="${escape(lang)}">${said}</span>`;
  return /^(https?:\/\/|\/)/.test(address) ? `<a href="${escape(address)}">${tagged}</a>` : tagged;
}

/** Paragraphs and, of lines that begin with a dash, lists. */
export function paragraphs(text: string): string {
  return text
    .split(/\n{2,}/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const lines = part.split('\n').map((line) => line.trim());
      if (!lines.every((line) => /^[-*•] /.test(line))) return `<p>${lines.map(escape).join('<br />')}</p>`;
      return `<ul>${lines.map((line) => `<li>${escape(line.slice(2))}</li>`).join('')}</ul>`;
    })
    .join('\n');
}
