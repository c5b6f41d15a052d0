import * as v from 'valibot';
import { editionId, regionCode, uuid } from './primitives.ts';

/**
 * `GET /api/v1/events/{slug}`: where a published event is, for a device that was given its address and does not hold its
 * edition. Slugs are unique across editions. Null: no published event has this address.
 */
export const lookup = v.object({
  event: v.nullable(v.object({ id: uuid, editionId, region: regionCode })),
});
