import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { Phone } from '../e2e/phone.ts';
import { Attendee } from '../e2e/pages/attendee.ts';
import type { Row } from './row.ts';
import { rowOf } from './row.ts';

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));

/** What a first visit fetches before it shows anything, and what the service worker keeps, as the build has them. */
export async function payload(home: string, origin: string): Promise<Row[]> {
  const scripts = await scriptsOfFirstVisit(home, origin);
  const worker = await readFile(join(DIST, 'service-worker.js'), 'utf8');
  // What only the desk needs is fetched by those who open it.
  const listed = [...worker.matchAll(/\{("desk":true,)?"revision":(?:null|"\w+"),"url":"([^"]+)"/g)];
  const files = new Set(listed.flatMap(([, desk, url]) => (desk ? [] : [url!])));
  if (scripts.length === 0 || files.size === 0)
    throw new Error('the build has no scripts, or its worker keeps nothing');
  return [
    rowOf({
      name: 'JavaScript before the programme shows (gzip)',
      unit: 'KB',
      ours: [await weight(scripts)],
      budget: { most: 150 },
    }),
    rowOf({
      name: `precache, ${files.size} files (gzip)`,
      unit: 'KB',
      ours: [await weight(files)],
      budget: { most: 700 },
    }),
  ];
}

/** Scripts that were asked for until the first events were painted; whatever comes later delays nothing. */
async function scriptsOfFirstVisit(home: string, origin: string): Promise<string[]> {
  const phone = await Phone.open({ home, origin });
  try {
    await phone.page.addInitScript((events) => {
      const look = (): void => {
        if (document.querySelector(events))
          requestAnimationFrame(() => setTimeout(() => Object.assign(globalThis, { shownAt: performance.now() })));
        else requestAnimationFrame(look);
      };
      look();
    }, 'main a[href^="/evenements/"]');
    await new Attendee(phone).openProgramme();
    await phone.page.waitForFunction(() => 'shownAt' in globalThis);
    return await phone.page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .filter((entry) => entry.startTime <= (globalThis as unknown as { shownAt: number }).shownAt)
        .map((entry) => new URL(entry.name).pathname)
        .filter((path) => path.endsWith('.js') && !/search-worker|\/service-worker\.js/.test(path)),
    );
  } finally {
    await phone.close();
  }
}

/** Kilobytes (1,000 bytes) as they travel; what is compressed already stays as it is. */
async function weight(paths: Iterable<string>): Promise<number> {
  let sum = 0;
  for (const path of paths) {
    const bytes = await readFile(join(DIST, path));
    sum += Math.min(bytes.length, gzipSync(bytes, { level: 9 }).length);
  }
  return sum / 1000;
}
