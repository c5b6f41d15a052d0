import * as v from 'valibot';
import { deviceProfiles } from '#domain/door-rules.ts';
import { editionId, instantText, line, uuid } from './primitives.ts';

/** A one-time code: 20 characters of base 32. It stands in a URL's fragment, which no server and no log sees. */
export const enrolmentCode = v.pipe(
  v.string(),
  v.trim(),
  v.toUpperCase(),
  v.regex(/^[0-9A-HJKMNP-TV-Z]{20}$/, 'not an enrolment code'),
);
export const ENROLMENT_PATH = '/emargement';
export const enrolmentUrl = (origin: string, code: string): string => `${origin}${ENROLMENT_PATH}#enrolement=${code}`;

/** What the phone may do and where it starts; the organiser says so with the offer. */
export const enrolmentWish = v.object({
  profile: v.exactOptional(v.picklist(deviceProfiles), 'full'),
  /** The list that it works on at first; the event's own arrivals without it. */
  listId: v.exactOptional(uuid),
});
export type EnrolmentWish = v.InferOutput<typeof enrolmentWish>;

/** `POST /api/v1/desk/events/{eventId}/enrolments` with an `enrolmentWish`, as a signed-in organiser of the event. */
export const enrolmentOffer = v.object({ url: v.string(), code: v.string(), expiresAt: instantText });
export type EnrolmentOffer = v.InferOutput<typeof enrolmentOffer>;

/**
 * `POST /api/v1/enrolments`. The phone makes its own id and secret, so that a lost answer is asked for again with the same
 * two and is no second enrolment.
 */
export const enrolRequest = v.object({
  code: enrolmentCode,
  deviceId: uuid,
  secret: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/)),
  name: line(80),
  door: line(80),
});
export type EnrolRequest = v.InferOutput<typeof enrolRequest>;

export const enrolled = v.object({
  deviceId: uuid,
  eventId: uuid,
  editionId,
  /** After this moment the credential is worth nothing and the phone drops its roster. */
  expiresAt: instantText,
  profile: v.exactOptional(v.picklist(deviceProfiles), 'full'),
  listId: v.exactOptional(uuid),
});
export type Enrolled = v.InferOutput<typeof enrolled>;

/** `POST /api/v1/devices/ready`, once roster, keys and scanner are on the phone: the enrolment is complete. */
export const deviceReady = v.object({ rosterCursor: v.number() });
