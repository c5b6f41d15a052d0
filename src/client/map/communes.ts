import type { DepartmentCode } from '#domain/programme.ts';
import type { Communes } from '#interop/outlines.ts';
import { readCommunes } from '#interop/outlines.ts';

/** Kept apart from the app: only whoever keeps the region has them. */
const CACHE = 'escale-communes';
const files = import.meta.glob<string>('../../interop/outlines/communes/*.topo', {
  query: '?url&no-inline',
  import: 'default',
  eager: true,
});
const addresses = new Map(
  Object.entries(files).map(([path, url]) => [path.slice(path.lastIndexOf('/') + 1, -'.topo'.length), url]),
);
const loaded = new Map<DepartmentCode, Promise<Communes | undefined>>();

/** The communes of a département, from this device or the server; undefined where there are none, or none can be had now. */
export function loadCommunes(code: DepartmentCode): Promise<Communes | undefined> {
  const address = addresses.get(code);
  if (address === undefined) return Promise.resolve(undefined);
  let found = loaded.get(code);
  if (!found) {
    found = fetchKept(address)
      .then(readCommunes)
      .catch(() => {
        loaded.delete(code);
        return undefined;
      });
    loaded.set(code, found);
  }
  return found;
}

/** The name of a file changes with what is in it: the one that is kept is the right one, and others are of older versions. */
async function fetchKept(address: string): Promise<string> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(address);
  if (kept) return kept.text();
  const response = await fetch(address, { redirect: 'error' });
  const text = await response.clone().text();
  // A portal answers with its own page.
  if (!response.ok || !text.startsWith('{"type":"Topology"')) throw new Error('no communes there');
  const current = new Set([...addresses.values()].map((path) => new URL(path, location.href).href));
  for (const old of await cache.keys()) if (!current.has(old.url)) await cache.delete(old);
  await cache.put(address, response).catch(() => undefined);
  return text;
}
