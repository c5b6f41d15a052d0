import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { OutboxRow } from '#client/store/database.ts';
import { database } from '#client/store/database.ts';
import { admitWalkIn, carryRequest, returnAllotment, undoCheckIn } from '#client/store/door-actions.ts';
import { abandonAllotment, beginAllotment, finishAllotment, giveBack, heldSeats } from '#client/store/door-seats.ts';
import { leaveDoor } from '#client/store/door.ts';
import { addDeviceReplica } from '#client/store/replicas.ts';

const eventId = randomUUID();
const subjectId = eventId;
let deviceId: string;
const LATER = '2999-01-01T00:00:00.000Z';

beforeEach(async () => {
  const db = database();
  await Promise.all([db.doors.clear(), db.replicas.clear(), db.outbox.clear(), db.allotments.clear()]);
  deviceId = randomUUID();
  const row = { deviceId, secret: 's', name: 'Tel', door: 'A', createdAt: Date.now(), eventId, expiresAt: LATER };
  await db.doors.put({ ...row, state: 'ready' });
  await db.transaction('rw', db.replicas, () => addDeviceReplica(db, deviceId, 's'));
});

async function hold(seats: number, expiresAt = LATER): Promise<string> {
  const { id } = await beginAllotment(database(), { deviceId, eventId, subjectId, asked: seats });
  await finishAllotment(database(), { id, eventId, subjectId, deviceId, seats, used: 0, expiresAt });
  return id;
}
const party = (count: number) => ({ eventId, subjectId, count });
const left = async (): Promise<number> => heldSeats(await database().allotments.toArray(), subjectId, Date.now()).left;
const rows = async (name: string): Promise<OutboxRow[]> =>
  (await database().outbox.toArray()).filter((row) => row.name === name);

describe('seats that a phone keeps for people without a registration', () => {
  test('are never given twice, whichever of two tabs asks', async () => {
    await hold(5);
    vi.resetModules();
    const tab = await import('#client/store/door-actions.ts');
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, i) => (i % 2 ? tab.admitWalkIn : admitWalkIn)(party(1), true)),
    );
    expect(outcomes.filter((outcome) => outcome.kind === 'admitted')).toHaveLength(5);
    expect(await rows('admit-walk-in')).toHaveLength(5);
    expect(await left()).toBe(0);
  });

  test('are not asked for where seats are not counted', async () => {
    expect(await admitWalkIn(party(3), false)).toMatchObject({ kind: 'admitted', checkIns: [{ count: 3 }] });
    expect(await rows('admit-walk-in')).toMatchObject([{ args: { count: 3 } }]);
  });

  test('of two allotments serve one party together, each part a record of its own', async () => {
    const [first, second] = [await hold(2), await hold(2, '2998-01-01T00:00:00.000Z')];
    expect(await admitWalkIn(party(5), true)).toEqual({ kind: 'full' });
    expect(await left()).toBe(4);
    const outcome = await admitWalkIn({ ...party(3), name: 'Ali' }, true);
    expect(outcome.kind === 'admitted' && outcome.checkIns.map((one) => one.count)).toEqual([2, 1]);
    // What ends first goes first.
    expect((await rows('admit-walk-in')).map(({ args }) => (args as { allotmentId: string }).allotmentId)).toEqual([
      second,
      first,
    ]);
    expect(await left()).toBe(1);
  });

  test('are free again when the walk-in is taken back, and once', async () => {
    await hold(1);
    const outcome = await admitWalkIn(party(1), true);
    const checkInId = outcome.kind === 'admitted' ? outcome.checkIns[0]!.id : '';
    expect(await admitWalkIn(party(1), true)).toEqual({ kind: 'full' });
    await undoCheckIn({ checkInId, eventId });
    await undoCheckIn({ checkInId, eventId, reason: 'mistake' });
    expect(await left()).toBe(1);
    expect((await admitWalkIn(party(1), true)).kind).toBe('admitted');
    expect(await left()).toBe(0);
  });

  test('end by the corrected clock, when they are given back, and when the phone leaves the door', async () => {
    await hold(2, new Date(Date.now() - 1000).toISOString());
    expect(await admitWalkIn(party(1), true)).toEqual({ kind: 'full' });
    const given = await hold(2);
    await returnAllotment(given);
    await giveBack(database(), given);
    expect(await admitWalkIn(party(1), true)).toEqual({ kind: 'full' });
    expect(await rows('return-allotment')).toMatchObject([{ args: { allotmentId: given } }]);
    const kept = await hold(2);
    await leaveDoor(database(), deviceId);
    expect((await rows('return-allotment')).map(({ args }) => (args as { allotmentId: string }).allotmentId)).toContain(
      kept,
    );
    expect((await database().doors.get(deviceId))?.state).toBe('gone');
  });

  test('that were given back before they were answered go back as soon as they are, and none is kept where none was given', async () => {
    const asked = await beginAllotment(database(), { deviceId, eventId, subjectId, asked: 3 });
    await giveBack(database(), asked.id);
    const answer = { id: asked.id, eventId, subjectId, deviceId, seats: 3, used: 0, expiresAt: LATER };
    await finishAllotment(database(), answer);
    await finishAllotment(database(), answer);
    expect(await left()).toBe(0);
    expect(await rows('return-allotment')).toHaveLength(1);
    const none = await beginAllotment(database(), { deviceId, eventId, subjectId, asked: 3 });
    await abandonAllotment(database(), none.id);
    expect(await database().allotments.get(none.id)).toBeUndefined();
  });

  test('P5 serve somebody whose request is carried, all of the party or nobody', async () => {
    const request = {
      mutationId: randomUUID(),
      holderId: 'A'.repeat(43),
      registrationId: randomUUID(),
      eventId,
      subjectId,
      firstName: 'Dina',
      lastName: 'Nassar',
      email: 'dina@example.org',
      party: 2,
      language: 'fr' as const,
      askedAt: 1,
    };
    await hold(1);
    await hold(1);
    expect(await carryRequest('TEXT', request, 'seat', undefined)).toBeUndefined();
    expect(await left()).toBe(2);
    const id = await hold(2);
    expect(await carryRequest('TEXT', request, 'seat', undefined)).toMatchObject({
      count: 2,
      ticketId: request.registrationId,
    });
    expect(await rows('courier')).toMatchObject([
      { args: { request: 'TEXT', eventId } },
      { args: { admitted: { count: 2, allotmentId: id, door: 'A' } } },
    ]);
    expect((await rows('courier'))[0]!.args).not.toHaveProperty('admitted');
    expect(await left()).toBe(2);
  });
});
