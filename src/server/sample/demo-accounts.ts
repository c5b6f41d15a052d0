import type { Role } from '#domain/account.ts';
import type { RegionCode } from '#domain/programme.ts';
import { highlight } from './demo-highlights.ts';

/** Accounts that exist only with the sample, and only while the server listens on loopback. */
export interface DemoAccount {
  readonly email: string;
  readonly role: Role;
  readonly region?: RegionCode;
  /** Of an organiser. */
  readonly bodies?: readonly string[];
  /** Ids of the events that an organiser may run. */
  readonly events: readonly string[];
}

export const demoAccounts: readonly DemoAccount[] = [
  {
    email: 'organisatrice@escale.example',
    role: 'organiser',
    bodies: ['Ville de Montpellier'],
    events: ['montpellier-days', 'montpellier-walk', 'toulouse-letters', 'tours-sessions', 'montpellier-counter'].map(
      highlight,
    ),
  },
  { email: 'correspondante@escale.example', role: 'regional', region: '76', events: [] },
  { email: 'equipe@escale.example', role: 'national', events: [] },
  { email: 'audit@escale.example', role: 'auditor', events: [] },
];
