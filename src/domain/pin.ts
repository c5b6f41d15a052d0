/** Digits that lock a door's phone: four to eight. */
export function isPin(text: string): boolean {
  return /^\d{4,8}$/.test(text);
}

/** One digit again and again, or a run up or down: what curious hands try first. */
export function isObviousPin(pin: string): boolean {
  const steps = new Set<number>();
  for (let i = 1; i < pin.length; i++) steps.add(Number(pin[i]) - Number(pin[i - 1]));
  const [step] = steps;
  return steps.size === 1 && step !== undefined && Math.abs(step) <= 1;
}

/** Attempts before the first wait. */
const FREE = 3;
const FIRST_WAIT = 10_000;
const LONGEST_WAIT = 15 * 60_000;

/** Milliseconds to wait after so many wrong attempts in a row: none for the first two, then twice as long each time. */
export function waitAfter(failures: number): number {
  return failures < FREE ? 0 : Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (failures - FREE));
}
