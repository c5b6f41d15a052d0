/** Where the app's own files lie. */
export const APP_CACHE = 'escale-app';
/** The page that the icon opens, under its own address; the version's hash follows the name. */
export const START_CACHE = 'escale-start-';
/** The files of the version before, as a record in the same cache. */
const LISTED = '/__files-of-this-version';

/** There once somebody works at the desk on this device. */
const DESK_KEPT = '/__desk';
/** Files that are fetched beside each other. */
const AT_ONCE = 4;

/** Paths of the scripts and styles that a page names: without them it shows nothing. */
export function assetsOf(html: string): Set<string> {
  return new Set([...html.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))"/g)].map((match) => match[1]!));
}

/**
 * Whether an answer is the file that was asked for. A captive portal answers everything with a page of its own, and what is
 * kept once would be shown until the next version: nothing but the page itself is HTML, and the page names files of this version.
 * @param files addresses of this version's files
 */
export async function isOurs(url: string, response: Response, files: ReadonlySet<string>): Promise<boolean> {
  if (!response.ok || response.redirected) return false;
  if (!new URL(url).pathname.endsWith('.html')) {
    return !(response.headers.get('content-type') ?? '').startsWith('text/html');
  }
  const named = assetsOf(await response.clone().text());
  return named.size > 0 && [...named].every((path) => files.has(new URL(path, url).href));
}

/**
 * Removes what neither this version nor the one before needs. Another tab may still be in the middle of a form with the old
 * one, and will load the rest of its scripts when the person goes on.
 * @param files cache keys of this version
 */
export async function keepPrevious(files: readonly string[]): Promise<void> {
  const cache = await caches.open(APP_CACHE);
  const listed = await cache.match(LISTED);
  const before = listed ? ((await listed.json()) as string[]) : [];
  const kept = new Set([...files, ...before].map((url) => new URL(url, location.origin).href));
  for (const record of [LISTED, DESK_KEPT]) kept.add(new URL(record, location.origin).href);
  for (const request of await cache.keys()) if (!kept.has(request.url)) await cache.delete(request);
  await cache.put(LISTED, Response.json(files));
}

/** From now on what only the desk needs is kept as well. */
export async function keepDesk(): Promise<void> {
  await (await caches.open(APP_CACHE)).put(DESK_KEPT, new Response(null));
}

export async function isDeskKept(): Promise<boolean> {
  return (await (await caches.open(APP_CACHE)).match(DESK_KEPT)) !== undefined;
}

/** Fetches what the installation could not get. Whatever fails now is tried again at the next start of the worker. */
export async function repair(files: ReadonlyMap<string, string>): Promise<void> {
  const cache = await caches.open(APP_CACHE);
  const left = [...files];
  const take = async (): Promise<void> => {
    for (let file = left.pop(); file; file = left.pop()) {
      const [url, key] = file;
      if (await cache.match(key)) continue;
      const response = await fetch(url, { cache: 'no-store', redirect: 'error' }).catch(() => undefined);
      if (response && (await isOurs(url, response, new Set(files.keys())))) await cache.put(key, response);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, take));
}

/**
 * The page that the icon opens and the files that pages name are taken from where they are kept without starting the worker at
 * all, in browsers that can (static routing): on a modest phone its start costs as much as drawing the list. What is not there
 * goes to the network, as the worker's own routes do.
 */
export function serveWithoutWorker(event: ExtendableEvent, start: string): void {
  const routed = event as ExtendableEvent & Partial<RoutedInstall>;
  if (!routed.addRoutes) return;
  const base = location.origin;
  const rules = [
    {
      condition: { urlPattern: new URLPattern({ pathname: '/', search: '', baseURL: base }), requestMode: 'navigate' },
      source: { cacheName: start },
    },
    {
      condition: { urlPattern: new URLPattern({ pathname: '/assets/*', baseURL: base }) },
      source: { cacheName: APP_CACHE },
    },
  ];
  // Without it the worker answers, as everywhere else.
  routed.waitUntil(routed.addRoutes(rules).catch(() => undefined));
}

interface RoutedInstall {
  addRoutes(rules: readonly object[]): Promise<void>;
}

export async function keepStart(cacheName: string, page: Response): Promise<void> {
  await (await caches.open(cacheName)).put('/', page);
}

/** Starts of versions that are no longer the one that answers. */
export async function dropOtherStarts(cacheName: string): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith(START_CACHE) && name !== cacheName) await caches.delete(name);
  }
}
