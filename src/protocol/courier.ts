import * as v from 'valibot';
import { instantText, line, uuid } from './primitives.ts';

/**
 * P5: brings somebody else's request, read from their screen (`#domain/request-code.ts`), and says whether they were let in.
 * It counts once with the attendee's own copy, in whatever order and however often the two arrive.
 * With `admitted` they are inside already: they have the seat of this phone's allotment (`allotmentId`) unless their own copy has
 * got them one, and then the allotment's is free again.
 */
export const courier = v.object({
  eventId: uuid,
  request: v.pipe(v.string(), v.maxLength(8000)),
  admitted: v.exactOptional(
    v.object({
      checkInId: uuid,
      count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(255)),
      allotmentId: v.exactOptional(uuid),
      listId: v.exactOptional(uuid),
      at: instantText,
      door: line(80),
    }),
  ),
});
export type Courier = v.InferOutput<typeof courier>;
