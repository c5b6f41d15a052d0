import { describe, expect, test } from 'vitest';
import { nearestOn, passesNear, placeAt, routeOf } from '#domain/tour-route.ts';
import { fitted, simplified } from '#domain/tour-simplify.ts';
import { offset, tourOf } from '../../support/walker.ts';

const ORIGIN = { lat: 43.61, lon: 3.88 };
const rounded = (numbers: readonly number[]): number[] => numbers.map((n) => Math.round(n / 5) * 5);

describe('where stops lie on a line', () => {
  test('the loop that ends where it began begins with the first stop and ends with the last', () => {
    const square = [
      [0, 0],
      [300, 0],
      [300, 300],
      [0, 300],
      [0, 0],
    ] as const;
    const route = routeOf(
      tourOf(square, [
        [0, 0],
        [300, 300],
        [0, 0],
      ]),
    );
    expect(rounded(route.stops)).toEqual([0, 600, 1200]);
  });

  test('the way there and back passes the same stop twice, and two stops there are two', () => {
    const line = [
      [0, 0],
      [600, 0],
      [0, 0],
    ] as const;
    expect(
      rounded(
        routeOf(
          tourOf(line, [
            [0, 0],
            [200, 0],
            [600, 0],
            [200, 0],
            [0, 0],
          ]),
        ).stops,
      ),
    ).toEqual([0, 200, 600, 1000, 1200]);
  });

  test('the order of the stops holds against the nearest place', () => {
    // The second stop lies nearer to the beginning of the line than to its end.
    const line = [
      [0, 0],
      [400, 0],
      [400, 60],
      [0, 60],
    ] as const;
    const route = routeOf(
      tourOf(line, [
        [390, 0],
        [100, 25],
      ]),
    );
    expect(rounded(route.stops)).toEqual([390, 760]);
  });

  test('without a line the walk is from stop to stop', () => {
    const { route: _, ...tour } = tourOf(
      [],
      [
        [0, 0],
        [300, 0],
        [300, 400],
      ],
    );
    const route = routeOf(tour);
    expect(route.kind).toBe('straight');
    expect(rounded(route.stops)).toEqual([0, 300, 700]);
    expect(rounded([route.length])).toEqual([700]);
  });

  test('one stop, one point, and points that repeat are lines too', () => {
    expect(routeOf(tourOf([], [[0, 0]])).length).toBe(0);
    const route = routeOf(
      tourOf(
        [
          [0, 0],
          [0, 0],
          [100, 0],
          [100, 0],
        ],
        [
          [0, 0],
          [100, 0],
        ],
      ),
    );
    expect(route.points).toHaveLength(2);
    expect(rounded(route.stops)).toEqual([0, 100]);
    expect(nearestOn(routeOf(tourOf([], [[0, 0]])), ORIGIN).distance).toBe(0);
  });
});

describe('where a place is on a line', () => {
  const crossing = routeOf(
    tourOf(
      [
        [-200, 0],
        [200, 0],
        [200, 200],
        [0, 200],
        [0, -200],
      ],
      [
        [-200, 0],
        [0, -200],
      ],
    ),
  );

  test('a crossing is passed twice', () => {
    expect(rounded(passesNear(crossing, ORIGIN, 30).map((snap) => snap.along))).toEqual([200, 1000]);
  });

  test('a corner is passed once, the end of a there-and-back once', () => {
    expect(passesNear(crossing, offset(ORIGIN, 205, 5), 30)).toHaveLength(1);
    const back = routeOf(
      tourOf(
        [
          [0, 0],
          [300, 0],
          [0, 0],
        ],
        [
          [0, 0],
          [300, 0],
        ],
      ),
    );
    expect(passesNear(back, offset(ORIGIN, 310, 0), 30)).toHaveLength(1);
    expect(rounded(passesNear(back, offset(ORIGIN, 100, 5), 30).map((snap) => snap.along))).toEqual([100, 500]);
  });

  test('a window looks at its part alone', () => {
    expect(rounded(passesNear(crossing, ORIGIN, 30, 500).map((snap) => snap.along))).toEqual([1000]);
    const inside = nearestOn(crossing, ORIGIN, 210, 300);
    expect(Math.round(inside.along)).toBe(210);
  });

  test('a distance is a place, and what lies beyond is the end', () => {
    const place = placeAt(crossing, 100);
    expect(nearestOn(crossing, place, 0, 300).along).toBeCloseTo(100, 0);
    expect(placeAt(crossing, -5)).toEqual(placeAt(crossing, 0));
    expect(placeAt(crossing, 1e9)).toEqual(placeAt(crossing, crossing.length));
  });
});

test('a line is thinned out without any of its points moving further than the tolerance', () => {
  const points = Array.from({ length: 500 }, (_, i) => offset(ORIGIN, i, 40 * Math.sin(i / 30)));
  const fewer = simplified(points, 3);
  expect(fewer.length).toBeLessThan(60);
  const route = routeOf({ ...tourOf([], [[0, 0]]), route: fewer.map(({ lat, lon }) => [lat, lon] as const) });
  for (const point of points) expect(nearestOn(route, point).distance).toBeLessThan(3.1);
  expect(fitted(points, 20).length).toBeLessThanOrEqual(20);
  expect(simplified(points.slice(0, 2), 3)).toHaveLength(2);
});
