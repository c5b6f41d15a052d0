import * as v from 'valibot';
import { cancelRegistration } from './cancel-registration.ts';
import { addNote, answerQuestions, checkIn, logScan, settleCheckIn, undoCheckIn } from './check-in.ts';
import { courier } from './courier.ts';
import { subscribeNewsletter } from './newsletter.ts';
import { answerQuestion, supportAnswer, withdrawAnswer } from './event-question.ts';
import { uuid } from './primitives.ts';
import { commentProposal, decideProposal, saveProposal, submitProposal, withdrawProposal } from './proposal.ts';
import { rateTour } from './rate-tour.ts';
import { register } from './register.ts';
import { admitWalkIn, returnAllotment } from './walk-in.ts';

/** Every mutation there is, with the version of its arguments. A new one is one rule, one message, one handler. */
export const mutations = {
  register: { version: 1, by: 'holder', args: register },
  'cancel-registration': { version: 1, by: 'holder', args: cancelRegistration },
  'rate-tour': { version: 1, by: 'holder', args: rateTour },
  'subscribe-newsletter': { version: 1, by: 'holder', args: subscribeNewsletter },
  'answer-question': { version: 1, by: 'holder', args: answerQuestion },
  'withdraw-answer': { version: 1, by: 'holder', args: withdrawAnswer },
  'support-answer': { version: 1, by: 'holder', args: supportAnswer },
  'check-in': { version: 1, by: 'device', args: checkIn },
  'undo-check-in': { version: 1, by: 'device', args: undoCheckIn },
  'settle-check-in': { version: 1, by: 'device', args: settleCheckIn },
  'admit-walk-in': { version: 1, by: 'device', args: admitWalkIn },
  'return-allotment': { version: 1, by: 'device', args: returnAllotment },
  courier: { version: 1, by: 'device', args: courier },
  'answer-questions': { version: 1, by: 'device', args: answerQuestions },
  'add-note': { version: 1, by: 'device', args: addNote },
  'log-scan': { version: 1, by: 'device', args: logScan },
  'save-proposal': { version: 1, by: 'account', args: saveProposal },
  'submit-proposal': { version: 1, by: 'account', args: submitProposal },
  'withdraw-proposal': { version: 1, by: 'account', args: withdrawProposal },
  'comment-proposal': { version: 1, by: 'account', args: commentProposal },
  'decide-proposal': { version: 1, by: 'account', args: decideProposal },
} as const;

export type MutationName = keyof typeof mutations;
export type MutationArgs<N extends MutationName> = v.InferOutput<(typeof mutations)[N]['args']>;

/** Whose replica may make a mutation (O4): an attendee's, an enrolled door's or a signed-in person's. */
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
