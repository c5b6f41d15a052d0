import * as v from 'valibot';
import type { Allotment } from '#domain/allotment.ts';
import { answers } from './check-in.ts';
import { instantText, line, uuid } from './primitives.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(255));

/**
 * Records people who came without a registration. Where the subject's seats are limited they come out of an allotment of this
 * phone; beyond it, or once it has ended, the server refuses with `allotment_over`, and the books stay within the capacity.
 * An event that takes no registrations is its own subject.
 */
export const admitWalkIn = v.object({
  checkInId: uuid,
  eventId: uuid,
  subjectId: uuid,
  allotmentId: v.exactOptional(uuid),
  name: v.exactOptional(line(200)),
  count,
  at: instantText,
  door: line(80),
  listId: v.exactOptional(uuid),
  answers: v.exactOptional(answers),
});
export type AdmitWalkIn = v.InferOutput<typeof admitWalkIn>;

/** Gives back what is left of an allotment. In the queue behind the walk-ins that used it, so that the server knows what is left. */
export const returnAllotment = v.object({ allotmentId: uuid, eventId: uuid });
export type ReturnAllotment = v.InferOutput<typeof returnAllotment>;

/**
 * `POST /api/v1/door/allotments` as an enrolled device. The phone makes the id, so that asking again after a lost answer takes no
 * seat twice. Answers `allotment` with the seats that it got, which may be fewer than it asked for.
 * Errors: `no_seats` (none free), `forbidden`.
 */
export const takeAllotment = v.object({
  allotmentId: uuid,
  subjectId: uuid,
  seats: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)),
});
export type TakeAllotment = v.InferOutput<typeof takeAllotment>;

export const allotment = v.object({
  id: uuid,
  eventId: uuid,
  subjectId: uuid,
  deviceId: uuid,
  seats: v.number(),
  used: v.number(),
  expiresAt: instantText,
  ended: v.exactOptional(v.literal(true)),
}) satisfies v.GenericSchema<unknown, Allotment>;
