import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Block, Inline } from '#interop/markdown.ts';
import { readMarkdown, safeUrl } from '#interop/markdown.ts';

function textOf(content: readonly Inline[]): string {
  return content
    .map((inline) => ('content' in inline ? textOf(inline.content) : 'text' in inline ? inline.text : '\n'))
    .join('');
}

function linksOf(content: readonly Inline[]): string[] {
  return content.flatMap((inline) => [
    ...(inline.kind === 'link' ? [inline.url] : []),
    ...('content' in inline ? linksOf(inline.content) : []),
  ]);
}

function inlinesOf(block: Block): readonly (readonly Inline[])[] {
  if (block.kind === 'list') return block.items;
  return block.kind === 'code' ? [[{ kind: 'text', text: block.text }]] : [block.content];
}

const all = (source: string): string => readMarkdown(source).flatMap(inlinesOf).map(textOf).join('|');

test('paragraphs, headings, lists, quotes and code are told apart', () => {
  const kinds = readMarkdown(
    [
      '# Titre',
      'Un *mot* et **deux**,',
      'suite.',
      '',
      '- a',
      '- b',
      '',
      '1. un',
      '2. deux',
      '',
      '> cité',
      '',
      '```',
      'x < y',
      '```',
    ].join('\n'),
  ).map((block) =>
    block.kind === 'list' ? `${block.kind} ${block.ordered ? 'ordered' : 'plain'} ${block.items.length}` : block.kind,
  );
  expect(kinds).toEqual(['heading', 'paragraph', 'list plain 2', 'list ordered 2', 'quote', 'code']);
});

test('words that only look like marks stay as they are', () => {
  expect(all("2 * 3 * 4, snake_case_name, l'été, [sans suite], prix < 10 €")).toBe(
    "2 * 3 * 4, snake_case_name, l'été, [sans suite], prix < 10 €",
  );
});

test('an address in angle brackets, in a link or alone becomes a link', () => {
  const links = readMarkdown('[page](https://a.example/x_(y)) <https://b.example/> https://c.example/z.').flatMap(
    (block) => inlinesOf(block).flatMap(linksOf),
  );
  expect(links).toEqual(['https://a.example/x_(y)', 'https://b.example/', 'https://c.example/z']);
});

test('nothing that runs becomes a link: only its text is left', () => {
  for (const url of [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    '//x.example',
    '/espace',
  ])
    expect(safeUrl(url)).toBeUndefined();
  expect(readMarkdown('[clic](javascript:alert(1))').flatMap((b) => inlinesOf(b).flatMap(linksOf))).toEqual([]);
  expect(all('<img src=x onerror=alert(1)>')).toBe('<img src=x onerror=alert(1)>');
});

test('whatever is written ends, links nowhere dangerous, and loses no letter', () => {
  const marks = fc.constantFrom(
    '*',
    '_',
    '**',
    '`',
    '[',
    ']',
    '(',
    ')',
    '\\',
    '!',
    '<',
    '>',
    '#',
    '-',
    '\n',
    ' ',
    'a',
    'été',
    'https://x.example',
  );
  fc.assert(
    fc.property(fc.array(marks, { maxLength: 120 }), (pieces) => {
      const source = pieces.join('');
      const blocks = readMarkdown(source);
      for (const url of blocks.flatMap((block) => inlinesOf(block).flatMap(linksOf)))
        expect(url).toMatch(/^(https?:|mailto:)/);
      const letters = (text: string): number => text.match(/é/g)?.length ?? 0;
      const fenced = /^ {0,3}(```|~~~)/m.test(source) || /\]\(/.test(source);
      if (!fenced) expect(letters(all(source))).toBe(letters(source));
    }),
  );
});

test('a long run of marks ends', () => {
  for (const piece of ['*', '_a ', '[', '\\', '**a ', '`', '[\\', '> ', '- ']) {
    expect(() => readMarkdown(piece.repeat(5000))).not.toThrow();
  }
});
