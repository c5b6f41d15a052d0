import type { RegistrationPolicy, Session } from '#domain/programme.ts';
import type { ProposalContent } from '#domain/proposal.ts';

/** How one registers, as the form asks it: one set of rules, for the event as a whole or for each session with its own seats. */
export interface FormPolicy extends RegistrationPolicy {
  readonly each: boolean;
}

const takes = (policy: RegistrationPolicy | undefined): policy is RegistrationPolicy =>
  policy !== undefined && policy.mode !== 'none';

/** The rules that a content holds. Where sessions have theirs, the first one's stand for all; their seats stay their own. */
export function policyOf(content: ProposalContent): FormPolicy {
  const own = content.sessions?.find((session) => takes(session.registration))?.registration;
  if (!own) return { ...(content.registration ?? { mode: 'none' }), each: false };
  const { capacity: _, ...rest } = own;
  return { ...rest, each: true };
}

/** Writes the rules into a content: to the event, or to each of its sessions that takes registrations. */
export function withPolicy(content: ProposalContent, policy: FormPolicy): ProposalContent {
  const { each, capacity, ...common } = policy;
  const sessions = content.sessions ?? [];
  if (!each || common.mode === 'none') {
    const registration = { ...common, ...(capacity === undefined ? {} : { capacity }) };
    return { ...content, registration, ...(content.sessions ? { sessions: sessions.map(free) } : {}) };
  }
  const was = policyOf(content).each;
  return {
    ...content,
    registration: { mode: 'none' },
    sessions: sessions.map((session): Session => {
      // A session that was left out stays so; where each is new, all begin with the seats of the whole.
      if (was && !takes(session.registration)) return session;
      const seats = was ? session.registration?.capacity : capacity;
      return { ...session, registration: { ...common, ...(seats === undefined ? {} : { capacity: seats }) } };
    }),
  };
}

/** Other sessions; a new one takes registrations as the others do, where each has its own. */
export function withSessions(content: ProposalContent, sessions: readonly Session[]): ProposalContent {
  const { each, capacity: _, ...common } = policyOf(content);
  if (!each) return { ...content, sessions };
  const known = new Set(content.sessions?.map((session) => session.id));
  return {
    ...content,
    sessions: sessions.map((session) =>
      known.has(session.id) || session.registration ? session : { ...session, registration: common },
    ),
  };
}

/** Sets the seats of one session. */
export function withSeats(content: ProposalContent, sessionId: string, capacity: number | undefined): ProposalContent {
  const sessions = content.sessions?.map((session): Session => {
    if (session.id !== sessionId || !session.registration) return session;
    const { capacity: _, ...rest } = session.registration;
    return { ...session, registration: { ...rest, ...(capacity === undefined ? {} : { capacity }) } };
  });
  return sessions ? { ...content, sessions } : content;
}

function free(session: Session): Session {
  const { registration: _, ...rest } = session;
  return rest;
}
