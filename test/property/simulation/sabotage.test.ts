import { describe, expect, test } from 'vitest';
import { sabotages } from './sabotage.ts';
import { simulate } from './simulate.ts';

/** Lives after which a break must have been seen. */
const LIVES = 150;

describe('the simulation can fail', () => {
  for (const { invariant, what, commit } of sabotages) {
    test(`invariant ${invariant} is seen to break when ${what}`, { timeout: 300_000 }, async () => {
      const seen = new Set<string>();
      for (let life = 0; life < LIVES && !seen.has(invariant); life++) {
        const { failure } = await simulate(`harm-${life}`, { sabotage: commit });
        if (failure) seen.add(failure.invariant);
      }
      expect([...seen]).toContain(invariant);
    });
  }
});
