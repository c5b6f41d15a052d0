import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LatLon } from '#domain/tour-route.ts';
import { placeAt } from '#domain/tour-route.ts';
import { followTour, resumeTour } from '#domain/tour-following.ts';
import { planOf } from '#domain/tour-plan.ts';
import type { TourAnnouncement, TourEvent, TourState } from '#domain/tour-state.ts';
import { indexOf } from '#domain/tour-view.ts';
import { anyWalk, Follower, offset, Receiver, simpleWalk, START } from '../support/walker.ts';
import type { Walk } from '../support/walker.ts';

/** Where chance measures badly, one phone in thousands misses a circle: the same phones each time. */
const SAME = 20_261_124;

const seed = fc.integer({ min: 1, max: 2 ** 31 - 1 });
const accuracy = fc.constantFrom(4, 8, 12, 18);

/** Walks the whole tour and stands a while at each stop. */
function walkAll(follower: Follower, walk: Walk, receiver: Receiver, every = 1): void {
  let at = 0;
  for (const [n, stop] of follower.plan.route.stops.entries()) {
    follower.walk(at, stop, receiver, { every });
    follower.stand(walk.tour.stops[n]!.position, 60, receiver, every);
    at = stop;
  }
}

describe('who follows the line', () => {
  test('arrives at every stop, in order, once, by position alone, however bad the phone and whatever the line', () => {
    fc.assert(
      fc.property(anyWalk, seed, accuracy, fc.constantFrom(1, 3), (walk, seed, accuracy, every) => {
        const plan = planOf(walk.tour);
        const follower = new Follower(plan);
        walkAll(follower, walk, new Receiver(seed, accuracy), every);
        const arrived = follower.said.filter((one) => one.kind === 'arrived').map((one) => one.stop);
        expect(arrived).toEqual(walk.tour.stops.map((stop) => stop.id));
        expect(follower.count('missed')).toBe(0);
        expect(follower.state.phase).toBe('at_stop');
      }),
      { numRuns: 150, seed: SAME },
    );
  });

  test('is never said to be away from it or going backwards with a phone that measures well', () => {
    fc.assert(
      fc.property(anyWalk, seed, (walk, seed) => {
        const follower = new Follower(planOf(walk.tour));
        walkAll(follower, walk, new Receiver(seed, 6));
        expect(follower.count('astray')).toBe(0);
      }),
      { numRuns: 100, seed: SAME },
    );
  });

  test('is where they are: what is shown is at most a few dozen metres off the truth', () => {
    fc.assert(
      fc.property(anyWalk, seed, accuracy, (walk, seed, accuracy) => {
        const plan = planOf(walk.tour);
        const follower = new Follower(plan);
        const receiver = new Receiver(seed, accuracy);
        const [first, second] = plan.route.stops;
        follower.stand(placeAt(plan.route, first!), 20, receiver);
        follower.walk(first!, second!, receiver);
        // Half-way along the leg nothing of its ends plays in.
        const half = new Follower(plan);
        const again = new Receiver(seed, accuracy);
        half.stand(placeAt(plan.route, first!), 20, again);
        const middle = (first! + second!) / 2;
        half.walk(first!, middle, again);
        expect(Math.abs(half.state.progress - middle)).toBeLessThan(45 + 4 * accuracy);
      }),
      { numRuns: 100, seed: SAME },
    );
  });
});

/** Anything at all, the person's own way back left out. */
const anyEvent = (walk: Walk): fc.Arbitrary<(now: number) => TourEvent> => {
  const { stops } = walk.tour;
  const place: fc.Arbitrary<LatLon> = fc.oneof(
    fc
      .tuple(fc.constantFrom(...stops), fc.integer({ min: -60, max: 60 }), fc.integer({ min: -60, max: 60 }))
      .map(([stop, x, y]) => offset(stop.position, x, y)),
    fc.double({ min: 0, max: 1, noNaN: true }).map((share) => {
      const { route } = planOf(walk.tour);
      return placeAt(route, share * route.length);
    }),
    fc.record({
      lat: fc.double({ min: -90, max: 90, noNaN: true }),
      lon: fc.double({ min: -180, max: 180, noNaN: true }),
    }),
  );
  return fc.oneof(
    {
      weight: 12,
      arbitrary: fc
        .tuple(place, fc.integer({ min: 0, max: 400 }), fc.integer({ min: -60_000, max: 5000 }))
        .map(([at, accuracy, age]) => (now: number): TourEvent => ({
          kind: 'fix',
          fix: { ...at, accuracy, at: now + age },
          now,
        })),
    },
    fc
      .tuple(fc.constantFrom('hand', 'code'), fc.option(fc.constantFrom(...stops.map((stop) => stop.id), 'nobody')))
      .map(([by, stop]) => (at: number): TourEvent => ({
        kind: 'arrived',
        at,
        by,
        ...(stop === null ? {} : { stop }),
      })),
    fc.constantFrom('next', 'paused', 'resumed', 'tick', 'tick').map((kind) => (at: number): TourEvent => ({
      kind,
      at,
    })),
    fc.constantFrom('off', 'waiting', 'denied', 'unavailable').map((state) => (at: number): TourEvent => ({
      kind: 'position',
      at,
      state,
    })),
  );
};

const life = anyWalk.chain((walk) =>
  fc.tuple(
    fc.constant(walk),
    fc.array(fc.tuple(anyEvent(walk), fc.integer({ min: -3000, max: 90_000 })), { minLength: 1, maxLength: 80 }),
  ),
);

describe('whatever happens', () => {
  test('progress never decreases, no stop is passed in silence, and each is announced once', () => {
    fc.assert(
      fc.property(life, ([walk, events]) => {
        const follower = new Follower(planOf(walk.tour));
        const { plan } = follower;
        const told = new Map<string, string[]>();
        follower.onStep = (before, _, said) => {
          const { state } = follower;
          expect(state.progress).toBeGreaterThanOrEqual(before.progress);
          expect(state.progress).toBeLessThanOrEqual(plan.route.length + 1e-6);
          const [from, to] = [indexOf(plan, before.stop), indexOf(plan, state.stop)];
          expect(to).toBeGreaterThanOrEqual(from);
          for (const one of said) if ('stop' in one) told.set(one.stop, [...(told.get(one.stop) ?? []), one.kind]);
          // Everything before the present stop is either seen or missed, and was said to be so.
          for (const { id } of walk.tour.stops.slice(0, to)) {
            expect(state.stops[id]).toBeDefined();
            expect(told.get(id)!.some((kind) => kind === 'arrived' || kind === 'missed')).toBe(true);
          }
        };
        for (const [make, wait] of events) {
          follower.now += wait;
          follower.do(make(follower.now));
        }
        for (const kinds of told.values()) {
          expect(kinds.filter((kind) => kind === 'arrived').length).toBeLessThanOrEqual(1);
          expect(kinds.filter((kind) => kind === 'missed').length).toBeLessThanOrEqual(1);
          // Missed comes first, where someone went back to it.
          expect(kinds.lastIndexOf('missed')).toBeLessThanOrEqual(
            kinds.indexOf('arrived') === -1 ? kinds.length : kinds.indexOf('arrived'),
          );
        }
        if (follower.state.phase === 'finished')
          for (const { id } of walk.tour.stops) expect(follower.state.stops[id]).toBeDefined();
      }),
      { numRuns: 300 },
    );
  });

  test('a phone that dies after any event goes on as if it had not: the state is plain JSON', () => {
    fc.assert(
      fc.property(life, ([walk, events]) => {
        const plan = planOf(walk.tour);
        const follower = new Follower(plan);
        follower.onStep = (before, event) => {
          const revived = JSON.parse(JSON.stringify(before)) as TourState;
          // As text, for JSON knows no negative zero.
          expect(JSON.stringify(followTour(plan, revived, event).state)).toBe(JSON.stringify(follower.state));
        };
        for (const [make, wait] of events) {
          follower.now += wait;
          follower.do(make(follower.now));
        }
        const again = resumeTour(plan, JSON.parse(JSON.stringify(follower.state)) as TourState);
        expect([again.stop, again.phase, again.progress]).toEqual([
          follower.state.stop,
          follower.state.phase,
          follower.state.progress,
        ]);
      }),
      { numRuns: 100 },
    );
  });

  test('the person can always go back one step, to the very beginning', () => {
    fc.assert(
      fc.property(life, ([walk, events]) => {
        const follower = new Follower(planOf(walk.tour));
        for (const [make, wait] of events) {
          follower.now += wait;
          follower.do(make(follower.now));
        }
        for (let i = 0; i < 2 * walk.tour.stops.length + 1; i++) follower.do({ kind: 'back', at: follower.now });
        expect([follower.state.stop, follower.state.phase]).toEqual([walk.tour.stops[0]!.id, 'walking']);
        expect(follower.state.progress).toBe(0);
      }),
      { numRuns: 100 },
    );
  });
});

/** Seconds of good fixes after which one is found again: within the leg, and beyond a stop, which is walked for a while first. */
const FOUND_IN_LEG = 25;
const FOUND_OVER_STOP = 75;

describe('what goes wrong is found again', () => {
  test('a tunnel: after minutes without a fix the place further on is believed within seconds', () => {
    fc.assert(
      fc.property(
        simpleWalk,
        seed,
        accuracy,
        fc.double({ min: 0.1, max: 0.4, noNaN: true }),
        (walk, seed, accuracy, share) => {
          const plan = planOf(walk.tour);
          const follower = new Follower(plan);
          const receiver = new Receiver(seed, accuracy);
          const [first, second] = [plan.route.stops[0]!, plan.route.stops[1]!];
          follower.stand(placeAt(plan.route, first), 20, receiver);
          const from = first + share * (second - first);
          follower.walk(first, from, receiver);
          const out = from + 0.4 * (second - first);
          follower.now += ((out - from) / 1.3) * 1000;
          follower.walk(out, Math.min(out + FOUND_IN_LEG * 1.3, second), receiver);
          expect(Math.abs(follower.state.progress - Math.min(out + FOUND_IN_LEG * 1.3, second))).toBeLessThan(
            30 + 3 * accuracy,
          );
          expect(follower.count('missed')).toBe(0);
        },
      ),
      { numRuns: 100, seed: SAME },
    );
  });

  test('a leap: who is suddenly further on in the same leg is found there', () => {
    fc.assert(
      fc.property(simpleWalk, seed, accuracy, (walk, seed, accuracy) => {
        const plan = planOf(walk.tour);
        const follower = new Follower(plan);
        const receiver = new Receiver(seed, accuracy);
        const [first, second] = [plan.route.stops[0]!, plan.route.stops[1]!];
        follower.stand(placeAt(plan.route, first), 20, receiver);
        follower.walk(first, first + 40, receiver);
        const there = first + 0.6 * (second - first);
        const then = Math.min(there + FOUND_IN_LEG * 1.3, second);
        follower.walk(there, then, receiver);
        expect(Math.abs(follower.state.progress - then)).toBeLessThan(35 + 4 * accuracy);
      }),
      { numRuns: 100, seed: SAME },
    );
  });

  test('a short cut: whoever follows the line beyond the next stop is found there, and the stop is said to be missed', () => {
    const long = simpleWalk.filter((walk) => walk.tour.stops.length >= 3);
    fc.assert(
      fc.property(long, seed, fc.constantFrom(4, 8), (walk, seed, accuracy) => {
        const plan = planOf(walk.tour);
        const follower = new Follower(plan);
        const receiver = new Receiver(seed, accuracy);
        const [first, second, third] = plan.route.stops as [number, number, number];
        follower.stand(placeAt(plan.route, first), 20, receiver);
        follower.walk(first, first + 20, receiver);
        const there = second + 0.35 * (third - second);
        const then = Math.min(there + FOUND_OVER_STOP * 1.3, third);
        follower.walk(there, then, receiver);
        expect(follower.said.filter((one) => one.kind === 'missed').map((one) => one.stop)).toEqual([
          walk.tour.stops[1]!.id,
        ]);
        expect(Math.abs(follower.state.progress - then)).toBeLessThan(45 + 4 * accuracy);
      }),
      { numRuns: 100, seed: SAME },
    );
  });

  test('wild single fixes change nothing but the display', () => {
    fc.assert(
      fc.property(
        anyWalk,
        seed,
        fc.array(fc.integer({ min: 5, max: 300 }), { minLength: 1, maxLength: 10 }),
        (walk, seed, when) => {
          const plan = planOf(walk.tour);
          const [calm, wild] = [new Follower(plan), new Follower(plan)];
          const receiver = new Receiver(seed, 6);
          let step = 0;
          calm.onStep = (_, event) => {
            wild.do(event);
            if (event.kind !== 'fix' || !when.includes(++step)) return;
            const far = offset(event.fix, 4000, -2500);
            wild.do({ ...event, fix: { ...far, accuracy: 5, at: event.fix.at + 1 }, now: event.now + 1 });
          };
          walkAll(calm, walk, receiver);
          const told = (said: readonly TourAnnouncement[]): unknown => said.filter((one) => one.kind !== 'astray');
          expect(told(wild.said)).toEqual(told(calm.said));
          expect(Math.abs(wild.state.progress - calm.state.progress)).toBeLessThan(1);
        },
      ),
      { numRuns: 60, seed: SAME },
    );
  });

  test('backwards: who turns round is told so, keeps what they have walked, and is believed again when they come back', () => {
    fc.assert(
      fc.property(anyWalk, seed, (walk, seed) => {
        const plan = planOf(walk.tour);
        const [first, second] = [plan.route.stops[0]!, plan.route.stops[1]!];
        const turn = first + Math.min(180, 0.8 * (second - first));
        fc.pre(turn - first > 110);
        const follower = new Follower(plan);
        const receiver = new Receiver(seed, 5);
        follower.stand(placeAt(plan.route, first), 20, receiver);
        follower.walk(first, turn, receiver);
        const { progress } = follower.state;
        follower.walk(turn, first, receiver);
        expect(follower.state.progress).toBeLessThan(progress + 20);
        expect(follower.said.filter((one) => one.kind === 'astray').map((one) => one.how)).toContain('backwards');
        follower.walk(first, turn, receiver);
        expect(follower.count('back_on_route')).toBeGreaterThan(0);
        follower.walk(turn, second, receiver);
        follower.stand(placeAt(plan.route, second), 20, receiver);
        expect(follower.state.stops[walk.tour.stops[1]!.id]?.how).toBe('position');
        expect(follower.count('missed')).toBe(0);
      }),
      { numRuns: 60, seed: SAME },
    );
  });

  test('away from the line: told within seconds with the way back, once, until they are back', () => {
    fc.assert(
      fc.property(simpleWalk, seed, fc.constantFrom(4, 8), (walk, seed, accuracy) => {
        const plan = planOf(walk.tour);
        const follower = new Follower(plan);
        const receiver = new Receiver(seed, accuracy);
        const [first, second] = [plan.route.stops[0]!, plan.route.stops[1]!];
        follower.stand(placeAt(plan.route, first), 20, receiver);
        const left = (first + second) / 2;
        follower.walk(first, left, receiver);
        // South-east of a line that leads north and east: nowhere near the rest of it.
        const away = placeAt(plan.route, left);
        for (let metres = 0; metres <= 120; metres += 1.3) {
          follower.now += 1000;
          follower.see(receiver.fix(offset(away, metres, -metres), follower.now));
        }
        const told = follower.said.filter((one) => one.kind === 'astray');
        expect(told.length).toBeGreaterThan(0);
        expect(told.length).toBeLessThan(4);
        expect(follower.state.astray?.direction).toMatch(/n|w/);
        for (let metres = 120; metres >= 0; metres -= 1.3) {
          follower.now += 1000;
          follower.see(receiver.fix(offset(away, metres, -metres), follower.now));
        }
        follower.walk(left, left + 20, receiver);
        expect(follower.count('back_on_route')).toBe(1);
        expect(follower.state.astray).toBeUndefined();
        expect(follower.now).toBeGreaterThan(START);
      }),
      { numRuns: 60, seed: SAME },
    );
  });
});
