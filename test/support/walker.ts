import fc from 'fast-check';
import type { Tour, TourStop } from '#domain/programme.ts';
import type { Fix } from '#domain/tour-fixes.ts';
import { followTour, startTour } from '#domain/tour-following.ts';
import type { TourPlan } from '#domain/tour-plan.ts';
import type { LatLon } from '#domain/tour-route.ts';
import { placeAt } from '#domain/tour-route.ts';
import type { TourAnnouncement, TourEvent, TourState } from '#domain/tour-state.ts';

/** Walks to test with: lines of every shape, people who follow them, and phones that measure badly. */
export const START = Date.UTC(2026, 10, 24, 13, 0);

const METRES_A_DEGREE = 111_195;
const ORIGIN: LatLon = { lat: 43.61, lon: 3.88 };

/** A point so many metres east and north of somewhere. */
export function offset(from: LatLon, east: number, north: number): LatLon {
  return {
    lat: from.lat + north / METRES_A_DEGREE,
    lon: from.lon + east / (METRES_A_DEGREE * Math.cos((from.lat * Math.PI) / 180)),
  };
}

type Metres = readonly [east: number, north: number];

export function tourOf(line: readonly Metres[], stops: readonly Metres[], more: Partial<Tour> = {}): Tour {
  return {
    slug: 'essai',
    title: { fr: 'Essai' },
    stops: stops.map(([x, y], i): TourStop => ({
      id: idOf(i),
      title: { fr: `Étape ${i + 1}` },
      position: offset(ORIGIN, x, y),
    })),
    route: line.map(([x, y]) => {
      const { lat, lon } = offset(ORIGIN, x, y);
      return [lat, lon] as const;
    }),
    ...more,
  };
}

export function idOf(index: number): string {
  return `00000000-0000-8000-8000-${String(index + 1).padStart(12, '0')}`;
}

/** The point of a line at a distance from its start, in metres. */
export function pointOf(line: readonly Metres[], distance: number): Metres {
  let left = distance;
  for (let i = 1; i < line.length; i++) {
    const [[ax, ay], [bx, by]] = [line[i - 1]!, line[i]!];
    const size = Math.hypot(bx - ax, by - ay);
    if (left <= size || i === line.length - 1) {
      const share = size === 0 ? 0 : Math.min(1, left / size);
      return [ax + (bx - ax) * share, ay + (by - ay) * share];
    }
    left -= size;
  }
  return line[0]!;
}

function lengthOf(line: readonly Metres[]): number {
  let sum = 0;
  for (let i = 1; i < line.length; i++) sum += Math.hypot(line[i]![0] - line[i - 1]![0], line[i]![1] - line[i - 1]![1]);
  return sum;
}

/** Streets that turn but never come back: each piece goes east or north. */
const staircase = fc
  .array(fc.tuple(fc.integer({ min: 60, max: 320 }), fc.boolean()), { minLength: 4, maxLength: 10 })
  .map((pieces) => {
    const line: Metres[] = [[0, 0]];
    for (const [size, east] of pieces) {
      const [x, y] = line.at(-1)!;
      line.push(east ? [x + size, y + size / 8] : [x + size / 8, y + size]);
    }
    return line;
  });

/** Round and back to the start. */
const loop = fc.tuple(fc.integer({ min: 120, max: 400 }), fc.integer({ min: 6, max: 24 })).map(([radius, corners]) =>
  Array.from({ length: corners + 1 }, (_, i): Metres => {
    const turn = (i / corners) * 2 * Math.PI;
    return [radius * Math.sin(turn), radius - radius * Math.cos(turn)];
  }),
);

/** Crosses its own way in the middle. */
const eight = fc.integer({ min: 150, max: 350 }).map((radius) =>
  Array.from({ length: 33 }, (_, i): Metres => {
    const turn = (i / 32) * 2 * Math.PI;
    return [radius * Math.sin(turn), radius * Math.sin(turn) * Math.cos(turn)];
  }),
);

/** There and back by the same street. */
const thereAndBack = fc.integer({ min: 500, max: 900 }).map((size): Metres[] => [
  [0, 0],
  [size / 2, 30],
  [size, 0],
  [size / 2, 30],
  [0, 0],
]);

export interface Walk {
  readonly tour: Tour;
  readonly line: readonly Metres[];
  /** Where the stops are along the line. */
  readonly at: readonly number[];
}

function walkOn(shape: fc.Arbitrary<readonly Metres[]>): fc.Arbitrary<Walk> {
  return fc.tuple(shape, fc.integer({ min: 1, max: 4 })).map(([line, legs]) => {
    const size = lengthOf(line);
    // Stops far enough apart that their circles do not touch.
    const count = Math.max(1, Math.min(legs, Math.floor(size / 250)));
    const at = Array.from({ length: count + 1 }, (_, i) => (i / count) * size);
    return {
      tour: tourOf(
        line,
        at.map((metres) => pointOf(line, metres)),
      ),
      line,
      at,
    };
  });
}

export const simpleWalk = walkOn(staircase);
export const anyWalk = fc.oneof(simpleWalk, walkOn(loop), walkOn(eight), walkOn(thereAndBack));

/** Chance from a seed, so that a run that failed is run again. */
export function chance(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}

/** A phone whose errors drift, as they do between houses, instead of jumping around the truth. */
export class Receiver {
  #east = 0;
  #north = 0;
  readonly #next: () => number;
  readonly accuracy: number;

  constructor(seed: number, accuracy: number) {
    this.#next = chance(seed);
    this.accuracy = accuracy;
  }

  #normal(): number {
    return Math.sqrt(-2 * Math.log(this.#next() || 1e-9)) * Math.cos(2 * Math.PI * this.#next());
  }

  fix(truth: LatLon, at: number): Fix {
    const keep = 0.9;
    const fresh = Math.sqrt(1 - keep ** 2) * (this.accuracy / 1.5);
    this.#east = keep * this.#east + fresh * this.#normal();
    this.#north = keep * this.#north + fresh * this.#normal();
    return { ...offset(truth, this.#east, this.#north), accuracy: this.accuracy, at };
  }
}

/** A tour under way: every event with what it led to. */
export class Follower {
  readonly plan: TourPlan;
  state: TourState;
  now = START;
  readonly said: TourAnnouncement[] = [];
  /** Called after every event, with the state before it. */
  onStep: ((before: TourState, event: TourEvent, said: readonly TourAnnouncement[]) => void) | undefined;

  constructor(plan: TourPlan, plannedStart?: number) {
    this.plan = plan;
    this.state = startTour(plan, START, plannedStart);
  }

  do(event: TourEvent): void {
    const before = this.state;
    const step = followTour(this.plan, before, event);
    this.state = step.state;
    this.said.push(...step.announcements);
    this.onStep?.(before, event, step.announcements);
  }

  /** @param fix measured now */
  see(fix: Fix): void {
    this.do({ kind: 'fix', fix, now: this.now });
  }

  /** Walks a stretch of the line, a fix every so many seconds. Backwards when the end is before the beginning. */
  walk(from: number, to: number, receiver: Receiver, options: { speed?: number; every?: number } = {}): void {
    const { speed = 1.3, every = 1 } = options;
    const step = Math.sign(to - from) * speed * every;
    const count = Math.ceil(Math.abs(to - from) / (speed * every));
    for (let i = 1; i <= count; i++) {
      const along = i === count ? to : from + step * i;
      this.now += every * 1000;
      this.see(receiver.fix(placeAt(this.plan.route, along), this.now));
    }
  }

  /** Stands still. */
  stand(at: LatLon, seconds: number, receiver: Receiver, every = 1): void {
    for (let i = 0; i < seconds; i += every) {
      this.now += every * 1000;
      this.see(receiver.fix(at, this.now));
    }
  }

  count(kind: TourAnnouncement['kind']): number {
    return this.said.filter((one) => one.kind === kind).length;
  }
}
