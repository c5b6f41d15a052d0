import * as v from 'valibot';
import { registrationStates } from '#domain/registration.ts';
import { localDate, uuid } from './primitives.ts';

const localized = v.record(v.string(), v.string());

/** `GET /api/v1/desk/events`: the events that the signed-in person may run, soonest first. */
export const deskEvent = v.object({
  id: uuid,
  slug: v.string(),
  editionId: v.string(),
  title: localized,
  region: v.string(),
  city: v.exactOptional(v.string()),
  firstDay: v.exactOptional(localDate),
  status: v.string(),
  capacity: v.exactOptional(v.number()),
  /** Seats. */
  confirmed: v.number(),
  waitlisted: v.number(),
  arrived: v.number(),
});
export type DeskEvent = v.InferOutput<typeof deskEvent>;
/** Asked for with `?q=`, `?limit=` (100, at most 200) and `?offset=`; `total` counts all that match. */
export const deskEvents = v.object({ events: v.array(deskEvent), total: v.number() });

export const deskRegistration = v.object({
  id: uuid,
  subjectId: uuid,
  firstName: v.string(),
  lastName: v.string(),
  email: v.string(),
  party: v.number(),
  state: v.picklist(registrationStates),
  arrived: v.number(),
  requestedAt: v.string(),
});
export const deskDevice = v.object({
  id: uuid,
  name: v.string(),
  door: v.string(),
  state: v.picklist(['taking', 'ready', 'revoked', 'expired']),
  lastSeenAt: v.exactOptional(v.string()),
  expiresAt: v.string(),
});
/** `GET /api/v1/desk/events/{eventId}`. `DELETE /api/v1/desk/events/{eventId}/devices/{deviceId}` revokes a phone. */
export const deskEventDetail = v.object({
  event: deskEvent,
  registrations: v.array(deskRegistration),
  devices: v.array(deskDevice),
});
export type DeskEventDetail = v.InferOutput<typeof deskEventDetail>;
