import { setting } from './settings.ts';
import { signal } from './signals.ts';

/** A clock that goes on or back by this much more than time does was set, or the device slept; milliseconds. */
const STEP = 1000;

const offset = setting('clockOffset');
let watching = false;
/** The device's clock minus the one that nobody sets, when they were last known to go together. */
let ahead: number | undefined;
/** The server has been asked since the clock was seen to be set back. */
let asked = false;

/**
 * The device's clock corrected by the offset measured against the server, milliseconds: still a claim (P4).
 * One that is set back under a running app is seen by the clock that nobody sets, and changes nothing until the server has been
 * asked; one that is set forward looks as a device that slept, so it is believed, and the server is asked too.
 */
export function correctedNow(): number {
  if (!watching) {
    watching = true;
    offset.subscribe(() => {
      ahead = undefined;
      asked = false;
    });
  }
  const now = Date.now();
  const is = now - performance.now();
  const step = is - (ahead ?? is);
  const back = step <= -STEP ? -step : 0;
  if (back === 0) ahead = is;
  if (Math.abs(step) >= STEP && !asked) {
    asked = back > 0;
    signal('clock');
  }
  return now + (offset.get() ?? 0) + back;
}
