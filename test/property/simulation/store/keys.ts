/** Keys of IndexedDB as far as the store uses them: numbers, texts and lists of such. */
export type Key = number | string | readonly Key[];

/** IndexedDB's order: numbers, then texts, then lists. */
export function compareKeys(a: Key, b: Key): number {
  const [x, y] = [rank(a), rank(b)];
  if (x !== y) return x - y;
  if (typeof a === 'object' && typeof b === 'object') {
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
      const order = compareKeys(a[i]!, b[i]!);
      if (order !== 0) return order;
    }
    return a.length - b.length;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

function rank(key: Key): number {
  if (typeof key === 'number') return 0;
  return typeof key === 'string' ? 1 : 2;
}

/** The value at a key path as Dexie writes it: `state` or `[scope+name]`. */
export function keyAt(path: string, value: unknown): Key {
  const fields = path.startsWith('[') ? path.slice(1, -1).split('+') : undefined;
  const record = value as Record<string, Key>;
  return fields ? fields.map((field) => record[field]!) : record[path]!;
}
