import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Line, Point, Ring } from '#server/packs/rings.ts';
import { area, boxRing, closings, contains, join, middle, polygonsOf } from '#server/packs/rings.ts';

const square = (x: number, y: number, side: number): Ring => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
  [x, y],
];

test('pieces of a ring, in any order and direction, are one ring again', () => {
  const corners = Array.from({ length: 12 }, (_, i): Point => [
    Math.cos((i * Math.PI) / 6),
    Math.sin((i * Math.PI) / 6),
  ]);
  const ring = [...corners, corners[0]!];
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 1, max: 11 }), { maxLength: 6 }),
      fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
      fc.nat(),
      (cuts, turned, order) => {
        const at = [0, ...cuts.toSorted((a, b) => a - b), 12];
        const pieces = at.slice(1).map((end, i): Line => {
          const piece = ring.slice(at[i], end + 1);
          return turned[i] ? piece.toReversed() : piece;
        });
        const shuffled = pieces.toSorted((a, b) => ((a.length * 7 + order) % 5) - ((b.length * 7 + order) % 5));
        const { rings, chains } = join(shuffled);
        expect(chains).toEqual([]);
        expect(rings).toHaveLength(1);
        expect(Math.abs(area(rings[0]!))).toBeCloseTo(3, 9);
      },
    ),
  );
});

test('what does not close stays open', () => {
  const { rings, chains } = join([
    [
      [0, 0],
      [1, 0],
    ],
    [
      [1, 0],
      [1, 1],
    ],
    [
      [5, 5],
      [6, 6],
    ],
  ]);
  expect(rings).toEqual([]);
  expect(chains).toHaveLength(2);
  expect(chains.find((chain) => chain.length === 3)).toEqual([
    [0, 0],
    [1, 0],
    [1, 1],
  ]);
});

test('a hole belongs to the smallest shore around it', () => {
  const [lake, island, pond] = [square(0, 0, 10), square(2, 2, 6), square(4, 4, 1)];
  expect(polygonsOf([lake, island], [pond]).find((polygon) => polygon.length === 2)).toEqual([island, pond]);
  expect(polygonsOf([lake], [square(20, 20, 1)])).toEqual([[lake]]);
});

describe('what leaves the area is closed along its border', () => {
  const box = [0, 0, 10, 10] as const;
  const whole = area(boxRing(box));
  const total = (rings: readonly Ring[]): number => rings.reduce((sum, ring) => sum + Math.abs(area(ring)), 0);

  test('a river from edge to edge cuts the area in two', () => {
    const [one, other] = closings(
      [
        [
          [3, 0],
          [3, 10],
        ],
      ],
      box,
    )!;
    expect(new Set([total(one), total(other)].map(Math.round))).toEqual(new Set([30, 70]));
    const left: Point = [1, 5];
    expect(one.some((ring) => contains(ring, left))).not.toBe(other.some((ring) => contains(ring, left)));
  });

  test('two banks enclose the water between them, or all the rest', () => {
    const banks: Line[] = [
      [
        [3, 0],
        [3, 10],
      ],
      [
        [5, 10],
        [5, 0],
      ],
    ];
    const sizes = closings(banks, box)!.map((rings) => Math.round(total(rings)));
    expect(sizes.toSorted((a, b) => a - b)).toEqual([20, 80]);
  });

  test('a shore around a corner', () => {
    const [one, other] = closings(
      [
        [
          [0, 4],
          [4, 4],
          [4, 0],
        ],
      ],
      box,
    )!;
    expect([total(one), total(other)].map(Math.round).toSorted((a, b) => a - b)).toEqual([16, 84]);
  });

  test('both ways together are always the whole area', () => {
    const side = fc.record({ edge: fc.nat(3), at: fc.integer({ min: 1, max: 99 }) });
    const onEdge = ({ edge, at }: { edge: number; at: number }): Point =>
      [
        [at / 10, 0],
        [10, at / 10],
        [at / 10, 10],
        [0, at / 10],
      ][edge] as unknown as Point;
    fc.assert(
      fc.property(side, side, (from, to) => {
        const [a, b] = [onEdge(from), onEdge(to)];
        fc.pre(from.edge !== to.edge);
        const [one, other] = closings([[a, [5, 5], b]], box)!;
        expect(total(one) + total(other)).toBeCloseTo(whole, 6);
      }),
    );
  });

  test('nothing at all is not closed', () => {
    expect(closings([], box)).toBeUndefined();
  });
});

test('a name stands within the shape that it names, whatever its form', () => {
  const horseshoe: Ring = [
    [0, 0],
    [10, 0],
    [10, 10],
    [8, 10],
    [8, 2],
    [2, 2],
    [2, 10],
    [0, 10],
    [0, 0],
  ];
  expect(contains(horseshoe, middle(horseshoe))).toBe(true);
  expect(middle(square(0, 0, 4))).toEqual([2, 2]);
});
