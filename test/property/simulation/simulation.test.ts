import { expect, test } from 'vitest';
import { describeFailure } from './failure.ts';
import { simulate } from './simulate.ts';

/** How long the short run may take, milliseconds; the long one is `npm run test:soak`. */
const BUDGET = 20_000;

test('invariants 1 to 12 hold in every life that there is time for', { timeout: 120_000 }, async () => {
  const started = performance.now();
  let runs = 0;
  for (; performance.now() - started < BUDGET; runs++) {
    const report = await simulate(`short-${runs}`);
    expect(report.failure && describeFailure(report)).toBeUndefined();
  }
  expect(runs).toBeGreaterThan(0);
});

test('the same seed is the same life', async () => {
  const [one, other] = [await simulate('twice'), await simulate('twice')];
  expect(one.trace).toEqual(other.trace);
  expect(one.steps).toBe(other.steps);
});
