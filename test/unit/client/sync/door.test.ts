import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { rosterScope } from '#protocol/scope.ts';
import type { DoorRow } from '#client/store/database.ts';
import { beginEnrolment, currentDoor, leaveDoor } from '#client/store/door.ts';
import { readLock, setLock } from '#client/store/door-lock.ts';
import { enqueue } from '#client/store/outbox.ts';
import { Roster, RosterIndex } from '#client/store/roster-index.ts';
import { readRosterPages, voidBase } from '#client/store/scopes.ts';
import { writeSetting } from '#client/store/settings.ts';
import { takeUp } from '#client/sync/enrolment.ts';
import { loadMissing } from '#client/sync/load.ts';
import { audiences } from '#client/sync/wanted.ts';
import { offerEnrolment, revokeDevice } from '#server/services/door/enrolment.ts';
import { eventWith, Phone, publish, START } from '../../../support/databases.ts';
import type { Site } from './device.ts';
import { Device, startSite } from './device.ts';

let site: Site;
let event: ProgrammeEvent;
beforeAll(async () => {
  site = await startSite();
  event = eventWith({ mode: 'open', maxParty: 4 });
  await publish(site.ctx, event);
  await new Phone().register(site.ctx, event, { firstName: 'Zoé', lastName: 'Kervella', party: 2 });
});
afterAll(() => site.close());
afterEach(() => {
  site.gate.mode = 'open';
  site.gate.onAnswered = undefined;
});

async function offer(): Promise<string> {
  return (await offerEnrolment(site.ctx, event.id, site.gate.url, undefined)).code;
}

async function rosterOf(device: Device): Promise<RosterIndex> {
  const row = await device.db.scopes.get(rosterScope(event.id));
  const roster = new Roster();
  const names = row?.pages.map((page) => page.name) ?? [];
  roster.takeAll(await readRosterPages(device.db, row!.scope, names));
  roster.overlay(await device.db.outbox.toArray(), (await currentDoor(device.db))!);
  return new RosterIndex(roster, undefined);
}

async function enrolled(): Promise<{ device: Device; door: DoorRow }> {
  const device = new Device(site.gate.url);
  const begun = await beginEnrolment(device.db, await offer(), 'Téléphone', 'Nord');
  expect(await takeUp(device.db, device.api, begun)).toEqual({ kind: 'enrolled' });
  expect(await device.sync()).toEqual({ kind: 'ok' });
  return { device, door: (await currentDoor(device.db))! };
}

function arrival(ticketId: string, more = {}) {
  return {
    checkInId: randomUUID(),
    eventId: event.id,
    ticketId,
    count: 1,
    at: new Date(site.ctx.clock()).toISOString(),
    door: 'Nord',
    ...more,
  };
}

describe('a door', () => {
  test('enrols, takes its roster and is ready; the code is not kept', async () => {
    const { device, door } = await enrolled();
    expect(door).toMatchObject({ state: 'ready', eventId: event.id });
    expect(door.code).toBeUndefined();
    const roster = await rosterOf(device);
    expect(roster.search('kerv', 5)).toMatchObject([{ firstName: 'Zoé', party: 2 }]);
    expect(roster.search('kerv', 5)[0]).not.toHaveProperty('email');
  });

  test('an enrolment whose answer was lost is taken up again after a restart with the same id', async () => {
    const device = new Device(site.gate.url);
    const begun = await beginEnrolment(device.db, await offer(), 'Téléphone', 'Sud');
    site.gate.onAnswered = () => 'drop';
    expect(await takeUp(device.db, device.api, begun)).toEqual({ kind: 'unreachable' });
    site.gate.onAnswered = undefined;
    device.reload();
    expect(await device.sync()).toEqual({ kind: 'ok' });
    expect(await currentDoor(device.db)).toMatchObject({ deviceId: begun.deviceId, state: 'ready' });
  });

  test('a code that is not good leaves no door behind', async () => {
    const device = new Device(site.gate.url);
    const begun = await beginEnrolment(device.db, '00000000000000000000', 'Téléphone', 'Sud');
    expect(await takeUp(device.db, device.api, begun)).toEqual({ kind: 'refused', code: 'code_refused' });
    expect(await device.db.doors.count()).toBe(0);
  });

  test('A1 an arrival shows at once, goes up when there is a network, and comes back once', async () => {
    const { device, door } = await enrolled();
    const ticketId = (await rosterOf(device)).search('kervella', 1)[0]!.ticketId!;
    await enqueue(device.db, door.deviceId, 'check-in', arrival(ticketId, { count: 2 }));
    expect((await rosterOf(device)).counts.arrived).toBe(2);
    site.gate.mode = 'portal';
    expect(await device.sync()).toEqual({ kind: 'unreachable' });
    site.gate.mode = 'open';
    expect(await device.sync()).toEqual({ kind: 'ok' });
    expect(await device.db.outbox.count()).toBe(0);
    const roster = await rosterOf(device);
    expect(roster.counts.arrived).toBe(2);
    expect(roster.checkIns(ticketId)).toMatchObject([{ count: 2, deviceId: door.deviceId }]);
  });

  test('D5 a phone is one door: with another link it leaves the one before, once the new one is ready, with what waits and without its list', async () => {
    const { device, door } = await enrolled();
    await setLock(device.db, door.deviceId, '4826', 1);
    const ticketId = (await rosterOf(device)).search('kervella', 1)[0]!.ticketId!;
    await enqueue(device.db, door.deviceId, 'check-in', arrival(ticketId));
    const other = eventWith({ mode: 'open' });
    await publish(site.ctx, other);
    const { code } = await offerEnrolment(site.ctx, other.id, site.gate.url, undefined);
    const begun = await beginEnrolment(device.db, code, 'Téléphone', 'Sud');
    expect(await device.db.doors.get(door.deviceId)).toMatchObject({ state: 'ready' });
    expect(await takeUp(device.db, device.api, begun)).toEqual({ kind: 'enrolled' });
    expect(await device.sync()).toEqual({ kind: 'ok' });
    expect(await currentDoor(device.db)).toMatchObject({ deviceId: begun.deviceId, state: 'ready' });
    expect(await device.db.doors.get(door.deviceId)).toMatchObject({ state: 'gone' });
    expect(await device.db.scopes.get(rosterScope(event.id))).toBeUndefined();
    expect(await device.db.keys.get(rosterScope(event.id))).toBeUndefined();
    expect(await readLock(device.db, door.deviceId)).toBeUndefined();
    await device.sync();
    expect(await device.db.outbox.count()).toBe(0);
    const kept = await site.ctx.db.read.selectFrom('check_in').select('id').where('ticket_id', '=', ticketId).execute();
    expect(kept.length).toBeGreaterThan(0);
  });

  test('D5 enrolled anew for the same event the list stays, and what waits goes up', async () => {
    const { device, door } = await enrolled();
    const begun = await beginEnrolment(device.db, await offer(), 'Téléphone', 'Nord');
    await takeUp(device.db, device.api, begun);
    expect(await device.sync()).toEqual({ kind: 'ok' });
    expect(await device.db.doors.get(door.deviceId)).toMatchObject({ state: 'gone' });
    expect((await rosterOf(device)).search('kerv', 5)).toHaveLength(1);
  });

  test('D5 access taken away: the roster and its key go, what waits stays and still gets a verdict or a reason', async () => {
    const { device, door } = await enrolled();
    const ticketId = (await rosterOf(device)).search('kervella', 1)[0]!.ticketId!;
    await enqueue(device.db, door.deviceId, 'check-in', arrival(ticketId));
    const before = await device.db.outbox.toArray();
    await revokeDevice(site.ctx, event.id, door.deviceId);
    site.gate.onAnswered = ({ path }) => (path.endsWith('/push') ? 'drop' : 'pass');
    await device.sync();
    site.gate.onAnswered = undefined;
    expect(await device.db.outbox.toArray()).toEqual(before);
    await device.sync();
    expect((await currentDoor(device.db))?.state).toBe('gone');
    expect(await device.db.scopes.get(rosterScope(event.id))).toBeUndefined();
    expect(await device.db.keys.count()).toBe(0);
    const rows = await device.db.outbox.toArray();
    expect(rows.every((row) => row.mutationId === before[0]!.mutationId)).toBe(true);
  });

  test('D5 a roster that was on its way when its door was closed does not stay', async () => {
    const { device, door } = await enrolled();
    const audience = (await audiences(device.db)).find((one) => one.deviceId === door.deviceId)!;
    await leaveDoor(device.db, door.deviceId);
    // The other tab had asked before, and goes on.
    expect(await loadMissing(device.db, device.api, audience, audience.scopes)).toBeUndefined();
    expect(await device.db.keys.count()).toBe(1);
    expect(await device.sync()).toEqual({ kind: 'ok' });
    expect(await device.db.scopes.get(rosterScope(event.id))).toBeUndefined();
    expect(await device.db.keys.count()).toBe(0);
  });

  test('expires by itself on the device, without a network', async () => {
    const { device, door } = await enrolled();
    await device.db.doors.update(door.deviceId, { expiresAt: '2026-01-01T00:00:00.000Z' });
    site.gate.mode = 'portal';
    expect(await device.sync()).toEqual({ kind: 'unreachable' });
    expect((await currentDoor(device.db))?.state).toBe('gone');
    expect(await device.db.scopes.get(rosterScope(event.id))).toBeUndefined();
  });

  test('D5 access taken away before the roster came, or while its log began anew, is heard of', async () => {
    const device = new Device(site.gate.url);
    const begun = await beginEnrolment(device.db, await offer(), 'Téléphone', 'Nord');
    await takeUp(device.db, device.api, begun);
    await revokeDevice(site.ctx, event.id, begun.deviceId);
    expect(await device.sync()).toEqual({ kind: 'ok' });
    expect((await currentDoor(device.db))?.state).toBe('gone');

    const { device: other, door } = await enrolled();
    await voidBase(other.db, rosterScope(event.id));
    await revokeDevice(site.ctx, event.id, door.deviceId);
    expect(await other.sync()).toEqual({ kind: 'ok' });
    expect((await currentDoor(other.db))?.state).toBe('gone');
    expect(
      await other.db.pages
        .where('[scope+name]')
        .between([rosterScope(event.id)], ['s'])
        .count(),
    ).toBe(0);
  });

  describe('P4 no clock alone ends a door', () => {
    const YEARS = 3 * 365 * 86_400_000;
    afterEach(() => vi.useRealTimers());

    test('one that is set right after it was compared with the server’s closes nothing', async () => {
      vi.setSystemTime(START);
      const { device } = await enrolled();
      await writeSetting(device.db, 'clockOffset', YEARS);
      site.gate.mode = 'portal';
      expect(await device.sync()).toEqual({ kind: 'unreachable' });
      expect((await currentDoor(device.db))?.state).toBe('ready');
    });

    test('one that is set wrong hides the roster until the server was asked', async () => {
      vi.setSystemTime(START);
      const { device } = await enrolled();
      vi.setSystemTime(START + YEARS);
      site.gate.mode = 'portal';
      expect(await device.sync()).toEqual({ kind: 'unreachable' });
      expect((await currentDoor(device.db))?.state).toBe('gone');
      expect(await device.db.scopes.get(rosterScope(event.id))).toBeUndefined();
      site.gate.mode = 'open';
      expect(await device.sync()).toEqual({ kind: 'ok' });
      expect((await currentDoor(device.db))?.state).toBe('ready');
      expect((await rosterOf(device)).search('kervella', 1)).toHaveLength(1);
    });
  });
});
