import type { OutboxRow } from '#client/store/database.ts';
import { newId } from '#client/store/ids.ts';
import { discard, enqueue, tryAgain } from '#client/store/outbox.ts';
import { ensureHolder, HOLDER } from '#client/store/replicas.ts';
import { requestCode } from '#client/store/request-code.ts';
import { writeSetting } from '#client/store/settings.ts';
import { pushAll } from '#client/sync/push.ts';
import { runSync } from '#client/sync/run.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { subjectsOf } from '#domain/programme.ts';
import { readRequest } from '#domain/request-code.ts';
import type { Tab } from './device.ts';
import { atTheDoor } from './door-actions.ts';
import { REGIONS } from './programme.ts';
import { atTheOffice } from './proposal-actions.ts';
import { rowsOf } from './store/memory-file.ts';
import type { World } from './world.ts';

/** Few addresses, so that two people sometimes give the same. */
const ADDRESSES = 12;

/** Something that a person does with a tab; false when there is nothing to do it with. */
export type Action = (world: World, tab: Tab) => boolean;

const registerSomewhere: Action = (world, tab) => {
  const { random } = world;
  const rows = world.server.state?.events ?? [];
  if (rows.length === 0) return false;
  const event = JSON.parse(random.pick(rows).data) as ProgrammeEvent;
  const subjects = subjectsOf(event);
  if (subjects.length === 0) return false;
  const registrationId = newId();
  const args = {
    registrationId,
    eventId: event.id,
    subjectId: random.pick(subjects).id,
    firstName: 'Ana',
    lastName: `Le Goff ${random.int(1, 99)}`,
    email: `${random.chance(0.5) ? registrationId : random.int(1, ADDRESSES)}@example.org`,
    party: random.int(1, 3),
    language: 'fr' as const,
  };
  world.begin(tab, `register for ${args.subjectId.slice(-14)}`, async () => {
    await ensureHolder(tab.db);
    await enqueue(tab.db, HOLDER, 'register', args);
  });
  return true;
};

/** The code that carries a registration which could not be sent, for somebody's camera to read. */
const showCode: Action = (world, tab) => {
  const waiting = rowsOf<OutboxRow>(tab.device.file.disk.outbox).filter(
    (row) => row.name === 'register' && row.state === 'waiting',
  );
  if (waiting.length === 0) return false;
  const { registrationId } = world.random.pick(waiting).args as { registrationId: string };
  world.begin(tab, `show ${registrationId}`, async () => {
    const code = await requestCode(tab.db, registrationId);
    const read = code === undefined ? undefined : readRequest(code);
    if (code !== undefined && read) world.requests.set(code, read.request);
  });
  return true;
};

const cancel: Action = (world, tab) => {
  const asked = rowsOf<OutboxRow>(tab.device.file.disk.outbox)
    .filter((row) => row.name === 'register')
    .map((row) => (row.args as { registrationId: string }).registrationId);
  const items = rowsOf<{ kind: string; id: string }>(tab.device.file.disk.items);
  const ids = [...new Set([...asked, ...items.filter((item) => item.kind === 'registration').map((item) => item.id)])];
  if (ids.length === 0) return false;
  const registrationId = world.random.pick(ids);
  world.begin(tab, `cancel ${registrationId}`, () =>
    enqueue(tab.db, HOLDER, 'cancel-registration', { registrationId }),
  );
  return true;
};

/** By the tab that leads, or, when a lock was stolen, beside it. */
const sync: Action = (world, tab) => {
  const { device } = tab;
  const { random } = world;
  if (device.leader && device.leader !== tab && !random.chance(0.2)) return false;
  if (device.leader === tab && !random.chance(0.1)) return false;
  device.leader = tab;
  const extent = random.chance(0.8) ? 'all' : 'own';
  world.begin(tab, `sync ${extent}`, async () => {
    const outcome = await runSync(tab.db, tab.api, extent);
    world.note(`${tab.actor.name} synced: ${outcome.kind}`);
    if (device.leader === tab) device.leader = undefined;
  });
  return true;
};

const pushBeside: Action = (world, tab) => {
  world.begin(tab, 'push beside', () => pushAll(tab.db, tab.api));
  return true;
};

function refusedOf(tab: Tab): OutboxRow[] {
  return rowsOf<OutboxRow>(tab.device.file.disk.outbox).filter((row) => row.state === 'refused');
}

const letGo: Action = (world, tab) => {
  const refused = refusedOf(tab);
  if (refused.length === 0) return false;
  const row = world.random.pick(refused);
  world.phones.lettingGo.add(`${tab.device.name} ${row.mutationId}`);
  world.begin(tab, `discard ${row.mutationId}`, () => discard(tab.db, row.replicaId, row.seq));
  return true;
};

const askAgain: Action = (world, tab) => {
  const refused = refusedOf(tab);
  if (refused.length === 0) return false;
  const row = world.random.pick(refused);
  world.phones.lettingGo.add(`${tab.device.name} ${row.mutationId}`);
  world.begin(tab, `retry ${row.mutationId}`, () => tryAgain(tab.db, row.replicaId, row.seq));
  return true;
};

const chooseRegions: Action = (world, tab) => {
  const kept = REGIONS.filter(() => world.random.chance(0.6));
  const regions = { a: kept, b: kept };
  world.begin(tab, `keep ${kept.join(',') || 'nothing'}`, () => writeSetting(tab.db, 'regions', regions));
  return true;
};

export const attendeeActions = {
  registerSomewhere,
  cancel,
  showCode,
  sync,
  pushBeside,
  letGo,
  askAgain,
  chooseRegions,
} as const;
export const doorActions = { ...atTheDoor, sync, pushBeside, letGo, askAgain } as const;
export const officeActions = { ...atTheOffice, sync, pushBeside, letGo, askAgain } as const;
