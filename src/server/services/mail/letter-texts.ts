import type { EventChange } from '#domain/changes.ts';
import type { Slot } from '#domain/dates.ts';
import { compareSlots, lastDay } from '#domain/dates.ts';
import type { Uuid } from '#domain/ids.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { slotsOf, venueOf } from '#domain/programme.ts';
import type { Language } from '#domain/text.ts';
import { textIn } from '#domain/text.ts';

/** What people who registered are written to for. */
export type LetterKind =
  | 'confirmed'
  | 'waitlisted'
  | 'requested'
  | 'promoted'
  | 'refused'
  | 'cancelled'
  | 'cancelled_by_organiser'
  | 'event_changed'
  | 'ticket_replaced'
  | 'message';

/** What a letter tells of. */
export interface LetterFacts {
  readonly firstName: string;
  readonly party: number;
  readonly event: ProgrammeEvent;
  readonly subjectId: Uuid;
  /** Printed short code of the ticket. */
  readonly code?: string;
  /** One-based. */
  readonly position?: number;
  readonly reason?: string;
  readonly changes: readonly EventChange[];
  readonly message?: { readonly subject: string; readonly text: string };
  readonly eventUrl: string;
  readonly ticketUrl: string;
}

interface Words {
  readonly subject: Record<LetterKind, (title: string) => string>;
  readonly opening: Record<LetterKind, (facts: LetterFacts, title: string) => string>;
  readonly hello: (name: string) => string;
  readonly party: (n: number) => string;
  readonly code: (code: string) => string;
  readonly when: string;
  readonly where: string;
  readonly online: string;
  readonly ticket: string;
  readonly page: string;
  readonly give: string;
  readonly change: (change: EventChange, slot: (slot: Slot) => string) => string;
}

const WORDS: Record<Language, Words> = {
  fr: {
    subject: {
      confirmed: (title) => `Inscription confirmée : ${title}`,
      promoted: (title) => `Une place s'est libérée : ${title}`,
      waitlisted: (title) => `Sur liste d'attente : ${title}`,
      requested: (title) => `Demande reçue : ${title}`,
      refused: (title) => `Inscription refusée : ${title}`,
      cancelled: (title) => `Inscription annulée : ${title}`,
      cancelled_by_organiser: (title) => `Inscription annulée par l'organisateur : ${title}`,
      event_changed: (title) => `Du changement : ${title}`,
      ticket_replaced: (title) => `Votre nouveau billet : ${title}`,
      message: (title) => title,
    },
    opening: {
      confirmed: (_, title) => `Votre inscription à « ${title} » est confirmée.`,
      promoted: (_, title) =>
        `Une place s'est libérée : vous n'êtes plus sur liste d'attente, votre inscription à « ${title} » est confirmée.`,
      waitlisted: ({ position }, title) =>
        `« ${title} » est complet. Vous êtes sur liste d'attente${position ? `, à la place ${position}` : ''}. Si une place se libère, elle vous est donnée et nous vous écrivons.`,
      requested: (_, title) =>
        `Nous avons reçu votre demande pour « ${title} ». L'organisateur va vous répondre ; vous recevrez un message.`,
      refused: (_, title) => `L'organisateur n'a pas pu retenir votre demande pour « ${title} ».`,
      cancelled: (_, title) => `Votre inscription à « ${title} » est annulée, comme vous l'avez demandé.`,
      cancelled_by_organiser: (_, title) => `L'organisateur a annulé votre inscription à « ${title} ».`,
      event_changed: (_, title) => `« ${title} », où vous êtes inscrit(e), a changé :`,
      ticket_replaced: (_, title) =>
        `Nous avons remplacé votre billet pour « ${title} ». Votre place reste la vôtre ; l'ancien billet n'ouvre plus la porte. Sur le téléphone, le nouveau arrive de lui-même.`,
      message: ({ message }) => message?.text ?? '',
    },
    hello: (name) => `Bonjour ${name},`,
    party: (n) => `Pour ${n} personnes`,
    code: (code) => `Code du billet : ${code} (l'image jointe se montre à l'entrée, imprimée ou sur un téléphone)`,
    when: 'Quand',
    where: 'Où',
    online: 'en ligne',
    ticket: "Votre billet sur le téléphone qui a servi à l'inscription",
    page: "La page de l'événement",
    give: "Si vous ne pouvez plus venir, annulez votre inscription : la place ira à quelqu'un d'autre.",
    change: (change, slot) => {
      switch (change.kind) {
        case 'withdrawn':
          return "il n'est plus au programme";
        case 'status':
          return {
            scheduled: 'il a bien lieu',
            rescheduled: 'il a bien lieu',
            full: 'il a bien lieu',
            moved_online: 'il a lieu en ligne',
            postponed: "il est reporté, la nouvelle date n'est pas connue",
            cancelled: 'il est annulé',
          }[change.to];
        case 'time':
          return `déplacé : ${slot(change.from)} → ${slot(change.to)}`;
        case 'added':
          return `nouvelle séance : ${slot(change.session.slot)}`;
        case 'removed':
          return `séance retirée : ${slot(change.session.slot)}`;
        case 'place':
          return `lieu : ${change.from ?? '(inconnu)'} → ${change.to ?? '(inconnu)'}`;
        case 'room':
          return `salle : ${change.from ?? '(inconnue)'} → ${change.to ?? '(inconnue)'}`;
      }
    },
  },
  en: {
    subject: {
      confirmed: (title) => `Registration confirmed: ${title}`,
      promoted: (title) => `A place has become free: ${title}`,
      waitlisted: (title) => `On the waiting list: ${title}`,
      requested: (title) => `Request received: ${title}`,
      refused: (title) => `Registration refused: ${title}`,
      cancelled: (title) => `Registration cancelled: ${title}`,
      cancelled_by_organiser: (title) => `Registration cancelled by the organiser: ${title}`,
      event_changed: (title) => `A change: ${title}`,
      ticket_replaced: (title) => `Your new ticket: ${title}`,
      message: (title) => title,
    },
    opening: {
      confirmed: (_, title) => `Your registration for “${title}” is confirmed.`,
      promoted: (_, title) =>
        `A place has become free: you are no longer on the waiting list, your registration for “${title}” is confirmed.`,
      waitlisted: ({ position }, title) =>
        `“${title}” is full. You are on the waiting list${position ? `, at place ${position}` : ''}. If a place becomes free it is given to you, and we write to you.`,
      requested: (_, title) =>
        `We have received your request for “${title}”. The organiser will answer; you will get a message.`,
      refused: (_, title) => `The organiser could not take your request for “${title}”.`,
      cancelled: (_, title) => `Your registration for “${title}” is cancelled, as you asked.`,
      cancelled_by_organiser: (_, title) => `The organiser has cancelled your registration for “${title}”.`,
      event_changed: (_, title) => `“${title}”, for which you are registered, has changed:`,
      ticket_replaced: (_, title) =>
        `We have replaced your ticket for “${title}”. Your place is still yours; the old ticket no longer opens the door. On the phone the new one arrives by itself.`,
      message: ({ message }) => message?.text ?? '',
    },
    hello: (name) => `Hello ${name},`,
    party: (n) => `For ${n} people`,
    code: (code) => `Ticket code: ${code} (show the attached picture at the entrance, printed or on a phone)`,
    when: 'When',
    where: 'Where',
    online: 'online',
    ticket: 'Your ticket, on the phone that you registered with',
    page: "The event's page",
    give: 'If you cannot come any more, cancel your registration: the place will go to somebody else.',
    change: (change, slot) => {
      switch (change.kind) {
        case 'withdrawn':
          return 'it is no longer in the programme';
        case 'status':
          return {
            scheduled: 'it takes place',
            rescheduled: 'it takes place',
            full: 'it takes place',
            moved_online: 'it takes place online',
            postponed: 'it is postponed, the new date is not known',
            cancelled: 'it is cancelled',
          }[change.to];
        case 'time':
          return `moved: ${slot(change.from)} → ${slot(change.to)}`;
        case 'added':
          return `new session: ${slot(change.session.slot)}`;
        case 'removed':
          return `session taken out: ${slot(change.session.slot)}`;
        case 'place':
          return `place: ${change.from ?? '(not known)'} → ${change.to ?? '(not known)'}`;
        case 'room':
          return `room: ${change.from ?? '(not known)'} → ${change.to ?? '(not known)'}`;
      }
    },
  },
};

/** Letters to those who will come, which say when and where. */
const COMING: readonly LetterKind[] = ['confirmed', 'promoted', 'event_changed', 'waitlisted', 'ticket_replaced'];

const LOCALES: Record<Language, string> = { fr: 'fr-FR', en: 'en-GB' };

/** Subject and plain text of a letter. */
export function letterText(
  kind: LetterKind,
  language: Language,
  facts: LetterFacts,
): { readonly subject: string; readonly text: string } {
  const words = WORDS[language];
  const { event } = facts;
  const title = textIn(event.title, language).text;
  const session = event.sessions.find((one) => one.id === facts.subjectId);
  const slot = (of: Slot): string => slotText(of, language);
  const venue = venueOf(event, session);
  const slots = slotsOf(event, facts.subjectId).toSorted(compareSlots);
  const place = [venue?.name, session?.room, venue?.address, [venue?.postalCode, venue?.city].filter(Boolean).join(' ')]
    .filter(Boolean)
    .join(', ');
  const coming = COMING.includes(kind);
  const lines = [
    words.hello(facts.firstName),
    '',
    words.opening[kind](facts, title),
    ...facts.changes.map((change) => {
      const of = 'session' in change ? textIn(change.session?.title, language).text : '';
      return `- ${of ? `${of} : ` : ''}${words.change(change, slot)}`;
    }),
    ...(coming && slots.length > 0
      ? ['', `${words.when} : ${slots.map(slot).join(' ; ')}`, `${words.where} : ${place || words.online}`]
      : []),
    ...(coming && facts.party > 1 ? [words.party(facts.party)] : []),
    ...(coming && facts.code ? [words.code(facts.code)] : []),
    '',
    ...(coming && facts.code ? [`${words.ticket} : ${facts.ticketUrl}`] : []),
    `${words.page} : ${facts.eventUrl}`,
    ...(kind === 'confirmed' || kind === 'promoted' ? ['', words.give] : []),
    '',
  ];
  const text = language === 'en' ? lines.map((line) => line.replace(/ :(?= )/, ':')) : lines;
  const subject = kind === 'message' ? (facts.message?.subject ?? title) : words.subject[kind](title);
  return { subject, text: text.join('\n') };
}

/** `mardi 24 novembre 2026, 10:00–12:00`, in the event's own zone. */
function slotText(slot: Slot, language: Language): string {
  const day = (date: string): string =>
    new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'full', timeZone: 'UTC' }).format(
      new Date(`${date}T12:00:00Z`),
    );
  const last = lastDay(slot);
  const days = last === slot.date ? day(slot.date) : `${day(slot.date)} – ${day(last)}`;
  const hours = slot.start ? `, ${slot.start}${slot.end ? `–${slot.end}` : ''}` : '';
  return `${days}${hours}`;
}
