import type { RegionCode } from '#domain/programme.ts';
import type { Role } from '#protocol/sign-in.ts';
import { highlight } from './demo-highlights.ts';

/** Accounts that exist only with the sample, and only while the server listens on loopback. */
export interface DemoAccount {
  readonly email: string;
  readonly role: Role;
  readonly region?: RegionCode;
  /** Ids of the events that an organiser may run. */
  readonly events: readonly string[];
}

export const demoAccounts: readonly DemoAccount[] = [
  {
    email: 'organisatrice@escale.example',
    role: 'organiser',
    events: ['montpellier-days', 'montpellier-walk', 'toulouse-letters', 'tours-sessions', 'montpellier-counter'].map(
      highlight,
    ),
  },
  { email: 'correspondante@escale.example', role: 'regional', region: '76', events: [] },
  { email: 'equipe@escale.example', role: 'national', events: [] },
];
