import { runSync } from '#client/sync/run.ts';
import type { Outcome } from '#client/sync/run.ts';
import type { Device } from './device.ts';
import { beginSignIn, personOn } from './proposal-actions.ts';
import type { World } from './world.ts';

/** Exchanges of every device after which all of them must have everything. */
const ROUNDS = 6;
/** Gates opened before it is said that they never end. */
const PATIENCE = 60_000;

/** Nothing fails any more: whoever is under way ends, and every device syncs until it has nothing left to do. */
export async function comeToRest(world: World): Promise<void> {
  world.note('all is calm');
  world.calm = true;
  world.machine.killAt(Number.POSITIVE_INFINITY, false);
  for (const device of world.devices) {
    while (device.tabs.length > 0) world.closeTab(device.tabs[0]!);
  }
  for (let tries = 0; tries < 5 && !world.machine.process; tries++) {
    await world.startServer();
    world.machine.killAt(Number.POSITIVE_INFINITY, false);
    await drain(world);
  }
  await drain(world);
  for (const device of world.devices) {
    const tab = device.open(world.tabs);
    const me = world.accounts.find((one) => one.id === personOn(device)?.id);
    if (me) beginSignIn(world, tab, me);
  }
  await drain(world);
  for (let round = 0; round < ROUNDS && !world.failure; round++) {
    const outcomes = new Map<Device, Outcome>();
    for (const device of world.devices) {
      const tab = device.tabs[0]!;
      world.begin(tab, 'sync at rest', async () => {
        const outcome = await runSync(tab.db, tab.api);
        world.note(`${tab.actor.name} synced: ${outcome.kind}`);
        outcomes.set(device, outcome);
      });
    }
    await drain(world);
    for (const device of world.devices) {
      const outcome = outcomes.get(device);
      if (outcome?.kind !== 'ok' && round === ROUNDS - 1)
        world.fail('8', `${device.name} does not come to rest: ${outcome?.kind ?? 'it never ended'}`);
    }
  }
}

async function drain(world: World): Promise<void> {
  const { scheduler, random } = world;
  await scheduler.quiet();
  for (let opened = 0; scheduler.waiters.length > 0 && !world.failure; opened++) {
    if (opened > PATIENCE) return world.fail('8', `it never ends: ${scheduler.waiters[0]!.what}`);
    world.now += random.int(0, 50);
    await scheduler.open(random.int(0, scheduler.waiters.length - 1));
  }
}
