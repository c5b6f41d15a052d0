import type { Verdict } from '#domain/check-in.ts';
import type { Instant } from '#domain/dates.ts';

/** Milliseconds in which the same code before the camera is one and the same attempt. */
const SAME = 10_000;
/** A poster behind the guests is seen all evening. */
const SAME_POSTER = 120_000;

/** Which of the codes that were not let in is a new attempt, for the audit trail. */
export class ScanLog {
  readonly #seen = new Map<string, Instant>();

  /** @param what the code's text, or the person's id */
  isNew(what: string, verdict: Verdict, now: Instant): boolean {
    for (const [key, at] of this.#seen) if (now - at > SAME_POSTER || now < at) this.#seen.delete(key);
    const key = `${verdict} ${what}`;
    const before = this.#seen.get(key);
    const same = verdict === 'foreign' ? SAME_POSTER : SAME;
    this.#seen.set(key, now);
    return before === undefined || now - before > same;
  }
}
