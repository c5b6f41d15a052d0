import type { Zone } from '#domain/dates.ts';
import type { Session } from '#domain/programme.ts';
import type { ProposalContent } from '#domain/proposal.ts';
import { zoneOfRegion } from '#domain/regions.ts';

/** The zone in which a content's hours are meant: its region's. */
export function zoneOf(content: ProposalContent): Zone {
  return zoneOfRegion(content.region ?? '');
}

/** Hours are those of the clock on the wall: another region's wall, the same hours. What is undefined is taken out. */
export function inZone(content: ProposalContent): ProposalContent {
  const given = Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined));
  const zone = zoneOf(content);
  const sessions = content.sessions?.map((session): Session =>
    session.slot.zone === zone ? session : { ...session, slot: { ...session.slot, zone } },
  );
  return sessions ? { ...given, sessions } : given;
}
