import { posix } from 'node:path';
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import PO from 'pofile';
import { describe, expect, it } from 'vitest';
import { sources } from '../../../support/sources.ts';

interface Entry {
  readonly file: string;
  readonly text: string;
}

function catalogue(language: string): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const { path, text } of sources(`src/client/i18n/locales/${language}/*.po`)) {
    const file = path.split('/').at(-1)!;
    for (const item of PO.parse(text).items) {
      expect(entries.has(item.msgid), `${item.msgid} stands twice in ${language}`).toBe(false);
      entries.set(item.msgid, { file, text: item.msgstr.join('') });
    }
  }
  return entries;
}

const fr = catalogue('fr');
const en = catalogue('en');
const code = sources('src/client/**/*.{ts,tsx}');

/** The names of the values that a message takes, those inside of its plurals too. */
function valuesOf(text: string): string[] {
  const names = new Set<string>();
  const walk = (part: unknown): void => {
    if (!Array.isArray(part)) return;
    for (const token of part as unknown[]) {
      if (!Array.isArray(token)) continue;
      const [name, , options] = token as [string, string?, Record<string, unknown>?];
      names.add(name);
      for (const option of Object.values(options ?? {})) walk(option);
    }
  };
  walk(compileMessageOrThrow(text.replaceAll("'", "''")));
  return [...names].toSorted();
}

describe('the catalogues', () => {
  it('hold the same messages in the same files in both languages', () => {
    const list = (entries: Map<string, Entry>): string[] =>
      [...entries].map(([id, { file }]) => `${file} ${id}`).toSorted();
    expect(list(en)).toEqual(list(fr));
  });

  it('leave no message without a text', () => {
    const empty = [...fr, ...en].filter(([, { text }]) => text.trim() === '').map(([id]) => id);
    expect(empty).toEqual([]);
  });

  it('name the same values in both languages', () => {
    const different = [...fr].filter(
      ([id, { text }]) => valuesOf(text).join() !== valuesOf(en.get(id)?.text ?? '').join(),
    );
    expect(different.map(([id]) => id)).toEqual([]);
  });

  it('write apostrophes as U+0027, which is what names are matched by', () => {
    expect([...fr, ...en].filter(([, { text }]) => /[\u2018\u2019]/.test(text)).map(([id]) => id)).toEqual([]);
  });

  it('keep the voice: no exclamation mark', () => {
    expect([...fr, ...en].filter(([, { text }]) => text.includes('!')).map(([id]) => id)).toEqual([]);
  });
});

describe('the code', () => {
  const literal = new Set<string>();
  const prefixes = new Set<string>();
  const called = new Map<string, string>();
  for (const { path, text } of code) {
    for (const [, id] of text.matchAll(/['"`]([a-z][\w-]*(?:\.[\w-]+)+)['"`]/g)) literal.add(id!);
    for (const [, prefix] of text.matchAll(/`([a-z][\w-]*\.(?:[\w-]+\.)*[\w-]*)\$\{/g)) prefixes.add(prefix!);
    for (const [, id] of text.matchAll(/\bt\(\s*'([^']+)'/g)) called.set(id!, path);
  }

  it('asks for no message that is missing', () => {
    expect([...called].filter(([id]) => !fr.has(id)).map(([id, path]) => `${path}: ${id}`)).toEqual([]);
  });

  it('asks for no family of messages that is missing', () => {
    const areas = new Set([...fr.keys()].map((id) => id.split('.')[0]!));
    const families = [...prefixes].filter((prefix) => areas.has(prefix.split('.')[0]!));
    expect(families.filter((prefix) => ![...fr.keys()].some((id) => id.startsWith(prefix)))).toEqual([]);
  });

  it('uses every message', () => {
    const unused = [...fr.keys()].filter(
      (id) => !literal.has(id) && ![...prefixes].some((prefix) => id.startsWith(prefix)),
    );
    expect(unused).toEqual([]);
  });
});

describe('the pages that everybody has', () => {
  const texts = new Map(code.map(({ path, text }) => [path, text]));
  const areas = /\{(account,[\w,-]*)\}/.exec(texts.get('src/client/i18n/catalogue-fr-desk.ts') ?? '')?.[1] ?? '';
  const desk = new Set(areas.split(','));

  /** Files that are reached from the start of the app without opening a page of the desk. */
  function reached(): string[] {
    const seen = new Set<string>();
    const queue = ['src/client/main.tsx'];
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      if (seen.has(path) || !texts.has(path) || path.endsWith('/desk-pages.tsx')) continue;
      seen.add(path);
      for (const [, name] of texts.get(path)!.matchAll(/(?:from|import|import\()\s*'([^']+)'/g))
        queue.push(name!.startsWith('#') ? `src/${name!.slice(1)}` : posix.join(posix.dirname(path), name!));
    }
    return [...seen];
  }

  it('say nothing that only the desk has the words for', () => {
    expect(desk.size).toBeGreaterThan(4);
    const files = reached();
    expect(files).toContain('src/client/screens/tickets/tickets-screen.tsx');
    expect(files).not.toContain('src/client/screens/moderation/moderation-screen.tsx');
    const ofDesk = [...fr].flatMap(([id, { file }]) => (desk.has(file.replace('.po', '')) ? [id] : []));
    const said = files.flatMap((path) => {
      const text = texts.get(path)!;
      const ids = new Set(Array.from(text.matchAll(/['"`]([a-z][\w-]*(?:\.[\w-]+)+)['"`]/g), ([, id]) => id!));
      const families = Array.from(text.matchAll(/`([a-z][\w-]*\.(?:[\w-]+\.)*[\w-]*)\$\{/g), ([, family]) => family!);
      return ofDesk
        .filter((id) => ids.has(id) || families.some((family) => id.startsWith(family)))
        .map((id) => `${path}: ${id}`);
    });
    expect(said).toEqual([]);
  });
});
