import type { Register } from '#protocol/register.ts';
import { highlight } from './demo-highlights.ts';
import { sampleId } from './identity.ts';
import { inventedPerson } from './people.ts';

/** Somebody who registers, by the same way as everybody else, and perhaps cancels. */
export interface DemoRegistration {
  readonly replicaId: string;
  /** What the holder's name is made from. No credential can be made of it: a secret has another form. */
  readonly holder: string;
  readonly registerId: string;
  readonly args: Register;
  readonly cancelId?: string;
}

interface Crowd {
  readonly event: string;
  /** The session; the event as a whole without it. */
  readonly session?: readonly (string | number)[];
  readonly people: number;
  readonly largest: number;
  /** Those who cancel, by their place. */
  readonly cancels?: readonly number[];
}

/** A roster for the door today, a full event, one with people waiting, sessions partly taken. */
const CROWDS: readonly Crowd[] = [
  { event: 'montpellier-days', people: 42, largest: 4, cancels: [11, 29] },
  { event: 'montpellier-walk', session: ['walk', 1], people: 9, largest: 2 },
  { event: 'toulouse-letters', people: 13, largest: 2 },
  { event: 'rennes-full', people: 8, largest: 1 },
  { event: 'tours-sessions', session: ['morning'], people: 6, largest: 2 },
  { event: 'tours-sessions', session: ['afternoon'], people: 12, largest: 2 },
  { event: 'le-mans-walk', session: ['walk', 0], people: 7, largest: 3 },
];

const NEEDS = ['Fauteuil roulant', 'Place au premier rang pour lire sur les lèvres', 'Chien guide'] as const;

export function demoRegistrations(): DemoRegistration[] {
  let person = 0;
  return CROWDS.flatMap(({ event, session, people, largest, cancels }) => {
    const eventId = highlight(event);
    const subjectId = session ? sampleId(eventId, ...session) : eventId;
    return Array.from({ length: people }, (_, i): DemoRegistration => {
      const n = person++;
      const id = (what: string): string => sampleId('demo', 'registration', n, what);
      return {
        replicaId: id('replica'),
        holder: id('holder'),
        registerId: id('register'),
        args: {
          registrationId: id('registration'),
          eventId,
          subjectId,
          ...inventedPerson(n),
          party: i % 5 === 4 ? largest : 1,
          ...(n % 14 === 6 ? { needs: NEEDS[n % NEEDS.length]! } : {}),
          language: n % 9 === 0 ? 'en' : 'fr',
        },
        ...(cancels?.includes(i) ? { cancelId: id('cancel') } : {}),
      };
    });
  });
}
