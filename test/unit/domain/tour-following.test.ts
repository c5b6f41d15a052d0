import { gunzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { distanceBetween } from '#domain/bearing.ts';
import type { Tour } from '#domain/programme.ts';
import { resumeTour } from '#domain/tour-following.ts';
import { plannedStart, planOf } from '#domain/tour-plan.ts';
import { placeAt } from '#domain/tour-route.ts';
import { simplified } from '#domain/tour-simplify.ts';
import { viewOf } from '#domain/tour-view.ts';
import { readGpx } from '#interop/gpx-read.ts';
import { Follower, idOf, offset, Receiver, START, tourOf } from '../../support/walker.ts';

const LINE = [
  [0, 0],
  [600, 0],
  [600, 600],
] as const;
const STOPS = [
  [0, 0],
  [600, 0],
  [600, 600],
] as const;
const good = (): Receiver => new Receiver(7, 4);
const minutes = (n: number): number => n * 60_000;

describe('arriving', () => {
  test('by position: after a moment in the circle, not by walking past its edge', () => {
    const follower = new Follower(planOf(tourOf(LINE, STOPS)));
    const at = follower.plan.tour.stops[0]!.position;
    follower.see({ ...at, accuracy: 5, at: follower.now });
    expect(follower.state.phase).toBe('walking');
    follower.stand(at, 5, good());
    expect(follower.state.phase).toBe('at_stop');
  });

  test('a circle is wider where the phone or the stop is inexact', () => {
    const stops = STOPS.map(([x, y]) => [x, y] as const);
    const tour = tourOf(LINE, stops);
    const inexact: Tour = {
      ...tour,
      stops: tour.stops.map((stop) => ({ ...stop, position: { ...stop.position, approximate: true as const } })),
    };
    const near = offset(tour.stops[0]!.position, -45, 0);
    const arrives = (one: Tour): boolean => {
      const follower = new Follower(planOf(one));
      follower.stand(near, 10, good());
      return follower.state.phase === 'at_stop';
    };
    expect([arrives(tour), arrives(inexact)]).toEqual([false, true]);
  });

  test('by hand, without any position: step by step to the end', () => {
    const follower = new Follower(planOf(tourOf(LINE, STOPS)));
    follower.do({ kind: 'position', at: follower.now, state: 'denied' });
    for (let i = 0; i < 3; i++) {
      follower.do({ kind: 'arrived', at: follower.now, by: 'hand' });
      follower.do({ kind: 'next', at: follower.now });
    }
    expect(follower.state.phase).toBe('finished');
    expect(follower.said.map((one) => one.kind)).toEqual(['arrived', 'leg', 'arrived', 'leg', 'arrived', 'finished']);
    expect(Object.values(follower.state.stops).map((one) => one.how)).toEqual(['hand', 'hand', 'hand']);
  });

  test('by the code of a later stop: what lies between is missed, and may be made good', () => {
    const follower = new Follower(planOf(tourOf(LINE, STOPS)));
    follower.do({ kind: 'arrived', at: follower.now, by: 'code', stop: idOf(2) });
    expect(follower.said).toEqual([
      { kind: 'missed', stop: idOf(0) },
      { kind: 'missed', stop: idOf(1) },
      { kind: 'arrived', stop: idOf(2), by: 'code' },
    ]);
    follower.do({ kind: 'arrived', at: follower.now, by: 'code', stop: idOf(0) });
    expect(follower.state.stops[idOf(0)]?.how).toBe('code');
    expect(follower.state.stop).toBe(idOf(2));
    follower.do({ kind: 'arrived', at: follower.now, by: 'code', stop: idOf(0) });
    expect(follower.count('arrived')).toBe(2);
  });

  test('a stop in a yard is reached where the line is nearest to it', () => {
    const follower = new Follower(
      planOf(
        tourOf(LINE, [
          [0, 0],
          [400, 60],
          [600, 600],
        ]),
      ),
    );
    follower.stand(placeAt(follower.plan.route, 0), 10, good());
    follower.walk(0, 400, good());
    follower.stand(placeAt(follower.plan.route, 400), 10, good());
    expect(follower.state.stops[idOf(1)]?.how).toBe('position');
  });

  test('the end of a loop is no arrival at its beginning', () => {
    const loop = [
      [0, 0],
      [400, 0],
      [400, 400],
      [0, 400],
      [0, 0],
    ] as const;
    const follower = new Follower(
      planOf(
        tourOf(loop, [
          [0, 0],
          [0, 0],
        ]),
      ),
    );
    follower.stand(placeAt(follower.plan.route, 0), 20, good());
    follower.do({ kind: 'next', at: follower.now });
    follower.stand(placeAt(follower.plan.route, 0), 60, good());
    expect(follower.state.phase).toBe('walking');
    follower.walk(0, follower.plan.route.length, good());
    follower.stand(placeAt(follower.plan.route, 0), 20, good());
    expect(follower.state.stops[idOf(1)]?.how).toBe('position');
  });

  test('whoever walks on from a stop is on the way to the next, and whoever strolls around it is not', () => {
    const follower = new Follower(planOf(tourOf(LINE, STOPS)));
    follower.stand(placeAt(follower.plan.route, 0), 10, good());
    follower.stand(offset(placeAt(follower.plan.route, 0), 25, -15), 60, good());
    expect(follower.state.phase).toBe('at_stop');
    follower.walk(20, 120, good());
    expect([follower.state.phase, follower.state.stop]).toEqual(['walking', idOf(1)]);
  });

  test('at a later stop for a minute, by another way: those between are missed', () => {
    const follower = new Follower(planOf(tourOf(LINE, STOPS)));
    follower.stand(placeAt(follower.plan.route, 0), 10, good());
    follower.walk(0, 150, good());
    const at = follower.plan.tour.stops[2]!.position;
    follower.now += minutes(10);
    follower.stand(at, 90, good());
    expect(follower.state.stops[idOf(1)]?.how).toBe('missed');
    expect(follower.state.stops[idOf(2)]?.how).toBe('position');
  });
});

describe('what is said of distance and time', () => {
  const tour: Tour = {
    ...tourOf(LINE, STOPS),
    stops: tourOf(LINE, STOPS).stops.map((stop, i) => ({ ...stop, dwell: 10, ...(i === 2 ? { after: 60 } : {}) })),
  };
  const plan = planOf(tour);

  test('the hours of stops are the organiser\u2019s, else reckoned from way, pace and stay', () => {
    // 600 m at 4 km/h are nine minutes.
    expect(plan.minutes).toEqual([0, 19, 60]);
  });

  test('"the 14:19 stop: you will be 6 minutes late"', () => {
    const follower = new Follower(plan, START);
    follower.do({ kind: 'arrived', at: START, by: 'hand' });
    // Ten minutes are to be spent here: six too many have gone by.
    follower.now = START + minutes(16);
    expect(viewOf(plan, follower.state, follower.now).schedule).toEqual({
      index: 1,
      plannedAt: START + minutes(19),
      late: 6,
    });
    follower.do({ kind: 'next', at: follower.now });
    follower.do({ kind: 'tick', at: follower.now });
    expect(follower.said.at(-1)).toEqual({ kind: 'late', stop: idOf(1), minutes: 6 });
    follower.do({ kind: 'tick', at: follower.now + minutes(1) });
    expect(follower.count('late')).toBe(1);
    follower.do({ kind: 'tick', at: follower.now + minutes(5) });
    expect(follower.count('late')).toBe(2);
  });

  test('nothing is late on a walk of one\u2019s own', () => {
    const follower = new Follower(plan);
    follower.do({ kind: 'tick', at: START + minutes(500) });
    expect(follower.count('late')).toBe(0);
    expect(viewOf(plan, follower.state, START).schedule).toBeUndefined();
  });

  test('which walk of the programme this is', () => {
    const slot = (start: string) => ({ date: '2026-11-24', start, end: '16:00', zone: 'Europe/Paris' });
    const at = (clock: string): number => Date.parse(`2026-11-24T${clock}:00+01:00`);
    expect(plannedStart([slot('14:00')], at('13:10'))).toBe(at('14:00'));
    expect(plannedStart([slot('14:00')], at('12:30'))).toBeUndefined();
    expect(plannedStart([slot('14:00')], at('16:20'))).toBe(at('14:00'));
    expect(plannedStart([slot('14:00'), slot('15:00')], at('14:50'))).toBe(at('15:00'));
    expect(plannedStart([{ date: '2026-11-24', zone: 'Europe/Paris' }], at('14:00'))).toBeUndefined();
  });

  test('metres count along the line, and as the crow flies where there is none', () => {
    const follower = new Follower(plan);
    follower.stand(placeAt(plan.route, 0), 10, good());
    follower.walk(0, 200, good());
    const { metres, direction } = viewOf(plan, follower.state, follower.now);
    expect(Math.abs(metres - 400)).toBeLessThan(25);
    expect(direction).toBe('e');
    const { route: _, ...straight } = tour;
    const crow = new Follower(planOf(straight));
    crow.stand(offset(tour.stops[0]!.position, 0, -300), 10, good());
    expect(Math.abs(viewOf(crow.plan, crow.state, crow.now).metres - 390)).toBeLessThan(30);
  });
});

describe('the position', () => {
  test('quiet for long it is lost, and found again it is said', () => {
    const follower = new Follower(planOf(tourOf(LINE, STOPS)));
    follower.stand(placeAt(follower.plan.route, 0), 10, good());
    follower.do({ kind: 'tick', at: follower.now + 60_000 });
    expect(follower.state.position).toBe('on');
    follower.do({ kind: 'tick', at: follower.now + 100_000 });
    expect(follower.state.position).toBe('lost');
    follower.now += 110_000;
    follower.see({ ...placeAt(follower.plan.route, 0), accuracy: 5, at: follower.now });
    expect(follower.said.slice(-2).map((one) => one.kind)).toEqual(['position_lost', 'position_found']);
  });

  test('measured long ago, or to the nearest quarter, it says nothing', () => {
    const follower = new Follower(planOf(tourOf(LINE, STOPS)));
    const far = placeAt(follower.plan.route, 500);
    follower.do({ kind: 'fix', fix: { ...far, accuracy: 5, at: follower.now - 60_000 }, now: follower.now });
    follower.do({ kind: 'fix', fix: { ...far, accuracy: 900, at: follower.now }, now: follower.now });
    expect(follower.state.progress).toBe(0);
    expect(follower.state.position).toBe('off');
    expect(follower.state.heard?.accuracy).toBe(900);
  });

  test('a clock that is set back does not make every later fix old', () => {
    const follower = new Follower(planOf(tourOf(LINE, STOPS)));
    follower.now += minutes(60 * 24);
    follower.stand(placeAt(follower.plan.route, 0), 3, good());
    follower.now = START;
    follower.stand(placeAt(follower.plan.route, 0), 10, good());
    expect(follower.state.phase).toBe('at_stop');
  });

  test('nothing is followed in a pause', () => {
    const follower = new Follower(planOf(tourOf(LINE, STOPS)));
    follower.do({ kind: 'paused', at: follower.now });
    follower.stand(placeAt(follower.plan.route, 0), 30, good());
    expect(follower.said).toEqual([]);
    follower.do({ kind: 'resumed', at: follower.now });
    follower.stand(placeAt(follower.plan.route, 0), 10, good());
    expect(follower.count('arrived')).toBe(1);
  });
});

test('a tour that its organiser has changed goes on: what was seen stays seen, and the next is the first that was not', () => {
  const follower = new Follower(planOf(tourOf(LINE, STOPS)));
  follower.do({ kind: 'arrived', at: START, by: 'hand' });
  follower.do({ kind: 'next', at: START });
  const shorter: Tour = { ...follower.plan.tour, stops: [follower.plan.tour.stops[0]!, follower.plan.tour.stops[2]!] };
  const plan = planOf(shorter);
  const resumed = resumeTour(plan, follower.state);
  expect([resumed.stop, resumed.phase]).toEqual([idOf(2), 'walking']);
  expect(resumed.stops).toEqual(follower.state.stops);
  const none = resumeTour(planOf({ ...shorter, stops: [shorter.stops[0]!] }), follower.state);
  expect([none.stop, none.phase]).toEqual([idOf(0), 'at_stop']);
});

test('a real run of 5 km, a fix a second, follows the line that is made of it and arrives at what lies along it', () => {
  const read = readGpx(gunzipSync(readFileSync('test/fixtures/run-tomtom.gpx.gz')).toString('utf8'));
  const track = read.kind === 'read' ? read.gpx.tracks[0]! : [];
  const line = simplified(track, 8);
  const places = [0, 500, 1000, 1500, 2199].map((i) => track[i]!);
  const tour: Tour = {
    slug: 'course',
    title: { fr: 'Course' },
    stops: places.map(({ lat, lon }, i) => ({ id: idOf(i), title: { fr: String(i) }, position: { lat, lon } })),
    route: line.map(({ lat, lon }) => [lat, lon] as const),
  };
  const follower = new Follower(planOf(tour));
  let progress = 0;
  for (const fix of track) {
    follower.now += 1000;
    follower.see({ ...fix, accuracy: 6, at: follower.now });
    expect(follower.state.progress).toBeGreaterThanOrEqual(progress);
    ({ progress } = follower.state);
  }
  expect(follower.said.filter((one) => one.kind === 'arrived').map((one) => one.stop)).toEqual(
    [0, 1, 2, 3, 4].map(idOf),
  );
  expect(follower.count('missed')).toBe(0);
  expect(follower.count('astray')).toBe(0);
  const end = placeAt(follower.plan.route, progress);
  expect(distanceBetween(end, track.at(-1)!)).toBeLessThan(30);
});
