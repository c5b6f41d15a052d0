import type { RegionCode } from './programme.ts';

/**
 * What a signed-in person is: the national team does everything; a regional correspondent what is in their regions; an organiser
 * runs the events of their bodies; an auditor reads everything and changes nothing.
 */
export const roles = ['national', 'regional', 'organiser', 'auditor'] as const;
export type Role = (typeof roles)[number];

/** What the rules below need to know of somebody. */
export interface Standing {
  readonly role: Role;
  /** A regional correspondent's. */
  readonly regions: readonly RegionCode[];
  /** Names of the bodies that an organiser works for. */
  readonly bodies: readonly string[];
}

export const invitationRefusals = ['forbidden', 'regions_missing', 'bodies_missing', 'not_your_body', 'known'] as const;
/** `known`: the address has an account already. */
export type InvitationRefusal = (typeof invitationRefusals)[number];

/**
 * Whether somebody may invite another: the national team anyone; a correspondent organisers, of any body; an organiser
 * colleagues of their own bodies.
 */
export function decideInvitation(by: Standing, wanted: Standing): InvitationRefusal | undefined {
  if (by.role === 'auditor') return 'forbidden';
  if (wanted.role === 'regional' && wanted.regions.length === 0) return 'regions_missing';
  if (wanted.role === 'organiser' && wanted.bodies.length === 0) return 'bodies_missing';
  if (by.role === 'national') return undefined;
  if (wanted.role !== 'organiser') return 'forbidden';
  if (by.role === 'organiser' && !wanted.bodies.every((body) => by.bodies.includes(body))) return 'not_your_body';
  return undefined;
}

/** Whether somebody sees an account or an invitation among their team: colleagues, and for those above whom they may invite. */
export function isInTeamOf(by: Standing, other: Standing): boolean {
  if (by.role === 'national' || by.role === 'auditor') return true;
  const shared = other.role === 'organiser' && other.bodies.some((body) => by.bodies.includes(body));
  const neighbours = other.role === 'regional' && other.regions.some((region) => by.regions.includes(region));
  return shared || (by.role === 'regional' && neighbours);
}
