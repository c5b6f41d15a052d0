import { setting } from './settings.ts';

const offset = setting('clockOffset');
let watching = false;

/** The device's clock corrected by the offset measured against the server, milliseconds: still a claim (P4). */
export function correctedNow(): number {
  if (!watching) {
    watching = true;
    offset.subscribe(() => undefined);
  }
  return Date.now() + (offset.get() ?? 0);
}
