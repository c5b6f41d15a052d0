import type { DoorRow, OutboxRow, ScopeRow } from '#client/store/database.ts';
import { registrationViews } from '#client/store/registrations-view.ts';
import type { Registration } from '#domain/registration.ts';
import { personScope, rosterScope } from '#protocol/scope.ts';
import type { Device } from '../device.ts';
import { personOn } from '../proposal-actions.ts';
import { rowsOf } from '../store/memory-file.ts';
import type { World } from '../world.ts';
import { difference, heldView } from './views.ts';

/** Milliseconds that coming to rest takes at most. */
const REST = 3_600_000;

/** 2, 8 and 9, once everybody has synced and nothing fails. */
export function atRest(world: World): void {
  for (const device of world.devices) {
    outboxAtRest(world, device);
    // What should be gone is said before what it lacks.
    doorsAtRest(world, device);
    scopesAtRest(world, device);
    seenAtRest(world, device);
  }
  deedsAtRest(world);
}

/** 2: nothing waits that the server could have taken, and nothing answered is left over. */
function outboxAtRest(world: World, device: Device): void {
  for (const row of rowsOf<OutboxRow>(device.file.disk.outbox)) {
    if (row.state === 'refused') continue;
    const known = world.server.state?.devices.some((one) => one.id === row.replica);
    const replica = device.replicas().find((one) => one.id === row.replica);
    if (!mayGo(device, row)) continue;
    if (row.state === 'waiting' && replica?.kind === 'device' && !known && replica.attention) continue;
    world.fail('8', `${device.name}: ${row.name} ${row.mutationId} is still ${row.state}`);
  }
}

/** What somebody did who has signed out waits for them (O4). */
function mayGo(device: Device, row: OutboxRow): boolean {
  const replica = device.replicas().find((one) => one.id === row.replica);
  return replica?.kind !== 'account' || replica.accountId === personOn(device)?.id;
}

/** 8: what is kept is what the server has, up to its head. */
function scopesAtRest(world: World, device: Device): void {
  const heads = world.server.state?.heads ?? [];
  for (const row of rowsOf<ScopeRow>(device.file.disk.scopes)) {
    const head = heads.find((one) => one.scope === row.scope);
    if (row.void) world.fail('8', `${device.name}: the base of ${row.scope} is void`);
    if (head && (row.cursor !== head.head || row.epoch !== head.epoch))
      world.fail(
        '8',
        `${device.name} is at ${row.epoch}:${row.cursor} of ${row.scope}, the head is ${head.epoch}:${head.head}`,
      );
    const right = head && world.server.logs.at(head.epoch, row.scope, head.head);
    const wrong = right && difference(heldView(device.file.disk, row), right);
    if (wrong !== undefined) world.fail('8', `${device.name} holds of ${row.scope}: ${wrong}`);
  }
}

/** 8 and 9: a door that is trusted has its roster, one that is not has nothing of it. */
function doorsAtRest(world: World, device: Device): void {
  const { disk } = device.file;
  const doors = rowsOf<DoorRow>(disk.doors);
  const known = new Map(world.server.state?.devices.map((one) => [one.id, one]));
  const trusted = (door: DoorRow): boolean => {
    const row = known.get(door.deviceId);
    return row !== undefined && row.state !== 'revoked' && row.expires_at > world.now;
  };
  for (const door of doors) {
    if (door.eventId === undefined) continue;
    // Whether it was over when the phone asked for the last time nobody can say.
    if (Math.abs((known.get(door.deviceId)?.expires_at ?? 0) - world.now) < REST) continue;
    const scope = rosterScope(door.eventId);
    // A phone is one door: those that it was before are left once a later one is ready, which that may not be any more.
    const left = (one: DoorRow, by: DoorRow['state']): boolean =>
      doors.some((other) => other.createdAt > one.createdAt && other.state === by);
    const isHeld = (one: DoorRow): boolean =>
      trusted(one) && !left(one, 'ready') && !(one.state === 'gone' && left(one, 'gone'));
    const granted = doors.some((one) => one.eventId === door.eventId && isHeld(one));
    // A door that was closed stays closed when a backup forgets why: it is enrolled anew.
    const reprieved = door.state === 'gone' && world.phones.restores > 0;
    if (isHeld(door) && !reprieved && (door.state === 'gone' || !disk.scopes.has(JSON.stringify(scope))))
      world.fail('9', `${device.name} has lost the roster of ${door.deviceId}, which is trusted`);
    if (left(door, 'ready') && door.state !== 'gone') world.fail('9', `${device.name} is two doors`);
    if (!trusted(door) && door.state !== 'gone') world.fail('9', `${device.name} takes ${door.deviceId} for a door`);
    const rest = (['scopes', 'loads', 'pages', 'cards', 'items', 'keys'] as const).filter((name) =>
      rowsOf<{ scope?: string; id?: string }>(disk[name]).some((row) => row.scope === scope || row.id === scope),
    );
    if (!granted && rest.length > 0) world.fail('9', `${device.name} still has ${rest.join()} of ${scope}`);
  }
}

/** 8: what a person sees of their registrations is what the server holds. */
function seenAtRest(world: World, device: Device): void {
  const holder = device.replicas().find((row) => row.kind === 'holder');
  if (!holder?.holderId) return;
  const { disk } = device.file;
  const items = rowsOf<{ scope: string; kind: string; value: Registration }>(disk.items);
  const base = items.filter((item) => item.scope === personScope(holder.holderId!) && item.kind === 'registration');
  const seen = registrationViews(
    base.map((item) => item.value),
    rowsOf<OutboxRow>(disk.outbox),
  );
  for (const row of world.server.state?.registrations ?? []) {
    if (row.holder_id !== holder.holderId) continue;
    const view = seen.find((one) => one.id === row.id);
    if (view?.state !== row.state || view.pending)
      world.fail(
        '8',
        `${device.name} shows ${row.id} as ${view?.pending ?? view?.state ?? 'nothing'}, it is ${row.state}`,
      );
  }
}

/** 2: what anybody ever did is pending, applied or refused. */
function deedsAtRest(world: World): void {
  const rows = world.devices.flatMap((device) => rowsOf<OutboxRow>(device.file.disk.outbox));
  const going = new Set(
    world.devices.flatMap((device) => rowsOf<OutboxRow>(device.file.disk.outbox).filter((row) => mayGo(device, row))),
  );
  for (const { mutationId, name } of world.deeds.values()) {
    const result = world.server.resultOf(mutationId);
    const waits = rows.filter((row) => row.mutationId === mutationId && row.state === 'waiting');
    if (result && waits.some((row) => going.has(row)))
      world.fail('2', `${name} ${mutationId} waits and has its outcome`);
    if (result || waits.length > 0) continue;
    const takenBack = world.phones.restores > 0 && world.server.shownAt.has(mutationId);
    if (!takenBack) world.fail('2', `${name} ${mutationId} is neither pending nor applied nor refused`);
  }
}
