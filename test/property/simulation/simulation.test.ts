import { afterAll, expect, test } from 'vitest';
import { describeFailure } from './failure.ts';
import { closeGround } from './server/postgres-machine.ts';
import type { Options } from './simulate.ts';
import { simulate } from './simulate.ts';

/** How long each short run may take, milliseconds; the long one is `npm run test:soak`. */
const kinds: readonly (Options & { readonly name: string; readonly budget: number })[] = [
  { name: 'on SQLite', budget: 10_000 },
  { name: 'on PostgreSQL', engine: 'postgres', budget: 5000 },
  { name: 'with phones on Dexie', store: 'dexie', budget: 5000 },
];

afterAll(closeGround);

for (const { name, budget, ...options } of kinds) {
  test(`invariants 1 to 12 hold ${name} in every life that there is time for`, { timeout: 120_000 }, async () => {
    const started = performance.now();
    let runs = 0;
    for (; performance.now() - started < budget; runs++) {
      const report = await simulate(`short-${runs}`, options);
      expect(report.failure && describeFailure(report)).toBeUndefined();
    }
    expect(runs).toBeGreaterThan(0);
  });
}

test('the same seed is the same life', async () => {
  const [one, other] = [await simulate('twice'), await simulate('twice')];
  expect(one.trace).toEqual(other.trace);
  expect(one.steps).toBe(other.steps);
});
