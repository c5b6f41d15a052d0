import type { Report } from './simulate.ts';

const LINES = 25;

/** A failed run for people: the seed to give again, the rule and what came before. */
export function describeFailure({ seed, failure, trace }: Report): string {
  if (!failure) return `${seed}: nothing failed`;
  const before = trace.slice(-LINES).map((line) => `    ${line}`);
  return [`seed ${seed} breaks ${failure.invariant}: ${failure.detail}`, ...before].join('\n');
}
