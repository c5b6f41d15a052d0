import * as v from 'valibot';
import { languages } from '#domain/text.ts';
import { uuid } from './primitives.ts';

/** 256 random bits that a device makes. */
const secret = v.pipe(v.string(), v.regex(/^[\w-]{43}$/, 'not 32 bytes in base64url'));

/** A browser's address for Web Push (RFC 8030) and the keys that its messages are encrypted for (RFC 8291). */
export const pushTarget = v.object({
  endpoint: v.pipe(v.string(), v.maxLength(1000), v.url()),
  /** An uncompressed point of P-256, 65 bytes, base64url. */
  p256dh: v.pipe(v.string(), v.regex(/^[\w-]{87}=?$/)),
  /** 16 bytes. */
  auth: v.pipe(v.string(), v.regex(/^[\w-]{22}(==)?$/)),
});
export type PushTarget = v.InferOutput<typeof pushTarget>;

/** Most events that one device follows. */
export const MAX_FOLLOWED = 500;

/**
 * `POST /api/v1/follow`: what a device follows, told only because the person wants to be notified (`push`) or to have a calendar to
 * subscribe to (`feed`). Each message takes the place of the one before of the same `follower`; without both it is forgotten.
 */
export const follow = v.object({
  /** Only this device knows it: it names the record and lets nobody else change it. */
  follower: secret,
  events: v.pipe(v.array(uuid), v.maxLength(MAX_FOLLOWED)),
  push: v.exactOptional(pushTarget),
  /** Of the feed's address: `/feeds/agenda/{feed}.ics`. */
  feed: v.exactOptional(secret),
  /** With the attendee's credential: they are also notified of what becomes of their registrations. */
  own: v.exactOptional(v.literal(true)),
  language: v.picklist(languages),
});
export type Follow = v.InferOutput<typeof follow>;
export const followed = v.object({});

/** `GET /api/v1/push-key`: the server's public key for Web Push (RFC 8292), base64url. */
export const pushKey = v.object({ key: v.string() });

/** What a push says: that something has changed, and nothing of what. */
export const pushMessage = v.object({ kind: v.literal('changed') });
