import type { DeviceProfile } from '#domain/door-rules.ts';
import type { Refusal } from '#protocol/push.ts';
import type { Identity } from '../people/identity.ts';

export type Device = Extract<Identity, { kind: 'device' }>;

/** Whether a message was made by an enrolled phone for its own event. */
export function isDoorOf(who: Identity, eventId: string): who is Device {
  return who.kind === 'device' && who.eventId === eventId;
}

/**
 * D5: what a door recorded before its access was withdrawn is a fact and is kept, whenever it arrives. The moment is the
 * device's claim (P4); one that lies about it gains nothing but arrivals of tickets that are real and seats that it held.
 */
export function withdrawn(who: Device, at: string): Extract<Refusal, 'access_withdrawn'> | undefined {
  return who.revokedAt !== undefined && !(Date.parse(at) < who.revokedAt) ? 'access_withdrawn' : undefined;
}

/** What each profile may do beyond recording arrivals, taking its own back and carrying requests. */
const powers = {
  'walk-in': ['full'],
  settle: ['full'],
  'undo-others': ['full'],
  note: ['scan', 'search', 'full'],
} as const satisfies Record<string, readonly DeviceProfile[]>;

export function mayDo(who: Device, what: keyof typeof powers): boolean {
  return (powers[what] as readonly DeviceProfile[]).includes(who.profile);
}

/**
 * A device's corrected moment as it is kept (P4): never after the server's own, whatever a clock that is off by years says, and
 * written in one way, so that texts compare as moments do.
 */
export function claimed(at: string, now: number): string {
  const moment = Date.parse(at);
  return new Date(moment <= now ? moment : now).toISOString();
}
