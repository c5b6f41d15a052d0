import * as v from 'valibot';

/** A public key that tickets are checked with; old ones stay for as long as tickets signed by them are about. */
export const ticketKey = v.object({
  keyId: v.pipe(v.string(), v.regex(/^[0-9a-f]{8}$/)),
  /** 32 bytes, base64url. */
  publicKey: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/)),
});
export type TicketKey = v.InferOutput<typeof ticketKey>;
