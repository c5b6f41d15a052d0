import * as v from 'valibot';
import { roles } from '#domain/account.ts';
import { languages } from '#domain/text.ts';
import { email, instantText, uuid } from './primitives.ts';

/** `POST /api/v1/sign-in/codes` → 202, always, whether the address is known or not. */
export const codeRequest = v.object({ email, language: v.picklist(languages) });
/** `POST /api/v1/sign-in` → `me`, with a session cookie (HttpOnly, SameSite=Lax). `DELETE /api/v1/sign-in` ends it. */
export const signInRequest = v.object({ email, code: v.pipe(v.string(), v.trim(), v.regex(/^\d{6}$/)) });

export const me = v.object({
  /** Absent from a server before there were proposals. */
  id: v.exactOptional(uuid),
  email: v.string(),
  role: v.picklist(roles),
  /** The first of `regions`, for clients of before there were several. */
  region: v.exactOptional(v.string()),
  regions: v.exactOptional(v.array(v.string())),
  bodies: v.exactOptional(v.array(v.string())),
  demo: v.boolean(),
  sessionExpiresAt: instantText,
});
export type Me = v.InferOutput<typeof me>;

/** `GET /api/v1/me`. Nobody signed in is an answer, not an error: the sign-in page asks before there can be anybody. */
export const whoIsSignedIn = v.object({ me: v.nullable(me) });
