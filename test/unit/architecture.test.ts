import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SourceFile } from '../support/sources.ts';
import { sources } from '../support/sources.ts';

/**
 * The import rules of src/README.md. The compiler keeps the layers apart; this test adds what it cannot see.
 */
const files = sources('src/**/*.{ts,tsx}');

interface Import {
  readonly from: string;
  /** A path in the project, or a package's name. */
  readonly to: string;
  readonly typeOnly: boolean;
}

const imports: Import[] = files.flatMap((file) => importsOf(file));

function importsOf({ path, text }: SourceFile): Import[] {
  const found = text.matchAll(
    /^import\s+(type\s)?(?:[^;'"]*?\sfrom\s+)?'([^']+)'|^export\s+(?:type\s+)?[^;'"(]*?\sfrom\s+'([^']+)'|import\(\s*'([^']+)'\s*\)/gm,
  );
  return [...found].map(([, type, fixed, passed, lazy]) => {
    const name = (fixed ?? passed ?? lazy)!;
    const to = name.startsWith('.')
      ? normalize(join(dirname(path), name))
      : name.startsWith('#')
        ? `src/${name.slice(1)}`
        : name;
    return { from: path, to, typeOnly: type !== undefined };
  });
}

const isPackage = (to: string): boolean => !to.startsWith('src/');
const show = ({ from, to }: Import): string => `${from} → ${to}`;
const broken = (rule: (one: Import) => boolean): string[] => imports.filter(rule).map(show);
const inside = (path: string, ...folders: string[]): boolean => folders.some((f) => path.startsWith(`src/${f}/`));

describe('layers', () => {
  it.each([
    ['domain', ['domain']],
    ['protocol', ['protocol', 'domain']],
    ['interop', ['interop', 'domain']],
    ['client', ['client', 'domain', 'protocol', 'interop']],
    ['sw', ['sw', 'domain', 'protocol', 'client/sync', 'client/store']],
    ['server', ['server', 'domain', 'protocol', 'interop']],
  ])('%s imports %j of ours alone', (layer, allowed) => {
    expect(broken(({ from, to }) => inside(from, layer) && !isPackage(to) && !inside(to, ...allowed))).toEqual([]);
  });

  it('domain imports no package', () => {
    expect(broken(({ from, to }) => inside(from, 'domain') && isPackage(to))).toEqual([]);
  });

  it('domain knows no clock and no chance: they are passed in', () => {
    const impure = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bcrypto\b|\bprocess\.|\bfetch\(|\bperformance\./;
    expect(files.filter((f) => inside(f.path, 'domain') && impure.test(code(f.text))).map((f) => f.path)).toEqual([]);
  });
});

describe('inside the client', () => {
  const screenOf = (path: string): string | undefined => /^src\/client\/screens\/([^/]+)\//.exec(path)?.[1];

  it('no screen imports another screen', () => {
    expect(broken(({ from, to }) => !!screenOf(from) && !!screenOf(to) && screenOf(from) !== screenOf(to))).toEqual([]);
  });

  it.each([
    ['client/store', ['client/sync', 'client/screens', 'client/app', 'client/components', 'client/hooks']],
    ['client/sync', ['client/screens', 'client/app', 'client/components', 'client/hooks']],
    ['client/components', ['client/screens', 'client/app', 'client/store', 'client/sync', 'client/hooks']],
    ['client/map', ['client/screens', 'client/app', 'client/store', 'client/sync']],
    ['client/platform', ['client/screens', 'client/app', 'client/components']],
    ['client/hooks', ['client/screens', 'client/app']],
    ['client/screens', ['client/app']],
  ])('%s imports nothing above it', (folder, forbidden) => {
    expect(broken(({ from, to }) => inside(from, folder) && inside(to, ...forbidden))).toEqual([]);
  });

  it('only the map knows Leaflet', () => {
    expect(broken(({ from, to }) => to.startsWith('leaflet') && !inside(from, 'client/map'))).toEqual([]);
  });

  it('store and sync run in a worker too: no React, no document', () => {
    const here = files.filter((f) => inside(f.path, 'client/store', 'client/sync'));
    expect(here.filter((f) => /\bdocument\.|\bwindow\.|from 'react/.test(code(f.text))).map((f) => f.path)).toEqual([]);
  });
});

describe('inside the server', () => {
  it.each([
    ['server/db', ['server/services', 'server/routes', 'server/cli']],
    ['server/services', ['server/routes', 'server/cli']],
    ['server/routes', ['server/cli']],
  ])('%s imports nothing above it', (folder, forbidden) => {
    expect(broken(({ from, to, typeOnly }) => !typeOnly && inside(from, folder) && inside(to, ...forbidden))).toEqual(
      [],
    );
  });

  it('routes hold no SQL', () => {
    expect(
      broken(({ from, to, typeOnly }) => !typeOnly && inside(from, 'server/routes') && to.startsWith('kysely')),
    ).toEqual([]);
  });
});

describe('files', () => {
  it('are named in kebab-case', () => {
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
    const wrong = sources('src/**/*.*', 'test/**/*.*').filter((f) => {
      const name = f.path.split('/').at(-1)!;
      return name !== 'README.md' && !f.path.startsWith('test/fixtures/') && !kebab.test(name);
    });
    expect(wrong.map((f) => f.path)).toEqual([]);
  });

  it('are no barrels', () => {
    const only = files.filter(
      (f) => /\S/.test(code(f.text)) && !/\S/.test(code(f.text).replace(/^export .* from .*;?$/gm, '')),
    );
    expect([...only, ...files.filter((f) => /\/index\.tsx?$/.test(f.path))].map((f) => f.path)).toEqual([]);
  });

  it('stay short enough to be read: under 400 lines', () => {
    const long = sources('src/**/*.{ts,tsx,mjs,css}', 'test/**/*.ts').filter((f) => f.text.split('\n').length > 400);
    expect(long.map((f) => f.path)).toEqual([]);
  });

  it('hold no unfinished business', () => {
    const marker = new RegExp(['TO', 'DO|FIX', 'ME|XX', 'X'].join(''));
    expect(files.filter((f) => marker.test(f.text)).map((f) => f.path)).toEqual([]);
  });
});

/** The text without comments, so that a rule's own name in a comment breaks nothing. */
function code(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}
