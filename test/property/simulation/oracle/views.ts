import { createDecipheriv } from 'node:crypto';
import type { ScopeRow, Sealed } from '#client/store/database.ts';
import { itemsOfRoster, readRoster } from '#client/store/roster-packs.ts';
import type { Disk } from '../store/memory-file.ts';
import { rowsOf } from '../store/memory-file.ts';

/** Items by kind and id, each as JSON with sorted keys: two views are the same when these are. */
export type View = ReadonlyMap<string, string>;

export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

interface Item {
  readonly kind: string;
  readonly id: string;
  readonly value?: unknown;
}

/** Lays items over one another, the later ones winning; one without a value removes. */
export function viewOf(items: Iterable<Item>): View {
  const view = new Map<string, string>();
  for (const { kind, id, value } of items) {
    if (value === undefined) view.delete(`${kind} ${id}`);
    else view.set(`${kind} ${id}`, canonical(value));
  }
  return view;
}

/** What a device holds of a scope, read from its disk with nothing of the code under test but the format of a page. */
export function heldView(disk: Disk, row: ScopeRow): View {
  const rows = rowsOf<Item & { scope: string }>(disk.items).filter((item) => item.scope === row.scope);
  const items: Item[] = [...rows];
  for (const { name } of row.pages) {
    const page = disk.pages.get(JSON.stringify([row.scope, name]))?.value as { text: string | Sealed } | undefined;
    if (!page) throw new Error(`${row.scope} names a page that is not there: ${name}`);
    const stored =
      typeof page.text === 'string'
        ? (JSON.parse(page.text) as Item[])
        : itemsOfRoster(readRoster(unsealed(disk, row.scope, page.text)));
    items.push(...stored);
  }
  return viewOf(items);
}

function unsealed(disk: Disk, scope: string, { iv, data }: Sealed): ArrayBuffer {
  const entry = disk.keys.get(JSON.stringify(scope))?.value as { key: unknown } | undefined;
  if (!entry) throw new Error(`the key of ${scope} is not there`);
  const all = Buffer.from(data);
  const cipher = createDecipheriv('aes-256-gcm', (entry.key as { bytes: Uint8Array }).bytes, iv);
  cipher.setAuthTag(all.subarray(-16));
  return new Uint8Array([...cipher.update(all.subarray(0, -16)), ...cipher.final()]).buffer;
}

/** How two views differ, in a line; undefined when they are the same. */
export function difference(mine: View, theirs: View): string | undefined {
  const lines: string[] = [];
  for (const key of new Set([...mine.keys(), ...theirs.keys()])) {
    const [a, b] = [mine.get(key), theirs.get(key)];
    if (a !== b) lines.push(`${key}: ${a ?? 'absent'} where ${b ?? 'absent'} is right`);
  }
  return lines.length === 0 ? undefined : lines.slice(0, 3).join('; ');
}
