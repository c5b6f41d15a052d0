import { gunzipSync } from 'node:zlib';
import type { Identity } from '#server/services/people/identity.ts';
import { pull } from '#server/services/sync/pull.ts';
import { manifests, page } from '#server/services/sync/snapshots.ts';
import { isPublicScope } from '#protocol/scope.ts';
import type { Scope } from '#protocol/scope.ts';
import type { World } from '../world.ts';
import type { View } from './views.ts';
import { difference, viewOf } from './views.ts';

interface Item {
  readonly kind: string;
  readonly id: string;
  readonly value?: unknown;
}

/** 7: a pull from any cursor, and a first load with the pull after it, end where a fresh view is. */
export async function fromAnyCursor(world: World): Promise<void> {
  for (const { scope, epoch, head, floor } of world.server.state?.heads ?? []) {
    const right = world.server.logs.at(epoch, scope, head)!;
    const cursors = new Set([0, floor, head, world.random.int(0, head), world.random.int(0, head)]);
    for (const cursor of cursors) {
      const before = world.server.logs.at(epoch, scope, cursor)!;
      const after = await pulled(world, scope, epoch, cursor, before);
      if (after === 'reset' && cursor >= floor)
        world.fail('7', `${scope} from ${cursor} resets above its floor ${floor}`);
      const wrong = after === 'reset' ? undefined : difference(after, right);
      if (wrong !== undefined) world.fail('7', `${scope} from ${cursor} of ${head}, floor ${floor}: ${wrong}`);
    }
    const loaded = await firstLoad(world, scope);
    const shown = loaded && world.server.logs.at(loaded.epoch, scope, loaded.cursor);
    const wrong = loaded && shown ? difference(loaded.view, shown) : 'there is none';
    if (wrong !== undefined) world.fail('7', `the snapshot of ${scope}: ${wrong}`);
  }
}

function reader(scope: Scope): Identity {
  if (isPublicScope(scope)) return { kind: 'anonymous' };
  const [kind, id] = scope.split('/') as [string, string];
  if (kind === 'person') return { kind: 'holder', holderId: id };
  if (kind === 'desk') return accountReader(id, 'organiser');
  if (kind === 'moderation') return accountReader('', 'national');
  return { kind: 'device', deviceId: id, eventId: id, access: 'open', profile: 'full' };
}

function accountReader(id: string, role: 'organiser' | 'national'): Identity {
  return { kind: 'account', account: { id, email: '', role, regions: [], bodies: [], demo: false } };
}

async function pulled(
  world: World,
  scope: Scope,
  epoch: string,
  cursor: number,
  before: View,
): Promise<View | 'reset'> {
  const view = new Map(before);
  let from: { epoch: string; cursor: number; target?: number } = { epoch, cursor };
  for (;;) {
    const request = { protocol: 1, scopes: { [scope]: from } };
    const { scopes } = await pull(world.machine.ctx!, reader(scope), request, world.climate.sizes.pullPage);
    const delta = scopes[scope]!;
    if (delta.kind !== 'changes') return 'reset';
    for (const { kind, id } of delta.changes) view.delete(`${kind} ${id}`);
    for (const [key, text] of viewOf(delta.changes)) view.set(key, text);
    if (delta.cursor >= delta.target) return view;
    from = { epoch, cursor: delta.cursor, target: delta.target };
  }
}

async function firstLoad(
  world: World,
  scope: Scope,
): Promise<{ epoch: string; cursor: number; view: View } | undefined> {
  const ctx = world.machine.ctx!;
  const [manifest] = await manifests(ctx, reader(scope), [scope], world.climate.sizes);
  if (!manifest) return undefined;
  const items: Item[] = [];
  for (const { hash } of manifest.pages) {
    const found = await page(ctx, reader(scope), scope, hash);
    if (!found) return undefined;
    items.push(...(JSON.parse(gunzipSync(found.gzip).toString()) as Item[]));
  }
  return { epoch: manifest.epoch, cursor: manifest.cursor, view: viewOf(items) };
}
