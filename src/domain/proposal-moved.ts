import type { LocalDate, Slot } from './dates.ts';
import { addDays } from './dates.ts';
import type { RegistrationPolicy } from './programme.ts';
import type { Proposal, ProposalContent } from './proposal.ts';

const DAY = 86_400_000;

/** A proposal as it would be that many days later: the days of what it proposes, and the moments at which it was worked on. */
export function movedProposal(proposal: Proposal, days: number): Proposal {
  const later = <At extends string | undefined>(at: At): At =>
    (at === undefined ? at : new Date(Date.parse(at) + days * DAY).toISOString()) as At;
  const { before, submittedAt, ...rest } = proposal;
  return {
    ...rest,
    content: movedContent(proposal.content, days),
    ...(before ? { before: movedContent(before, days) } : {}),
    ...(submittedAt === undefined ? {} : { submittedAt: later(submittedAt) }),
    createdAt: later(proposal.createdAt),
    updatedAt: later(proposal.updatedAt),
    comments: proposal.comments.map((one) => ({ ...one, at: later(one.at) })),
    history: proposal.history.map((one) => ({ ...one, at: later(one.at) })),
  };
}

/** What is half typed and no date yet stays as it is. */
function movedContent(content: ProposalContent, days: number): ProposalContent {
  const day = (date: LocalDate): LocalDate =>
    Number.isNaN(Date.parse(`${date}T00:00:00Z`)) ? date : addDays(date, days);
  const slot = (of: Slot): Slot => ({
    ...of,
    date: day(of.date),
    ...(of.endDate === undefined ? {} : { endDate: day(of.endDate) }),
  });
  const policy = (of: RegistrationPolicy): RegistrationPolicy => {
    const closes = Date.parse(of.closesAt ?? '');
    return Number.isNaN(closes) ? of : { ...of, closesAt: new Date(closes + days * DAY).toISOString() };
  };
  const { sessions, registration, availability } = content;
  return {
    ...content,
    ...(registration ? { registration: policy(registration) } : {}),
    ...(sessions
      ? {
          sessions: sessions.map((one) => ({
            ...one,
            slot: slot(one.slot),
            ...(one.registration ? { registration: policy(one.registration) } : {}),
          })),
        }
      : {}),
    ...(availability
      ? {
          availability: {
            ...availability,
            ...(availability.from === undefined ? {} : { from: day(availability.from) }),
            ...(availability.to === undefined ? {} : { to: day(availability.to) }),
          },
        }
      : {}),
  };
}
