import * as v from 'valibot';
import { questionPart } from './event-question.ts';
import { instantText } from './primitives.ts';
import { proposal } from './proposal.ts';
import { registration } from './registration.ts';
import { tourRating } from './rate-tour.ts';

/**
 * `GET /api/v1/own-data`, as an attendee: everything that the server holds on whoever has the device's secret.
 * `POST /api/v1/own-data/erasure` → `ownDataErased`: what is to come is cancelled, the rest becomes a party without a name.
 */
export const ownData = v.object({
  askedAt: instantText,
  registrations: v.array(
    v.object({
      ...registration.entries,
      eventTitle: v.record(v.string(), v.string()),
      language: v.string(),
      /** What doors recorded of them. */
      arrivals: v.array(
        v.object({
          at: v.string(),
          door: v.string(),
          count: v.number(),
          exit: v.exactOptional(v.boolean()),
          undoneAt: v.exactOptional(v.string()),
          answers: v.exactOptional(v.record(v.string(), v.string())),
        }),
      ),
      /** What the team at the door wrote down about them. */
      notes: v.array(v.object({ at: v.string(), door: v.string(), text: v.string() })),
      /** Doors that did not let them in, and why. */
      refusals: v.array(v.object({ at: v.string(), door: v.string(), verdict: v.string() })),
    }),
  ),
  ratings: v.array(tourRating),
  /** Answers to questions put to all, and whose answers they support. */
  questions: v.array(questionPart),
});
export type OwnData = v.InferInput<typeof ownData>;

export const ownDataErased = v.object({ cancelled: v.number(), erased: v.number() });
export type OwnDataErased = v.InferOutput<typeof ownDataErased>;

/** `GET /api/v1/account/data`, as a signed-in person: everything that the server holds on them. */
export const accountData = v.object({
  askedAt: instantText,
  account: v.object({
    email: v.string(),
    role: v.string(),
    regions: v.array(v.string()),
    bodies: v.array(v.string()),
    language: v.string(),
    since: instantText,
  }),
  events: v.array(v.object({ id: v.string(), title: v.record(v.string(), v.string()) })),
  /** What they proposed, with what was said and decided about it. */
  proposals: v.array(proposal),
  sessions: v.array(v.object({ device: v.exactOptional(v.string()), since: instantText, lastSeenAt: instantText })),
  messages: v.array(v.object({ at: instantText, eventId: v.string(), subject: v.string(), text: v.string() })),
  deeds: v.array(
    v.object({
      at: instantText,
      kind: v.string(),
      eventId: v.exactOptional(v.string()),
      about: v.exactOptional(v.string()),
      count: v.exactOptional(v.number()),
    }),
  ),
});
export type AccountData = v.InferOutput<typeof accountData>;
