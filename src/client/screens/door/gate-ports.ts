import type { CheckIn } from '#domain/check-in.ts';
import type { CheckInList, DeviceProfile } from '#domain/door-rules.ts';
import type { Uuid } from '#domain/ids.ts';
import type { Subject } from '#domain/programme.ts';
import type { TicketKey } from '#protocol/ticket-key.ts';
import { readPublicKey, verifyTicket } from '#client/platform/signatures.ts';
import { correctedNow } from '#client/store/clock.ts';
import type { AllotmentRow } from '#client/store/database.ts';
import { heldSeats } from '#client/store/door-seats.ts';
import type { RosterIndex } from '#client/store/roster-index.ts';
import type { JudgePorts } from './judge.ts';
import type { RecentArrivals } from './recent-arrivals.ts';

/** Where and how this phone works at present, and what it knows. */
export interface GateContext {
  readonly deviceId: Uuid;
  /** The door's name. */
  readonly door: string;
  readonly eventId: Uuid;
  readonly profile: DeviceProfile;
  readonly roster: RosterIndex;
  readonly keys: readonly TicketKey[];
  readonly list: CheckInList | undefined;
  /** People are leaving. */
  readonly exit: boolean;
  readonly allotments: readonly AllotmentRow[];
}

/** What the rule needs, out of the roster in memory with this page's latest records over it. */
export function portsOf(context: GateContext, recent: RecentArrivals): JudgePorts {
  const { eventId, roster, keys, list, exit, allotments } = context;
  return {
    eventId,
    rules: roster.rules,
    list,
    exit,
    roster: {
      event: roster.event,
      byTicket: (ticketId) => roster.byTicket(ticketId),
      byRegistration: (registrationId) => {
        const entry = roster.byRegistration(registrationId);
        // Of a request that was only read the server has said nothing yet: it is judged anew.
        return entry && !(roster.isCarried(registrationId) && entry.state === 'requested') ? entry : undefined;
      },
      byShortCode: (code) => roster.byShortCode(code),
      checkIns: (id) => recent.over(id, roster.checkIns(id)),
      isRevoked: (ticketId) => roster.isRevoked(ticketId),
    },
    seatsLeft: (subjectId) => heldSeats(allotments, subjectId, correctedNow()).most,
    verify: async (keyId, body, signature) => {
      const key = readPublicKey(keys.find((k) => k.keyId === keyId)?.publicKey ?? '');
      return key !== undefined && (await verifyTicket(body, signature, key));
    },
    isWhole: ({ body, signature, publicKey }) => verifyTicket(body, signature, publicKey),
    now: correctedNow,
  };
}

/** Whether a subject has a number of seats: then people without a registration come only out of those that this phone keeps. */
export function seatsAreCounted(subject: Subject | undefined): boolean {
  const policy = subject?.policy;
  return policy?.capacity !== undefined && (policy.mode === 'open' || policy.mode === 'approval');
}

/** Whether this phone may take a record back: its own, and everybody's where it may do everything. */
export function mayUndo(context: Pick<GateContext, 'deviceId' | 'profile'>, checkIn: CheckIn): boolean {
  return checkIn.undoneAt === undefined && (context.profile === 'full' || checkIn.deviceId === context.deviceId);
}
