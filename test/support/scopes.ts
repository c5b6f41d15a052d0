import type { Item } from '#protocol/snapshot.ts';
import type { Change } from '#protocol/pull.ts';
import type { Scope } from '#protocol/scope.ts';
import { gunzipSync } from 'node:zlib';
import type { Context } from '#server/services/context.ts';
import type { Identity } from '#server/services/people/identity.ts';
import { pull } from '#server/services/sync/pull.ts';
import { manifests, page } from '#server/services/sync/snapshots.ts';

/** What a scope holds by its whole log, read from the database itself. */
export async function itemsOf(ctx: Context, scope: Scope): Promise<Item[]> {
  const rows = await ctx.db.read
    .selectFrom('change')
    .select(['kind', 'item_id', 'value'])
    .where('scope', '=', scope)
    .orderBy('cursor')
    .execute();
  const view = new View();
  view.apply(
    rows.map((row) => ({
      cursor: 0,
      kind: row.kind,
      id: row.item_id,
      ...(row.value === null ? {} : { value: JSON.parse(row.value) as unknown }),
    })),
  );
  return view.items();
}

/** A device's copy of one scope. */
export class View {
  readonly #items = new Map<string, Item>();
  epoch = '';
  cursor = 0;

  apply(changes: readonly Change[]): void {
    for (const { kind, id, ...rest } of changes) {
      if ('value' in rest) this.#items.set(`${kind} ${id}`, { kind, id, value: rest.value });
      else this.#items.delete(`${kind} ${id}`);
    }
  }

  items(): Item[] {
    return [...this.#items.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
  }

  /** Page by page until the target; false when told to begin anew or that the scope is gone. */
  async catchUp(ctx: Context, who: Identity, scope: Scope, between?: () => Promise<void>): Promise<boolean> {
    let target: number | undefined;
    for (;;) {
      const from = { epoch: this.epoch, cursor: this.cursor, ...(target === undefined ? {} : { target }) };
      const delta = (await pull(ctx, who, { protocol: 1, scopes: { [scope]: from } })).scopes[scope]!;
      if (delta.kind !== 'changes') return false;
      this.apply(delta.changes);
      ({ epoch: this.epoch, cursor: this.cursor, target } = delta);
      if (delta.cursor === delta.target) return true;
      await between?.();
    }
  }
}

/** A first load. */
export async function loaded(ctx: Context, who: Identity, scope: Scope): Promise<View | undefined> {
  const [manifest] = await manifests(ctx, who, [scope]);
  if (!manifest) return undefined;
  const view = new View();
  for (const { hash } of manifest.pages) {
    const found = await page(ctx, who, scope, hash);
    const items = JSON.parse(gunzipSync(found!.gzip).toString()) as Item[];
    view.apply(items.map((item) => ({ cursor: 0, ...item })));
  }
  view.epoch = manifest.epoch;
  view.cursor = manifest.cursor;
  return view;
}
