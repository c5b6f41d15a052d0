import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { departments, departmentsOf } from '#domain/regions.ts';
import { readOutlines } from '#interop/outlines.ts';
import { layoutDepartments } from '#client/map/department-layout.ts';
import { stepsOf } from '#client/map/department-steps.ts';

const outlines = readOutlines(
  readFileSync(new URL('../../../../src/interop/outlines/outlines.topo', import.meta.url), 'utf8'),
);

test('every département is drawn within the picture, those around Paris twice', () => {
  const { shapes, width, height, frames } = layoutDepartments(outlines, undefined);
  expect(new Set(shapes.map((shape) => shape.code))).toEqual(new Set(departments.map((one) => one.code)));
  expect(
    shapes
      .filter((shape) => shape.again)
      .map((shape) => shape.code)
      .toSorted(),
  ).toEqual(['75', '92', '93', '94']);
  expect(frames).toHaveLength(6);
  for (const { path } of shapes) {
    expect(path).toMatch(/^M[\d. LMZ]+Z$/);
    for (const [, x, y] of path.matchAll(/(\d+\.\d) (\d+\.\d)/g)) {
      expect(Number(x)).toBeLessThanOrEqual(width);
      expect(Number(y)).toBeLessThanOrEqual(height);
    }
  }
});

test('a region is drawn by itself, an overseas one too', () => {
  for (const code of ['53', '11', '04']) {
    const { shapes, height } = layoutDepartments(outlines, code);
    expect(shapes.map((shape) => shape.code).toSorted()).toEqual(departmentsOf(code).map((one) => one.code));
    expect(height).toBeGreaterThanOrEqual(260);
  }
  expect(layoutDepartments(outlines, 'FR').shapes).toEqual([]);
});

test('shades hold every count once, and no more of them than there are counts', () => {
  expect(stepsOf([0, 0])).toEqual([]);
  expect(stepsOf([0, 1])).toEqual([[1, 1]]);
  expect(stepsOf([0, 1, 2])).toEqual([
    [1, 1],
    [2, 2],
  ]);
  expect(stepsOf([4, 40, 9])).toEqual([
    [1, 4],
    [5, 13],
    [14, 40],
  ]);
});
