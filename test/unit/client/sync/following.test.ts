import 'fake-indexeddb/auto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { changesOf, markSeen, noteFollowed } from '#client/store/following.ts';
import { withdrawEvents } from '#server/services/programme/publishing.ts';
import { EDITION, eventWith, publish } from '../../../support/databases.ts';
import type { Site } from './device.ts';
import { Device, startSite } from './device.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

/** A phone that has noted an event in its agenda. */
async function following(event: ProgrammeEvent): Promise<Device> {
  await publish(site.ctx, event);
  const device = new Device(site.gate.url);
  await device.sync();
  await device.db.favourites.add({ id: event.id, at: 0 });
  await noteFollowed(device.db);
  return device;
}

const cancelled = (event: ProgrammeEvent): ProgrammeEvent => ({ ...event, status: 'cancelled' });
const kinds = async (device: Device) => (await changesOf(device.db)).map((one) => one.changes.map((c) => c.kind));

test('what changes in a noted event is told after the sync, through a restart, until it is seen', async () => {
  const event = eventWith({ mode: 'open' });
  const device = await following(event);
  expect(await changesOf(device.db)).toEqual([]);
  await publish(site.ctx, cancelled(event));
  expect(await changesOf(device.db)).toEqual([]);
  await device.sync();
  device.reload();
  await noteFollowed(device.db);
  const told = await changesOf(device.db);
  expect(told).toMatchObject([
    { eventId: event.id, changes: [{ kind: 'status', from: 'scheduled', to: 'cancelled' }] },
  ]);
  await markSeen(told, device.db);
  expect(await changesOf(device.db)).toEqual([]);
});

test('what was seen is what was shown: a change that came meanwhile is told afterwards', async () => {
  const event = eventWith({ mode: 'open' });
  const device = await following(event);
  await publish(site.ctx, cancelled(event));
  await device.sync();
  const shown = await changesOf(device.db);
  await publish(site.ctx, event);
  await device.sync();
  await markSeen(shown, device.db);
  expect(await kinds(device)).toEqual([['status']]);
});

test('an event that leaves the programme is told; a region that the person keeps no more says nothing', async () => {
  const [gone, unkept] = [eventWith({ mode: 'open' }), eventWith({ mode: 'open' })];
  const device = await following(gone);
  await withdrawEvents(site.ctx, [gone.id]);
  await device.sync();
  expect(await kinds(device)).toEqual([['withdrawn']]);
  await markSeen(await changesOf(device.db), device.db);
  await noteFollowed(device.db);
  expect(await changesOf(device.db)).toEqual([]);

  const other = await following(unkept);
  await other.db.settings.put({ key: 'regions', value: { [EDITION.id]: ['24'] } });
  await other.sync();
  expect(await changesOf(other.db)).toEqual([]);
});

test('nothing is told of what is not followed, nor of what no longer is; a registration follows its event', async () => {
  const event = eventWith({ mode: 'open' });
  const device = await following(event);
  await device.db.favourites.delete(event.id);
  await noteFollowed(device.db);
  await publish(site.ctx, cancelled(event));
  await device.sync();
  expect(await changesOf(device.db)).toEqual([]);

  const booked = eventWith({ mode: 'open' });
  await publish(site.ctx, booked);
  await device.sync();
  await device.register(booked);
  await noteFollowed(device.db);
  await device.sync();
  await publish(site.ctx, cancelled(booked));
  await device.sync();
  expect(await kinds(device)).toEqual([['status']]);
});
