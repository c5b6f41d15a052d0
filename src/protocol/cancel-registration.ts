import * as v from 'valibot';
import { uuid } from './primitives.ts';

/** Gives the places back. Made by the replica of the holder who registered. */
export const cancelRegistration = v.object({ registrationId: uuid });
export type CancelRegistration = v.InferOutput<typeof cancelRegistration>;
