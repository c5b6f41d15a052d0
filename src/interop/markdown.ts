/** Markdown as a tree, with no HTML anywhere: what is no known mark is text. */
export type Block =
  | { readonly kind: 'heading' | 'paragraph' | 'quote'; readonly content: readonly Inline[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'code'; readonly text: string };

export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis'; readonly content: readonly Inline[] }
  | { readonly kind: 'link'; readonly url: string; readonly content: readonly Inline[] }
  | { readonly kind: 'break' };

/** Browsers and Node have it; the language's own library does not. */
declare const URL: new (address: string) => { readonly protocol: string; readonly href: string };

const HEADING = /^ {0,3}#{1,6}\s+(.*?)\s*#*$/;
const BULLET = /^ {0,3}[-*+]\s+(.*)$/;
const NUMBERED = /^ {0,3}\d{1,9}[.)]\s+(.*)$/;
const QUOTE = /^ {0,3}>\s?(.*)$/;
const FENCE = /^ {0,3}(```|~~~)/;
const RULE = /^ {0,3}([-*_])(\s*\1){2,}\s*$/;

/** Reads the part of Markdown that descriptions use: paragraphs, headings, lists, quotes, code, emphasis, links. */
export function readMarkdown(source: string): readonly Block[] {
  const blocks: Block[] = [];
  const lines = source.replaceAll('\r\n', '\n').split('\n');
  let paragraph: string[] = [];
  const flush = (): void => {
    if (paragraph.length > 0) blocks.push({ kind: 'paragraph', content: readInline(paragraph.join('\n')) });
    paragraph = [];
  };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    const take = (pattern: RegExp): string[] => {
      const taken: string[] = [];
      for (; at < lines.length; at++) {
        const found = pattern.exec(lines[at]!);
        const more = !found && taken.length > 0 && /^\s+\S/.test(lines[at]!);
        if (!found && !more) break;
        if (found) taken.push(found[1] ?? '');
        else taken[taken.length - 1] += `\n${lines[at]!.trim()}`;
      }
      at--;
      return taken;
    };
    if (line.trim() === '' || RULE.test(line)) flush();
    else if (FENCE.test(line)) {
      flush();
      const code: string[] = [];
      for (at++; at < lines.length && !FENCE.test(lines[at]!); at++) code.push(lines[at]!);
      blocks.push({ kind: 'code', text: code.join('\n') });
    } else if (HEADING.test(line)) {
      flush();
      blocks.push({ kind: 'heading', content: readInline(HEADING.exec(line)![1] ?? '') });
    } else if (BULLET.test(line) || NUMBERED.test(line)) {
      flush();
      const ordered = !BULLET.test(line);
      blocks.push({ kind: 'list', ordered, items: take(ordered ? NUMBERED : BULLET).map(readInline) });
    } else if (QUOTE.test(line)) {
      flush();
      blocks.push({ kind: 'quote', content: readInline(take(QUOTE).join('\n')) });
    } else paragraph.push(line);
  }
  flush();
  return blocks;
}

const ESCAPED = /^\\([\\`*_{}[\]()#+\-.!<>~|])/;
const CODE = /^(`+)([^`]|[^`][\s\S]*?[^`])\1(?!`)/;
const LINK = /^!?\[((?:[^[\]\\]|\\.)*)\]\(\s*<?([^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)>?(?:\s+["'][^"']*["'])?\s*\)/;
const AUTOLINK = /^<?(https?:\/\/[^\s<>]*[^\s<>.,;:!?'")\]])>?/i;
const STRONG = /^(\*\*|__)(?=\S)([\s\S]*?\S)\1/;
const EMPHASIS = /^(\*|_)(?=\S)([\s\S]*?\S)\1(?!\1)/;
const BREAK = /^(?: {2,}|\\)\n/;

function readInline(source: string): Inline[] {
  const found: Inline[] = [];
  let text = '';
  const flush = (): void => {
    if (text) found.push({ kind: 'text', text });
    text = '';
  };
  const push = (inline: Inline): void => {
    flush();
    found.push(inline);
  };
  for (let rest = source; rest.length > 0;) {
    const inWord = /[\p{L}\p{N}]$/u.test(text);
    let match: RegExpExecArray | null;
    if ((match = ESCAPED.exec(rest))) text += match[1];
    else if ((match = BREAK.exec(rest))) push({ kind: 'break' });
    else if ((match = CODE.exec(rest))) push({ kind: 'code', text: match[2]!.trim() });
    else if ((match = LINK.exec(rest))) {
      const url = isOwnPage(match[2]!) ? match[2]! : safeUrl(match[2]!);
      const content = readInline(match[1]!);
      if (url) push({ kind: 'link', url, content });
      else for (const inline of content) push(inline);
    } else if (!inWord && (match = AUTOLINK.exec(rest)) && safeUrl(match[1]!))
      push({ kind: 'link', url: safeUrl(match[1]!)!, content: [{ kind: 'text', text: match[1]! }] });
    else if ((match = STRONG.exec(rest)) && !(inWord && match[1] === '__'))
      push({ kind: 'strong', content: readInline(match[2]!) });
    else if ((match = EMPHASIS.exec(rest)) && !(inWord && match[1] === '_'))
      push({ kind: 'emphasis', content: readInline(match[2]!) });
    else {
      // Up to the next sign that could begin a mark.
      match = /^(?:[^\\`*_[!<h\n ]+|[\s\S])/.exec(rest)!;
      text += match[0] === '\n' ? ' ' : match[0];
    }
    rest = rest.slice(match[0].length);
  }
  flush();
  return found;
}

/** A page of this app: `/hors-ligne`, and not `//elsewhere`. */
export function isOwnPage(address: string): boolean {
  return /^\/(?![/\\])/.test(address);
}

/** An address that may be followed: the web or mail, and nothing that runs. */
export function safeUrl(address: string): string | undefined {
  try {
    const url = new URL(address);
    return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}
