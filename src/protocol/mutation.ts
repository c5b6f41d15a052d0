import * as v from 'valibot';
import { cancelRegistration } from './cancel-registration.ts';
import { checkIn, undoCheckIn } from './check-in.ts';
import { uuid } from './primitives.ts';
import { register } from './register.ts';

/** Every mutation there is, with the version of its arguments. A new one is one rule, one message, one handler. */
export const mutations = {
  register: { version: 1, by: 'holder', args: register },
  'cancel-registration': { version: 1, by: 'holder', args: cancelRegistration },
  'check-in': { version: 1, by: 'device', args: checkIn },
  'undo-check-in': { version: 1, by: 'device', args: undoCheckIn },
} as const;

export type MutationName = keyof typeof mutations;
export type MutationArgs<N extends MutationName> = v.InferOutput<(typeof mutations)[N]['args']>;

/** Whose replica may make a mutation (O4): an attendee's or an enrolled door's. */
export type ReplicaKind = (typeof mutations)[MutationName]['by'];

/**
 * O1, as it is queued and as it travels; the replica is named once a push. `clientAt` is the device's clock: a claim (P4).
 * Arguments are parsed by name, so that one bad mutation is refused and does not fail the push (O3).
 */
export const envelope = v.object({
  seq: v.pipe(v.number(), v.integer(), v.minValue(1)),
  mutationId: uuid,
  name: v.pipe(v.string(), v.maxLength(64)),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  args: v.unknown(),
  clientAt: v.pipe(v.string(), v.maxLength(40)),
});
export type Envelope = v.InferOutput<typeof envelope>;

export function isMutationName(name: string): name is MutationName {
  return Object.hasOwn(mutations, name);
}
