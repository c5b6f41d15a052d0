import type { EventChange } from '#domain/changes.ts';
import type { Slot } from '#domain/dates.ts';
import type { EventStatus } from '#domain/programme.ts';
import type { Language } from '#domain/text.ts';
import type { RegistrationNews } from '#client/store/registration-news.ts';

interface Words {
  readonly generic: { readonly title: string; readonly body: string };
  /** Of an event that is not on this device. */
  readonly registration: string;
  readonly news: Readonly<Record<RegistrationNews['what'], string>>;
  readonly more: (n: number) => string;
  readonly withdrawn: string;
  readonly status: Readonly<Partial<Record<EventStatus, string>>>;
  readonly time: (slot: string) => string;
  readonly place: (to: string | undefined) => string;
  readonly room: (to: string | undefined) => string;
  readonly added: (slot: string) => string;
  readonly removed: (slot: string) => string;
}

/** The worker's own few words: the catalogues of the screens belong to the pages. */
export const words: Readonly<Record<Language, Words>> = {
  fr: {
    generic: { title: 'Votre agenda a changé', body: 'Ouvrez-le pour voir ce qui a changé.' },
    registration: 'Votre inscription',
    news: {
      moved_up: "Une place s'est libérée : votre inscription est confirmée. Votre billet est prêt.",
      approved: "L'organisateur a accepté votre demande. Votre billet est prêt.",
      refused: "L'organisateur n'a pas retenu votre demande.",
      cancelled: "L'organisateur a annulé votre inscription.",
    },
    more: (n) => `et ${n} autre${n > 1 ? 's' : ''} changement${n > 1 ? 's' : ''}`,
    withdrawn: "L'événement n'est plus au programme.",
    status: {
      scheduled: "L'événement est maintenu.",
      rescheduled: 'Les dates ont changé.',
      moved_online: "L'événement se tiendra en ligne.",
      postponed: "L'événement est reporté.",
      cancelled: "L'événement est annulé.",
    },
    time: (slot) => `Nouvel horaire : ${slot}`,
    place: (to) => (to === undefined ? "Le lieu n'est plus indiqué." : `Nouveau lieu : ${to}`),
    room: (to) => (to === undefined ? "La salle n'est plus indiquée." : `Nouvelle salle : ${to}`),
    added: (slot) => `Séance ajoutée : ${slot}`,
    removed: (slot) => `Séance retirée : ${slot}`,
  },
  en: {
    generic: { title: 'Your agenda has changed', body: 'Open it to see what has changed.' },
    registration: 'Your registration',
    news: {
      moved_up: 'A place came free: your registration is confirmed. Your ticket is ready.',
      approved: 'The organiser has accepted your request. Your ticket is ready.',
      refused: 'The organiser has not accepted your request.',
      cancelled: 'The organiser has cancelled your registration.',
    },
    more: (n) => `and ${n} more change${n > 1 ? 's' : ''}`,
    withdrawn: 'The event is no longer in the programme.',
    status: {
      scheduled: 'The event goes ahead.',
      rescheduled: 'The dates have changed.',
      moved_online: 'The event will be online.',
      postponed: 'The event is postponed.',
      cancelled: 'The event is cancelled.',
    },
    time: (slot) => `New time: ${slot}`,
    place: (to) => (to === undefined ? 'The venue is no longer given.' : `New venue: ${to}`),
    room: (to) => (to === undefined ? 'The room is no longer given.' : `New room: ${to}`),
    added: (slot) => `Session added: ${slot}`,
    removed: (slot) => `Session taken out: ${slot}`,
  },
};

/** At most two changes in words, and how many more there are. */
export function changesText(changes: readonly EventChange[], language: Language): string {
  const said = [...new Set(changes.map((change) => sentence(change, language)))];
  const rest = said.length - 2;
  return [...said.slice(0, 2), ...(rest > 0 ? [words[language].more(rest)] : [])].join('\n');
}

function sentence(change: EventChange, language: Language): string {
  const w = words[language];
  switch (change.kind) {
    case 'withdrawn':
      return w.withdrawn;
    case 'status':
      return w.status[change.to] ?? w.generic.body;
    case 'time':
      return w.time(slotText(change.to, language));
    case 'place':
      return w.place(change.to);
    case 'room':
      return w.room(change.to);
    case 'added':
      return w.added(slotText(change.session.slot, language));
    case 'removed':
      return w.removed(slotText(change.session.slot, language));
  }
}

/** `mar. 24 nov., 14:00`, on the clock of the place. */
function slotText({ date, start }: Slot, language: Language): string {
  const day = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  }).format(new Date(`${date}T12:00:00Z`));
  return start ? `${day}, ${start}` : day;
}
