import { afterAll, expect, test } from 'vitest';
import { describeFailure } from './failure.ts';
import { closeGround } from './server/postgres-machine.ts';
import { simulate } from './simulate.ts';

interface Named {
  readonly seed: string;
  readonly story: string;
  readonly engine?: 'postgres';
  readonly store?: 'dexie';
}

/** Seeds that broke a rule once, with what was wrong. A seed's life changes with the simulation; the rule it found does not. */
const seeds: readonly Named[] = [
  {
    seed: '1',
    story: 'the seats of a registration that was cancelled while its event was withdrawn were never free again',
  },
  { seed: '6', story: 'a door that was revoked before its roster came waited for it for ever' },
  { seed: '10', story: 'an answer from before a restore was taken off too early by a clock that had been set back' },
  { seed: '12', story: 'a door lost its roster when its clock was set right, and kept one whose log began anew' },
  { seed: 'a-58', story: 'what a restored server had forgotten was never asked for again' },
  { seed: 'h-345', story: 'a roster that was being loaded when its door was left stayed on the phone' },
  {
    seed: 'h-482',
    story: 'a request that a door brought is judged at the hour of the door, which the oracle did not know',
  },
  { seed: 'b-551', story: 'an event showed an older slug after its content had been changed and changed back' },
  {
    seed: 'pa-1',
    story:
      "a moderator's word was taken off the screen before the log that shows it had come: its answer had been lost",
  },
  {
    seed: 'ee-46',
    story:
      'what a copied phone brought again under a number of its own was taken off the screen before every log that shows it had come',
  },
  { seed: 'pg-3', story: 'a registration was taken for an event withdrawn beside it', engine: 'postgres' },
  {
    seed: 'pg-25',
    story: 'a party that waited for the seats was decided by the event from before',
    engine: 'postgres',
  },
  {
    seed: '13000-18',
    story: 'a copied phone that brought a new proposal while the first one did was told that the server had failed',
    engine: 'postgres',
  },
  {
    seed: 'short-1',
    story:
      "a transaction of a closed tab that was in line held up the phone's others for ever (in the simulation's store)",
    store: 'dexie',
  },
];

afterAll(closeGround);

for (const { seed, story, ...options } of seeds) {
  test(`seed ${seed}: ${story}`, { timeout: 120_000 }, async () => {
    const report = await simulate(seed, options);
    expect(report.failure && describeFailure(report)).toBeUndefined();
  });
}
