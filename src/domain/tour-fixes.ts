import { distanceBetween } from './bearing.ts';
import type { Instant } from './dates.ts';
import type { LatLon } from './tour-route.ts';

/** One measurement of the phone's position. */
export interface Fix extends LatLon {
  /** Metres: the radius in which the phone is with 68 % likelihood (Geolocation API). */
  readonly accuracy: number;
  /** When it was measured, on the device's clock. */
  readonly at: Instant;
}

/** Where the phone is believed to be, all measurements so far weighed by how good they are. */
export interface Believed extends LatLon {
  /** Square metres. */
  readonly variance: number;
  readonly at: Instant;
}

/** A measurement too far from everything before it, and how many in a row agree with it. */
export interface Suspect extends Fix {
  readonly hits: number;
}

export interface FixState {
  readonly believed?: Believed;
  readonly suspect?: Suspect;
}

/** What a measurement is worth. `vague`: too inexact to place anybody; `suspect`: nobody gets there so fast. */
export type FixOutcome = 'taken' | 'stale' | 'vague' | 'suspect';

/** Milliseconds after which a measurement says where one was, not where one is. */
const STALE = 20_000;
/** Metres beyond which a measurement names a quarter and not a street. */
const VAGUE = 120;
/** Metres a second: a runner, and a bus between two stops of the tour. */
const FASTEST = 8;
/** Measurements that have to agree before a leap is believed. */
const AGREEING = 3;
/** Metres a second by which a walker's next place is unknown. */
const WANDER = 2;

/**
 * Weighs a measurement into what is believed: a Kalman filter on each axis, whose gain is the accuracy's. What cannot be is held
 * back until others confirm it, for after a tunnel it is the truth.
 */
export function weighFix(state: FixState, fix: Fix, now: Instant): { outcome: FixOutcome; state: FixState } {
  if (now - fix.at > STALE) return { outcome: 'stale', state };
  if (!(fix.accuracy >= 0) || fix.accuracy > VAGUE) return { outcome: 'vague', state };
  const { suspect } = state;
  // A clock that was set back since must not make everything after it look old.
  const believed = state.believed && state.believed.at > now + STALE ? undefined : state.believed;
  if (!believed) return { outcome: 'taken', state: { believed: asBelieved(fix) } };
  if (fix.at <= believed.at) return { outcome: 'stale', state };
  if (!isReachable(believed, Math.sqrt(believed.variance), fix)) {
    const agrees = suspect && fix.at > suspect.at && isReachable(suspect, suspect.accuracy, fix);
    const hits = agrees ? suspect.hits + 1 : 1;
    if (hits >= AGREEING) return { outcome: 'taken', state: { believed: asBelieved(fix) } };
    return { outcome: 'suspect', state: { believed, suspect: { ...fix, hits } } };
  }
  const seconds = (fix.at - believed.at) / 1000;
  const before = believed.variance + seconds * WANDER ** 2;
  const gain = before / (before + spread(fix) ** 2);
  return {
    outcome: 'taken',
    state: {
      believed: {
        lat: believed.lat + (fix.lat - believed.lat) * gain,
        lon: believed.lon + (fix.lon - believed.lon) * gain,
        variance: (1 - gain) * before,
        at: fix.at,
      },
    },
  };
}

/** Metres: no phone is as exact as it may claim. */
function spread(fix: Fix): number {
  return Math.max(3, fix.accuracy);
}

function asBelieved(fix: Fix): Believed {
  return { lat: fix.lat, lon: fix.lon, variance: spread(fix) ** 2, at: fix.at };
}

function isReachable(from: LatLon & { readonly at: Instant }, uncertainty: number, fix: Fix): boolean {
  const seconds = (fix.at - from.at) / 1000;
  return distanceBetween(from, fix) <= FASTEST * seconds + 2 * (uncertainty + spread(fix));
}
