import type { Instant } from './dates.ts';
import type { Uuid } from './ids.ts';
import type { LocalizedText } from './text.ts';

/**
 * A further control inside an event, beside the arrival at its door: a workshop's room, a lunch, a second day. A ticket counts
 * once on each list. Several doors may work on one list.
 */
export interface CheckInList {
  readonly id: Uuid;
  readonly name: LocalizedText;
  /** The subjects whose tickets open it; every ticket of the event without it. */
  readonly subjectIds?: readonly Uuid[];
  /** ISO 8601 instants between which it opens; the days of the ticket's subject without them. */
  readonly opensAt?: string;
  readonly closesAt?: string;
}

/** What the door asks of each arrival. */
export interface DoorQuestion {
  readonly id: Uuid;
  readonly text: LocalizedText;
  readonly kind: 'yes_no' | 'choice' | 'text';
  /** Of a `choice`. */
  readonly options?: readonly LocalizedText[];
  /** Without an answer the arrival is recorded all the same, and marked: nobody waits in the queue for a form. */
  readonly required: boolean;
}

/** Answers by question; of a choice the index of its option, of yes and no `yes` or `no`. */
export type Answers = Readonly<Record<Uuid, string>>;

export const badgeFields = ['name', 'first_name', 'session', 'event', 'code', 'qr'] as const;
export type BadgeField = (typeof badgeFields)[number];

/** A badge as the browser prints it. */
export interface BadgeLayout {
  /** Millimetres. */
  readonly width: number;
  readonly height: number;
  /** From top to bottom, the first one large. */
  readonly fields: readonly BadgeField[];
}

/** What the organiser has set for the doors of one event. */
export interface DoorRules {
  readonly lists: readonly CheckInList[];
  /** Exits are recorded too, and who left may come back in. */
  readonly countsInside: boolean;
  readonly questions: readonly DoorQuestion[];
  /** People without a registration may be admitted: where seats are limited, only out of an allotment. */
  readonly walkIns: boolean;
  /** Seats that a phone asks for when it takes an allotment. */
  readonly allotment: number;
  /** Who has asked and has no answer yet may come in. */
  readonly admitsRequested: boolean;
  /** Rosters hold no names: people are found by their code alone. */
  readonly hiddenNames: boolean;
  readonly badge?: BadgeLayout;
}

/** The rules of an event whose organiser has set none. */
export const defaultDoorRules: DoorRules = {
  lists: [],
  countsInside: false,
  questions: [],
  walkIns: true,
  allotment: 5,
  admitsRequested: false,
  hiddenNames: false,
};

/** What a phone at a door may do. `scan`: codes only; `search`: names too; `full`: walk-ins, undoing others' arrivals, settling; `kiosk`: people by themselves. */
export const deviceProfiles = ['scan', 'search', 'full', 'kiosk'] as const;
export type DeviceProfile = (typeof deviceProfiles)[number];

/** Whether a list takes tickets of a subject. */
export function opensFor(list: CheckInList, subjectId: Uuid): boolean {
  return list.subjectIds === undefined || list.subjectIds.includes(subjectId);
}

/** Whether a list's own hours allow an arrival now; undefined when it has none. */
export function listHours(list: CheckInList, now: Instant): 'open' | 'not_yet' | 'expired' | undefined {
  if (list.opensAt === undefined && list.closesAt === undefined) return undefined;
  if (list.opensAt !== undefined && now < Date.parse(list.opensAt)) return 'not_yet';
  return list.closesAt !== undefined && now >= Date.parse(list.closesAt) ? 'expired' : 'open';
}

/** Questions that must be answered and are not, or with something that is no answer to them. */
export function unanswered(questions: readonly DoorQuestion[], answers: Answers): DoorQuestion[] {
  return questions.filter((question) => {
    const answer = answers[question.id]?.trim() ?? '';
    if (answer === '') return question.required;
    if (question.kind === 'yes_no') return answer !== 'yes' && answer !== 'no';
    if (question.kind === 'choice') return !question.options?.some((_, index) => String(index) === answer);
    return false;
  });
}
