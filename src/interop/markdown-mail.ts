import type { Inline } from './markdown.ts';
import { isOwnPage, readMarkdown } from './markdown.ts';

/**
 * Markdown as the HTML of a mail: no styles of its own, no pictures, nothing that runs, and links that lead somewhere from outside
 * the app.
 * @param origin of the app, without a final slash
 */
export function markdownMail(source: string, origin: string): string {
  const inline = (content: readonly Inline[]): string => content.map((one) => inlineHtml(one, origin)).join('');
  return readMarkdown(source)
    .map((block) => {
      switch (block.kind) {
        case 'heading':
          return `<h2>${inline(block.content)}</h2>`;
        case 'quote':
          return `<blockquote>${inline(block.content)}</blockquote>`;
        case 'code':
          return `<pre>${escapeHtml(block.text)}</pre>`;
        case 'list': {
          const tag = block.ordered ? 'ol' : 'ul';
          return `<${tag}>${block.items.map((item) => `<li>${inline(item)}</li>`).join('')}</${tag}>`;
        }
        case 'paragraph':
          return `<p>${inline(block.content)}</p>`;
      }
    })
    .join('\n');
}

function inlineHtml(one: Inline, origin: string): string {
  const inner = 'content' in one ? one.content.map((part) => inlineHtml(part, origin)).join('') : '';
  switch (one.kind) {
    case 'text':
      return escapeHtml(one.text);
    case 'code':
      return `<code>${escapeHtml(one.text)}</code>`;
    case 'strong':
      return `<strong>${inner}</strong>`;
    case 'emphasis':
      return `<em>${inner}</em>`;
    case 'link':
      return `<a href="${escapeHtml(isOwnPage(one.url) ? origin + one.url : one.url)}">${inner}</a>`;
    case 'break':
      return '<br>';
  }
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
