import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { planOf } from '#domain/tour-plan.ts';
import type { TourEvent } from '#domain/tour-state.ts';
import { database } from '#client/store/database.ts';
import { readSetting } from '#client/store/settings.ts';
import { beginWalk, forgetTrack, rateTour, ratingOf, stepWalk, takeWalkUp } from '#client/store/walks.ts';
import { idOf, offset, START, tourOf } from '../../../support/walker.ts';

const LINE = [
  [0, 0],
  [600, 0],
  [600, 600],
] as const;
const tour = tourOf(LINE, LINE);
const plan = planOf(tour);
const eventId = randomUUID();
const row = () => database().walks.get(tour.slug);
const fix = (metres: number, seconds: number): TourEvent => {
  const at = START + seconds * 1000;
  return { kind: 'fix', now: at, fix: { ...offset(tour.stops[0]!.position, metres, 0), accuracy: 5, at } };
};

beforeEach(async () => {
  await database().delete();
  await database().open();
});

describe('a walk in the store', () => {
  test('is written down after every event, with the track, and holds its map', async () => {
    await beginWalk(plan, eventId, START);
    expect(Object.keys((await readSetting(database(), 'packHolds')) ?? {})).toEqual([`walk ${tour.slug}`]);
    const announced: unknown[] = [];
    for (const [metres, seconds] of [
      [0, 1],
      [1, 6],
      [2, 11],
    ] as const) {
      const step = await stepWalk(plan, fix(metres, seconds));
      expect((await row())?.state).toEqual(step?.state);
      announced.push(...(step?.announcements ?? []));
    }
    expect(announced).toEqual([{ kind: 'arrived', stop: idOf(0), by: 'position' }]);
    expect((await row())?.state).toMatchObject({ phase: 'at_stop', stop: idOf(0) });
    expect(await database().track.count()).toBe(3);
    await stepWalk(plan, { kind: 'ended', at: START + 60_000 });
    expect(await readSetting(database(), 'packHolds')).toEqual({});
  });

  test('two tabs that follow it at once lose no step of each other', async () => {
    await beginWalk(plan, eventId, START);
    await Promise.all([
      stepWalk(plan, { kind: 'arrived', at: START, by: 'hand' }),
      stepWalk(plan, { kind: 'next', at: START }),
      stepWalk(plan, { kind: 'arrived', at: START, by: 'hand' }),
    ]);
    expect((await row())?.state).toMatchObject({ phase: 'at_stop', stop: idOf(1) });
  });

  test('goes on after the app is gone, and on another line from the last stop that is sure', async () => {
    await beginWalk(plan, eventId, START);
    await stepWalk(plan, { kind: 'arrived', at: START, by: 'hand' });
    await stepWalk(plan, { kind: 'next', at: START });
    for (let i = 0; i <= 20; i++) await stepWalk(plan, fix(i * 10, 10 + i * 8));
    const { progress } = (await row())!.state;
    expect(progress).toBeGreaterThan(150);
    await takeWalkUp(plan);
    expect((await row())?.state.progress).toBe(progress);
    await takeWalkUp(
      planOf(
        tourOf(
          [
            [0, 0],
            [300, 200],
            [600, 0],
            [600, 600],
          ],
          LINE,
        ),
      ),
    );
    expect((await row())?.state).toMatchObject({ progress: 0, phase: 'walking', stop: idOf(1) });
  });

  test('begun anew its track begins anew; the track alone can be forgotten', async () => {
    await beginWalk(plan, eventId, START);
    await stepWalk(plan, fix(0, 1));
    await beginWalk(plan, eventId, START + 1000);
    expect(await database().track.count()).toBe(0);
    await stepWalk(plan, fix(0, 5));
    await forgetTrack(tour.slug);
    expect(await database().track.count()).toBe(0);
    expect(await row()).toBeDefined();
  });

  test('no walk, no step', async () => {
    expect(await stepWalk(plan, { kind: 'tick', at: START })).toBeUndefined();
  });
});

test('A1 a rating shows at once, the latest over the one before and over what the server has', async () => {
  const rating = ratingOf(eventId);
  const seen: unknown[] = [];
  const leave = rating.subscribe(() => seen.push(rating.get()));
  await expect.poll(() => rating.get()).toBeNull();
  await rateTour({ eventId, rating: 2, remark: 'Trop vite.' });
  await expect.poll(() => rating.get()).toEqual({ eventId, rating: 2, remark: 'Trop vite.', pending: true });
  await rateTour({ eventId, rating: 5 });
  await expect.poll(() => rating.get()).toEqual({ eventId, rating: 5, pending: true });
  expect((await database().outbox.toArray()).map((one) => one.seq)).toEqual([1, 2]);
  leave();
});
