import sanitizeHtml from 'sanitize-html';

/** The vocabulary that Markdown has words for; everything else keeps its text and loses its tag, scripts and styles whole. */
const TAGS = ['p', 'br', 'hr', 'a', 'strong', 'b', 'em', 'i', 'code', 'pre', 'ul', 'ol', 'li', 'blockquote'];
const HEADINGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];
const BLOCKS = ['div', 'section', 'article', 'table', 'tr', 'dl', 'dt', 'dd'];

/** Between whose children white space means nothing. */
const BETWEEN = ['ul', 'ol', 'table', 'tr', 'dl'];

/** Lists in lists and quotes in quotes beyond this are flattened: nobody reads them, and hostile ones are deep. */
const DEEPEST = 12;

interface Frame {
  readonly tag: string;
  /** Of a link. */
  readonly href: string;
  /** Of an ordered list. */
  count: number;
  text: string;
}

/**
 * Somebody's HTML as Markdown without any HTML in it. Links keep http, https and mailto addresses; pictures, forms, styles
 * and scripts go. A text without a tag or an entity in it is taken as Markdown already, which is what newer exporters write.
 */
export function htmlToMarkdown(html: string): string {
  if (!/<\/?[a-z!][^<]*>|&(#\d+|#x[0-9a-f]+|\w+);/i.test(html)) return tidy(html);
  const clean = sanitizeHtml(html, {
    allowedTags: [...TAGS, ...HEADINGS, ...BLOCKS],
    allowedAttributes: { a: ['href'] },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowProtocolRelative: false,
  });
  return tidy(render(clean));
}

/** A Markdown text without its marks, for formats that know none; lines and lists stay. */
export function plainText(markdown: string): string {
  return withoutMarks(markdown.replace(/\\\n/g, '\n').replace(/^\s*(#{1,6}|>)\s+/gm, ''))
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function withoutMarks(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]]*)\]\(([^)\s]*)\)/g, (_, label: string, url: string) =>
      label === url ? url : `${label} (${url})`,
    )
    .replace(/<(https?:[^>\s]+)>/g, '$1')
    .replace(/(\*\*|`)/g, '')
    .replace(/(^|[^\\\w])\*(\S[^*\n]*?)\*(?!\w)/g, '$1$2')
    .replace(/\\([\\`*_[\]<>#+\-.!])/g, '$1');
}

/** The first words of a Markdown text as plain text, cut at a word. */
export function plainStart(markdown: string, length: number): string {
  const text = markdown
    .replace(/```[\s\S]*?```/g, ' ')
    .replace(/\\\n/g, ' ')
    .replace(/!?\[([^\]]*)\]\([^)\s]*\)/g, '$1')
    .replace(/<(https?:[^>\s]+)>/g, '$1')
    .replace(/^\s*(#{1,6}|[-*+>]|\d+\.)\s+/gm, '')
    .replace(/(\*\*|`)/g, '')
    .replace(/(^|[^\\\w])\*(\S[^*\n]*?)\*(?!\w)/g, '$1$2')
    .replace(/\\([\\`*_[\]<>#+\-.!])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
  if (text.length <= length) return text;
  const cut = text.slice(0, length);
  const space = cut.lastIndexOf(' ');
  return `${cut.slice(0, space > length / 2 ? space : length - 1).replace(/[\s,;:.–-]+$/, '')}…`;
}

/** The sanitiser's output is balanced and escaped: a `<` begins one of its own tags and nothing else. */
function render(clean: string): string {
  const stack: Frame[] = [{ tag: '', href: '', count: 0, text: '' }];
  const top = (): Frame => stack[stack.length - 1]!;
  for (const [, closing, tag, attributes, text] of clean.matchAll(/<(\/?)([a-z][a-z0-9]*)([^>]*)>|([^<]+)/g)) {
    if (text !== undefined) {
      const verbatim = stack.some((f) => f.tag === 'pre' || f.tag === 'code');
      const between = BETWEEN.includes(top().tag) && text.trim() === '';
      if (verbatim) top().text += decode(text);
      else if (!between) {
        const flat = decode(text).replace(/\s+/g, ' ');
        top().text += escape(top().text.endsWith('\n') ? flat.trimStart() : flat, stack);
      }
    } else if (closing) {
      if (stack.length > 1 && top().tag === tag) {
        const frame = stack.pop()!;
        top().text += written(frame, top(), stack);
      }
    } else if (tag === 'br') {
      top().text += stack.some((f) => HEADINGS.includes(f.tag) || f.tag === 'a') ? ' ' : '\\\n';
    } else if (tag === 'hr') {
      top().text += '\n\n---\n\n';
    } else if (stack.length <= DEEPEST) {
      const href = /href="([^"]*)"/.exec(attributes ?? '')?.[1] ?? '';
      stack.push({ tag: tag!, href: decode(href).trim(), count: 0, text: '' });
    } else {
      stack.push({ tag: `deep ${tag}`, href: '', count: 0, text: '' });
    }
  }
  while (stack.length > 1) {
    const frame = stack.pop()!;
    top().text += frame.text;
  }
  return stack[0]!.text;
}

/** A closed element as Markdown, for its parent. */
function written(frame: Frame, parent: Frame, above: readonly Frame[]): string {
  const { tag, text } = frame;
  const inner = text.trim();
  if (tag === 'pre') return `\n\n\`\`\`\n${text.replaceAll('```', "'''").replace(/^\n+|\s+$/g, '')}\n\`\`\`\n\n`;
  if (tag === 'code') return above.some((f) => f.tag === 'pre') ? text : codeSpan(text);
  if (inner === '') return text === '' ? '' : ' ';
  switch (tag) {
    case 'strong':
    case 'b':
      return around(text, '**');
    case 'em':
    case 'i':
      return around(text, '*');
    case 'a':
      return frame.href === '' ? text : link(inner, frame.href);
    case 'li': {
      parent.count++;
      const mark = parent.tag === 'ol' ? `${parent.count}. ` : '- ';
      return `${mark}${inner.replaceAll('\n', `\n${' '.repeat(mark.length)}`).replace(/\n\s*\n/g, '\n')}\n`;
    }
    case 'ul':
    case 'ol':
      return above.some((f) => f.tag === 'li') ? `\n${inner}\n` : `\n\n${inner}\n\n`;
    case 'blockquote':
      return `\n\n${inner.replace(/^/gm, '> ')}\n\n`;
    default:
      if (HEADINGS.includes(tag)) return `\n\n${'#'.repeat(Math.max(2, Number(tag[1])))} ${inner}\n\n`;
      return tag.startsWith('deep') ? text : `\n\n${inner}\n\n`;
  }
}

/** Markdown's marks touch the words; spaces stay outside. */
function around(text: string, mark: string): string {
  const [, before, inner, after] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text)!;
  return inner!.includes('\n\n') ? text : `${before}${mark}${inner}${mark}${after}`;
}

function codeSpan(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line === '' ? '' : line.includes('`') ? `\`\` ${line} \`\`` : `\`${line}\``;
}

function link(text: string, href: string): string {
  const address = href
    .trim()
    .replace(/[\s<>()\\]/g, (c) =>
      c === '\\' ? '%5C' : encodeURIComponent(c).replace('(', '%28').replace(')', '%29'),
    );
  const label = text.replace(/\s+/g, ' ');
  return `[${label}](${address})`;
}

/**
 * Makes signs that Markdown would read as marks into themselves, and only those: an underscore inside a word, a star between
 * spaces and a bracket that no address follows stay as they are.
 */
function escape(text: string, stack: readonly Frame[]): string {
  // The text may go on in another piece, so its ends count as words.
  const safe = text
    .replace(/[\\`]/g, '\\$&')
    .replace(/\*(?=\S|$)|(?<=\S|^)\*/g, '\\*')
    .replace(/(?<![\p{L}\p{N}])_(?=\S|$)|(?<=\S|^)_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/</g, '\\<')
    .replace(stack.some((f) => f.tag === 'a') ? /[[\]]/g : /\](?=\(|$)/g, '\\$&');
  const before = stack[stack.length - 1]!.text;
  if (before !== '' && !before.endsWith('\n')) return safe;
  return safe.replace(
    /^(\s*)([-+#>]|\d+\.)(?=\s)/,
    (_, space: string, mark: string) => `${space}${mark.slice(0, -1)}\\${mark.slice(-1)}`,
  );
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** The sanitiser writes no other entities than these and leaves an unknown one as it is. */
function decode(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos|nbsp|#39|#x27);/g, (whole, name: string) =>
    name.startsWith('#') ? "'" : (ENTITIES[name] ?? whole),
  );
}

function tidy(text: string): string {
  return (
    text
      .replace(/\r\n?/g, '\n')
      // oxlint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
      .replace(/[ \t]+\n/g, '\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim()
  );
}
