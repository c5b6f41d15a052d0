import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { htmlToMarkdown, plainStart } from '#interop/html-to-markdown.ts';

describe('HTML as Markdown', () => {
  test.each([
    ['<p>Un</p><p>Deux</p>', 'Un\n\nDeux'],
    ['<p>a<br>b</p>', 'a\\\nb'],
    ['<h1>Titre</h1><p>Texte</p>', '## Titre\n\nTexte'],
    ['<ul>\n <li>un</li>\n <li>deux <em>fois</em></li>\n</ul>', '- un\n- deux *fois*'],
    ['<ol><li>un</li><li>deux</li></ol>', '1. un\n2. deux'],
    ['<ul><li>un<ul><li>sous</li></ul></li></ul>', '- un\n  - sous'],
    ['<b> gras </b>mot', '**gras** mot'],
    ['<code>a_b</code> <i>c</i>', '`a_b` *c*'],
    ['<p>1 &lt; 2</p>', '1 \\< 2'],
    ['<a href="javascript:x">&lt; </a>texte', '\\< texte'],
    ['<pre><code>x &lt; y\n  z</code></pre>', '```\nx < y\n  z\n```'],
    ['<blockquote><p>Dit</p></blockquote>', '> Dit'],
    ['<a href="https://example.org/a(b)">lien [1]</a>', '[lien \\[1\\]](https://example.org/a%28b%29)'],
    ['<img src="x" onerror="alert(1)">reste', 'reste'],
    ['<style>p{}</style><p onclick="x()">ok</p>', 'ok'],
    ['<p>1 &amp; 2 &lt;script&gt;</p>', '1 & 2 \\<script>'],
    ['<p>a &lt;<a>script</a></p>', 'a \\<script'],
    ['<p>gen_statem et *étoile*</p>', 'gen_statem et \\*étoile\\*'],
    ['<p># pas un titre</p>', '\\# pas un titre'],
    ['<a href="//example.org">x</a>', 'x'],
    ['<p><a href="  java&#x0A;script:alert(1)">x</a></p>', 'x'],
    ['Déjà **du Markdown**\r\n\r\n\r\n- un', 'Déjà **du Markdown**\n\n- un'],
    ['', ''],
  ])('%j', (html, markdown) => {
    expect(htmlToMarkdown(html)).toBe(markdown);
  });
  test('however hostile, it ends, and no tag and no running address is left', () => {
    const piece = fc.constantFrom(
      '<p>',
      '</p>',
      '<a href="javascript:x">',
      '</a>',
      '<script>',
      '</script>',
      '<',
      '>',
      '&lt;',
      '<ul><li>',
      '<svg/onload=x>',
      '"',
      "'",
      '`',
      'texte',
      ' ',
      '<!--',
      '-->',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const html = `<p>.</p>${pieces.join('')}`;
        const outsideCode = htmlToMarkdown(html).replace(/`[^`]*`/g, '');
        expect(outsideCode).not.toMatch(/(^|[^\\])<[a-z/!]/i);
        expect(outsideCode).not.toMatch(/\]\(\s*javascript:/i);
      }),
    );
  });
  test('deep and wide nesting comes to an end, with its text', () => {
    expect(htmlToMarkdown('<ul><li>'.repeat(2000) + 'x')).toContain('x');
    expect(htmlToMarkdown('<b>'.repeat(20_000) + 'x')).toContain('x');
  });
});

test('the first words are plain, cut at a word', () => {
  expect(plainStart('## Titre\n\nUn **mot** et [un lien](https://example.org), *dit* `là`.', 200)).toBe(
    'Titre Un mot et un lien, dit là.',
  );
  expect(plainStart('un deux trois quatre', 14)).toBe('un deux trois…');
  expect(plainStart('a'.repeat(30), 10)).toBe(`${'a'.repeat(9)}…`);
  expect(plainStart('', 10)).toBe('');
});
