import type { Article, ContentPage } from '#domain/content.ts';
import type { Edition, ProgrammeEvent } from '#domain/programme.ts';
import type { Proposal } from '#domain/proposal.ts';
import type { Registration } from '#domain/registration.ts';
import type { TourRating } from '#domain/tour-rating.ts';
import type { Featured } from '#domain/featured.ts';
import { article, contentPage, featured } from './content.ts';
import type { Allotment } from '#domain/allotment.ts';
import type { CheckIn, DoorNote, RosterEntry } from '#domain/check-in.ts';
import type { DoorRules } from '#domain/door-rules.ts';
import { checkInItem, doorNote, revokedTicket, rosterEntry } from './check-in.ts';
import { doorRules } from './door-rules.ts';
import type { QuestionAnswer, QuestionPart } from '#domain/event-question.ts';
import { questionAnswer, questionPart } from './event-question.ts';
import { edition, programmeEvent } from './programme.ts';
import { proposal } from './proposal.ts';
import { tourRating } from './rate-tour.ts';
import { registration } from './registration.ts';
import type { TicketKey } from './ticket-key.ts';
import { ticketKey } from './ticket-key.ts';
import { allotment } from './walk-in.ts';

/** The value of an item by its kind. */
export interface Values {
  edition: Edition;
  'ticket-key': TicketKey;
  event: ProgrammeEvent;
  page: ContentPage;
  article: Article;
  featured: Featured;
  registration: Registration;
  /** One a person and tour, under the event's id. */
  'tour-rating': TourRating;
  answer: QuestionAnswer;
  /** One a person and event, under the event's id. */
  'question-part': QuestionPart;
  entry: RosterEntry;
  'check-in': CheckIn;
  revoked: { ticketId: string };
  /** One an event, under the event's id. */
  'door-rules': DoorRules;
  allotment: Allotment;
  note: DoorNote;
  proposal: Proposal;
}

export const valueSchemas = {
  edition,
  'ticket-key': ticketKey,
  event: programmeEvent,
  page: contentPage,
  article,
  featured,
  registration,
  'tour-rating': tourRating,
  answer: questionAnswer,
  'question-part': questionPart,
  entry: rosterEntry,
  'check-in': checkInItem,
  revoked: revokedTicket,
  'door-rules': doorRules,
  allotment,
  note: doorNote,
  proposal,
} as const;
