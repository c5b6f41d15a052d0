import { describe, expect, it } from 'vitest';
import type { ProposalContent } from '#domain/proposal.ts';
import { policyOf, withPolicy, withSeats, withSessions } from '#client/screens/propose/policy.ts';
import { id } from '../../../domain/an-event.ts';

const slot = { date: '2026-11-24', zone: 'Europe/Paris' };
const content: ProposalContent = {
  registration: { mode: 'open', capacity: 30, waitingList: true },
  sessions: [
    { id: id(1), slot },
    { id: id(2), slot },
  ],
};

describe('the rules of registration in the form', () => {
  it('stand for the event as a whole', () => {
    expect(policyOf(content)).toEqual({ mode: 'open', capacity: 30, waitingList: true, each: false });
    expect(withPolicy(content, { ...policyOf(content), maxParty: 4 }).registration).toEqual({
      mode: 'open',
      capacity: 30,
      waitingList: true,
      maxParty: 4,
    });
  });

  it('go to each session with the seats of the whole, and back', () => {
    const each = withPolicy(content, { ...policyOf(content), each: true });
    expect(each.registration).toEqual({ mode: 'none' });
    expect(each.sessions?.map((one) => one.registration)).toEqual([
      { mode: 'open', capacity: 30, waitingList: true },
      { mode: 'open', capacity: 30, waitingList: true },
    ]);
    const own = withSeats(each, id(2), 12);
    expect(own.sessions?.map((one) => one.registration?.capacity)).toEqual([30, 12]);
    // A rule changed for all leaves each its seats.
    const closed = withPolicy(own, { ...policyOf(own), closesAt: '2026-11-20T22:59:00.000Z' });
    expect(closed.sessions?.map((one) => one.registration)).toEqual([
      { mode: 'open', capacity: 30, waitingList: true, closesAt: '2026-11-20T22:59:00.000Z' },
      { mode: 'open', capacity: 12, waitingList: true, closesAt: '2026-11-20T22:59:00.000Z' },
    ]);
    const whole = withPolicy(closed, { ...policyOf(closed), each: false });
    expect(whole.sessions?.some((one) => one.registration)).toBe(false);
    expect(whole.registration?.mode).toBe('open');
  });

  it('leave a session out that takes no registrations', () => {
    const some: ProposalContent = {
      registration: { mode: 'none' },
      sessions: [
        { id: id(1), slot, registration: { mode: 'approval', capacity: 5 } },
        { id: id(2), slot },
      ],
    };
    expect(withPolicy(some, { ...policyOf(some), waitingList: true }).sessions?.[1]).toEqual({ id: id(2), slot });
    expect(withSeats(some, id(2), 9)).toEqual(some);
  });

  it('hold for a session that is added where each has its own', () => {
    const each = withPolicy(content, { ...policyOf(content), each: true });
    const more = withSessions(each, [...each.sessions!, { id: id(3), slot }]);
    expect(more.sessions?.[2]?.registration).toEqual({ mode: 'open', waitingList: true });
    expect(withSessions(content, [{ id: id(3), slot }]).sessions).toEqual([{ id: id(3), slot }]);
  });
});
