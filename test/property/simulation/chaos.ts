import { attendeeActions, doorActions, officeActions } from './actions.ts';
import type { Action } from './actions.ts';
import type { Desk } from './desk.ts';
import type { Device } from './device.ts';
import type { World } from './world.ts';

const YEAR = 365.25 * 86_400_000;

const attendeeWeights = {
  registerSomewhere: 6,
  cancel: 3,
  showCode: 2,
  sync: 8,
  pushBeside: 1,
  letGo: 1,
  askAgain: 1,
  chooseRegions: 0.3,
} as const;
const doorWeights = {
  enrol: 1.5,
  arrive: 4,
  undo: 1.5,
  settle: 0.5,
  jot: 0.7,
  take: 1.5,
  walkIn: 3,
  giveSeatsBack: 0.4,
  carry: 2,
  sync: 8,
  pushBeside: 1,
  letGo: 1,
  askAgain: 1,
} as const;
const officeWeights = {
  propose: 2,
  edit: 3,
  rewrite: 3,
  handIn: 4,
  giveUp: 0.4,
  remark: 1,
  decide: 5,
  loseSession: 0.3,
  signIn: 0.6,
  sync: 8,
  pushBeside: 1,
  letGo: 1,
  askAgain: 1,
} as const;

/** One thing happens: somebody goes on, or does something, or something breaks. */
export async function happen(world: World, desk: Desk): Promise<void> {
  const { random, scheduler } = world;
  world.now += random.int(0, 400);
  if (!world.machine.process && random.chance(0.05)) await world.startServer();
  if (scheduler.waiters.length > 0 && !random.chance(0.08)) {
    await scheduler.open(random.int(0, scheduler.waiters.length - 1));
    return;
  }
  await accident(world, desk);
  await scheduler.quiet();
}

async function accident(world: World, desk: Desk): Promise<void> {
  const { random, devices } = world;
  const what = random.weighted({
    person: 20,
    desk: 4,
    openTab: 1.5,
    closeTab: 1,
    crash: 0.7,
    killServer: 0.3,
    planDeath: 0.7,
    time: 1.5,
    line: 2,
    clock: 0.4,
    clone: devices.length < 8 ? 0.25 : 0,
    backUp: 0.25,
    restore: 0.12,
    update: world.dexie ? 0.3 : 0,
  });
  const device = random.pick(devices);
  switch (what) {
    case 'person':
      return person(world, device);
    case 'desk':
      return void desk.act();
    case 'openTab':
      if (device.tabs.length < 3) device.open(world.tabs);
      return;
    case 'closeTab':
      if (device.tabs.length > 0) world.closeTab(random.pick(device.tabs));
      return;
    case 'crash':
      world.note(`${device.name} crashes`);
      while (device.tabs.length > 0) world.closeTab(device.tabs[0]!);
      return;
    case 'killServer':
      world.note('the server is killed');
      return world.killServer();
    case 'planDeath':
      world.machine.killAt(random.int(1, 40), random.chance(0.5));
      void world.machine.death.then(() => world.note('the server died between two statements'));
      return;
    case 'time':
      world.now += random.pick([1000, 60_000, 3_700_000, 8 * 3_600_000]);
      return;
    case 'line':
      device.online = random.chance(0.7);
      return;
    case 'clock':
      device.skew = random.pick([0, 0, 90_000, -3 * YEAR, 5 * YEAR, -3_600_000]);
      world.note(`${device.name}'s clock is off by ${device.skew}`);
      return;
    case 'clone': {
      const copy = await world.newDevice(device.role, device.file.disk);
      copy.session = device.session;
      world.note(`${device.name} is copied to ${copy.name}`);
      world.count('clone');
      return;
    }
    case 'update':
      device.updated = true;
      world.note(`${device.name} is updated`);
      return;
    case 'backUp':
      return backUp(world);
    default:
      return restore(world);
  }
}

function person(world: World, device: Device): void {
  if (device.tabs.length === 0) device.open(world.tabs);
  const tab = world.random.pick(device.tabs);
  actionOf(world, device.role)(world, tab);
}

function actionOf({ random }: World, role: Device['role']): Action {
  switch (role) {
    case 'attendee':
      return attendeeActions[random.weighted(attendeeWeights)];
    case 'door':
      return doorActions[random.weighted(doorWeights)];
    case 'office':
      return officeActions[random.weighted(officeWeights)];
  }
}

async function backUp(world: World): Promise<void> {
  world.note('a backup is made');
  await world.machine.backUp();
  world.server.backedUp();
}

/** The machine is lost and the backup is put back: what came after it is gone, and the log goes on under another epoch. */
async function restore(world: World): Promise<void> {
  world.killServer();
  const epoch = `epoch-${++world.epochs}`;
  if (!(await world.machine.restore(epoch))) return;
  world.note(`the backup is put back as ${epoch}`);
  world.count('restore');
  world.phones.restores += 1;
  world.server.restored(await world.machine.look(), epoch);
}
