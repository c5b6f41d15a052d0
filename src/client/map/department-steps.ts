/** Shades above none. */
const STEPS = 3;

/** Spans of counts above none, each for a shade; no more of them than there are different counts. */
export function stepsOf(counts: readonly number[]): readonly (readonly [from: number, to: number])[] {
  const most = Math.max(0, ...counts);
  const steps: [number, number][] = [];
  let from = 1;
  for (let step = 1; step <= STEPS && from <= most; step++) {
    // Each holds about three times as much as the one before: most départements have few.
    const to = step === STEPS ? most : Math.min(most, Math.max(from, Math.round(most / 3 ** (STEPS - step))));
    steps.push([from, to]);
    from = to + 1;
  }
  return steps;
}

/** Which of them a count is in; 0 for none. */
export function stepOf(count: number, steps: readonly (readonly [number, number])[]): number {
  if (count === 0) return 0;
  return steps.findIndex(([, to]) => count <= to) + 1 || steps.length;
}
