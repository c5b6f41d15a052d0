import type { Instant } from './dates.ts';

/** How a device's clock stands to the server's, milliseconds. */
export interface ClockOffset {
  /** Server's clock minus the device's. */
  readonly offset: number;
  /** It is at most this far off. */
  readonly error: number;
  /** The device's clock when it was measured. */
  readonly at: Instant;
}

/** One exchange with the server, as the device saw it. */
export interface Exchange {
  /** The device's clock before and after. */
  readonly sent: Instant;
  readonly received: Instant;
  /** Milliseconds between the two by a clock that nobody sets. */
  readonly elapsed: number;
  /** What the server said of its own, somewhere in between. */
  readonly server: Instant;
}

/** How far a device's clock runs off by itself: a tenth of a second in a quarter of an hour. */
const DRIFT = 1e-4;
/** A better measurement is worth writing down from this on, milliseconds. */
const WORTH = 25;

/**
 * The server spoke in the middle of the exchange, give or take half of its length: nobody knows how that was shared between
 * the way there and the way back. A clock that was set meanwhile makes it worth that much less.
 */
export function offsetBy({ sent, received, elapsed, server }: Exchange): ClockOffset {
  const set = Math.abs(received - sent - elapsed);
  return { offset: server - (sent + received) / 2, error: Math.max(0, elapsed) / 2 + set, at: received };
}

/**
 * Of what was known and what has just been measured, which to go by: the shorter exchange, for what was known ages. Two that
 * cannot both be right say that the clock was set since, and then only the new one counts.
 */
export function betterOffset(known: ClockOffset | undefined, fresh: ClockOffset): ClockOffset {
  if (!known) return fresh;
  const error = known.error + Math.abs(fresh.at - known.at) * DRIFT;
  const wasSet = Math.abs(fresh.offset - known.offset) > error + fresh.error;
  return wasSet || fresh.error + WORTH < error ? fresh : known;
}
