import * as v from 'valibot';
import { verdicts } from '#domain/check-in.ts';
import { deviceProfiles } from '#domain/door-rules.ts';
import { registrationStates } from '#domain/registration.ts';
import { localDate, prose, uuid } from './primitives.ts';
import { formAnswers, registrationForm } from './registration-question.ts';

const localized = v.record(v.string(), v.string());
const number = v.number();

/** `GET /api/v1/desk/events`: the events that the signed-in person may run, soonest first. */
export const deskEvent = v.object({
  id: uuid,
  slug: v.string(),
  editionId: v.string(),
  title: localized,
  region: v.string(),
  city: v.exactOptional(v.string()),
  firstDay: v.exactOptional(localDate),
  /** When it is not the first. */
  lastDay: v.exactOptional(localDate),
  status: v.string(),
  /** It is a walk, or has one. */
  walk: v.exactOptional(v.literal(true)),
  capacity: v.exactOptional(number),
  /** Seats. */
  confirmed: number,
  waitlisted: number,
  arrived: number,
});
export type DeskEvent = v.InferOutput<typeof deskEvent>;
/** Asked for with `?q=`, `?limit=` (100, at most 200) and `?offset=`; `total` counts all that match. */
export const deskEvents = v.object({ events: v.array(deskEvent), total: number });

/** What people register for. */
export const deskSubject = v.object({
  id: uuid,
  /** Absent: the event as a whole. */
  title: v.exactOptional(localized),
  slots: v.array(
    v.object({
      date: localDate,
      start: v.exactOptional(v.string()),
      end: v.exactOptional(v.string()),
      endDate: v.exactOptional(localDate),
      zone: v.string(),
    }),
  ),
  capacity: v.exactOptional(number),
  confirmed: number,
  waitlisted: number,
  /** Seats set aside for walk-ins at the doors, or given to them. */
  held: number,
});
export type DeskSubject = v.InferOutput<typeof deskSubject>;

export const deskDevice = v.object({
  id: uuid,
  name: v.string(),
  door: v.string(),
  state: v.picklist(['taking', 'ready', 'revoked', 'expired']),
  profile: v.picklist(deviceProfiles),
  listId: v.exactOptional(uuid),
  lastSeenAt: v.exactOptional(v.string()),
  expiresAt: v.string(),
  /** What it had not sent when it last said so. */
  waiting: v.exactOptional(number),
  /** Seats that it holds for walk-ins and has not used, as far as is known. */
  held: number,
});
export type DeskDevice = v.InferOutput<typeof deskDevice>;

/** `GET /api/v1/desk/events/{eventId}`. `DELETE /api/v1/desk/events/{eventId}/devices/{deviceId}` revokes a phone. */
export const deskEventDetail = v.object({
  event: deskEvent,
  organisers: v.array(v.string()),
  /** What is asked of those who register. */
  form: v.exactOptional(registrationForm),
  subjects: v.array(deskSubject),
  devices: v.array(deskDevice),
});
export type DeskEventDetail = v.InferOutput<typeof deskEventDetail>;

export const deskRegistration = v.object({
  id: uuid,
  subjectId: uuid,
  firstName: v.string(),
  lastName: v.string(),
  email: v.string(),
  party: number,
  state: v.picklist(registrationStates),
  /** As it is printed under a ticket; only who is confirmed has one. */
  code: v.exactOptional(v.string()),
  needs: v.exactOptional(v.string()),
  ...formAnswers,
  arrived: number,
  requestedAt: v.string(),
});
export type DeskRegistration = v.InferOutput<typeof deskRegistration>;
/** As the server writes it. */
export type WrittenRegistration = v.InferInput<typeof deskRegistration>;
/**
 * `GET /api/v1/desk/events/{eventId}/registrations` with `?q=`, `?state=`, `?subject=`, `?presence=arrived|absent`, `?limit=` (100, at
 * most 200) and `?offset=`, in the order in which they were asked for; `total` counts all that match.
 */
export const deskRegistrations = v.object({ registrations: v.array(deskRegistration), total: number });
export type DeskRegistrations = v.InferOutput<typeof deskRegistrations>;
export const presences = ['arrived', 'absent'] as const;

const tally = {
  /** Seats of those who may come in; of a list those whose tickets open it. */
  expected: number,
  /** People who have been in, walk-ins among them. */
  arrived: number,
  inside: number,
  walkIns: number,
  /** People of parties of whom nobody has come. */
  absent: number,
};
const admission = v.object({
  checkInId: uuid,
  at: v.string(),
  door: v.string(),
  deviceId: uuid,
  count: number,
});
export const deskDouble = v.object({
  ticketId: uuid,
  name: v.string(),
  party: number,
  listId: v.exactOptional(uuid),
  first: admission,
  second: admission,
  /** People beyond the party. */
  over: number,
});
export type DeskDouble = v.InferOutput<typeof deskDouble>;
/**
 * `GET /api/v1/desk/events/{eventId}/arrivals`. `GET …/arrivals/stream` is a stream of server-sent events, one named `changed` each time
 * that asking again would bring something.
 */
export const deskArrivals = v.object({
  /** Arrivals at the event itself. */
  event: v.object(tally),
  subjects: v.array(v.object({ id: uuid, ...tally })),
  lists: v.array(v.object({ id: uuid, name: localized, ...tally })),
  doors: v.array(v.object({ door: v.string(), arrived: number, left: number, lastAt: v.exactOptional(v.string()) })),
  /** Not settled yet. */
  doubles: v.array(deskDouble),
  countsInside: v.boolean(),
});
export type DeskArrivals = v.InferOutput<typeof deskArrivals>;

/** `POST /api/v1/desk/events/{eventId}/check-ins/{checkInId}/settlement`. `mistake`: it was the same person; `accepted`: somebody more. */
export const settlement = v.object({ as: v.picklist(['mistake', 'accepted']) });
export type Settlement = v.InferOutput<typeof settlement>['as'];

/** What signed-in people do with what is known of others. */
export const deeds = [
  'exported',
  'messaged',
  'approved',
  'moved_up',
  'refused',
  'cancelled',
  'added',
  'imported',
  'invited',
  'invitation_withdrawn',
  'account_removed',
  'featured',
  'unfeatured',
  'content_edited',
  'content_removed',
  'rules_set',
  'newsletter_sent',
  'programme_imported',
  'door_offered',
  'door_revoked',
] as const;
export type Deed = (typeof deeds)[number];

/** What happened at a door: someone came in, left, or was not let in; and what was done at the desk. */
export const auditKinds = ['arrival', 'exit', 'walk_in', 'not_admitted', 'desk'] as const;
export type AuditKind = (typeof auditKinds)[number];
export const auditEntry = v.object({
  id: uuid,
  kind: v.picklist(auditKinds),
  /** Absent for what was done at the desk, which has a `deed`. */
  verdict: v.exactOptional(v.picklist(verdicts)),
  deed: v.exactOptional(v.picklist(deeds)),
  /** The phone's corrected claim, and when the server heard of it. */
  at: v.string(),
  receivedAt: v.string(),
  /** Empty for what was done at the desk. */
  door: v.string(),
  /** Its name; absent for what was entered from paper. */
  device: v.exactOptional(v.string()),
  by: v.exactOptional(v.string()),
  name: v.exactOptional(v.string()),
  code: v.exactOptional(v.string()),
  count: v.exactOptional(number),
  listId: v.exactOptional(uuid),
  /** By question; of a choice the index of its option. */
  answers: v.exactOptional(v.record(v.string(), v.string())),
  undoneAt: v.exactOptional(v.string()),
  undoneFor: v.exactOptional(v.string()),
  settledAs: v.exactOptional(v.string()),
});
export type AuditEntry = v.InferOutput<typeof auditEntry>;
/**
 * `GET /api/v1/desk/events/{eventId}/audit` with `?kind=`, `?verdict=`, `?device=`, `?limit=` (100, at most 200) and `?before=`, the `next` of
 * the page before; the latest heard of first.
 */
export const auditPage = v.object({ entries: v.array(auditEntry), next: v.exactOptional(v.string()) });
export type AuditPage = v.InferOutput<typeof auditPage>;

/** One line of the paper list. */
export const sheetPerson = v.object({
  registrationId: uuid,
  ticketId: uuid,
  subjectId: uuid,
  firstName: v.string(),
  lastName: v.string(),
  party: number,
  needs: v.exactOptional(v.string()),
  /** Names of those who come along. */
  others: v.exactOptional(v.array(v.string())),
  code: v.string(),
  /** People of the party who are in. */
  arrived: number,
});
export type SheetPerson = v.InferOutput<typeof sheetPerson>;
/**
 * `GET /api/v1/desk/events/{eventId}/sheet` with `?subject=`, `?list=` and `?after=`, the `next` of the page before: who may come in, by pages of
 * a thousand in no order that a reader would want.
 */
export const sheetPage = v.object({ people: v.array(sheetPerson), next: v.exactOptional(uuid) });

/** A line of a paper list that somebody types in afterwards. Its id makes sending it twice harmless. */
export const paperEntry = v.object({
  checkInId: uuid,
  registrationId: uuid,
  count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(255)),
  /** What the paper says. */
  at: v.pipe(v.string(), v.maxLength(40), v.isoTimestamp()),
  listId: v.exactOptional(uuid),
});
export type PaperEntry = v.InferOutput<typeof paperEntry>;
export const MAX_PAPER = 100;
/** `POST /api/v1/desk/events/{eventId}/paper`. Answers a `paperAnswer`, one outcome an entry, in their order. */
export const paperBatch = v.object({
  door: v.pipe(prose(80), v.trim(), v.minLength(1)),
  entries: v.pipe(v.array(paperEntry), v.minLength(1), v.maxLength(MAX_PAPER)),
});
export const paperOutcomes = ['recorded', 'already', 'not_admitted', 'unknown'] as const;
export type PaperOutcome = (typeof paperOutcomes)[number];
export const paperAnswer = v.object({ outcomes: v.array(v.picklist(paperOutcomes)) });

/** Somebody who was there. */
export const certificate = v.object({
  ticketId: uuid,
  name: v.string(),
  /** Absent: to the event as a whole. */
  subjectId: v.exactOptional(uuid),
  /** Days on which they arrived, and when first on each. */
  arrivals: v.array(v.string()),
  /** Proves that this server wrote it: `7K3D-9QPM-XW2A`. */
  code: v.string(),
});
export type Certificate = v.InferOutput<typeof certificate>;
/**
 * `GET /api/v1/desk/events/{eventId}/certificates` with `?registration=` for one person, and `?after=`, the `next` of the page before: who arrived, by
 * name, at most 200 a page.
 */
export const certificatePage = v.object({ certificates: v.array(certificate), next: v.exactOptional(v.string()) });
export type CertificatePage = v.InferOutput<typeof certificatePage>;
/** `GET /api/v1/desk/certificates/{code}`: what the server knows of a printed certificate. */
export const certificateFound = v.object({ event: deskEvent, certificate });
export type CertificateFound = v.InferOutput<typeof certificateFound>;

/** One line of the journal: what somebody did at the desk. `about`: an address, a subject, a name of what it was done to. */
export const journalEntry = v.object({
  id: uuid,
  at: v.string(),
  deed: v.picklist(deeds),
  /** Absent once their account has ended. */
  by: v.exactOptional(v.string()),
  event: v.exactOptional(v.object({ id: uuid, title: v.record(v.string(), v.string()) })),
  about: v.exactOptional(v.string()),
  count: v.exactOptional(number),
});
export type JournalEntry = v.InferOutput<typeof journalEntry>;
/**
 * `GET /api/v1/desk/journal` with `?limit=` (50, at most 200) and `?before=`, the `next` of the page before, by the national team and the
 * auditor: what was done at every desk, the latest first. What was done to proposals stands in their own history.
 */
export const journalPage = v.object({ entries: v.array(journalEntry), next: v.exactOptional(v.string()) });
export type JournalPage = v.InferOutput<typeof journalPage>;
