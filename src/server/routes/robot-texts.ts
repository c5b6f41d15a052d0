import type { EventStatus } from '#domain/programme.ts';
import type { Language } from '#domain/text.ts';

interface RobotTexts {
  readonly needsScript: string;
  readonly programme: string;
  readonly description: string;
  readonly from: (from: string, to: string) => string;
  readonly count: (events: number) => string;
  readonly status: Partial<Record<EventStatus, string>>;
  readonly fictional: string;
  readonly past: string;
  readonly when: string;
  readonly where: string;
  readonly online: string;
  readonly by: string;
  readonly conditions: string;
  readonly afterwards: string;
  readonly more: (events: number) => string;
  readonly regions: string;
  readonly editions: string;
  readonly feeds: string;
  readonly absent: string;
}

/** What pages say to those who read them without JavaScript: robots, link previews, text browsers. */
export const robotTexts: Record<Language, RobotTexts> = {
  fr: {
    needsScript: "L'application a besoin de JavaScript ; voici l'essentiel de cette page.",
    programme: 'Programme',
    description:
      'Le programme des événements près de chez vous, lisible sans réseau : inscriptions, billets, carte et balades.',
    from: (from, to) => (from === to ? from : `Du ${from} au ${to}`),
    count: (events) => (events === 1 ? '1 événement' : `${events} événements`),
    status: {
      rescheduled: 'Reprogrammé',
      moved_online: 'Passé en ligne',
      postponed: 'Reporté',
      full: 'Complet',
      cancelled: 'Annulé',
    },
    fictional: 'Édition de démonstration : tout y est inventé.',
    past: 'Édition passée : cette page est une archive.',
    when: 'Quand',
    where: 'Où',
    online: 'En ligne',
    by: 'Proposé par',
    conditions: 'Conditions',
    afterwards: "Ce qu'il en est ressorti",
    more: (events) => `et ${events} autres dans le programme`,
    regions: 'Par région',
    editions: 'Éditions',
    feeds: "S'abonner au programme",
    absent: "Cet événement n'existe pas, ou n'est plus au programme.",
  },
  en: {
    needsScript: 'The app needs JavaScript; here is what matters of this page.',
    programme: 'Programme',
    description: 'The programme of events near you, readable without a network: registrations, tickets, map and walks.',
    from: (from, to) => (from === to ? from : `From ${from} to ${to}`),
    count: (events) => (events === 1 ? '1 event' : `${events} events`),
    status: {
      rescheduled: 'Rescheduled',
      moved_online: 'Moved online',
      postponed: 'Postponed',
      full: 'Full',
      cancelled: 'Cancelled',
    },
    fictional: 'Demonstration edition: all of it is invented.',
    past: 'Past edition: this page is an archive.',
    when: 'When',
    where: 'Where',
    online: 'Online',
    by: 'Organised by',
    conditions: 'Conditions',
    afterwards: 'What came out of it',
    more: (events) => `and ${events} more in the programme`,
    regions: 'By region',
    editions: 'Editions',
    feeds: 'Subscribe to the programme',
    absent: 'This event does not exist, or is no longer in the programme.',
  },
};
