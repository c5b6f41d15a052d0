import { createHash } from 'node:crypto';
import { cp, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Gate, Reply } from './gate.ts';

/**
 * What a release is to a browser: another document, another worker, and of every file with a hash in its name only the new
 * name. Copies a build and renames all of it.
 * @param mark what `document.documentElement.dataset.build` says in the new version
 */
export async function nextBuild(from: string, to: string, mark: string): Promise<void> {
  await cp(from, to, { recursive: true, filter: (path) => !/\.(br|gz)$|\.stamp$/.test(path) });
  const assets = join(to, 'assets');
  const names = await readdir(assets);
  const renamed = new Map(
    names.map((name) => [name, name.replace(/-[\w-]{8}\./, `-${digest(mark + name).slice(0, 8)}.`)]),
  );
  for (const [before, after] of renamed) await rename(join(assets, before), join(assets, after));
  const texts = [
    ...[...renamed.values()].filter((name) => /\.(js|css)$/.test(name)).map((name) => join(assets, name)),
    join(to, 'index.html'),
    join(to, 'service-worker.js'),
  ];
  for (const file of texts) {
    let text = await readFile(file, 'utf8');
    for (const [before, after] of renamed) text = text.replaceAll(before, after);
    if (file.endsWith('index.html')) text = text.replace('<html ', `<html data-build="${mark}" `);
    if (file.endsWith('service-worker.js')) {
      text = text.replace(/"revision":"\w+","url":"index.html"/, `"revision":"${digest(mark)}","url":"index.html"`);
    }
    await writeFile(file, text);
  }
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** Serves a build in front of the server, which goes on answering the API; `meddle` comes first. */
export async function serveBuild(
  gate: Gate,
  folder: string,
  meddle: NonNullable<Gate['instead']> = () => undefined,
): Promise<void> {
  const page = await fetch(`${gate.url}/healthz`);
  const policy = page.headers.get('content-security-policy') ?? '';
  const files = new Map<string, Reply>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    files.set(file.slice(folder.length), {
      type: TYPES[extname(file)] ?? 'application/octet-stream',
      headers: { 'content-security-policy': policy, 'cache-control': 'no-cache' },
      body: await readFile(file),
    });
  }
  gate.instead = (passage) => {
    const { method, path } = passage;
    const meddled = meddle(passage);
    if (meddled) return meddled;
    if (method !== 'GET' || path.startsWith('/api/')) return undefined;
    const name = path.split('?', 1)[0]!;
    if (name.startsWith('/assets/') && !files.has(name)) return { status: 404, type: 'text/plain', body: 'not found' };
    return files.get(name) ?? files.get('/index.html');
  };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
