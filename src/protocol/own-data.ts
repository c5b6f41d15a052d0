import * as v from 'valibot';
import { languages } from '#domain/text.ts';
import { follow } from './follow.ts';
import { questionPart } from './event-question.ts';
import { instantText } from './primitives.ts';
import { proposal } from './proposal.ts';
import { registration } from './registration.ts';
import { tourRating } from './rate-tour.ts';
import { identity, passkey, signInWays } from './sign-in-ways.ts';

/** An address that takes the newsletter, or was asked whether it wants it. */
const subscription = v.object({
  email: v.string(),
  state: v.picklist(['pending', 'confirmed']),
  language: v.picklist(languages),
  askedAt: instantText,
  confirmedAt: v.exactOptional(instantText),
});
export type OwnSubscription = v.InferOutput<typeof subscription>;

/**
 * `POST /api/v1/own-data/following` with the secret that a device follows under, which is not the attendee's: what is kept of it;
 * `held` is absent when that is nothing.
 */
export const followingRequest = v.object({ follower: follow.entries.follower });
export const ownFollowing = v.object({
  held: v.exactOptional(
    v.object({
      /** Of events. */
      events: v.array(v.string()),
      /** The browser's address for notifications. */
      endpoint: v.exactOptional(v.string()),
      /** There is a calendar to subscribe to. */
      feed: v.boolean(),
      language: v.picklist(languages),
      toldAt: instantText,
    }),
  ),
});
export type OwnFollowing = v.InferOutput<typeof ownFollowing>['held'];

/**
 * `GET /api/v1/own-data`, as an attendee: everything that the server holds on whoever has the device's secret.
 * `POST /api/v1/own-data/erasure` → `ownDataErased`: what is to come is cancelled, the rest becomes a party without a name, and the
 * newsletter that this device asked for ends.
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
  /** The newsletter, where this device asked for it. */
  newsletter: v.exactOptional(v.array(subscription)),
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
  /** The newsletter, at the address that they sign in with. */
  newsletter: v.exactOptional(v.array(subscription)),
  /** Pictures that they sent, by the hash under which everybody finds them. */
  pictures: v.exactOptional(v.array(v.object({ sha256: v.string(), at: instantText }))),
  /** What they proposed, with what was said and decided about it. */
  proposals: v.array(proposal),
  sessions: v.array(
    v.object({
      device: v.exactOptional(v.string()),
      since: instantText,
      lastSeenAt: instantText,
      by: v.exactOptional(v.picklist(signInWays)),
    }),
  ),
  /** The other ways in which they sign in, with what the provider calls them. */
  passkeys: v.exactOptional(v.array(passkey)),
  identities: v.exactOptional(v.array(v.object({ ...identity.entries, issuer: v.string(), subject: v.string() }))),
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
